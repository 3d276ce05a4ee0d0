import { type Body, bodyKeyOf, type LiveArticle, prefixOf } from '../../domain/news/article.ts';
import type { Candidate } from '../../domain/news/candidate.ts';
import type { Standing } from '../../domain/news/entry.ts';
import { aliased, articleRow, publication } from '../../domain/news/publication.ts';
import { Retryable } from '../../errors.ts';
import { keepOut } from './keep-out.ts';
import { linkAlias } from './link.ts';
import { fetchPictures, type Kept } from './pictures.ts';
import type { Work } from './ports.ts';

/** A text is claimed before it is logged; whoever claimed it first is looked at again. */
const claimText = async (
  { ports: { articles } }: Work,
  { fingerprint }: Candidate,
  id: string,
  { holder }: Standing,
): Promise<void> => {
  if (fingerprint === '') return;
  const claim = await articles.claimFingerprint(fingerprint, id);
  const isKnown = claim.by === 'article' && [id, holder?.id].includes(claim.id);
  if (!isKnown) throw new Retryable('another run claimed the same text');
};

const storeBody = async (
  { ports: { bodies } }: Work,
  id: string,
  body: Body,
  kept: readonly Kept[],
): Promise<void> => {
  for (const { key, bytes, contentType } of kept) await bodies.put(key, bytes, contentType);
  const bytes = Buffer.from(JSON.stringify(body));
  await bodies.put(bodyKeyOf(id), bytes, 'application/json');
};

/** Former pictures have names the new body may not use; narrower rights leave nothing behind. */
const mayLeaveRemains = (previous: LiveArticle, { display }: Candidate): boolean =>
  previous.leadPicture !== null || previous.display !== display;

/** The conditional write is the stay-down check: false where a takedown was quicker. */
const storeRow = async (work: Work, row: LiveArticle): Promise<boolean> => {
  const { articles } = work.ports;
  const stored = await (row.version === 1 ? articles.publish(row) : articles.replace(row));
  if (stored === 'stored') return true;
  const winner = await articles.get(row.id);
  if (winner?.state !== 'tombstone') throw new Retryable('another run wrote the article');
  return false;
};

/** Publishes a new article, or the next version of `previous`: log, objects, row, alias. */
export const writeArticle = async (
  work: Work,
  found: Candidate,
  standing: Standing,
  previous: LiveArticle | undefined,
): Promise<void> => {
  const { ports, log, message, entryId, now } = work;
  const id = previous?.id ?? found.id;
  await claimText(work, found, id, standing);
  const { body, kept } = await fetchPictures(work, id, found.body);
  const candidate = { ...found, body };
  const alias = entryId === id ? null : entryId;
  const row = articleRow(candidate, previous, alias, message);
  const { history } = standing;
  const drafts = [
    ...publication(candidate, previous, history),
    ...(alias === null ? [] : aliased(history, { alias, reason: 'canonical' })),
  ];

  await log.append(`article:${id}`, history.at(-1), drafts, now);
  if (previous && mayLeaveRemains(previous, candidate)) await ports.bodies.erase(prefixOf(id));
  await storeBody(work, id, body, kept);
  if (!(await storeRow(work, row))) return keepOut(work, id, 'tombstone');
  if (alias !== null) await linkAlias(work, alias, id);
};
