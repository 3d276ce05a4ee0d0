import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoCases } from '../adapters/dynamo-cases.ts';
import { emfMetrics } from '../adapters/emf-metrics.ts';
import { s3Inbox } from '../adapters/s3-inbox.ts';
import { snsPager } from '../adapters/sns-pager.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { lateArticles, overdueSince } from '../domain/takedown/case-plan.ts';
import { policy } from '../domain/takedown/policy.ts';
import { day, type Instant, iso, minute, second } from '../domain/time.ts';
import type {
  AuditPort,
  CasesPort,
  InboxPort,
  MetricsPort,
  PagerPort,
  QueuePort,
} from '../ports.ts';
import { env } from '../runtime/env.ts';
import { scheduled } from '../runtime/lambda.ts';
import { notificationOf } from './watch-deadlines/notification.ts';

export type Env = {
  CASES_TABLE: string;
  AUDIT_TABLE: string;
  INBOX_BUCKET: string;
  INBOX_QUEUE_URL: string;
  PAGER_TOPIC_ARN: string;
};

type Ports = {
  audit: AuditPort;
  cases: CasesPort;
  inbox: InboxPort;
  inboxQueue: QueuePort<object>;
  pager: PagerPort;
  metrics: MetricsPort;
};

/** How far back stored mails are held against the log, and how long a mail may take. */
const lookBack = 3 * day;
const patience = 10 * minute;
const betweenRuns = 5 * minute;

/**
 * Is it time to send a mail of this age in again? At 10, 20, 40, 80 … minutes, in
 * the end every four hours: a mail that always fails must not ring at every run.
 */
const isTurn = (age: number): boolean => {
  let turn = patience;
  let wait = patience;
  while (turn + betweenRuns <= age) {
    turn += wait;
    wait = Math.min(wait * 2, policy.callAgainAfter);
  }
  return turn <= age;
};

/** Measures how late the latest case is, and calls a person for each promise broken. */
const watchCases = async ({ cases, metrics, pager }: Ports, now: Instant): Promise<void> => {
  let oldest = 0;
  let open = 0;
  const late: string[] = [];
  for await (const row of cases.open()) {
    open += 1;
    const since = overdueSince(row.case, now, policy);
    if (since !== null) oldest = Math.max(oldest, now - since);
    if (lateArticles(row.case, now).length > 0) late.push(row.case.id);
  }
  metrics.put('OpenCases', 'Count', open);
  metrics.put('OldestOpenCaseAge', 'Seconds', Math.round(oldest / second));
  metrics.put('LateCases', 'Count', late.length);
  if (late.length === 0) return;
  const text = `Articles named in ${late.join(', ')} are public after their deadline. Look at: sundown case show ${late[0]}`;
  await pager.call(`Sundown: ${late.length} deadline(s) missed`, text);
};

/** Every stored mail must have come to an end in the log; what has not is sent in again, ever more rarely. */
const watchInbox = async (ports: Ports, now: Instant): Promise<void> => {
  let forgotten = 0;
  let sent = 0;
  for await (const { key, storedAt } of ports.inbox.list(now - lookBack)) {
    const age = now - storedAt;
    if (age < patience) continue;
    const mailId = key.slice(key.lastIndexOf('/') + 1);
    const head = await ports.audit.head(`mail:${mailId}`);
    if (head !== undefined && head.action !== 'mail.received') continue;
    forgotten += 1;
    if (!isTurn(age)) continue;
    sent += 1;
    await ports.inboxQueue.send(notificationOf(mailId, key, iso(storedAt)));
  }
  ports.metrics.put('ForgottenMails', 'Count', forgotten);
  if (sent === 0) return;
  const text = `${sent} stored mail(s) had no outcome in the log after 10 minutes or more and were sent in again.`;
  await ports.pager.call('Sundown: mails without an outcome', text);
};

/**
 * Watches the promise independently of those who keep it: late cases, and mails
 * that were stored and never came to a case or to a reason for none.
 */
export const watchDeadlines =
  (ports: Ports) =>
  async (_input: undefined, now: Instant): Promise<void> => {
    await watchCases(ports, now);
    await watchInbox(ports, now);
  };

export const handler = scheduled(() => {
  const e = env<Env>();
  const client = dynamoClient();
  return watchDeadlines({
    audit: dynamoAudit(client, e.AUDIT_TABLE),
    cases: dynamoCases(client, e.CASES_TABLE),
    inbox: s3Inbox(e.INBOX_BUCKET),
    inboxQueue: sqsQueue<object>(e.INBOX_QUEUE_URL),
    pager: snsPager(e.PAGER_TOPIC_ARN),
    metrics: emfMetrics(),
  });
});
