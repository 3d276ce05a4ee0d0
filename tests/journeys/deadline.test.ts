import { describe, expect, it } from 'vitest';
import { policy } from '../../functions/domain/takedown/policy.ts';
import { actions, begin, day, idOf, type Journey, minute, pageOf } from './journey.ts';
import { send } from './mails.ts';

const pear = 'http://herald.example/news/nature/lost-pear-behind-bus-depot-10388.html';
const buses = 'http://herald.example/news/politics/night-buses-saved-by-two-votes-10359.html';
const pat = 'Pat <pat@mailbox.example>';
const second = 1000;

const receivedAt = async (journey: Journey, id: string): Promise<number> => {
  const row = await journey.to.cases.get(id);
  return row?.case.receivedAt ?? 0;
};

/** Moves the clock so that it stands at a time; what was due by then has run. */
const moveTo = (journey: Journey, time: number): Promise<void> =>
  journey.pass(Math.max(0, Math.floor(time - journey.stack.clock.now())));

const statuses = async (journey: Journey): Promise<number[]> => {
  const pages = await Promise.all([pear, buses].map((url) => journey.get(pageOf(url))));
  return pages.map(({ status }) => status);
};

describe('a stranger’s request', () => {
  const at = begin();
  let id = '';
  let received = 0;

  it('leaves its articles public until shortly before the deadline', async () => {
    const journey = at();
    id = await send(journey, { from: pat, body: `Remove ${pear} and ${buses}` });
    received = await receivedAt(journey, id);

    await moveTo(journey, received + day - policy.hideAhead - 30 * second);

    expect(await statuses(journey)).toEqual([200, 200]);
  });

  it('has them hidden by the first run that is due, in time', async () => {
    const journey = at();

    await moveTo(journey, received + day - policy.hideAhead + minute);

    expect(await statuses(journey)).toEqual([451, 451]);
    const hidden = (await journey.chain(`case:${id}`)).filter(
      ({ action }) => action === 'case.hidden',
    );
    expect(hidden).toHaveLength(2);
    for (const { at: time } of hidden) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(received + day - policy.hideAhead);
      expect(Date.parse(time)).toBeLessThan(received + day);
    }
  });

  it('has one shown again where a person refuses it after the hide', async () => {
    const journey = at();
    const article = idOf(pageOf(pear));

    const { code } = await journey.sundown(
      ...['case', 'refuse', id, '--article', article, '--ground', 'licensed', '--as', 'ada'],
    );
    await journey.pass(2 * minute);

    expect(code).toBe(0);
    expect(await statuses(journey)).toEqual([200, 451]);
    expect(actions(await journey.chain(`article:${article}`)).at(-1)).toBe('article.shown');
  });

  it('has the other erased seven days after the deadline and not before', async () => {
    const journey = at();
    const isErased = async () => actions(await journey.chain(`case:${id}`)).includes('case.erased');

    await moveTo(journey, received + day + policy.eraseUnprovenAfter - 30 * second);
    const before = await isErased();
    await journey.pass(2 * minute);

    expect([before, await isErased()]).toEqual([false, true]);
    expect(await statuses(journey)).toEqual([200, 451]);
    expect((await journey.lettersTo('pat@mailbox.example')).map(({ subject }) => subject)).toEqual([
      `[${id}] We have received your request`,
      `[${id}] What was erased, and what was not`,
    ]);
    expect((await journey.to.cases.get(id))?.case.closedAt).not.toBeNull();
  });

  it('leaves its refused article where the next polls find it', async () => {
    const journey = at();

    await journey.pass(day);

    expect(await statuses(journey)).toEqual([200, 451]);
    expect(await journey.sundown('audit', 'verify')).toMatchObject({ code: 0 });
  });
});
