import { describe, expect, it, vi } from 'vitest';
import { impatient, zoneResolver, zoneThen } from '../../lib/local/mail-door/zone-resolver.ts';

const zone = {
  'herald.example': { a: ['127.0.0.1'], mx: [{ priority: 10, exchange: 'mail.herald.example' }] },
  'key.herald.example': { txt: ['x'.repeat(300)] },
};

describe('the DNS zone', () => {
  it('answers in the shape of dns.resolve, whatever the case of the name', async () => {
    const ask = zoneResolver(zone);

    expect(await ask('HERALD.example.', 'A')).toEqual(['127.0.0.1']);
    expect(await ask('herald.example', 'MX')).toEqual(zone['herald.example'].mx);
    expect(await ask('key.herald.example', 'TXT')).toEqual([['x'.repeat(255), 'x'.repeat(45)]]);
  });

  it('tells a name that is not there from a record that is not there', async () => {
    const ask = zoneResolver(zone);

    await expect(ask('nobody.example', 'A')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(ask('herald.example', 'TXT')).rejects.toMatchObject({ code: 'ENODATA' });
  });

  it('asks real DNS for real names only', async () => {
    const asked: string[] = [];
    const ask = zoneThen(zone, async (name) => {
      asked.push(name);
      return ['192.0.2.1'];
    });

    await ask('herald.example', 'A');
    await expect(ask('_dmarc.example', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(await ask('news.org', 'A')).toEqual(['192.0.2.1']);

    expect(asked).toEqual(['news.org']);
  });

  it('waits for all answers together no longer than its budget', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    let questions = 0;
    const ask = impatient(
      () => {
        questions += 1;
        return new Promise(() => undefined);
      },
      { queryMs: 10, budgetMs: 15 },
    );

    for (const name of ['a.org', 'b.org', 'c.org', 'd.org']) {
      const refused = expect(ask(name, 'A')).rejects.toMatchObject({ code: 'ETIMEOUT' });
      await vi.advanceTimersByTimeAsync(10);
      await refused;
    }

    vi.useRealTimers();
    expect(questions).toBe(2);
  });
});
