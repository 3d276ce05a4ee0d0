/** What the demo tells: the story with the stack's own time, and each promise it checked. */
export type Timeline = {
  scene(title: string): void;
  tell(text: string): void;
  /** A promise; a broken one is remembered and the demo fails at its end. */
  check(promise: string, held: boolean, seen?: string): void;
  checks(): { held: number; broken: string[] };
};

const day = 86_400_000;

/** "+1d 02:05:09" since the story began, on the stack's clock. */
const since = (ms: number): string => {
  const clock = new Date(ms % day).toISOString().slice(11, 19);
  return `+${Math.floor(ms / day)}d ${clock}`;
};

export const newTimeline = (now: () => number, print: (line: string) => void): Timeline => {
  const began = now();
  let held = 0;
  const broken: string[] = [];
  const line = (mark: string, text: string) => print(`${since(now() - began)}  ${mark} ${text}`);
  return {
    scene: (title) => print(`\n${title}`),
    tell: (text) => line(' ', text),
    check: (promise, isHeld, seen = '') => {
      const detail = seen === '' ? promise : `${promise} (${seen})`;
      if (isHeld) held += 1;
      else broken.push(detail);
      line(isHeld ? '✓' : '✗', detail);
    },
    checks: () => ({ held, broken }),
  };
};

export const oneDay = day;
