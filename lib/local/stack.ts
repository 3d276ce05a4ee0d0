import type { Clock } from './clock.ts';
import type { PagerCall } from './endpoint/sns.ts';
import type { SentLetter } from './mail/outbox.ts';
import type { Publishers } from './publishers/types.ts';
import type { Deployment } from './template/deployment.ts';
import type { JsonObject } from './template/json.ts';

export type LocalOptions = {
  /** State folder. */
  dir: string;
  /** Forget what an earlier start has left there. */
  fresh?: boolean;
  /** OPML files beside the sample publishers' own. */
  opml?: readonly string[];
  /** Single feeds. */
  feeds?: readonly string[];
  /** CDK context that replaces keys of cdk.json. */
  context?: JsonObject;
  /** Where the synthesized app is kept; stacks may share it. Undefined = in the state folder. */
  cdkOut?: string;
  /** false = schedules fire only by `run` and by a moved clock. */
  autoRun?: boolean;
  /** Port of the site; undefined = the one of the last start, or any. */
  port?: number;
  smtpPort?: number;
  log?: (line: string) => void;
};

/** Where everything is: what `local.json` holds while the stack runs. */
export type LocalFacts = {
  site: string;
  smtp: { host: string; port: number };
  awsEndpoint: string;
  /** POST clock/advance {"ms":…}, run/FUNCTION, settle; GET outbox, pages. */
  control: string;
  admin: string;
  outbox: string;
  logs: string;
  pid: number;
  tables: string[];
  buckets: string[];
  queues: string[];
  functions: string[];
  clockOffsetMs: number;
};

export type LocalStack = {
  facts(): LocalFacts;
  clock: Clock;
  publishers: Publishers;
  notRun: Deployment['notRun'];
  /** Fires one schedule or function now. @param name whole, or without the prefix: 'plan-polls' */
  run(name: string): Promise<unknown>;
  /** Resolves when all queues are empty, but for messages sent with a delay, and nothing runs. */
  settle(): Promise<void>;
  outbox(): SentLetter[];
  /** Calls for a person. */
  pages(): PagerCall[];
  stop(): Promise<void>;
};
