import { describe, expect, it } from 'vitest';
import { article, desk, fixture, original } from './desk.ts';

describe('receiving one mail more than once', () => {
  it('makes one case of one delivery', async () => {
    const { memory, receive, actions } = await desk();

    await receive('owner-names-our-page');
    await receive('owner-names-our-page');

    expect(actions()).toEqual(['mail.received', 'case.opened', 'mail.joined']);
    expect(memory.queues.letters.messages).toHaveLength(1);
  });

  it('joins a copy to the case of its twin', async () => {
    const { memory, receive, endOf } = await desk();

    await receive('owner-names-our-page', 'first');
    await receive('owner-names-our-page', 'second');

    expect(memory.cases.rows.size).toBe(1);
    expect(endOf('second')?.details).toMatchObject({ reason: 'copy' });
    expect(memory.queues.letters.messages).toHaveLength(1);
  });

  it('does not take a stranger with the same number for a copy', async () => {
    const { memory, receive, opened } = await desk();
    await receive('owner-names-our-page', 'first');
    const [row] = memory.cases.rows.values();
    if (row === undefined) throw new Error('no case');
    row.correspondence.address = 'someone@else.example';

    await receive('owner-names-our-page', 'second');

    expect(opened()).toHaveLength(2);
  });

  it('comes to the same end after a failure of any port call', async () => {
    const whole = await desk();
    await whole.receive('owner-names-our-page');
    const wanted = whole.memory.audit.log.map(({ action, details }) => ({ action, details }));

    for (let failing = 1; failing <= 12; failing += 1) {
      for (const isAfter of [false, true]) {
        const { memory, ports, receive } = await desk();
        const calls = breakOnce(ports, failing, isAfter);
        await receive('owner-names-our-page').catch(() => undefined);
        await receive('owner-names-our-page');

        expect(memory.audit.log.map(({ action, details }) => ({ action, details }))).toEqual(
          wanted,
        );
        expect([...memory.cases.rows.values()]).toEqual([...whole.memory.cases.rows.values()]);
        expect(memory.queues.letters.messages[0]).toEqual(whole.memory.queues.letters.messages[0]);
        expect(calls.made).toBeGreaterThan(failing);
      }
    }
  });
});

/** Makes the n-th call of any port fail, before or after it has done its work. */
const breakOnce = (ports: object, failing: number, isAfter: boolean): { made: number } => {
  const calls = { made: 0 };
  const breaking = (port: object, work: (...args: unknown[]) => unknown) => {
    return async (...args: unknown[]): Promise<unknown> => {
      calls.made += 1;
      const fails = calls.made === failing;
      if (fails && !isAfter) throw new Error('broken before');
      const result: unknown = await Reflect.apply(work, port, args);
      if (fails) throw new Error('broken after');
      return result;
    };
  };
  for (const name of ['audit', 'inbox', 'articles', 'feeds', 'cases', 'caseQueue', 'letterQueue']) {
    const port: unknown = Reflect.get(ports, name);
    if (typeof port !== 'object' || port === null) throw new Error(`no port ${name}`);
    const broken = new Proxy(port, {
      get: (target, method) => {
        const work: unknown = Reflect.get(target, method);
        return isCallable(work) ? breaking(target, work) : work;
      },
    });
    Reflect.set(ports, name, broken);
  }
  return calls;
};

const isCallable = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function';

describe('receiving an answer to a letter of ours', () => {
  const answer = async (name: string, change: (mail: string) => string) => {
    const room = await desk();
    await room.receive('freemail-names-original', 'first');
    const [id = ''] = room.memory.cases.rows.keys();
    const mail = Buffer.from(fixture(name))
      .toString()
      .replace(/SD-20261124-\w{6}/g, id);
    await room.receive(name, 'answer', Buffer.from(change(mail)));
    return { ...room, id };
  };

  it('joins it to its case where it asks for nothing more', async () => {
    const { memory, endOf, id } = await answer('reply-with-nothing-new', (mail) => mail);

    expect(endOf('answer')?.details).toEqual({ case: id, reason: 'reply' });
    expect(memory.cases.rows.size).toBe(1);
    expect(memory.queues.letters.messages).toHaveLength(1);
  });

  it('calls a person to read what a machine has no answer for', async () => {
    const { memory, id } = await answer('reply-with-nothing-new', (mail) => mail);

    const call = memory.audit.chains.get(`case:${id}`)?.at(-1);
    expect(call).toMatchObject({ action: 'case.person-called', details: { reason: 'reply' } });
    expect(memory.queues.cases.messages).toEqual([{ caseId: id }, { caseId: id }]);
  });

  it('joins an out-of-office reply, which confirms nothing and calls nobody', async () => {
    const { memory, endOf, id } = await answer('out-of-office', (mail) => mail);

    expect(endOf('answer')?.details).toMatchObject({ reason: 'reply' });
    expect(memory.audit.chains.get(`case:${id}`)).toHaveLength(1);
    expect(memory.queues.letters.messages).toHaveLength(1);
  });

  it('opens a case of its own where it proves more', async () => {
    const { opened } = await answer('reply-with-nothing-new', (mail) => `${mail}\r\n> ${original}`);

    expect(opened().map(({ authority }) => authority)).toEqual(['unproven', 'proven']);
  });

  it('opens a case of its own where it names more', async () => {
    const room = await desk();
    const other = article('https://herald.example/2026/other');
    await room.memory.articles.publish(other);
    await room.receive('owner-names-our-page', 'first');
    const [id = ''] = room.memory.cases.rows.keys();
    const mail = Buffer.from(fixture('reply-with-nothing-new'))
      .toString()
      .replace(/SD-20261124-\w{6}/, id);

    await room.receive('x', 'answer', Buffer.from(`${mail}\r\nAnd ${other.url}`));

    expect(room.opened()[1]).toMatchObject({ articles: [other.id], authority: 'proven' });
  });
});
