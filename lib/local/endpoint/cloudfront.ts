import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Answer, Ask } from './exchange.ts';
import { textOf, textsOf, xmlDocument } from './xml.ts';

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** What a purge names: a path, a path with a last '*', or a tag as '#tag'. */
export type Purgeable = { id: string; purge(items: readonly string[]): void };

type Invalidation = { id: string; batch: string; at: number; items: string[] };

const failure = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: xmlDocument('ErrorResponse', namespace, {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: 'local',
  }),
});

const described = ({ id, at, items }: Invalidation, reference: string): string =>
  xmlDocument('Invalidation', namespace, {
    Id: id,
    Status: 'Completed',
    CreateTime: new Date(at).toISOString(),
    InvalidationBatch: {
      Paths: { Quantity: items.length, Items: { Path: items } },
      CallerReference: reference,
    },
  });

const wrongItem = (item: string): boolean => !/^(\/|#[^*\s]+$)/.test(item);

const create = (
  made: Map<string, Invalidation>,
  edge: Purgeable,
  ask: Ask,
  now: number,
): Answer => {
  const document = ask.body.toString('utf8');
  const reference = textOf(document, 'CallerReference') ?? '';
  const items = textsOf(document, 'Path');
  const wrong = items.find(wrongItem);
  if (items.length === 0 || wrong !== undefined)
    return failure(
      400,
      'InvalidArgument',
      `Your request contains one or more invalid invalidation paths: ${wrong ?? 'none'}`,
    );
  const batch = JSON.stringify(items);
  const key = `${edge.id} ${reference}`;
  const standing = made.get(key);
  if (standing !== undefined && standing.batch !== batch)
    return failure(
      400,
      'InvalidArgument',
      'Invalidation batch with this caller reference differs.',
    );
  if (standing === undefined) edge.purge(items);
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 25).toUpperCase();
  const invalidation = standing ?? { id: `I${digest}`, batch, at: now, items };
  made.set(key, invalidation);
  const location = `${ask.path}/${invalidation.id}`;
  const headers = { 'content-type': 'text/xml', location };
  return { status: 201, headers, body: described(invalidation, reference) };
};

/** CloudFront, REST protocol: CreateInvalidation and GetInvalidation; both are done at once. */
export const cloudfront = (edges: readonly Purgeable[], clock: Clock) => {
  const made = new Map<string, Invalidation>();
  return (ask: Ask): Answer => {
    const [, , , id, what, invalidationId] = ask.path.split('/');
    const edge = edges.find((one) => one.id === id);
    if (edge === undefined)
      return failure(404, 'NoSuchDistribution', 'The specified distribution does not exist.');
    if (what === 'invalidation' && ask.method === 'POST')
      return create(made, edge, ask, clock.now());
    const standing = [...made].find(([, one]) => one.id === invalidationId);
    if (what !== 'invalidation' || ask.method !== 'GET' || standing === undefined)
      return failure(404, 'NoSuchInvalidation', 'The specified invalidation does not exist.');
    const [key, invalidation] = standing;
    const headers = { 'content-type': 'text/xml' };
    return { status: 200, headers, body: described(invalidation, key.split(' ')[1] ?? '') };
  };
};
