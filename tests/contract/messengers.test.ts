import { describe, expect, it } from 'vitest';
import { memoryPorts, memoryQueue } from '../../functions/adapters/memory.ts';
import { snsPager } from '../../functions/adapters/sns-pager.ts';
import { sqsQueue } from '../../functions/adapters/sqs-queue.ts';
import { Permanent } from '../../functions/errors.ts';
import type { PagerPort, QueuePort } from '../../functions/ports.ts';
import { embeddedAws, topicArn } from './aws-environment.ts';

const aws = embeddedAws();

type Note = { caseId: string; text?: string | undefined };
type Line = { queue: QueuePort<Note>; arrived(): unknown[]; delayed(): number };

const memoryLine = (): Line => {
  const queue = memoryQueue<Note>();
  const isLate = (_: unknown, n: number) => (queue.delays[n] ?? 0) > 0;
  return {
    queue,
    arrived: () => queue.messages.filter((message, n) => !isLate(message, n)),
    delayed: () => queue.messages.filter(isLate).length,
  };
};

const sqsLine = (): Line => {
  const name = aws.fresh('queue');
  const queue = sqsQueue<Note>(`${aws.endpoint().url}/000000000000/${name}`);
  const local = () => aws.endpoint().queues.get(name);
  return {
    queue,
    arrived: () => (local()?.receive(10) ?? []).map(({ body }) => JSON.parse(body) as unknown),
    delayed: () => local()?.counts().delayed ?? 0,
  };
};

describe.each([
  { name: 'memory', make: memoryLine },
  { name: 'SQS', make: sqsLine },
])('a queue in $name', ({ make }) => {
  it('carries messages as JSON', async () => {
    const { queue, arrived } = make();

    await queue.send({ caseId: 'c1', text: 'ünï "quoted" \u0000' });
    await queue.send({ caseId: 'c2', text: undefined });

    expect(arrived()).toEqual([{ caseId: 'c1', text: 'ünï "quoted" \u0000' }, { caseId: 'c2' }]);
  });

  it('holds a message back as long as it is asked to', async () => {
    const { queue, arrived, delayed } = make();

    await queue.send({ caseId: 'c1' }, 60);
    await queue.send({ caseId: 'c2' }, 86_400);

    expect(arrived()).toEqual([]);
    expect(delayed()).toBe(2);
  });
});

describe('an SQS queue', () => {
  it('fails for good where it does not exist', async () => {
    const queue = sqsQueue<Note>(`${aws.endpoint().url}/000000000000/none`);

    await expect(queue.send({ caseId: 'c1' })).rejects.toThrow(Permanent);
  });
});

type Pager = { pager: PagerPort; calls(): { subject: string; text: string }[] };

const memoryCalls = (): Pager => {
  const { pager } = memoryPorts();
  return { pager, calls: () => pager.calls };
};

const topicCalls = (): Pager => {
  const before = aws.endpoint().pages().length;
  const calls = () =>
    aws
      .endpoint()
      .pages()
      .slice(before)
      .map(({ subject, message }) => ({ subject, text: message }));
  return { pager: snsPager(topicArn), calls };
};

describe.each([
  { name: 'memory', make: memoryCalls },
  { name: 'SNS', make: topicCalls },
])('the pager in $name', ({ make }) => {
  it('calls with a subject and a text', async () => {
    const { pager, calls } = make();

    await pager.call('Case c1 needs a person', 'Why: flood.\nWhat to do: look – soon.');

    expect(calls()).toEqual([
      { subject: 'Case c1 needs a person', text: 'Why: flood.\nWhat to do: look – soon.' },
    ]);
  });
});

describe('the pager topic', () => {
  it('gets a subject it can take, whatever it is given', async () => {
    const { pager, calls } = topicCalls();

    await pager.call(`Fall – c1\r\n${'long '.repeat(40)}`, 'text');
    await pager.call('мост', 'text');

    expect(calls().map(({ subject }) => subject)).toEqual([
      `Fall c1 ${'long '.repeat(18)}lo`,
      'Sundown calls',
    ]);
  });
});
