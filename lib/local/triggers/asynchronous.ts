import type { Clock } from '../clock.ts';
import type { LocalFunction } from '../functions/pool.ts';
import type { Queue } from '../sqs/queue.ts';

const tries = 3;

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.alarm(clock.now() + ms, resolve));

/**
 * Invokes as Lambda does for a schedule: a failed run is tried twice more (here after
 * one and two seconds), then the event goes to the function's dead letters.
 */
export const invokeAsynchronously = async (
  { spec, invoke }: LocalFunction,
  event: unknown,
  graves: ReadonlyMap<string, Queue>,
  clock: Clock,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await invoke(event);
      return;
    } catch (error) {
      if (attempt < tries) await pause(clock, attempt * 1000);
      else {
        const message = error instanceof Error ? error.message : String(error);
        const attributes = { ErrorMessage: { DataType: 'String', StringValue: message } };
        graves.get(spec.deadLetterQueue ?? '')?.send(JSON.stringify(event), { attributes });
        return;
      }
    }
  }
};
