import type { DistributionSpec } from '../template/distribution.ts';

/** Errors that CloudFront keeps for a while by itself. */
const keptErrors = ['404', '414', '500', '501', '502', '503', '504'];

const directives = (header: string): Map<string, string> =>
  new Map(
    header
      .toLowerCase()
      .split(',')
      .map((one): [string, string] => {
        const [name = '', value = ''] = one.trim().split('=');
        return [name, value];
      }),
  );

const secondsOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;

const ofError = (status: number, own: number | undefined, spec: DistributionSpec): number => {
  const configured = spec.errorTtl[String(status)];
  if (own !== undefined) return Math.max(own, configured ?? 0);
  if (configured !== undefined) return configured;
  return keptErrors.includes(String(status)) ? 10 : 0;
};

/** How many seconds the edge may keep an answer. */
export const lifetimeOf = (
  status: number,
  cacheControl: string | undefined,
  spec: DistributionSpec,
): number => {
  const { least, usual, most } = spec.ttl;
  const said = directives(cacheControl ?? '');
  if (said.has('no-store') || said.has('no-cache') || said.has('private')) return least;
  const own = secondsOf(said.get('s-maxage')) ?? secondsOf(said.get('max-age'));
  if (status >= 400) return Math.min(ofError(status, own, spec), most);
  return Math.min(Math.max(own ?? usual, least), most);
};
