import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Instant } from '../domain/time.ts';
import type { InboxPort } from '../ports.ts';
import { answerOf, answerUnless } from './aws-answers.ts';
import { missing, s3Client } from './s3.ts';

type StoredMail = { key: string; storedAt: Instant; bytes: number };

const prefix = 'mail/';

/** SES leaves this in the bucket when the rule is made; it is no mail. */
const setupNotice = `${prefix}AMAZON_SES_SETUP_NOTIFICATION`;

/** The inbox bucket, where SES puts each mail as it came. */
export const s3Inbox = (bucket: string): InboxPort => {
  const s3 = s3Client();
  return {
    read: async (key) => {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const answer = await answerUnless(missing, 'reading a mail', s3.send(command));
      return answer?.Body && (await answerOf('reading a mail', answer.Body.transformToByteArray()));
    },
    list: async function* (since) {
      const mails: StoredMail[] = [];
      let from: string | undefined;
      do {
        const ask = { Bucket: bucket, Prefix: prefix, ...(from && { ContinuationToken: from }) };
        const answer = await answerOf('listing mails', s3.send(new ListObjectsV2Command(ask)));
        for (const { Key, LastModified, Size } of answer.Contents ?? []) {
          const storedAt = LastModified?.getTime() ?? since;
          if (Key === undefined || Key === setupNotice || storedAt < since) continue;
          mails.push({ key: Key, storedAt, bytes: Size ?? 0 });
        }
        from = answer.NextContinuationToken;
      } while (from);
      yield* mails.sort((a, b) => a.storedAt - b.storedAt);
    },
  };
};
