import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { deadLetterQueues, metricsOf } from './metrics.ts';
import { pascalCase } from './names.ts';
import type { Settings } from './settings.ts';

type Bell = {
  id: string;
  metric: Metric;
  says: string;
  /** Rings above this … */
  above?: number;
  /** … or when fewer than one was counted in each of so many periods, silence included. */
  silentFor?: number;
  /** What silence means where `above` is given. */
  missing?: TreatMissingData;
};

const hours = (count: number): number => count * 3600;

const most = { statistic: Stats.MAXIMUM };

const ofThePromise = ({ sundown }: ReturnType<typeof metricsOf>): Bell[] => [
  {
    id: 'enforcement-silent',
    metric: sundown('EnforcementRuns'),
    silentFor: 3,
    says: 'No case was worked for 15 minutes: look at the log of enforce-cases.',
  },
  {
    id: 'checkpoint-missing',
    metric: sundown('Checkpoints', { period: Duration.hours(1) }),
    silentFor: 26,
    says: 'The audit log was not sealed for 26 hours: look at the log of seal-audit.',
  },
  {
    id: 'case-age-warning',
    metric: sundown('OldestOpenCaseAge', most),
    above: hours(1),
    // the watcher's own silence must be heard as well, but once is enough
    missing: TreatMissingData.BREACHING,
    says: 'A case waits an hour for its next act, or watch-deadlines is silent.',
  },
  {
    id: 'case-age-urgent',
    metric: sundown('OldestOpenCaseAge', most),
    above: hours(6),
    says: 'A case waits six hours for its next act.',
  },
  {
    id: 'case-age-critical',
    metric: sundown('OldestOpenCaseAge', most),
    above: hours(20),
    says: 'A case waits twenty hours for its next act: the promise is about to break.',
  },
];

const ofTheMail = ({ queue, rule }: ReturnType<typeof metricsOf>): Bell[] => [
  {
    id: 'mail-refused',
    metric: rule('PublishFailure'),
    above: 0,
    says: 'SES could not store a mail; it tries for four hours, then the mail is lost.',
  },
  {
    id: 'mail-waiting',
    metric: queue('inbox')('ApproximateAgeOfOldestMessage', most),
    above: 900,
    says: 'A mail waits for more than 15 minutes: look at the log of receive-mail.',
  },
];

const ofTheMachine = ({ queue, lambdas }: ReturnType<typeof metricsOf>): Bell[] => [
  ...deadLetterQueues.map((name) => ({
    id: `${name}-letters`,
    metric: queue(name)('ApproximateNumberOfMessagesVisible', most),
    above: 0,
    says: 'Work was given up after its last try: read the message, mend the cause, redrive.',
  })),
  {
    id: 'function-errors',
    metric: lambdas('Errors'),
    above: 0,
    says: 'A function of this account failed: the dashboard says which.',
  },
  {
    id: 'function-throttles',
    metric: lambdas('Throttles'),
    above: 0,
    says: 'Functions of this account were throttled: raise its concurrency quota.',
  },
];

const comparison = ({ above, silentFor = 1, missing }: Bell) =>
  above === undefined
    ? {
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: silentFor,
        treatMissingData: TreatMissingData.BREACHING,
      }
    : {
        threshold: above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      };

/**
 * Every alarm rings the pager, and rings again when it is over. There are 15:
 * ten are free of charge, and the bill of an idle Sundown has room for five.
 */
export const addAlarms = (scope: Construct, settings: Settings, pager: ITopic): void => {
  const metrics = metricsOf(settings);
  for (const bell of [...ofThePromise(metrics), ...ofTheMail(metrics), ...ofTheMachine(metrics)]) {
    const alarm = new Alarm(scope, `${pascalCase(bell.id)}Alarm`, {
      ...comparison(bell),
      metric: bell.metric,
      alarmName: `${settings.name}-${bell.id}`,
      alarmDescription: bell.says,
    });
    alarm.addAlarmAction(new SnsAction(pager));
    alarm.addOkAction(new SnsAction(pager));
  }
};
