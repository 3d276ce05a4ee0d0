import { createHash } from 'node:crypto';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { EdgePort } from '../ports.ts';
import { answerOf } from './aws-answers.ts';

/** CloudFront refuses a known reference with other paths, so the paths are part of it. */
const callerReference = (tags: readonly string[], reference: string): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([reference, ...tags]))
    .digest('hex');
  return `${reference.replace(/[^\w:.-]/g, '').slice(0, 64)}-${hash.slice(0, 32)}`;
};

/**
 * The distribution's cache, purged by the tags of the header `cache-tag`.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-by-tags.html
 */
export const cloudfrontEdge = (distributionId: string): EdgePort => {
  const cloudfront = new CloudFrontClient({ maxAttempts: 3 });
  return {
    purge: async (tags, reference) => {
      const sorted = [...new Set(tags)].sort();
      if (sorted.length === 0) return 'done';
      const command = new CreateInvalidationCommand({
        DistributionId: distributionId,
        InvalidationBatch: {
          CallerReference: callerReference(sorted, reference),
          Paths: { Quantity: sorted.length, Items: sorted.map((tag) => `#${tag}`) },
        },
      });
      const { Invalidation } = await answerOf('purging the edge', cloudfront.send(command));
      // a repeated reference answers with the purge that stands, and how far it is now
      return Invalidation?.Status === 'Completed' ? 'done' : 'under-way';
    },
  };
};
