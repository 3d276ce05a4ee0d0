import { Permanent, Retryable } from '../errors.ts';

/** What the SDK's errors have in common. */
type SdkError = Error & {
  $fault?: 'client' | 'server';
  $metadata?: { httpStatusCode?: number };
  $retryable?: object;
  code?: unknown;
};

const passing =
  /thrott|slowdown|timeout|toomany|exceeded|overlimit|conditional|conflict|inprogress|expired|skewed|internal|unavailable|pending/i;

const statusOf = ({ $metadata }: SdkError): string =>
  $metadata?.httpStatusCode === undefined ? '' : ` (${$metadata.httpStatusCode})`;

const isNetworkError = (error: SdkError, status: number | undefined): boolean =>
  status === undefined && (error.$metadata !== undefined || typeof error.code === 'string');

const mayPass = (error: SdkError): boolean => {
  const status = error.$metadata?.httpStatusCode;
  if (error instanceof TypeError || error instanceof RangeError) return false;
  return (
    error.$retryable !== undefined ||
    (status !== undefined && (status >= 500 || [408, 409, 429].includes(status))) ||
    isNetworkError(error, status) ||
    passing.test(error.name)
  );
};

/**
 * The answer of an AWS client, with its errors in our words; the service's own
 * message is dropped, since it may quote what was sent.
 * @param what our own words for the call
 * @throws Retryable for throttles, timeouts, 5xx, network and races; else Permanent
 */
export const answerOf = async <T>(what: string, call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const Kind = mayPass(error) ? Retryable : Permanent;
    throw new Kind(`${what} failed: ${error.name}${statusOf(error)}`);
  }
};

/** The answer, or undefined where the service refuses with one of these error names. */
export const answerUnless = async <T>(
  names: readonly string[],
  what: string,
  call: Promise<T>,
): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    return await answerOf(what, Promise.reject(error));
  }
};
