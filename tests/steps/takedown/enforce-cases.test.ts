import { beforeEach, describe, expect, it } from 'vitest';
import { foldCase } from '../../../functions/domain/takedown/case.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { day, hour, minute } from '../../../functions/domain/time.ts';
import { Retryable } from '../../../functions/errors.ts';
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
const b = 'b'.repeat(32);
let ports: World;

const run = (now: number, caseId?: string) => enforce(ports, now, caseId);

beforeEach(async () => {
  ports = world();
  await publish(ports, a);
  await publish(ports, b);
});

describe("a proven owner's case", () => {
  beforeEach(() => openCase(ports, { authority: 'proven', articles: [a] }));

  it('is hidden, erased everywhere, checked and closed in one run', async () => {
    await run(receivedAt + minute, 'SD-1');

    expect(await ports.articles.get(a)).toMatchObject({ state: 'tombstone', caseId: 'SD-1' });
    expect([...ports.bodies.objects.keys()].filter((key) => key.includes(a))).toEqual([]);
    expect(await ports.articles.readFingerprint(`fp-${a}`)).toMatchObject({ by: 'tombstone' });
    expect(actions(ports, 'case:SD-1')).toEqual([
      'case.opened',
      'case.hiding',
      'case.hidden',
      'case.erasing',
      'case.erased',
      'case.closed',
    ]);
    expect(actions(ports, `article:${a}`)).toEqual([
      'article.published',
      'article.hidden',
      'article.erasing',
      'article.erased',
    ]);
  });

  it('leaves a manifest that names every location and what the second reading found', async () => {
    await run(receivedAt + minute, 'SD-1');

    const state = foldCase(await ports.audit.history('case:SD-1'));
    expect(state?.holds[a]?.manifest).toEqual([
      'objects: 0 objects',
      'object-versions: 0 versions',
      'unfinished-uploads: 0 uploads',
      'article-row: tombstone',
      'public-lists: 4 lists',
      'fingerprint: 1 entombed',
      'edge-cache: purged by tag',
      'public-page: answers 451',
    ]);
  });

  it('purges the page and every list that showed it from the edge', async () => {
    await run(receivedAt + minute, 'SD-1');

    expect(ports.edge.purges.map(({ tags }) => tags)).toEqual([[`art-${a}`], [`art-${a}`]]);
  });

  it('leaves other articles alone', async () => {
    await run(receivedAt + minute, 'SD-1');

    expect(await ports.articles.get(b)).toMatchObject({ state: 'live' });
  });

  it('does nothing more when its message comes twice', async () => {
    await run(receivedAt + minute, 'SD-1');
    const before = ports.audit.log.length;

    await run(receivedAt + 2 * minute, 'SD-1');

    expect(ports.audit.log.length).toBe(before);
  });

  it('leaves the due index when it is closed and no letter is owed', async () => {
    await run(receivedAt + minute);

    expect((await ports.cases.get('SD-1'))?.dueAt).toBeNull();
  });
});

it('forgets the named addresses when a case closes that may not be answered', async () => {
  await openCase(ports, { authority: 'proven', articles: [a] });
  const row = await ports.cases.get('SD-1');
  if (row === undefined) throw new Error('no case');
  const urls = [{ url: 'https://herald.example/secret', taken: 'article', article: a } as const];
  await ports.cases.put({ ...row, correspondence: { ...row.correspondence, urls: [...urls] } });

  await run(receivedAt + minute);

  expect((await ports.cases.get('SD-1'))?.correspondence.urls).toEqual([]);
});

describe("a stranger's case", () => {
  beforeEach(() => openCase(ports, { articles: [a] }));

  it('is hidden before the deadline and erased 7 days after it', async () => {
    await run(receivedAt + hour);
    expect(await ports.articles.get(a)).toMatchObject({ state: 'live' });

    await run(receivedAt + day - policy.hideAhead);
    expect(await ports.articles.get(a)).toMatchObject({ state: 'hidden', holds: ['SD-1'] });

    await run(receivedAt + 8 * day - minute);
    expect(await ports.articles.get(a)).toMatchObject({ state: 'hidden' });

    await run(receivedAt + 8 * day);
    expect(await ports.articles.get(a)).toMatchObject({ state: 'tombstone' });
  });

  it('stays hidden for the other case when one of two holds is lifted', async () => {
    await openCase(ports, { articles: [a] }, 'SD-2');
    await run(receivedAt + day);
    await ports.articles.show(a, 'SD-1');

    expect(await ports.articles.get(a)).toMatchObject({ state: 'hidden', holds: ['SD-2'] });
  });
});

describe('the flood guard', () => {
  it('holds what is above the limit and calls a person', async () => {
    ports.cases.admitHide = async () => 'flood';
    await openCase(ports, { authority: 'proven', articles: [a] });

    await run(receivedAt + minute);

    expect(await ports.articles.get(a)).toMatchObject({ state: 'live' });
    expect((await ports.cases.get('SD-1'))?.case).toMatchObject({ person: 'flood', calls: 1 });
    expect(ports.pager.calls[0]?.text).toContain('flood');
  });
});

describe('a run on the schedule', () => {
  it('goes on with the other cases when one fails, and reports the failure', async () => {
    await openCase(ports, { authority: 'proven', articles: [a] }, 'SD-1');
    await openCase(ports, { authority: 'proven', articles: [b] }, 'SD-2');
    const history = ports.audit.history;
    ports.audit.history = (subject) =>
      subject === 'case:SD-1' ? Promise.reject(new Retryable('throttled')) : history(subject);

    await expect(run(receivedAt + minute)).rejects.toThrow('throttled');

    expect(await ports.articles.get(b)).toMatchObject({ state: 'tombstone' });
    expect(ports.metrics.values).toEqual({ EnforcementRuns: 1, EnforcementFailures: 1 });
  });
});
