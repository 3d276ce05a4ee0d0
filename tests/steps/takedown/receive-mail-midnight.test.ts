import { describe, expect, it } from 'vitest';
import { hour, iso, minute, second } from '../../../functions/domain/time.ts';
import { receiveMail } from '../../../functions/takedown/receive-mail.ts';
import { desk, fixture } from './desk.ts';

const midnight = Date.UTC(2026, 10, 25);

describe('receiving a mail about midnight, or twice with different marks', () => {
  const raw = fixture('owner-names-our-page');

  it('finishes the case it began, although it is sent in again with a later time', async () => {
    const { memory, ports, arrive, opened, endOf } = await desk();
    const { letterQueue } = ports;
    const arrival = { ...arrive('one', raw), receivedAt: midnight - 2 * second };
    ports.letterQueue = { send: () => Promise.reject(new Error('died')) };
    await expect(receiveMail(ports)(arrival, midnight)).rejects.toThrow('died');
    ports.letterQueue = letterQueue;

    await receiveMail(ports)({ ...arrival, receivedAt: midnight + second }, midnight + minute);

    expect(opened()).toHaveLength(1);
    expect(memory.cases.rows.size).toBe(1);
    expect(endOf('one')?.details).toMatchObject({ reason: 'first' });
  });

  it('knows its case of yesterday, even where the log lost the time of receipt', async () => {
    const { memory, ports, arrive, opened } = await desk();
    const arrival = { ...arrive('one', raw), receivedAt: midnight - 2 * second };
    await receiveMail(ports)(arrival, midnight);
    memory.audit.chains.delete('mail:one');

    await receiveMail(ports)({ ...arrival, receivedAt: midnight + second }, midnight + minute);

    expect(opened()).toHaveLength(1);
  });

  it('counts its deadline from the first receipt', async () => {
    const { ports, arrive, opened } = await desk();
    const { articles } = ports;
    const arrival = { ...arrive('one', raw), receivedAt: midnight - 2 * second };
    ports.articles = { ...articles, getMany: () => Promise.reject(new Error('died')) };
    await expect(receiveMail(ports)(arrival, midnight)).rejects.toThrow('died');
    ports.articles = articles;

    await receiveMail(ports)({ ...arrival, receivedAt: midnight + hour }, midnight + hour);

    expect(opened()[0]?.receivedAt).toBe(iso(midnight - 2 * second));
  });

  it('gives a copy that proves more a case of its own, and joins the next to that', async () => {
    const { receive, opened, endOf } = await desk();
    const signed = Buffer.from(raw).toString();
    const bare = signed.replace('dmarc=pass', 'dmarc=temperror');

    await receive('x', 'bare', Buffer.from(bare));
    await receive('x', 'signed', Buffer.from(signed));
    await receive('x', 'again', Buffer.from(signed));

    expect(opened().map(({ authority }) => authority)).toEqual(['unproven', 'proven']);
    expect(endOf('again')?.details).toMatchObject({ reason: 'copy' });
  });
});
