import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { namesOf } from './names.ts';
import type { Settings } from './settings.ts';

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** Where what failed waits two weeks for a person; watch-stack alarms on its first message. */
export const deadLetterQueue = (
  scope: Construct,
  id: string,
  settings: Settings,
  purpose: string,
): Queue =>
  new Queue(scope, id, {
    ...safe,
    queueName: namesOf(settings).queue(`${purpose}-dead`),
    retentionPeriod: Duration.days(14),
  });

/** A queue between two steps: five tries, then its dead letters. */
export const workQueue = (
  scope: Construct,
  id: string,
  settings: Settings,
  work: { purpose: string; timeout: Duration },
): IQueue =>
  new Queue(scope, id, {
    ...safe,
    queueName: namesOf(settings).queue(work.purpose),
    retentionPeriod: Duration.days(14),
    // AWS: at least six times the timeout of the function that reads it
    visibilityTimeout: Duration.seconds(6 * work.timeout.toSeconds()),
    deadLetterQueue: {
      queue: deadLetterQueue(scope, `${id}DeadLetters`, settings, work.purpose),
      maxReceiveCount: 5,
    },
  });
