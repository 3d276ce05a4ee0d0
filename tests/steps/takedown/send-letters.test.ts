import { describe, expect, it } from 'vitest';
import { chain } from '../../../functions/domain/audit/chain.ts';
import type { AuditEvent, Draft } from '../../../functions/domain/audit/event.ts';
import { hour, type Instant, minute, second } from '../../../functions/domain/time.ts';
import { Permanent, Retryable } from '../../../functions/errors.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import { sendLetters } from '../../../functions/takedown/send-letters.ts';
import { desk, harbour, now } from './desk.ts';

const closing: Draft[] = [
  { action: 'case.erased', details: { article: harbour, locations: ['objects: 0 objects'] } },
  { action: 'case.closed', details: { outcome: 'erased', erased: 1, refused: 0, manifest: [] } },
];

const room = async () => {
  const { memory, receive } = await desk();
  await receive('owner-names-our-page');
  const [id = ''] = memory.cases.rows.keys();
  const ports = {
    ...memory,
    siteOrigin: 'https://news.example',
    adminAddress: 'admin@news.example',
  };
  const send = (at: Instant): Promise<void> => sendLetters(ports)({ caseId: id }, at);
  const append = async (at: Instant, ...drafts: Draft[]): Promise<void> => {
    const head = memory.audit.chains.get(`case:${id}`)?.at(-1);
    const link = { subject: `case:${id}` as const, actor: 'test', now: at, sha256 };
    for (const event of chain(drafts, head, link)) await memory.audit.append(event);
  };
  const letterEvents = (): string[] =>
    (memory.audit.chains.get(`case:${id}`) ?? [])
      .filter(({ action }) => action.startsWith('letter.'))
      .map((event: AuditEvent) => `${event.action} ${JSON.stringify(event.details)}`);
  const row = () => memory.cases.rows.get(id);
  return { id, memory, ports, send, append, letterEvents, row };
};

