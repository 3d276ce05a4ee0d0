import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueuePort } from '../ports.ts';
import { answerOf } from './aws-answers.ts';

/** The service's own limit; a step that must wait longer is woken by its due index. */
const longestDelay = 900;

/** One queue; the message travels as JSON. */
export const sqsQueue = <T>(url: string): QueuePort<T> => {
  const sqs = new SQSClient({ maxAttempts: 3 });
  return {
    send: async (message, delaySeconds = 0) => {
      const command = new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(message),
        DelaySeconds: Math.min(longestDelay, Math.max(0, Math.ceil(delaySeconds))),
      });
      await answerOf('sending a message', sqs.send(command));
    },
  };
};
