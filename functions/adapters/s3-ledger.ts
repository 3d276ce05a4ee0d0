import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { LedgerPort } from '../ports.ts';
import { answerOf, answerUnless } from './aws-answers.ts';
import { missing, s3Client } from './s3.ts';

/** The ledger bucket, a name being a key; Object Lock keeps what is in it, If-None-Match keeps it from a second writer. */
export const s3Ledger = (bucket: string): LedgerPort => {
  const s3 = s3Client();
  return {
    put: async (name, text) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: name,
        Body: text,
        ContentType: 'text/plain; charset=utf-8',
        IfNoneMatch: '*',
      });
      const taken = ['PreconditionFailed'];
      const answer = await answerUnless(taken, 'storing a checkpoint', s3.send(command));
      return answer ? 'stored' : 'taken';
    },
    list: async () => {
      const names: string[] = [];
      let from: string | undefined;
      do {
        const ask = { Bucket: bucket, ...(from && { ContinuationToken: from }) };
        const command = new ListObjectsV2Command(ask);
        const answer = await answerOf('listing checkpoints', s3.send(command));
        for (const { Key } of answer.Contents ?? []) if (Key !== undefined) names.push(Key);
        from = answer.NextContinuationToken;
      } while (from);
      return names.sort();
    },
    get: async (name) => {
      const command = new GetObjectCommand({ Bucket: bucket, Key: name });
      const answer = await answerUnless(missing, 'reading a checkpoint', s3.send(command));
      return (
        answer?.Body && (await answerOf('reading a checkpoint', answer.Body.transformToString()))
      );
    },
  };
};
