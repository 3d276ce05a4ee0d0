import { type Answer, type Ask, AwsError } from './endpoint/exchange.ts';
import type { LocalStack } from './stack.ts';

type Controllable = Pick<LocalStack, 'facts' | 'outbox' | 'pages' | 'clock' | 'run' | 'settle'>;

const change = async (stack: Controllable, path: string, ask: Ask): Promise<unknown> => {
  // a page in a browser cannot send this type without asking first
  if (ask.headers['content-type'] !== 'application/json')
    throw new AwsError(415, 'UnsupportedMediaType', 'Send content-type: application/json.');
  if (path === 'clock/advance') {
    const { ms } = JSON.parse(ask.body.toString('utf8')) as { ms: number };
    stack.clock.advance(ms);
    return stack.facts();
  }
  if (path === 'settle') return stack.settle().then(() => ({}));
  const [verb, name] = path.split('/');
  if (verb === 'run' && name) return { result: await stack.run(name) };
  throw new AwsError(404, 'NotFound', `There is no POST /_local/${path}.`);
};

const tell = (stack: Controllable, path: string): unknown => {
  if (path === '') return stack.facts();
  if (path === 'outbox') return stack.outbox();
  if (path === 'pages') return stack.pages();
  throw new AwsError(404, 'NotFound', `There is no GET /_local/${path}.`);
};

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const answer = async (stack: Controllable, ask: Ask): Promise<Answer> => {
  const path = ask.path.replace(/^\/_local\/?/, '');
  try {
    return json(200, ask.method === 'POST' ? await change(stack, path, ask) : tell(stack, path));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return json(error instanceof AwsError ? error.status : 500, { message });
  }
};

/** What can be asked of a running stack by HTTP, under /_local/ of the AWS endpoint. */
export type Controls = {
  answer(ask: Ask): Promise<Answer>;
  /** Until then the answer is 503. */
  connect(stack: Controllable): void;
};

export const newControls = (): Controls => {
  let connected: Controllable | undefined;
  return {
    answer: async (ask) =>
      connected === undefined
        ? json(503, { message: 'Still starting; ask again in a moment.' })
        : answer(connected, ask),
    connect: (stack) => {
      connected = stack;
    },
  };
};
