import { type JsonObject, numberOf, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import { type Named, nameOf } from './naming.ts';

export type MappingSpec = {
  queue: string;
  functionName: string;
  batchSize: number;
  /** How many batches run at once at most; null = as many as the function has workers. */
  concurrency: number | null;
  partialFailures: boolean;
};

export type ScheduleSpec = {
  name: string;
  /** 'rate(1 minute)' or 'cron(10 0 * * ? *)'. */
  expression: string;
  functionName: string;
  input: unknown;
};

const lastOf = (arn: string): string => arn.split(':').at(-1) ?? '';

export const mappingOf = ({ properties }: Named): MappingSpec => {
  const scaling = objectOf(properties['ScalingConfig'])['MaximumConcurrency'];
  return {
    queue: lastOf(textOf(properties['EventSourceArn'])),
    functionName: lastOf(textOf(properties['FunctionName'])),
    batchSize: numberOf(properties['BatchSize'], 10),
    concurrency: scaling === undefined ? null : numberOf(scaling, 2),
    partialFailures: textsOf(properties['FunctionResponseTypes']).includes(
      'ReportBatchItemFailures',
    ),
  };
};

const inputOf = (target: JsonObject): unknown =>
  target['Input'] === undefined ? {} : (JSON.parse(textOf(target['Input'])) as unknown);

const targetOf = (named: Named, expression: string, target: JsonObject): ScheduleSpec => ({
  name: nameOf(named),
  expression,
  functionName: lastOf(textOf(target['Arn'])),
  input: inputOf(target),
});

/** Enabled schedules that start a function, of the Scheduler and of EventBridge rules. */
export const schedulesOf = (named: Named): ScheduleSpec[] => {
  const { properties } = named;
  const expression = textOf(properties['ScheduleExpression']);
  if (expression === '' || properties['State'] === 'DISABLED') return [];
  const zone = textOf(properties['ScheduleExpressionTimezone']);
  if (zone !== '' && zone !== 'UTC')
    throw new Error(`The schedule ${named.logicalId} is in ${zone}; this machine knows UTC only.`);
  const target = properties['Target'];
  const targets = target === undefined ? objectsOf(properties['Targets']) : [objectOf(target)];
  return targets
    .filter(({ Arn }) => textOf(Arn).includes(':function:'))
    .map((one) => targetOf(named, expression, one));
};
