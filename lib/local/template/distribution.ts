import { type JsonObject, numberOf, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import { attributeOf, distributionIdOf, type Named, nameOf, type Places } from './naming.ts';

export type DistributionSpec = {
  id: string;
  functionName: string;
  methods: string[];
  /** Seconds. */
  ttl: { least: number; usual: number; most: number };
  /** Seconds an error without its own lifetime is kept, by status. */
  errorTtl: Record<string, number>;
  /** Query parameters that reach the site; null = all. */
  queries: string[] | null;
  tagHeader: string;
  responseHeaders: Record<string, string>;
};

const named = (all: readonly Named[], type: string, name: string): JsonObject =>
  all.find((one) => one.type === type && nameOf(one) === name)?.properties ?? {};

/** The function whose URL is the origin. */
const originFunction = (all: readonly Named[], config: JsonObject, places: Places): string => {
  const behaviour = objectOf(config['DefaultCacheBehavior']);
  const origin = objectsOf(config['Origins']).find(({ Id }) => Id === behaviour['TargetOriginId']);
  const host = textOf(origin?.['DomainName']);
  const url = all.find(
    (one) =>
      one.type === 'AWS::Lambda::Url' &&
      new URL(attributeOf(one, 'FunctionUrl', places)).host === host,
  );
  if (url === undefined)
    throw new Error(`The distribution's origin ${host} is not a function URL of this template.`);
  return textOf(url.properties['TargetFunctionArn']).split(':').at(-1) ?? '';
};

const queriesOf = (parameters: JsonObject): string[] | null => {
  const config = objectOf(parameters['QueryStringsConfig']);
  if (config['QueryStringBehavior'] === 'whitelist') return textsOf(config['QueryStrings']);
  return config['QueryStringBehavior'] === 'none' ? [] : null;
};

/** Headers that the edge adds to every answer. */
const headersOf = (policy: JsonObject): Record<string, string> => {
  const config = objectOf(policy['ResponseHeadersPolicyConfig']);
  const security = objectOf(config['SecurityHeadersConfig']);
  const text = (section: string, key: string): string => textOf(objectOf(security[section])[key]);
  const pairs: [string, string][] = [
    ['content-security-policy', text('ContentSecurityPolicy', 'ContentSecurityPolicy')],
    ['x-content-type-options', security['ContentTypeOptions'] ? 'nosniff' : ''],
    ['x-frame-options', text('FrameOptions', 'FrameOption')],
    ['referrer-policy', text('ReferrerPolicy', 'ReferrerPolicy')],
  ];
  const custom = objectsOf(objectOf(config['CustomHeadersConfig'])['Items']);
  for (const { Header, Value } of custom) pairs.push([textOf(Header).toLowerCase(), textOf(Value)]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
};

/** @NOTE no Strict-Transport-Security: this machine speaks plain HTTP */
export const distributionOf = (
  distribution: Named,
  all: readonly Named[],
  places: Places,
): DistributionSpec => {
  const config = objectOf(distribution.properties['DistributionConfig']);
  if (objectsOf(config['CacheBehaviors']).length > 0)
    throw new Error('The distribution has further cache behaviours; this machine knows one.');
  const behaviour = objectOf(config['DefaultCacheBehavior']);
  const policyOf = (type: string, key: string): JsonObject =>
    named(all, `AWS::CloudFront::${type}`, textOf(behaviour[key]));
  const cache = objectOf(policyOf('CachePolicy', 'CachePolicyId')['CachePolicyConfig']);
  const methods = textsOf(behaviour['AllowedMethods']);
  return {
    id: distributionIdOf(distribution),
    functionName: originFunction(all, config, places),
    methods: methods.length > 0 ? methods : ['GET', 'HEAD'],
    ttl: {
      least: numberOf(cache['MinTTL'], 0),
      usual: numberOf(cache['DefaultTTL'], 86_400),
      most: numberOf(cache['MaxTTL'], 31_536_000),
    },
    errorTtl: Object.fromEntries(
      objectsOf(config['CustomErrorResponses']).map((one) => [
        textOf(one['ErrorCode']),
        numberOf(one['ErrorCachingMinTTL'], 10),
      ]),
    ),
    queries: queriesOf(objectOf(cache['ParametersInCacheKeyAndForwardedToOrigin'])),
    tagHeader: textOf(objectOf(config['CacheTagConfig'])['HeaderName']) || 'cache-tag',
    responseHeaders: headersOf(policyOf('ResponseHeadersPolicy', 'ResponseHeadersPolicyId')),
  };
};
