import { pagePathOf, prefixOf } from '../../domain/news/article.ts';
import type { Location, Reading } from '../../domain/takedown/locations.ts';
import { reasonOf } from '../../errors.ts';
import type { ArticlesPort, BodiesPort, FrontDoorPort } from '../../ports.ts';

export type Traces = { fingerprints: string[]; sources: string[] };

type ReadPorts = { articles: ArticlesPort; bodies: BodiesPort; frontDoor: FrontDoorPort };

type Found = { found: Reading['found']; note: string };

const empty = (note: string): Found => ({ found: 'empty', note });
const present = (note: string): Found => ({ found: 'present', note });

const left = (count: number, noun: string): Found =>
  count === 0 ? empty(`0 ${noun}`) : present(`${count} ${noun}`);

/** A page that could not be read proves nothing about what it shows. */
const unknown = (status: number): Found => ({ found: 'unknown', note: `answered ${status}` });

const readRow = async ({ articles }: ReadPorts, id: string): Promise<Found> => {
  const row = await articles.get(id);
  return row?.state === 'tombstone' ? empty('tombstone') : present(row?.state ?? 'no tombstone');
};

const readFingerprints = async (
  { articles }: ReadPorts,
  { fingerprints }: Traces,
): Promise<Found> => {
  for (const fingerprint of fingerprints) {
    const claim = await articles.readFingerprint(fingerprint);
    if (claim?.by !== 'tombstone') return present('not entombed');
  }
  return empty(`${fingerprints.length} entombed`);
};

const listsOf = (source: string): string[] => [`/source/${source}`, `/source/${source}/feed.xml`];

const readLists = async ({ frontDoor }: ReadPorts, id: string, traces: Traces): Promise<Found> => {
  const paths = ['/', '/feed.xml', ...traces.sources.flatMap(listsOf)];
  for (const path of paths) {
    const { status, text } = await frontDoor.get(path);
    if (text.includes(id)) return present(path);
    const isAbsent = status === 404 && path.startsWith('/source/');
    if (status !== 200 && !isAbsent) return unknown(status);
  }
  return empty(`${paths.length} lists`);
};

const readPage = async ({ frontDoor }: ReadPorts, id: string): Promise<Found> => {
  const { status } = await frontDoor.get(pagePathOf(id));
  if (status === 451) return empty('answers 451');
  return status === 200 ? present('answers 200') : unknown(status);
};

/** Reads every location of an article but the edge again; an error is 'unknown', never 'empty'. */
export const readAgain = async (
  ports: ReadPorts,
  id: string,
  traces: Traces,
): Promise<Reading[]> => {
  const remains = ports.bodies.survey(prefixOf(id));
  const looks: { [L in Exclude<Location, 'edge-cache'>]: () => Promise<Found> } = {
    objects: async () => left((await remains).objects, 'objects'),
    'object-versions': async () => left((await remains).versions, 'versions'),
    'unfinished-uploads': async () => left((await remains).uploads, 'uploads'),
    'article-row': () => readRow(ports, id),
    'public-lists': () => readLists(ports, id, traces),
    fingerprint: () => readFingerprints(ports, traces),
    'public-page': () => readPage(ports, id),
  };
  const readings: Reading[] = [];
  for (const [location, look] of Object.entries(looks)) {
    const found = await look().catch(
      (error: unknown): Found => ({ found: 'unknown', note: reasonOf(error) }),
    );
    readings.push({ location: location as Location, ...found });
  }
  return readings;
};
