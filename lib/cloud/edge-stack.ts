import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type CfnDistribution,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { FunctionUrlAuthType, type IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env as ServeSite } from '../../functions/site/serve-site.ts';
import { acknowledge } from './acknowledge.ts';
import { grantsOf } from './grants.ts';
import { LambdaStep } from './lambda-step.ts';
import { namesOf } from './names.ts';
import { adminAddress, type Settings } from './settings.ts';

/** The origin sees its own host name only; absolute links need the reader's. */
const viewerOrigin = `function handler(event) {
  var request = event.request;
  request.headers['x-viewer-origin'] = { value: 'https://' + request.headers.host.value };
  return request;
}`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "img-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Errors that CloudFront would keep for a while by itself; 451 says no-store and is obeyed. */
const neverKept = [403, 404, 500, 502, 503, 504];

/** What readers see: one function behind a cache that forgets within five minutes. */
export class EdgeStack extends Stack {
  readonly distributionId: string;
  readonly siteOrigin: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      stackName: `${settings.name}-edge`,
      description: 'Sundown: the site and its cache',
    });
    const distribution = this.distribution(settings, this.site(settings));
    const { domain } = settings.site;
    this.distributionId = distribution.distributionId;
    this.siteOrigin = `https://${domain ?? distribution.distributionDomainName}`;
  }

  private site(settings: Settings): IFunctionUrl {
    const grants = grantsOf(this, settings);
    const { table, bucket } = namesOf(settings);
    const step = new LambdaStep<ServeSite>(this, {
      settings,
      step: 'site/serve-site',
      env: {
        ARTICLES_TABLE: table.articles,
        FEEDS_TABLE: table.feeds,
        CONTENT_BUCKET: bucket.content,
        ADMIN_ADDRESS: adminAddress(settings),
        SITE_TITLE: settings.site.title,
      },
      timeout: Duration.seconds(10),
      memoryMiB: 1024,
      may: [
        grants.rows('articles', 'GetItem', 'BatchGetItem'),
        grants.index('articles', 'byDay', 'bySource'),
        grants.rows('feeds', 'GetItem'),
        grants.objects('content', 'articles', 'GetObject'),
        grants.list('content'),
      ],
    });
    return step.function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  }

  private distribution(settings: Settings, site: IFunctionUrl): Distribution {
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${settings.name}: ${settings.site.title}`.slice(0, 128),
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: FunctionUrlOrigin.withOriginAccessControl(site),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: this.cachePolicy(settings),
        responseHeadersPolicy: this.headersPolicy(),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: this.viewerFunction(settings) },
        ],
      },
      errorResponses: neverKept.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      logBucket: Bucket.fromBucketName(this, 'Logs', namesOf(settings).bucket.logs),
      logFilePrefix: 'edge/',
      ...this.alias(settings),
    });
    this.acknowledgeOpenness(distribution, settings);
    const resource = distribution.node.defaultChild as CfnDistribution;
    resource.addPropertyOverride('DistributionConfig.CacheTagConfig', { HeaderName: 'cache-tag' });
    return distribution;
  }

  private acknowledgeOpenness(distribution: Distribution, { site }: Settings): void {
    acknowledge(distribution, 'CFR1', 'News is for readers everywhere; no country is shut out.');
    acknowledge(
      distribution,
      'CFR2',
      'Nothing can be written through the site, and a firewall costs more than all the rest.',
    );
    if (site.certificateArn === null)
      acknowledge(
        distribution,
        'CFR4',
        "CloudFront's own certificate fixes the protocol; TLS 1.2 is set with site.certificateArn.",
      );
  }

  private alias({ site }: Settings) {
    if (site.domain === null || site.certificateArn === null) return {};
    return {
      domainNames: [site.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  private cachePolicy({ name }: Settings): CachePolicy {
    return new CachePolicy(this, 'CachePolicy', {
      // unique in an account, whatever the region: two deployments must not meet
      cachePolicyName: `${name}-five-minutes-${Aws.REGION}`,
      comment: 'Nothing is kept longer than five minutes: that bounds every erasure',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(60),
      maxTtl: Duration.seconds(300),
      queryStringBehavior: CacheQueryStringBehavior.allowList('before'),
      headerBehavior: CacheHeaderBehavior.allowList('x-viewer-origin'),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  private headersPolicy(): ResponseHeadersPolicy {
    const override = true;
    return new ResponseHeadersPolicy(this, 'HeadersPolicy', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: {
          referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override,
        },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
      },
    });
  }

  private viewerFunction({ name }: Settings): CloudFrontFunction {
    return new CloudFrontFunction(this, 'ViewerOrigin', {
      functionName: `${name}-viewer-origin-${Aws.REGION}`,
      comment: 'Tells the site the origin that its reader sees',
      code: FunctionCode.fromInline(viewerOrigin),
      runtime: FunctionRuntime.JS_2_0,
    });
  }
}
