import { cloudfrontEdge } from '../adapters/cloudfront-edge.ts';
import { dynamoClient } from '../adapters/dynamo.ts';
import { dynamoArticles } from '../adapters/dynamo-articles.ts';
import { dynamoAudit } from '../adapters/dynamo-audit.ts';
import { dynamoCases } from '../adapters/dynamo-cases.ts';
import { emfMetrics } from '../adapters/emf-metrics.ts';
import { frontDoor } from '../adapters/front-door.ts';
import { s3Bodies } from '../adapters/s3-bodies.ts';
import { snsPager } from '../adapters/sns-pager.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { policy } from '../domain/takedown/policy.ts';
import type { Instant } from '../domain/time.ts';
import type { CaseDue, LetterDue, MetricsPort } from '../ports.ts';
import { env } from '../runtime/env.ts';
import { Overtaken } from '../runtime/journal.ts';
import { scheduledOrQueued } from '../runtime/lambda.ts';
import type { EnforcePorts } from './enforce-cases/work.ts';
import { workCase } from './enforce-cases/work-case.ts';

export type Env = {
  CASES_TABLE: string;
  ARTICLES_TABLE: string;
  AUDIT_TABLE: string;
  CONTENT_BUCKET: string;
  DISTRIBUTION_ID: string;
  SITE_ORIGIN: string;
  LETTER_QUEUE_URL: string;
  PAGER_TOPIC_ARN: string;
};

const casesPerRun = 100;

/**
 * Works one case (from the queue) or all that are due (on the schedule): hides,
 * erases, reads again, closes. One case's failure never stops the others.
 * @throws Retryable where a case could not be worked to the end of this run
 */
export const enforceCases =
  (ports: EnforcePorts & { metrics: MetricsPort }) =>
  async (message: CaseDue | undefined, now: Instant): Promise<void> => {
    if (message !== undefined) return workCase(ports, message.caseId, policy, now);

    ports.metrics.put('EnforcementRuns', 'Count', 1);
    const due = await ports.cases.due(now, casesPerRun);

    const failures: unknown[] = [];
    for (const row of due) {
      await workCase(ports, row.case.id, policy, now).catch((error: unknown) => {
        // Another run has the case in hand; that is no failure.
        if (!(error instanceof Overtaken)) failures.push(error);
      });
    }
    ports.metrics.put('EnforcementFailures', 'Count', failures.length);
    if (failures.length > 0) throw failures[0];
  };

export const handler = scheduledOrQueued<CaseDue>(() => {
  const e = env<Env>();
  const client = dynamoClient();
  return enforceCases({
    audit: dynamoAudit(client, e.AUDIT_TABLE),
    cases: dynamoCases(client, e.CASES_TABLE),
    articles: dynamoArticles(client, e.ARTICLES_TABLE),
    bodies: s3Bodies(e.CONTENT_BUCKET),
    edge: cloudfrontEdge(e.DISTRIBUTION_ID),
    frontDoor: frontDoor(e.SITE_ORIGIN),
    letterQueue: sqsQueue<LetterDue>(e.LETTER_QUEUE_URL),
    pager: snsPager(e.PAGER_TOPIC_ARN),
    metrics: emfMetrics(),
  });
});
