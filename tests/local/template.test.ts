import { describe, expect, it } from 'vitest';
import type { Stack } from '../../lib/local/template/assembly.ts';
import type { Json, JsonObject } from '../../lib/local/template/json.ts';
import { notRun } from '../../lib/local/template/known.ts';
import { resolveAll } from '../../lib/local/template/resolve.ts';

const places = { awsOrigin: 'http://127.0.0.1:1', siteHost: '127.0.0.1:2' };

const stack = (name: string, more: Partial<Stack>): Stack => ({
  name,
  ...{ parameters: {}, mappings: {}, conditions: {}, resources: {}, outputs: {} },
  ...more,
});

const edge = stack('edge', {
  resources: {
    Site: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
    Word: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/word', Value: 'from ssm' } },
  },
  outputs: {
    Host: { Value: { 'Fn::GetAtt': ['Site', 'DomainName'] }, Export: { Name: 'edge-host' } },
  },
});

/** What a value of stack `app` resolves to; undefined = left out. */
const resolved = (value: Json, more: Partial<Stack> = {}): Json | undefined => {
  const app = stack('app', {
    ...more,
    resources: {
      ...more.resources,
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: { 'Fn::Sub': `b-\${AWS::AccountId}-\${AWS::Region}` } },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
      Probe: { Type: 'Probe', Properties: { value } },
    },
  });
  return resolveAll([app, edge], places).find(({ logicalId }) => logicalId === 'Probe')?.properties[
    'value'
  ];
};

const getAtt = (id: string, name: string): JsonObject => ({ 'Fn::GetAtt': [id, name] });
const ref = (name: string): JsonObject => ({ Ref: name });

describe('a template on this machine', () => {
  it.each<[string, Json, Json | undefined]>([
    ['a queue', ref('Queue'), 'http://127.0.0.1:1/000000000000/work'],
    ["a queue's ARN", getAtt('Queue', 'Arn'), 'arn:aws:sqs:us-east-1:000000000000:work'],
    ['a bucket', ref('Bucket'), 'b-000000000000-us-east-1'],
    ["a bucket's ARN", getAtt('Bucket', 'Arn'), 'arn:aws:s3:::b-000000000000-us-east-1'],
    ['a partition', ref('AWS::Partition'), 'aws'],
    ['no value', ref('AWS::NoValue'), undefined],
    ['joined text', { 'Fn::Join': ['-', ['a', ref('Bucket')]] }, 'a-b-000000000000-us-east-1'],
    ['a part', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['a substitute', { 'Fn::Sub': [`\${x}/\${Queue.QueueName}/\${!y}`, { x: 1 }] }, `1/work/\${y}`],
    ['an import', { 'Fn::ImportValue': 'edge-host' }, '127.0.0.1:2'],
    [
      "another stack's output",
      { 'Fn::GetStackOutput': { StackName: 'edge', OutputName: 'Host' } },
      '127.0.0.1:2',
    ],
    ['a dynamic reference', '{{resolve:ssm:/word}}!', 'from ssm!'],
    ['a condition that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['a condition that does not', { 'Fn::If': ['No', 1, ref('AWS::NoValue')] }, undefined],
    ['a map', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'c'],
    ['a parameter', ref('P'), 'default'],
    ['a parameter kept in SSM', ref('S'), 'from ssm'],
    ['nested lists', [{ deep: [ref('P'), ref('AWS::NoValue')] }], [{ deep: ['default'] }]],
  ])('resolves %s', (_, value, expected) => {
    const more = {
      conditions: {
        Yes: { 'Fn::Equals': [ref('P'), 'default'] },
        No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      },
      mappings: { M: { a: { b: 'c' } } },
      parameters: {
        P: { Type: 'String', Default: 'default' },
        S: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/word' },
      },
    };

    expect(resolved(value, more)).toEqual(expected);
  });

  it('gives a key an id that stays the same from start to start', () => {
    expect(resolved(ref('Key'))).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(resolved(ref('Key'))).toBe(resolved(ref('Key')));
  });

  it('leaves out a resource whose condition does not hold', () => {
    const conditions: JsonObject = { No: { 'Fn::Equals': ['a', 'b'] } };
    const resources = { Maybe: { Type: 'AWS::SQS::Queue', Condition: 'No' } };

    const all = resolveAll([stack('app', { conditions, resources })], places);

    expect(all).toEqual([]);
  });

  it('refuses what it does not understand, by name', () => {
    expect(() => resolved({ 'Fn::Cidr': ['10.0.0.0/16', 6, 8] })).toThrow('Fn::Cidr');
    expect(() => resolved({ 'Fn::ImportValue': 'nobody' })).toThrow('no stack exports nobody');
    expect(() => resolved(ref('Nothing'))).toThrow('no resource Nothing');
  });

  it('lists what it does not run, apart from what nobody misses', () => {
    const types = ['AWS::IAM::Role', 'AWS::IAM::Role', 'AWS::EC2::Vpc', 'AWS::SQS::Queue'];

    expect(notRun(types, 0)).toEqual({
      notNeeded: [{ type: 'AWS::IAM::Role', count: 2 }],
      unknown: [{ type: 'AWS::EC2::Vpc', count: 1 }],
    });
  });
});
