import type { Clock } from '../clock.ts';
import type { AwsEndpoint } from '../endpoint/aws-endpoint.ts';
import { startMailDoor } from '../mail-door/mail-door.ts';
import type { MailDoor, Zone } from '../mail-door/types.ts';
import type { Places } from '../state/places.ts';
import { type ReceiptRule, receipt } from './receipt.ts';

type Options = {
  rules: readonly ReceiptRule[];
  aws: AwsEndpoint;
  zone: Zone;
  places: Places;
  clock: Clock;
  log: (line: string) => void;
  /** The port it must have; undefined = the last one, or any. */
  port: number | undefined;
};

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** The mail door with the receipt rules of the template behind it. */
export const startInbound = async (options: Options): Promise<MailDoor> => {
  const { rules, aws, zone, places, clock, log, port } = options;
  const { accepts, deliver } = receipt(rules, aws.buckets, aws.topics);
  const hostname = rules
    .flatMap(({ recipients }) => recipients)[0]
    ?.split('@')
    .at(-1);
  const open = (wanted: number): Promise<MailDoor> =>
    startMailDoor({
      port: wanted,
      hostname: hostname ?? 'localhost',
      ...{ zone, accepts, deliver, log, now: clock.now },
    });
  const door = await open(port ?? places.remembered('smtp')).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    if (port === undefined) return open(0);
    throw new Error(`Port ${port} is in use by another program; choose another for --smtp-port.`);
  });
  places.remember('smtp', door.port);
  return door;
};
