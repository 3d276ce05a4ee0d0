import { expect, it } from 'vitest';
import { memoryAudit } from '../../functions/adapters/memory-records.ts';
import type { Draft } from '../../functions/domain/audit/event.ts';
import { journal, Overtaken } from '../../functions/runtime/journal.ts';

const now = Date.UTC(2026, 10, 24, 12);
const draft = (article: string): Draft => ({ action: 'case.hidden', details: { article } });

it('refuses to append behind a head that is no longer the last', async () => {
  const audit = memoryAudit();
  await journal(audit, 'one').append('case:SD-1', undefined, [draft('a')], now);

  const late = journal(audit, 'two').append('case:SD-1', undefined, [draft('b')], now);

  await expect(late).rejects.toThrow(Overtaken);
});

it('never takes the equal record of another run for its own', async () => {
  const audit = memoryAudit();
  await journal(audit, 'send-letters').append('case:SD-1', undefined, [draft('a')], now);

  const twin = journal(audit, 'send-letters').append('case:SD-1', undefined, [draft('a')], now);

  await expect(twin).rejects.toThrow(Overtaken);
});
