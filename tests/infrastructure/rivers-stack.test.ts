import { describe, expect, it } from 'vitest';
import { everywhere, plain, resourcesOf, stepsOf, synthesize } from './synthesize.ts';

const synth = synthesize();
const queues = everywhere(synth, 'AWS::SQS::Queue');
const nameOf = (queue: Record<string, unknown>): string => plain(queue['QueueName']);
const isDead = (queue: Record<string, unknown>): boolean => nameOf(queue).endsWith('-dead');
const working = queues.filter(([, { Properties }]) => !isDead(Properties));
const dead = queues.filter(([, { Properties }]) => isDead(Properties));

const arnOf = (value: unknown): string =>
  (value as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0] ?? '';

const alarmed = everywhere(synth, 'AWS::CloudWatch::Alarm')
  .filter(([, { Properties }]) => Properties['Namespace'] === 'AWS/SQS')
  .filter(
    ([, { Properties }]) =>
      Properties['MetricName'] === 'ApproximateNumberOfMessagesVisible' &&
      Properties['Threshold'] === 0 &&
      Properties['ComparisonOperator'] === 'GreaterThanThreshold',
  )
  .flatMap(([, { Properties }]) => Properties['Dimensions'] as { Value: string }[])
  .map(({ Value }) => Value);

describe('the queues', () => {
  it('are five, one between each two steps', () => {
    expect(working.map(([, { Properties }]) => nameOf(Properties)).sort()).toEqual([
      'sundown-article',
      'sundown-case',
      'sundown-feed',
      'sundown-inbox',
      'sundown-letter',
    ]);
  });

  it.each(working)('%s gives up after five tries, to its own dead letters', (_id, queue) => {
    const redrive = queue.Properties['RedrivePolicy'] as Record<string, unknown>;
    const target = queues.find(([id]) => id === arnOf(redrive['deadLetterTargetArn']));

    expect(redrive['maxReceiveCount']).toBe(5);
    expect(nameOf(target?.[1].Properties ?? {})).toBe(`${nameOf(queue.Properties)}-dead`);
  });

  it.each(dead)('%s keeps them for two weeks and rings for the first', (_id, { Properties }) => {
    expect(Properties['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
    expect(alarmed).toContain(nameOf(Properties));
  });

  it('are encrypted and closed to plain HTTP', () => {
    const policies = JSON.stringify(resourcesOf(synth.templates.Rivers, 'AWS::SQS::QueuePolicy'));

    for (const [id, { Properties }] of queues) {
      expect(Properties['SqsManagedSseEnabled']).toBe(true);
      expect(policies).toContain(`{"Ref":"${id}"}`);
    }
  });

  it('leave a reader at least six times its own time', () => {
    const sources = everywhere(synth, 'AWS::Lambda::EventSourceMapping');
    const functions = new Map(everywhere(synth, 'AWS::Lambda::Function'));

    expect(sources).toHaveLength(working.length);
    for (const [, { Properties }] of sources) {
      const queue = queues.find(([id]) => id === arnOf(Properties['EventSourceArn']))?.[1];
      const reader = functions.get((Properties['FunctionName'] as { Ref: string }).Ref);

      expect(queue?.Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(
        6 * Number(reader?.Properties['Timeout']),
      );
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
      expect(Properties['BatchSize']).toBeLessThanOrEqual(5);
    }
  });
});

describe('the readers', () => {
  it('poll an idle queue of the takedown river rarely; only publishers are spared by a maximum', () => {
    const limited = everywhere(synth, 'AWS::Lambda::EventSourceMapping')
      .filter(([, { Properties }]) => Properties['ScalingConfig'] !== undefined)
      .map(([, { Properties }]) =>
        queues.find(([id]) => id === arnOf(Properties['EventSourceArn'])),
      )
      .map((queue) => nameOf(queue?.[1].Properties ?? {}));

    expect(limited.sort()).toEqual(['sundown-article', 'sundown-feed']);
  });
});

describe('the schedules', () => {
  const schedules = everywhere(synth, 'AWS::Scheduler::Schedule').map(
    ([, { Properties }]) => Properties,
  );

  it('start their steps on the minute', () => {
    const byId = new Map(everywhere(synth, 'AWS::Lambda::Function'));
    const started = schedules.map(({ Target, ScheduleExpression }) => [
      byId.get(arnOf((Target as Record<string, unknown>)['Arn']))?.Metadata?.['sundown:step'],
      ScheduleExpression,
    ]);

    expect(Object.fromEntries(started)).toEqual({
      'news/plan-polls': 'rate(1 minute)',
      'takedown/enforce-cases': 'rate(1 minute)',
      'takedown/watch-deadlines': 'rate(5 minutes)',
      'takedown/seal-audit': 'cron(10 0 * * ? *)',
    });
    for (const { FlexibleTimeWindow } of schedules)
      expect(FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
  });

  it('leave no tick and no failed run without a trace', () => {
    for (const { Target } of schedules) {
      const target = Target as Record<string, unknown>;
      const step = everywhere(synth, 'AWS::Lambda::Function').find(
        ([id]) => id === arnOf(target['Arn']),
      );

      expect(target['DeadLetterConfig']).toBeDefined();
      expect(step?.[1].Properties['DeadLetterConfig']).toBeDefined();
    }
  });
});

describe('the inbox queue', () => {
  it('takes messages from our mail topic only', () => {
    const [policy] = resourcesOf(synth.templates.Rivers, 'AWS::SQS::QueuePolicy').filter(
      ([, { Properties }]) => JSON.stringify(Properties).includes('MailTopic'),
    );
    const text = JSON.stringify(policy?.[1].Properties);

    expect(text).toContain('"Service":"sns.amazonaws.com"');
    expect(text).toContain(':sundown-mail"');
    expect(text).not.toContain('aws:SourceAccount');
  });
});

describe('what the rivers know of the edge', () => {
  it('is its address and the id of its cache', () => {
    const enforce = stepsOf(synth).get('takedown/enforce-cases');

    expect(enforce?.Properties['Environment']).toMatchObject({
      Variables: { DISTRIBUTION_ID: { 'Fn::GetStackOutput': { StackName: 'sundown-edge' } } },
    });
  });
});
