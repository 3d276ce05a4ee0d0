import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import type { Instant } from '../domain/time.ts';
import { messageOf } from './message.ts';

export const logger = new Logger({ serviceName: 'sundown' });

/** A step: reads, decides, writes. `now` is handed in; no step looks at a clock. */
export type Step<Input, Output = void> = (input: Input, now: Instant) => Promise<Output>;

const clock = (): Instant => Date.now();

/** Failures leave the function with their reason in the log, once. */
const logged = <Event, Result>(handle: (event: Event, context: Context) => Promise<Result>) =>
  middy<Event, Result>()
    .before(({ context }) => logger.addContext(context as Context))
    .onError(({ error }) => logger.error('step failed', error as Error))
    .handler(handle);

/** A step that a schedule starts. */
export const scheduled = (make: () => Step<undefined>) => {
  let step: Step<undefined> | undefined;
  return logged(async () => {
    step ??= make();
    await step(undefined, clock());
  });
};

/**
 * A step that a queue feeds, one message at a time. A message whose step throws
 * is reported as failed, so that only it comes again.
 */
export const queued = <Message>(
  make: () => Step<Message>,
  parse: (body: string) => Message = messageOf,
) => {
  let step: Step<Message> | undefined;
  return logged(async (event: SQSEvent): Promise<SQSBatchResponse> => {
    step ??= make();
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { body, messageId } of event.Records) {
      try {
        await step(parse(body), clock());
      } catch (error) {
        logger.error('message failed', { messageId, error: error as Error });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  });
};

/** A step with two doors: the schedule (no message) and its queue. */
export const scheduledOrQueued = <Message>(make: () => Step<Message | undefined>) => {
  const onSchedule = scheduled(make as () => Step<undefined>);
  const onQueue = queued<Message>(make);
  return (event: SQSEvent | object, context: Context) =>
    'Records' in event ? onQueue(event, context) : onSchedule(event, context);
};

export type WebRequest = APIGatewayProxyEventV2;
export type WebResponse = APIGatewayProxyStructuredResultV2;

/** A step behind a function URL. */
export const web = (make: () => Step<WebRequest, WebResponse>) => {
  let step: Step<WebRequest, WebResponse> | undefined;
  return logged(async (event: WebRequest) => {
    step ??= make();
    return step(event, clock());
  });
};
