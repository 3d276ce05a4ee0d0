import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { exampleSettings, plain, propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const { Edge: edge } = synthesize().templates;
const named = synthesize({
  ...exampleSettings,
  site: {
    title: 'News',
    domain: 'www.news.example',
    certificateArn:
      'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  },
}).templates;

type Config = Record<string, unknown>;

const configOf = (template: typeof edge): Config =>
  propertiesOf(template, 'AWS::CloudFront::Distribution')[0]?.['DistributionConfig'] as Config;

describe('the cache', () => {
  it('keeps nothing for longer than five minutes, and obeys no-store', () => {
    const [policy] = propertiesOf(edge, 'AWS::CloudFront::CachePolicy');

    expect(policy?.['CachePolicyConfig']).toMatchObject({ MinTTL: 0, DefaultTTL: 60, MaxTTL: 300 });
  });

  it('tells pages apart by their cursor and the host they are read at, by nothing else', () => {
    const [policy] = propertiesOf(edge, 'AWS::CloudFront::CachePolicy');

    expect(policy?.['CachePolicyConfig']).toMatchObject({
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-viewer-origin'] },
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['before'] },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    });
  });

  it('is purged by tag', () => {
    expect(configOf(edge)['CacheTagConfig']).toEqual({ HeaderName: 'cache-tag' });
  });

  it('keeps no error, and dresses none up as another page', () => {
    const responses = configOf(edge)['CustomErrorResponses'] as Record<string, unknown>[];

    expect(responses.map(({ ErrorCode }) => ErrorCode)).toEqual([403, 404, 500, 502, 503, 504]);
    for (const response of responses)
      expect(response).toEqual({
        ErrorCode: expect.any(Number) as unknown,
        ErrorCachingMinTTL: 0,
      });
  });
});

describe('what is named in a whole account', () => {
  const namesIn = (template: typeof edge): string[] =>
    [
      ...propertiesOf(template, 'AWS::CloudFront::CachePolicy').map((p) => p['CachePolicyConfig']),
      ...propertiesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy').map(
        (p) => p['ResponseHeadersPolicyConfig'],
      ),
      ...propertiesOf(template, 'AWS::CloudFront::OriginAccessControl').map(
        (p) => p['OriginAccessControlConfig'],
      ),
      ...propertiesOf(template, 'AWS::CloudFront::Function'),
    ].map((config) => plain((config as Config)['Name']));

  it('is named after the deployment, so that two of them can stand side by side', () => {
    const { Edge: evening } = synthesize({ ...exampleSettings, name: 'evening' }).templates;
    const [ours, theirs] = [namesIn(edge), namesIn(evening)];

    expect(ours).toHaveLength(4);
    expect(ours.filter((name) => theirs.includes(name))).toEqual([]);
  });
});

describe('the site', () => {
  it('answers to CloudFront only', () => {
    expect(propertiesOf(edge, 'AWS::Lambda::Url')).toMatchObject([{ AuthType: 'AWS_IAM' }]);
    expect(propertiesOf(edge, 'AWS::CloudFront::OriginAccessControl')).toMatchObject([
      { OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' } },
    ]);
    for (const permission of propertiesOf(edge, 'AWS::Lambda::Permission')) {
      expect(permission['Principal']).toBe('cloudfront.amazonaws.com');
      expect(JSON.stringify(permission['SourceArn'])).toContain('distribution/');
    }
  });

  it('sends no scripts, frames or forms, and only HTTPS', () => {
    const [policy] = propertiesOf(edge, 'AWS::CloudFront::ResponseHeadersPolicy');
    const text = JSON.stringify(policy);

    expect(text).toContain("default-src 'none'; img-src 'self'; style-src 'self'");
    expect(text).toContain("form-action 'none'; frame-ancestors 'none'");
    expect(text).not.toContain('script-src');
    expect(text).toContain('StrictTransportSecurity');
    expect(text).toContain('ContentTypeOptions');
    expect(configOf(edge)['DefaultCacheBehavior']).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: ['GET', 'HEAD'],
    });
  });

  it('is told the origin of its reader, whatever the reader says', () => {
    const [fn] = propertiesOf(edge, 'AWS::CloudFront::Function');
    const request = {
      headers: {
        host: { value: 'news.example' },
        'x-viewer-origin': { value: 'https://evil.example' },
      },
    };

    const answer: unknown = runInNewContext(`${String(fn?.['FunctionCode'])}; handler(event)`, {
      event: { request },
    });

    expect(answer).toMatchObject({
      headers: { 'x-viewer-origin': { value: 'https://news.example' } },
    });
  });
});

describe('a domain of its own', () => {
  it('comes with its certificate and TLS 1.2', () => {
    expect(configOf(named.Edge)).toMatchObject({
      Aliases: ['www.news.example'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
    expect(configOf(edge)['Aliases']).toBeUndefined();
  });

  it('is the address that letters name', () => {
    const origins = resourcesOf(named.Rivers, 'AWS::Lambda::Function').flatMap(
      ([, { Properties }]) =>
        Object.entries(
          (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables,
        )
          .filter(([name]) => name === 'SITE_ORIGIN')
          .map(([, value]) => plain(value)),
    );

    expect(origins).toEqual(Array(3).fill('https://www.news.example'));
  });
});
