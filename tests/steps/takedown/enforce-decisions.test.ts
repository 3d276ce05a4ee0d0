import { beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../../functions/domain/audit/event.ts';
import { foldCase } from '../../../functions/domain/takedown/case.ts';
import { rule } from '../../../functions/domain/takedown/decision.ts';
import { day, minute } from '../../../functions/domain/time.ts';
import { journal } from '../../../functions/runtime/journal.ts';
import {
  actions,
  enforce,
  openCase,
  publish,
  receivedAt,
  type World,
  world,
} from './case-world.ts';

const a = 'a'.repeat(32);
const refusal: Draft = {
  action: 'case.refused',
  details: { articles: [a], ground: 'licensed', note: '' },
};
let ports: World;

/** A person decides, as the command line does, at whatever moment this is called. */
const decide = async (draft: Draft, id = 'SD-1', now = receivedAt + minute): Promise<void> => {
  const events = await ports.audit.history(`case:${id}`);
  await journal(ports.audit, 'operator:ada').append(`case:${id}`, events.at(-1), [draft], now);
};

beforeEach(async () => {
  ports = world();
  await publish(ports, a);
  await openCase(ports, { authority: 'proven', articles: [a] });
});

describe('a refusal while the work is under way', () => {
  it('gives the article back when it was being hidden', async () => {
    const hide = ports.articles.hide;
    ports.articles.hide = async (...args) => {
      await hide(...args);
      ports.articles.hide = hide;
      await decide(refusal);
    };
    await enforce(ports, receivedAt + minute, 'SD-1').catch(() => {});

    await enforce(ports, receivedAt + 2 * minute);

    expect(await ports.articles.get(a)).toMatchObject({ state: 'live', holds: [] });
    expect((await ports.cases.get('SD-1'))?.case.outcome).toBe('refused');
  });

  it('leaves no hold behind when the hiding run sleeps through it', async () => {
    const hide = ports.articles.hide;
    ports.articles.hide = async (...args) => {
      ports.articles.hide = hide;
      await decide(refusal);
      await enforce(ports, receivedAt + 2 * minute);
      await hide(...args);
    };

    await enforce(ports, receivedAt + minute, 'SD-1').catch(() => {});

    expect(await ports.articles.get(a)).toMatchObject({ state: 'live', holds: [] });
  });

  it('is not taken once the erasure has begun, which then ends whatever happens', async () => {
    const erase = ports.bodies.erase;
    ports.bodies.erase = () => Promise.reject(new Error('killed'));
    await enforce(ports, receivedAt + minute, 'SD-1');
    ports.bodies.erase = erase;
    const state = foldCase(await ports.audit.history('case:SD-1'));
    if (state === null) throw new Error('no case');

    const ruling = rule(state, { kind: 'refuse', articles: [a], ground: 'other', noteHash: '' });

    expect(ruling).toMatchObject({ kind: 'rejected' });
    await enforce(ports, receivedAt + 5 * minute);
    expect(ports.bodies.objects.size).toBe(0);
    expect((await ports.cases.get('SD-1'))?.case.outcome).toBe('erased');
  });
});

describe('two cases on one article', () => {
  it('do not rewrite what the first tombstone says', async () => {
    await enforce(ports, receivedAt + minute);
    await openCase(ports, { authority: 'proven', articles: [a] }, 'SD-2');

    await enforce(ports, receivedAt + day);

    expect(await ports.articles.get(a)).toMatchObject({ state: 'tombstone', caseId: 'SD-1' });
    expect((await ports.cases.get('SD-2'))?.case.outcome).toBe('erased');
    const after = actions(ports, `article:${a}`).slice(
      actions(ports, `article:${a}`).indexOf('article.erased'),
    );
    expect(after).not.toContain('article.hidden');
  });

  it('say what a refusal could still do after the other case erased', async () => {
    await openCase(ports, { articles: [a] }, 'SD-2');
    await enforce(ports, receivedAt + minute, 'SD-1');
    await enforce(ports, receivedAt + day, 'SD-2');
    await decide(refusal, 'SD-2', receivedAt + day);

    await enforce(ports, receivedAt + day + minute, 'SD-2');

    const shown = ports.audit.log.find(({ action }) => action === 'case.shown');
    expect(shown?.details).toMatchObject({ article: a, now: 'gone' });
    expect(await ports.articles.get(a)).toMatchObject({ state: 'tombstone' });
    expect(actions(ports, 'case:SD-2').at(-1)).toBe('case.closed');
  });
});
