import { describe, expect, it } from 'vitest';
import { plain, type Resource, resourcesOf, statementsOf, synthesize } from './synthesize.ts';

const { templates } = synthesize();
const data = templates.Data;

const bucket = (purpose: string): [string, Resource] =>
  resourcesOf(data, 'AWS::S3::Bucket').find(([, { Properties }]) =>
    plain(Properties['BucketName']).startsWith(`sundown-${purpose}-`),
  ) ?? ['', { Type: '', Properties: {} }];

const policyOf = (purpose: string) => {
  const [id] = bucket(purpose);
  const found = resourcesOf(data, 'AWS::S3::BucketPolicy').find(
    ([, { Properties }]) => (Properties['Bucket'] as { Ref: string }).Ref === id,
  );
  return statementsOf(found?.[1].Properties['PolicyDocument']);
};

describe('the buckets', () => {
  it('keep no version of content, and no half of an upload', () => {
    const [, content] = bucket('content');

    expect(content.Properties['VersioningConfiguration']).toBeUndefined();
    expect(content.Properties['LifecycleConfiguration']).toEqual({
      Rules: [{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }],
    });
  });

  it.each(['content', 'inbox', 'ledger', 'logs'])(
    '%s is closed to the world and to HTTP',
    (name) => {
      const [, { Properties }] = bucket(name);

      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(policyOf(name)).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    },
  );

  it('let SES write mail by our rule only, and forget it after its days', () => {
    const [, { Properties }] = bucket('inbox');
    const [ses, ...more] = policyOf('inbox').filter(({ Effect }) => Effect === 'Allow');
    const condition = ses?.Condition as Record<string, Record<string, unknown>> | undefined;
    const source = condition?.['StringEquals'] ?? {};

    expect(more).toEqual([]);
    expect(ses).toMatchObject({
      Action: 's3:PutObject',
      Principal: { Service: 'ses.amazonaws.com' },
    });
    expect(plain(ses?.Resource)).toMatch(/\/mail\/\*$/);
    expect(source['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
    expect(plain(source['aws:SourceArn'])).toMatch(
      /:receipt-rule-set\/sundown-mail:receipt-rule\/sundown-admin$/,
    );
    expect(Properties['LifecycleConfiguration']).toEqual({
      Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }],
    });
  });

  it('lock each checkpoint for 400 days, and take none twice', () => {
    const [, { Properties }] = bucket('ledger');

    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(policyOf('ledger')).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  });
});

describe('the data stack', () => {
  it('is kept when it is removed, all of it', () => {
    const lost = Object.entries(data.Resources).filter(
      ([, { Type, DeletionPolicy }]) =>
        DeletionPolicy !== 'Retain' && Type !== 'AWS::S3::BucketPolicy',
    );

    expect(lost).toEqual([]);
  });

  it('has a key that signs and does nothing else', () => {
    const [[, key] = ['', { Properties: {} }]] = resourcesOf(data, 'AWS::KMS::Key');

    expect(key.Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  });

  it('exports nothing: others know its names', () => {
    expect(data.Outputs).toBeUndefined();
  });
});
