import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Outbox, openOutbox } from '../mail/outbox.ts';
import { Bucket } from '../s3/bucket.ts';
import { s3 } from '../s3/s3.ts';
import type { BucketSpec } from '../s3/types.ts';
import type { Queue, QueueSpec } from '../sqs/queue.ts';
import { openQueues } from '../sqs/queues.ts';
import { sqs } from '../sqs/sqs.ts';
import { openLog } from '../state/append-log.ts';
import { close, listen, loopback, portOf } from '../state/listen.ts';
import { cloudfront, type Purgeable } from './cloudfront.ts';
import { type Dynamo, startDynamo, type TableSpec } from './dynamo.ts';
import { type Answer, type Ask, AwsError, readAsk, sendAnswer } from './exchange.ts';
import { type KeySpec, kms } from './kms.ts';
import { queryFailure } from './query.ts';
import { type SesSpec, ses } from './ses.ts';
import { type PagerCall, sns, type TopicSpec, type Topics, topics } from './sns.ts';

export type EndpointOptions = {
  /** Where everything is kept. */
  dir: string;
  clock: Clock;
  /** A server that listens already; undefined = one on any free port. */
  server?: Server;
  buckets?: BucketSpec[];
  queues?: QueueSpec[];
  topics?: TopicSpec[];
  keys?: KeySpec[];
  ses?: SesSpec;
  tables?: TableSpec[];
  edges?: Purgeable[];
  /** Answers what is asked under /_local/, which no bucket can be named. */
  control?: (ask: Ask) => Promise<Answer>;
  /** A call for a person. */
  onPage?: (call: PagerCall) => void;
  log?: (line: string) => void;
};

export type AwsEndpoint = {
  /** The one address for every AWS client. */
  url: string;
  buckets: ReadonlyMap<string, Bucket>;
  queues: ReadonlyMap<string, Queue>;
  topics: Topics;
  outbox: Outbox;
  /** Calls for a person, oldest first. */
  pages(): PagerCall[];
  stop(): Promise<void>;
};

type Services = {
  dynamo: Dynamo | undefined;
  sqs: (action: string, ask: Ask) => Promise<Answer>;
  kms: (action: string, ask: Ask) => Answer;
  ses: (form: URLSearchParams) => Answer;
  sns: (form: URLSearchParams) => Answer;
  cloudfront: (ask: Ask) => Answer;
  s3: (ask: Ask) => Answer;
  control: ((ask: Ask) => Promise<Answer>) | undefined;
};

const jsonFailure = ({ status, code, message }: AwsError, service: string): Answer => ({
  status,
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    ...(code === 'QueueDoesNotExist'
      ? { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' }
      : {}),
  },
  body: JSON.stringify({ __type: `${service}#${code}`, message }),
});

const onTarget = async (services: Services, target: string, ask: Ask): Promise<Answer> => {
  const [service = '', action = ''] = target.split('.');
  try {
    if (service === 'AmazonSQS') return await services.sqs(action, ask);
    if (service === 'TrentService') return services.kms(action, ask);
    throw new AwsError(400, 'UnknownOperationException', `${target} is not offered here.`);
  } catch (error) {
    if (error instanceof AwsError)
      return jsonFailure(error, service === 'AmazonSQS' ? 'com.amazonaws.sqs' : 'com.amazonaws');
    throw error;
  }
};

const onForm = (services: Services, ask: Ask): Answer => {
  const form = new URLSearchParams(ask.body.toString('utf8'));
  const action = form.get('Action') ?? '';
  if (action === 'SendRawEmail') return services.ses(form);
  if (action === 'Publish') return services.sns(form);
  return queryFailure(400, '', 'InvalidAction', `${action} is not offered on this machine.`);
};

const route = async (
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const ask = await readAsk(request);
  const target = ask.headers['x-amz-target'];
  if (target?.startsWith('DynamoDB_') && services.dynamo)
    return services.dynamo.forward(ask, response);
  const form = ask.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (target !== undefined) sendAnswer(response, await onTarget(services, target, ask));
  else if (form && ask.path === '/') sendAnswer(response, onForm(services, ask));
  else if (ask.path.startsWith('/2020-05-31/distribution/'))
    sendAnswer(response, services.cloudfront(ask));
  else if (services.control && ask.path.startsWith('/_local'))
    sendAnswer(response, await services.control(ask));
  else sendAnswer(response, services.s3(ask));
};

const serve = (server: Server, services: Services, clock: Clock, log: (line: string) => void) => {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    route(services, request, response).catch((error: unknown) => {
      log(`AWS endpoint: ${request.method} ${request.url} failed: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else sendAnswer(response, { status: 500, body: 'InternalError' });
    });
  });
};

const openStores = ({ dir, clock, ...options }: EndpointOptions) => {
  const buckets = new Map(
    (options.buckets ?? []).map((spec) => [spec.name, new Bucket(join(dir, 's3'), spec, clock)]),
  );
  const queues = openQueues(join(dir, 'sqs'), options.queues ?? [], clock);
  const { records, log: pageLog } = openLog<PagerCall>(join(dir, 'pages.log'));
  const pages = [...records];
  const page = (call: PagerCall): void => {
    pageLog.append(call);
    pages.push(call);
    options.onPage?.(call);
  };
  const stores = [...buckets.values(), ...queues.values(), pageLog];
  const closeStores = (): void => {
    for (const store of stores) store.close();
  };
  return { buckets, queues, pages, page, closeStores };
};

/** One HTTP server that answers as DynamoDB, S3, SQS, SNS, SES, KMS and CloudFront. */
export const awsEndpoint = async (options: EndpointOptions): Promise<AwsEndpoint> => {
  const { dir, clock, tables = [], log = () => {} } = options;
  const server = options.server ?? (await listen());
  const url = `http://${loopback}:${portOf(server)}`;
  const { buckets, queues, pages, page, closeStores } = openStores(options);
  const allTopics = topics(options.topics ?? [], queues, clock, page);
  const outbox = openOutbox(join(dir, 'outbox'), clock);
  const dynamo = tables.length > 0 ? await startDynamo(dir) : undefined;
  for (const table of tables) await dynamo?.ensure(table);
  const services: Services = {
    dynamo,
    sqs: (action, ask) => sqs({ queues, clock, origin: url }, action, ask),
    kms: kms(join(dir, 'kms'), options.keys ?? []),
    ses: ses(options.ses ?? { identities: [], configurationSets: [] }, outbox, clock),
    sns: (form) => sns(allTopics, form),
    cloudfront: cloudfront(options.edges ?? [], clock),
    s3: s3(buckets),
    control: options.control,
  };
  serve(server, services, clock, log);
  const stop = async (): Promise<void> => {
    await close(server);
    await dynamo?.stop();
    closeStores();
  };
  return { url, buckets, queues, topics: allTopics, outbox, pages: () => [...pages], stop };
};
