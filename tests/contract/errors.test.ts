import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerOf } from '../../functions/adapters/aws-answers.ts';
import { dynamoClient } from '../../functions/adapters/dynamo.ts';
import { dynamoArticles } from '../../functions/adapters/dynamo-articles.ts';
import { dynamoAudit } from '../../functions/adapters/dynamo-audit.ts';
import { Permanent, Retryable } from '../../functions/errors.ts';
import { stubAwsEnvironment } from './aws-environment.ts';
import { idOf, liveArticle } from './rows.ts';

let server: Server | undefined;

/** A DynamoDB that answers what the test says. */
const service = async (answer: RequestListener): Promise<void> => {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  stubAwsEnvironment(`http://127.0.0.1:${(started.address() as AddressInfo).port}`);
};

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllEnvs();
});

const refusing =
  (status: number, name: string): RequestListener =>
  (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: `com.amazonaws#${name}`, message: 'secret text' }));
    });
  };

const history = () => dynamoAudit(dynamoClient(), 'audit').history('case:1');

const refusalOf = (status: number, name: string) =>
  answerOf(
    'asking',
    Promise.reject(
      new DynamoDBServiceException({
        name,
        $fault: status < 500 ? 'client' : 'server',
        $metadata: { httpStatusCode: status },
        message: 'secret text',
      }),
    ),
  );

describe('an AWS adapter', () => {
  it.each([
    [400, 'ProvisionedThroughputExceededException'],
    [400, 'ThrottlingException'],
    [400, 'RequestLimitExceeded'],
    [400, 'ConditionalCheckFailedException'],
    [400, 'TooManyInvalidationsInProgress'],
    [400, 'ExpiredTokenException'],
    [400, 'RequestTimeout'],
    [409, 'OperationAborted'],
    [429, 'TooManyRequestsException'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
  ])('asks to be tried again on %i %s', async (status, name) => {
    await expect(refusalOf(status, name)).rejects.toThrow(Retryable);
  });

  it.each([
    [400, 'ValidationException'],
    [400, 'MessageRejected'],
    [400, 'ResourceNotFoundException'],
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
  ])('gives up on %i %s', async (status, name) => {
    await expect(refusalOf(status, name)).rejects.toThrow(Permanent);
  });

  it('takes a fault of the service for one that may pass', async () => {
    await service(refusing(500, 'InternalServerError'));

    await expect(history()).rejects.toThrow(Retryable);
  });

  it('asks to be tried again when the line breaks or nobody is there', async () => {
    await service((request) => request.socket.destroy());
    await expect(history()).rejects.toThrow(Retryable);

    stubAwsEnvironment('http://127.0.0.1:1');
    await expect(history()).rejects.toThrow(Retryable);
  });

  it('says in its error what it did, and nothing that the service said', async () => {
    await service(refusing(400, 'ValidationException'));

    await expect(history()).rejects.toThrow('querying audit failed: ValidationException (400)');
    await expect(history()).rejects.not.toThrow('secret');
  });
});

type Keys = { Keys: { pk: { S: string } }[] };

const bodyOf = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** Answers the first `share` keys of each batch, as DynamoDB does under load. */
const partial =
  (share: number): RequestListener =>
  async (request, response) => {
    const body = await bodyOf(request);
    const { RequestItems } = JSON.parse(body) as { RequestItems: { articles: Keys } };
    const { Keys } = RequestItems.articles;
    const rows = Keys.slice(0, share).map(({ pk }) => ({
      pk,
      id: { S: pk.S.slice(4) },
      state: { S: 'absent' },
    }));
    const left = Keys.slice(share);
    const UnprocessedKeys = left.length > 0 ? { articles: { Keys: left } } : {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ Responses: { articles: rows }, UnprocessedKeys }));
  };

describe('a batch of rows', () => {
  const ids = [1, 2, 3, 4, 5].map((n) => liveArticle(n).id);

  it('is asked for again until no key is left over', async () => {
    await service(partial(2));

    const rows = await dynamoArticles(dynamoClient(), 'articles').getMany(ids);

    expect([...rows.keys()].sort()).toEqual(ids);
    expect(rows.get(idOf(5))?.state).toBe('absent');
  });

  it('is never taken for read while a key is left over', async () => {
    await service(partial(0));

    const rows = dynamoArticles(dynamoClient(), 'articles').getMany(ids);

    await expect(rows).rejects.toThrow(Retryable);
  });
});
