import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { PagerPort } from '../ports.ts';
import { answerOf } from './aws-answers.ts';

/** What SNS takes as a subject: printable ASCII on one line, at most 100 characters. */
const subjectOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\x21-\x7e]+/g, ' ')
    .slice(0, 100)
    .trim() || 'Sundown calls';

/** The pager topic, to which people subscribe by mail or phone. */
export const snsPager = (topicArn: string): PagerPort => {
  const sns = new SNSClient({ maxAttempts: 3 });
  return {
    call: async (subject, text) => {
      const call = { TopicArn: topicArn, Subject: subjectOf(subject), Message: text };
      await answerOf('calling a person', sns.send(new PublishCommand(call)));
    },
  };
};
