import { describe, expect, it } from 'vitest';
import { chain } from '../../../functions/domain/audit/chain.ts';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import { desk, fixture, harbour, now, original } from './desk.ts';

const refusal: Draft[] = [
  { action: 'case.refused', details: { articles: [harbour], ground: 'licensed', note: '' } },
  { action: 'case.closed', details: { outcome: 'refused', erased: 0, refused: 1, manifest: [] } },
];

/** The owner's case was refused and is closed; then `name` cites it, with `words` added. */
const answerTo = async (name: string, words: string, change = (mail: string) => mail) => {
  const room = await desk();
  await room.receive('owner-names-our-page', 'first');
  const [id = ''] = room.memory.cases.rows.keys();
  const head = room.memory.audit.chains.get(`case:${id}`)?.at(-1);
  const link = { subject: `case:${id}` as const, actor: 'test', now, sha256 };
  for (const event of chain(refusal, head, link)) await room.memory.audit.append(event);
  const mail = Buffer.from(fixture(name))
    .toString()
    .replace(/SD-20261124-\w{6}/g, id);
  await room.receive(name, 'answer', Buffer.from(change(`${mail}\r\n${words}\r\n`)));
  return { ...room, id };
};

describe('receiving an answer in a closed case', () => {
  it('opens a new case for a page that still stands', async () => {
    const { opened, endOf } = await answerTo('reply-with-nothing-new', original);

    expect(opened()[1]).toMatchObject({ articles: [harbour], authority: 'proven' });
    expect(endOf('answer')?.details).toMatchObject({ reason: 'first' });
  });

  it('opens a new case for a whole source', async () => {
    const { opened } = await answerTo(
      'reply-with-nothing-new',
      'Please remove everything from herald.example.',
    );

    expect(opened()[1]).toMatchObject({ person: 'whole-source' });
  });

  it('joins an answer that names nothing', async () => {
    const { opened, endOf, id } = await answerTo('reply-with-nothing-new', 'Why?');

    expect(opened()).toHaveLength(1);
    expect(endOf('answer')?.details).toEqual({ case: id, reason: 'reply' });
  });

  it('calls a person where a machine quotes our letter, and asks for nothing in its name', async () => {
    const { opened, memory, id } = await answerTo('out-of-office', `> ${original}`);

    expect(opened()).toHaveLength(1);
    expect(memory.audit.chains.get(`case:${id}`)?.at(-1)).toMatchObject({
      action: 'case.person-called',
      details: { reason: 'reply' },
    });
  });
});
