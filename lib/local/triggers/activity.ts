/** Knows whether anything runs, and tells those who wait for quiet. */
export type Activity = {
  /** Counts work as running until it has ended, well or badly. */
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Something changed that may have ended the unrest. */
  nudge(): void;
  /** A further thing that must be quiet. */
  also(isQuiet: () => boolean): void;
  settled(): Promise<void>;
};

export const newActivity = (): Activity => {
  let running = 0;
  const conditions: (() => boolean)[] = [];
  let waiting: (() => void)[] = [];
  const isQuiet = (): boolean => running === 0 && conditions.every((holds) => holds());
  // looks after what the last event set off has begun
  const nudge = (): void => {
    if (waiting.length === 0) return;
    setImmediate(() => {
      if (!isQuiet()) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
  };
  return {
    track: async (work) => {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        nudge();
      }
    },
    nudge,
    also: (condition) => void conditions.push(condition),
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        nudge();
      }),
  };
};
