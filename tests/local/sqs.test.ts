import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { movableClock } from '../../lib/local/clock.ts';
import type { QueueSpec } from '../../lib/local/sqs/queue.ts';
import { openQueues } from '../../lib/local/sqs/queues.ts';
import { startEndpoint, tempDir } from './endpoint.ts';

const queues: QueueSpec[] = [
  {
    name: 'work',
    visibilityMs: 30_000,
    delayMs: 0,
    deadLetter: { queue: 'dead', maxReceiveCount: 2 },
  },
  { name: 'dead', visibilityMs: 30_000, delayMs: 0, deadLetter: null },
];

const start = async (dir?: string) => {
  const started = await startEndpoint({ queues, ...(dir === undefined ? {} : { dir }) });
  const sqs = new SQSClient(started.client);
  const url = (name: string) => `${started.aws.url}/000000000000/${name}`;
  const receive = async (name: string, more = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url(name), ...more }))).Messages ?? [];
  const send = (MessageBody: string, more = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: url('work'), MessageBody, ...more }));
  return { ...started, sqs, url, receive, send };
};

describe('SQS on this machine', () => {
  it('hands a message to one receiver at a time, until it is deleted', async () => {
    const { sqs, url, send, receive, clock } = await start();
    await send('hello');

    const [first] = await receive('work');
    const meanwhile = await receive('work');
    clock.advance(30_000);
    const [again] = await receive('work', {
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: url('work'), ReceiptHandle: again?.ReceiptHandle }),
    );
    clock.advance(30_000);

    expect(first?.Body).toBe('hello');
    expect(meanwhile).toEqual([]);
    expect(again?.Attributes).toMatchObject({ ApproximateReceiveCount: '2' });
    expect(await receive('work')).toEqual([]);
  });

  it('holds a delayed message back until its time', async () => {
    const { send, receive, clock } = await start();
    await send('later', { DelaySeconds: 900 });

    const early = await receive('work');
    clock.advance(900_000);

    expect(early).toEqual([]);
    expect(await receive('work')).toMatchObject([{ Body: 'later' }]);
  });

  it('moves a message that was received too often to the dead letters', async () => {
    const { send, receive, clock } = await start();
    await send('poison');

    for (const _ of [1, 2]) {
      await receive('work');
      clock.advance(30_000);
    }

    expect(await receive('work')).toEqual([]);
    expect(await receive('dead')).toMatchObject([{ Body: 'poison' }]);
  });

  it('answers a long poll as soon as a message arrives', async () => {
    const { send, receive } = await start();

    const poll = receive('work', { WaitTimeSeconds: 20 });
    await send('now');

    expect(await poll).toMatchObject([{ Body: 'now' }]);
  });

  it('reports the entries of a batch that it refuses, and sends the others', async () => {
    const { sqs, url, aws } = await start();

    const { Successful, Failed } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url('work'),
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'bad', MessageBody: 'x', DelaySeconds: 901 },
        ],
      }),
    );

    expect(Successful).toMatchObject([{ Id: 'good' }]);
    expect(Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameterValue' }]);
    expect(aws.queues.get('work')?.counts().visible).toBe(1);
  });

  it('tells the address and the settings of a queue, and refuses one it has not', async () => {
    const { sqs, url } = await start();

    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url('work'), AttributeNames: ['All'] }),
    );
    const missing = sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }));

    expect(found.QueueUrl).toBe(url('work'));
    expect(Attributes?.['RedrivePolicy']).toContain('"maxReceiveCount":2');
    await expect(missing).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('keeps nothing on the disk of a message that is deleted', () => {
    const dir = tempDir();
    const queue = openQueues(dir, queues, movableClock()).get('work');
    queue?.send('Pear found');

    queue?.remove(queue.receive(1)[0]?.receipt ?? '');

    expect(readFileSync(join(dir, 'work.log'), 'utf8')).toBe('');
  });

  it('has a message again after a restart that the last process had in its hands', () => {
    const dir = tempDir();
    const first = openQueues(dir, queues, movableClock()).get('work');
    first?.send('unfinished');
    first?.receive(1);

    const again = openQueues(dir, queues, movableClock()).get('work');

    expect(again?.receive(1)).toMatchObject([{ body: 'unfinished', receiveCount: 2 }]);
  });

  it('loses nothing when its process is killed', async () => {
    const dir = tempDir();
    const root = join(import.meta.dirname, '../..');
    const script = `
      import { movableClock } from '${root}/lib/local/clock.ts';
      import { openQueues } from '${root}/lib/local/sqs/queues.ts';
      const queue = openQueues('${dir}', ${JSON.stringify(queues)}, movableClock()).get('work');
      for (let n = 0; ; n += 1) {
        queue.send(String(n));
        if (n === 50) queue.remove(queue.receive(1)[0].receipt);
        if (n === 500) console.log('sent');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(createInterface(child.stdout), 'line');
    child.kill('SIGKILL');
    await once(child, 'close');

    const clock = movableClock();
    const bodies = openQueues(dir, queues, clock)
      .get('work')
      ?.receive(501)
      .map(({ body }) => Number(body));

    expect(bodies?.[0]).toBe(1);
    expect(bodies?.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
  });
});
