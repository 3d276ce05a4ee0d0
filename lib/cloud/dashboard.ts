import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { deadLetterQueues, metricsOf, steps, workQueues } from './metrics.ts';
import type { Settings } from './settings.ts';

/** One page: the promise first, then the queues, then the functions. */
export const addDashboard = (scope: Construct, settings: Settings): void => {
  const metrics = metricsOf(settings);
  const graph = (title: string, left: IMetric[]): GraphWidget =>
    new GraphWidget({ title, left, width: 8, height: 6 });
  const most = { statistic: Stats.MAXIMUM };
  const ofQueues = (names: readonly string[], metric: string) =>
    names.map((name) => metrics.queue(name)(metric, most));
  const ofSteps = (metric: string) => steps.map((step) => metrics.lambda(step)(metric));
  new Dashboard(scope, 'Dashboard', {
    dashboardName: settings.name,
    defaultInterval: Duration.days(1),
    widgets: [
      [
        graph('Oldest waiting case (s)', [metrics.sundown('OldestOpenCaseAge', most)]),
        graph('Cases', [metrics.sundown('OpenCases', most), metrics.sundown('LateCases', most)]),
        graph('Enforcement', [
          metrics.sundown('EnforcementRuns'),
          metrics.sundown('EnforcementFailures'),
          metrics.sundown('ForgottenMails'),
        ]),
      ],
      [
        graph('Oldest message (s)', ofQueues(workQueues, 'ApproximateAgeOfOldestMessage')),
        graph('Dead letters', ofQueues(deadLetterQueues, 'ApproximateNumberOfMessagesVisible')),
        graph('Site: answers 5xx', [metrics.lambda('site/serve-site')('Url5xxCount')]),
      ],
      [
        graph('Errors', ofSteps('Errors')),
        graph('Throttles', ofSteps('Throttles')),
        graph(
          'Longest run (ms)',
          steps.map((step) => metrics.lambda(step)('Duration', most)),
        ),
      ],
    ],
  });
};
