/** A port failed in a way that may pass: the queue, or the next run, tries again. */
export class Retryable extends Error {
  override readonly name = 'Retryable';
}

/** A port failed in a way that will not pass: no retry, a person must know. */
export class Permanent extends Error {
  override readonly name = 'Permanent';
}

/** A short reason for logs and events: the error's name and no foreign text. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.name === 'Error' ? 'unexpected error' : error.name) : 'unknown';
