import { describe, expect, it } from 'vitest';
import {
  exampleSettings,
  propertiesOf,
  resourcesOf,
  statementsOf,
  synthesize,
} from './synthesize.ts';

const { Watch: watch } = synthesize().templates;
const { Watch: paged } = synthesize({
  ...exampleSettings,
  pager: { email: 'ops@news.example' },
}).templates;

const alarms = propertiesOf(watch, 'AWS::CloudWatch::Alarm');
const alarm = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `sundown-${name}`);

describe('the alarms', () => {
  it('take the silence of enforcement for 15 minutes as an alarm', () => {
    expect(alarm('enforcement-silent')).toMatchObject({
      Namespace: 'Sundown',
      MetricName: 'EnforcementRuns',
      Dimensions: [{ Name: 'service', Value: 'sundown' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('take a missing checkpoint for 26 hours as an alarm', () => {
    expect(alarm('checkpoint-missing')).toMatchObject({
      MetricName: 'Checkpoints',
      Period: 3600,
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['warning', 1, 'breaching'],
    ['urgent', 6, 'notBreaching'],
    ['critical', 20, 'notBreaching'],
  ])('call %s when a case waits for more than %i h', (level, hours, silence) => {
    expect(alarm(`case-age-${level}`)).toMatchObject({
      Namespace: 'Sundown',
      MetricName: 'OldestOpenCaseAge',
      Statistic: 'Maximum',
      Threshold: hours * 3600,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: silence,
    });
  });

  it.each([
    ['mail-refused', 'AWS/SES', 'PublishFailure', 0],
    ['mail-waiting', 'AWS/SQS', 'ApproximateAgeOfOldestMessage', 900],
    ['function-errors', 'AWS/Lambda', 'Errors', 0],
    ['function-throttles', 'AWS/Lambda', 'Throttles', 0],
  ])('%s rings', (name, Namespace, MetricName, Threshold) => {
    expect(alarm(name)).toMatchObject({
      Namespace,
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });

  it('look at the numbers of their own deployment only', () => {
    const { Watch: evening } = synthesize({ ...exampleSettings, name: 'evening' }).templates;
    const own = propertiesOf(evening, 'AWS::CloudWatch::Alarm').filter(
      ({ Namespace }) => Namespace === 'Sundown',
    );

    expect(own.length).toBeGreaterThan(0);
    for (const { Dimensions } of own)
      expect(Dimensions).toEqual([{ Name: 'service', Value: 'evening' }]);
  });

  it('all ring the pager, and tell what to do', () => {
    const [[pager] = ['']] = resourcesOf(watch, 'AWS::SNS::Topic');

    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: pager }]);
      expect(String(AlarmDescription).length).toBeGreaterThan(30);
    }
  });

  it('are no more than the idle bill has room for: ten are free, five are paid', () => {
    expect(alarms.length).toBeLessThanOrEqual(15);
    expect(alarms.filter(({ Metrics }) => Metrics)).toEqual([]);
  });
});

describe('the pager', () => {
  it('can be rung by alarms and events, over TLS only', () => {
    const [policy] = propertiesOf(watch, 'AWS::SNS::TopicPolicy');
    const statements = statementsOf(policy?.['PolicyDocument']);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

    expect(allowed.map(({ Principal }) => Principal)).toEqual(
      expect.arrayContaining([
        { Service: 'cloudwatch.amazonaws.com' },
        { Service: 'events.amazonaws.com' },
      ]),
    );
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
  });

  it('mails the person on call where the settings name one', () => {
    expect(propertiesOf(watch, 'AWS::SNS::Subscription')).toEqual([]);
    expect(propertiesOf(paged, 'AWS::SNS::Subscription')).toMatchObject([
      { Protocol: 'email', Endpoint: 'ops@news.example' },
    ]);
  });

  it('hears of letters that did not arrive, without hearing whose', () => {
    const [rule] = propertiesOf(watch, 'AWS::Events::Rule');

    expect(rule?.['EventPattern']).toMatchObject({
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': ['sundown-letters'] } } },
    });
    expect(JSON.stringify(rule?.['Targets'])).not.toMatch(/destination|recipient|commonHeaders/i);
  });
});