describe('sending letters', () => {
  it('sends the acknowledgement once, threaded, to the address that wrote', async () => {
    const { id, memory, send, letterEvents, row } = await room();

    await send(now);
    await send(now + second);

    expect(memory.letters.sent).toHaveLength(1);
    expect(memory.letters.sent[0]).toMatchObject({
      to: { name: 'Ada Brandt', address: 'ada@herald.example' },
      subject: `[${id}] We have received your request`,
      inReplyTo: '<one@herald.example>',
      references: ['<one@herald.example>'],
    });
    expect(letterEvents()).toEqual([
      'letter.sending {"kind":"acknowledgement","attempt":1}',
      'letter.sent {"kind":"acknowledgement","attempt":1,"messageId":"letter-1"}',
    ]);
    expect(row()?.case.letters.acknowledgement?.state).toBe('sent');
    expect(row()?.correspondence.urls).not.toEqual([]);
  });

  it('sends the receipt when the case is closed, and then forgets what was named', async () => {
    const { id, memory, send, append, row } = await room();
    await send(now);
    await append(now + minute, ...closing);

    await send(now + minute);
    await send(now + 2 * minute);

    expect(memory.letters.sent.map(({ subject }) => subject)).toEqual([
      `[${id}] We have received your request`,
      `[${id}] What you named is erased`,
    ]);
    const entry = memory.audit.chains.get(`case:${id}`)?.find((e) => e.action === 'case.closed');
    expect(memory.letters.sent[1]?.text).toContain(entry?.hash);
    expect(row()).toMatchObject({ dueAt: null, correspondence: { urls: [], subject: '' } });
    expect(row()?.case.holds[harbour]?.manifest).toEqual([]);
  });

  it('sends both, in their order, where the case was closed first', async () => {
    const { memory, send, append } = await room();
    await append(now, ...closing);

    await send(now);

    expect(memory.letters.sent.map(({ subject }) => subject.slice(21))).toEqual([
      'We have received your request',
      'What you named is erased',
    ]);
    expect(memory.letters.sent[0]?.text).toContain('herald.example/2026/harbour-lights');
  });

  it('owes a letter again that could not be sent, later and later', async () => {
    const { memory, ports, send, letterEvents, row } = await room();
    const { letters } = memory;
    ports.letters = { ...letters, send: () => Promise.reject(new Retryable('throttled')) };
    await send(now);
    await send(now + 30 * second);
    await send(now + minute);

    expect(letterEvents().filter((event) => event.startsWith('letter.failed'))).toEqual([
      expect.stringContaining('"attempt":1,"reason":"Retryable"'),
      expect.stringContaining('"attempt":2,"reason":"Retryable"'),
    ]);
    expect(row()?.case.letters.acknowledgement).toMatchObject({
      state: 'owed',
      at: now + 3 * minute,
    });
    ports.letters = letters;
    await send(now + 3 * minute);
    expect(letters.sent).toHaveLength(1);
    expect(row()?.case.letters.acknowledgement).toMatchObject({ state: 'sent', attempts: 3 });
  });

  it('sends no receipt before the acknowledgement that is owed', async () => {
    const { memory, ports, send, append } = await room();
    const { letters } = memory;
    ports.letters = { ...letters, send: () => Promise.reject(new Retryable('throttled')) };
    await send(now);
    ports.letters = letters;
    await append(now + second, ...closing);

    await send(now + 2 * second);
    expect(letters.sent).toHaveLength(0);

    await send(now + minute);
    expect(letters.sent.map(({ subject }) => subject.slice(21))).toEqual([
      'We have received your request',
      'What you named is erased',
    ]);
  });

  it('tries no later letter once one has failed', async () => {
    const { memory, ports, send, append, letterEvents } = await room();
    await append(now, ...closing);
    ports.letters = { ...memory.letters, send: () => Promise.reject(new Retryable('throttled')) };

    await send(now);

    expect(letterEvents().join()).not.toContain('receipt');
    expect(letterEvents()).toHaveLength(2);
  });

  it('leaves a letter alone that another run is sending, and takes it up when that run is lost', async () => {
    const { memory, send, append } = await room();
    await append(now, {
      action: 'letter.sending',
      details: { kind: 'acknowledgement', attempt: 1 },
    });

    await expect(send(now + minute)).rejects.toThrow(Retryable);
    expect(memory.letters.sent).toHaveLength(0);

    await send(now + 5 * minute);
    expect(memory.letters.sent).toHaveLength(1);
  });

  it('records a letter as sent although the case moved on while it was sent', async () => {
    const { memory, ports, send, append, row } = await room();
    const { letters } = memory;
    ports.letters = {
      ...letters,
      send: async (letter) => {
        await append(now, { action: 'case.hidden', details: { article: harbour } });
        return letters.send(letter);
      },
    };

    await send(now);
    await send(now + hour);

    expect(letters.sent).toHaveLength(1);
    expect(row()?.case.letters.acknowledgement?.state).toBe('sent');
    expect(row()?.case.holds[harbour]?.stage).toBe('hidden');
  });

  it('sends at most once more where a run dies anywhere', async () => {
    for (const dying of ['append', 'put', 'send'] as const) {
      const { memory, ports, send } = await room();
      const die = () => Promise.reject(new Error('died'));
      if (dying === 'put') ports.cases = { ...memory.cases, put: die };
      if (dying === 'append') ports.audit = { ...memory.audit, append: die };
      if (dying === 'send') ports.letters = { ...memory.letters, send: die };
      await send(now).catch(() => undefined);
      Object.assign(ports, { cases: memory.cases, audit: memory.audit, letters: memory.letters });

      await send(now + hour);

      expect(memory.letters.sent).toHaveLength(1);
    }
  });

  it('waits for a case whose row is not there, and refuses one that is not in the log', async () => {
    const { memory, ports, id } = await room();

    await expect(sendLetters(ports)({ caseId: 'SD-0' }, now)).rejects.toThrow(Retryable);
    memory.audit.chains.delete(`case:${id}`);
    await expect(sendLetters(ports)({ caseId: id }, now)).rejects.toThrow(Permanent);
  });
});
