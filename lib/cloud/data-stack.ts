import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { addTables } from './data-tables.ts';
import { bucketArn, namesOf, ruleArn } from './names.ts';
import type { Settings } from './settings.ts';

/** All that must outlive a deployment. Nothing here is removed with its stack. */
export class DataStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      stackName: `${settings.name}-data`,
      description: 'Sundown: articles, cases, the audit log and the mail',
      terminationProtection: true,
    });
    addTables(this, settings);
    this.addBuckets(settings);
    this.addSigningKey(settings);
  }

  private addBuckets(settings: Settings): void {
    const { bucket } = namesOf(settings);
    const logs = this.addBucket('Logs', {
      bucketName: bucket.logs,
      // CloudFront delivers its access logs by ACL
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    const logTo = (prefix: string) => ({
      serverAccessLogsBucket: logs as IBucket,
      serverAccessLogsPrefix: `${prefix}/`,
    });

    this.addBucket('Content', {
      ...logTo('content'),
      bucketName: bucket.content,
      versioned: false,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    const inbox = this.addBucket('Inbox', {
      ...logTo('inbox'),
      bucketName: bucket.inbox,
      lifecycleRules: [{ expiration: Duration.days(settings.inbox.retentionDays) }],
    });
    inbox.addToResourcePolicy(
      new PolicyStatement({
        sid: 'MailByOurRule',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [`${bucketArn(this, bucket.inbox)}/mail/*`],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            'aws:SourceArn': ruleArn(this, settings),
          },
        },
      }),
    );
    this.addLedger({ ...logTo('ledger'), bucketName: bucket.ledger });
  }

  /** Checkpoints: written once, under a lock that nobody can lift. */
  private addLedger(props: BucketProps): void {
    const ledger = this.addBucket('Ledger', {
      ...props,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(400)),
    });
    ledger.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NeverOverwrite',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [ledger.arnForObjects('*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  }

  private addBucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...props,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addSigningKey(settings: Settings): void {
    const key = new Key(this, 'SigningKey', {
      description: 'Signs the daily checkpoint of the audit log',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new Alias(this, 'SigningKeyAlias', {
      aliasName: namesOf(settings).signingKey,
      targetKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
