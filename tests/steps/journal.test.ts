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

it('takes its own record for its own when the answer to the put was lost', async () => {
  const audit = memoryAudit();
  const append = audit.append;
  audit.append = async (event) => {
    await append(event);
    return append(event);
  };

  const events = await journal(audit, 'one').append('case:SD-1', undefined, [draft('a')], now);

  expect(await audit.history('case:SD-1')).toEqual(events);
});
