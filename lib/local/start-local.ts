import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { movableClock } from './clock.ts';
import { type Controls, newControls } from './control.ts';
import { type Edge, startEdge } from './edge/edge-server.ts';
import { type AwsEndpoint, awsEndpoint, type EndpointOptions } from './endpoint/aws-endpoint.ts';
import type { Purgeable } from './endpoint/cloudfront.ts';
import { logFile } from './functions/pool.ts';
import { startInbound } from './mail/inbound.ts';
import type { MailDoor } from './mail-door/types.ts';
import { startPublishers } from './publishers/publishers.ts';
import { type Functions, startFunctions, startTriggers } from './running-functions.ts';
import { writeSources } from './sources.ts';
import type { LocalFacts, LocalOptions, LocalStack } from './stack.ts';
import { claimState } from './state/claim.ts';
import { writeJson } from './state/files.ts';
import { openPlaces } from './state/places.ts';
import { readAssembly } from './template/assembly.ts';
import { deploymentOf } from './template/deployment.ts';
import { synthesize } from './template/synthesize.ts';
import { type Activity, newActivity } from './triggers/activity.ts';

type Closer = () => unknown;

/** What is under the functions: state, addresses, the clock, the publishers, the template. */
const prepare = async (dir: string, options: LocalOptions, closers: Closer[]) => {
  const { fresh = false, opml = [], feeds = [], context = {} } = options;
  const cdkOut = resolve(options.cdkOut ?? join(dir, 'cdk.out'));
  closers.push(claimState(dir, fresh));
  const clock = movableClock(dir);
  closers.push(clock.stop);
  const places = await openPlaces(dir, options.port);
  closers.push(places.stop);
  const port = places.remembered('publishers');
  const quiet = logFile(join(dir, 'logs'), 'publishers');
  const publishers = await startPublishers({
    dir: join(dir, 'publishers'),
    ...{ port, now: clock.now, log: (line) => quiet(`${line}\n`) },
  });
  closers.push(() => publishers.stop());
  places.remember('publishers', publishers.port);
  const sourcesFile = writeSources(dir, [publishers.opmlFile, ...opml], feeds);
  await synthesize(cdkOut, context);
  const deployment = deploymentOf(readAssembly(cdkOut), places);
  return { clock, places, publishers, sourcesFile, deployment };
};

type Prepared = Awaited<ReturnType<typeof prepare>>;

const startAws = (
  dir: string,
  { clock, places, deployment }: Prepared,
  edges: readonly Purgeable[],
  more: Pick<EndpointOptions, 'control' | 'log'>,
): Promise<AwsEndpoint> =>
  awsEndpoint({
    ...deployment,
    ...more,
    dir,
    clock,
    server: places.aws,
    edges: [...edges],
    onPage: ({ topic, subject, message }) =>
      more.log?.(`A PERSON IS CALLED (${topic}): ${subject}: ${message}`),
  });

const startSite = (
  { clock, places, deployment: { distribution } }: Prepared,
  functions: Functions,
  activity: Activity,
  log: (line: string) => void,
): Edge | undefined => {
  if (distribution === undefined) return undefined;
  const { invoke } = functions.find(distribution.functionName);
  const tracked = (event: unknown): Promise<unknown> => activity.track(() => invoke(event));
  return startEdge({ server: places.site, spec: distribution, invoke: tracked, clock, log });
};

type Running = {
  dir: string;
  prepared: Prepared;
  functions: Functions;
  aws: AwsEndpoint;
  door: MailDoor;
  controls: Controls;
};

const factsOf = ({ dir, prepared, functions, aws, door }: Running): LocalFacts => {
  const { deployment, places, clock } = prepared;
  return {
    site: `http://${places.siteHost}`,
    smtp: { host: door.host, port: door.port },
    awsEndpoint: aws.url,
    control: `${aws.url}/_local`,
    admin: deployment.receiptRules.flatMap(({ recipients }) => recipients)[0] ?? '',
    outbox: aws.outbox.dir,
    logs: join(dir, 'logs'),
    pid: process.pid,
    tables: deployment.tables.map(({ name }) => name),
    buckets: deployment.buckets.map(({ name }) => name),
    queues: deployment.queues.map(({ name }) => name),
    functions: functions.names,
    clockOffsetMs: clock.offsetMs(),
  };
};

/** The template's own functions, endpoint, site and mail door, each open to the others. */
const startParts = async (
  dir: string,
  options: LocalOptions,
  prepared: Prepared,
  activity: Activity,
  closers: Closer[],
): Promise<Running> => {
  const { log = () => {} } = options;
  const { clock, places, publishers, deployment } = prepared;
  const { awsOrigin, siteHost } = places;
  const { pinnedHosts } = publishers;
  const surroundings = { awsOrigin, siteHost, pinnedHosts, sourcesFile: prepared.sourcesFile };
  const functions = startFunctions(deployment, surroundings, dir, clock);
  closers.push(functions.stop);
  const edge = startSite(prepared, functions, activity, log);
  const id = deployment.distribution?.id;
  const edges = edge === undefined || id === undefined ? [] : [{ id, purge: edge.purge }];
  const controls = newControls();
  const aws = await startAws(dir, prepared, edges, { log, control: controls.answer });
  closers.push(aws.stop);
  const inbound = { rules: deployment.receiptRules, aws, places, clock, log };
  const door = await startInbound({ ...inbound, zone: publishers.zone, port: options.smtpPort });
  closers.push(() => door.stop());
  return { dir, prepared, functions, aws, door, controls };
};

const closeAll = async (closers: Closer[]): Promise<void> => {
  for (const closer of closers.splice(0).reverse()) await closer();
};

const stackOf = (running: Running, activity: Activity, closers: Closer[]): LocalStack => {
  const { prepared, functions, aws } = running;
  const { clock, publishers, deployment } = prepared;
  return {
    facts: () => factsOf(running),
    clock,
    publishers,
    notRun: deployment.notRun,
    run: (name) => activity.track(() => functions.find(name).invoke({})),
    settle: () => activity.settled(),
    outbox: () => aws.outbox.letters(),
    pages: aws.pages,
    stop: () => closeAll(closers),
  };
};

/**
 * Synthesizes the CDK app and runs its template on this machine.
 * @throws Error that says what to do, after everything begun was ended
 */
export const startLocal = async (options: LocalOptions): Promise<LocalStack> => {
  const dir = resolve(options.dir);
  const closers: Closer[] = [];
  try {
    const prepared = await prepare(dir, options, closers);
    const activity = newActivity();
    const running = await startParts(dir, options, prepared, activity, closers);
    const stack = stackOf(running, activity, closers);
    running.controls.connect(stack);
    const localFile = join(dir, 'local.json');
    const tell = (): void => writeJson(localFile, stack.facts());
    prepared.clock.onMove(tell);
    tell();
    closers.push(() => rmSync(localFile, { force: true }));
    const { clock, deployment } = prepared;
    const trigger = { clock, activity, dir, automatic: options.autoRun ?? true };
    closers.push(startTriggers(deployment, running.functions, running.aws.queues, trigger));
    return stack;
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
};
