import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { namesOf } from './names.ts';
import type { Settings } from './settings.ts';

export const steps = [
  'news/plan-polls',
  'news/read-feed',
  'news/publish-article',
  'takedown/receive-mail',
  'takedown/enforce-cases',
  'takedown/send-letters',
  'takedown/watch-deadlines',
  'takedown/seal-audit',
  'site/serve-site',
] as const;

export const workQueues = ['feed', 'article', 'inbox', 'case', 'letter'] as const;
export const deadLetterQueues = [...workQueues, 'timer'].map((name) => `${name}-dead`);

type Look = { statistic?: string; period?: Duration };

/** CloudWatch's names of what we watch; all resources are known by their plain names. */
export const metricsOf = (settings: Settings) => {
  const names = namesOf(settings);
  const metric =
    (namespace: string, dimensionsMap: Record<string, string>) =>
    (metricName: string, look: Look = {}): Metric =>
      new Metric({
        namespace,
        metricName,
        dimensionsMap,
        statistic: Stats.SUM,
        period: Duration.minutes(5),
        ...look,
      });
  return {
    /** Emitted by the steps themselves. */
    sundown: metric('Sundown', { service: settings.name }),
    /** Of all functions in the account and region. */
    lambdas: metric('AWS/Lambda', {}),
    lambda: (step: string) => metric('AWS/Lambda', { FunctionName: names.step(step) }),
    queue: (purpose: string) => metric('AWS/SQS', { QueueName: names.queue(purpose) }),
    rule: metric('AWS/SES', { RuleName: names.rule }),
  };
};
