import { describe, expect, it } from 'vitest';
import { memoryPorts } from '../../../functions/adapters/memory.ts';
import type { SourceTerms } from '../../../functions/domain/news/source.ts';
import { minute } from '../../../functions/domain/time.ts';
import { Permanent } from '../../../functions/errors.ts';
import { planPolls } from '../../../functions/news/plan-polls.ts';
import { feedOf, now } from './newsroom.ts';

const desk = (...list: SourceTerms[]) => {
  const memory = memoryPorts();
  const sources = { list, read: async () => sources.list };
  const ports = {
    sources,
    feeds: memory.feeds,
    audit: memory.audit,
    queue: memory.queues.feeds,
    organisationOf: (host: string) => host.split('.').slice(-2).join('.'),
  };
  return { memory, sources, ports, run: (at = now) => planPolls(ports)(undefined, at) };
};

const herald = feedOf().terms;

describe('planPolls', () => {
  it('adds a new source, says so, and polls it at once', async () => {
    const { memory, run } = desk(herald);

    await run();

    expect(memory.audit.log).toMatchObject([{ subject: 'source:herald', action: 'source.added' }]);
    expect(memory.queues.feeds.messages).toEqual([{ feedId: 'herald' }]);
    expect(memory.feeds.rows.get('herald')).toMatchObject({ organisation: 'herald.example' });
  });

  it('says nothing where nothing changed', async () => {
    const { memory, run } = desk(herald);

    await run();
    await run(now + minute);

    expect(memory.audit.log).toHaveLength(1);
  });

  it('leases a queued feed, so that a lost message is sent again', async () => {
    const { memory, run } = desk(herald);

    await run();
    await run(now + 9 * minute);
    expect(memory.queues.feeds.messages).toHaveLength(1);

    await run(now + 10 * minute);
    expect(memory.queues.feeds.messages).toHaveLength(2);
  });

  it('keeps the row of a removed source and polls it no more', async () => {
    const { memory, sources, run } = desk(herald);
    await run();
    sources.list = [];

    await run(now + 60 * minute);

    expect(memory.audit.log.at(-1)).toMatchObject({ action: 'source.removed' });
    expect(memory.feeds.rows.get('herald')?.state).toBe('removed');
    expect(memory.queues.feeds.messages).toHaveLength(1);
  });

  it('queues at most 200 feeds a run, those that wait longest first', async () => {
    const { memory, run } = desk(
      ...Array.from({ length: 205 }, (_, at) => ({ ...herald, id: `s${at}` })),
    );

    await run();
    await run(now + 1);

    expect(new Set(memory.queues.feeds.messages.map(({ feedId }) => feedId)).size).toBe(205);
  });

  it('polls what it knows though the sources file is broken, and fails all the same', async () => {
    const { memory, ports, run } = desk(herald);
    await run();
    const broken = { read: () => Promise.reject(new Permanent('The sources file is not OPML.')) };

    const failing = planPolls({ ...ports, sources: broken })(undefined, now + 60 * minute);

    await expect(failing).rejects.toThrow('not OPML');
    expect(memory.queues.feeds.messages).toHaveLength(2);
  });

  it('logs once what a run that crashed before the row had logged', async () => {
    const { memory, ports, run } = desk(herald);
    const put = () => Promise.reject(new Error('planted'));

    await expect(
      planPolls({ ...ports, feeds: { ...ports.feeds, put } })(undefined, now),
    ).rejects.toThrow('planted');
    await run();

    expect(memory.audit.log).toHaveLength(1);
    expect(memory.feeds.rows.has('herald')).toBe(true);
  });
});
