import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addNewsRiver } from './news-river.ts';
import type { Settings } from './settings.ts';
import { addTakedownRiver, type Edge } from './takedown-river.ts';
import { deadLetterQueue } from './work-queue.ts';

/** The two rivers: steps that meet only in queues, tables and buckets. */
export class RiversStack extends Stack {
  readonly inboxQueueUrl: string;

  constructor(scope: Construct, id: string, settings: Settings, edge: Edge) {
    super(scope, id, {
      stackName: `${settings.name}-rivers`,
      description: 'Sundown: from feed to article, from mail to erasure and letter',
    });
    const dead = deadLetterQueue(this, 'TimerDeadLetters', settings, 'timer');
    addNewsRiver(this, settings, dead);
    this.inboxQueueUrl = addTakedownRiver(this, settings, edge, dead).queueUrl;
  }
}
