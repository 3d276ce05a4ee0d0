import { createHash } from 'node:crypto';
import { type JsonObject, textOf } from './json.ts';

export const account = '000000000000';
export const region = 'us-east-1';

/** Where the servers of this machine listen, as a template may name them. */
export type Places = { awsOrigin: string; siteHost: string };

/** One resource with its properties resolved. */
export type Named = {
  stack: string;
  logicalId: string;
  type: string;
  properties: JsonObject;
  metadata: JsonObject;
};

const digest = ({ stack, logicalId }: Named): string =>
  createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const nameProperties: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::ReceiptRuleSet': 'RuleSetName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
};

/** The physical name: the template's own, or one made from where the resource stands. */
export const nameOf = (named: Named): string => {
  const given = textOf(named.properties[nameProperties[named.type] ?? '']);
  if (given !== '') return given;
  const made = `${named.stack}-${named.logicalId}`;
  return named.type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
};

export const keyIdOf = (named: Named): string =>
  digest(named).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

export const distributionIdOf = (named: Named): string =>
  `E${digest(named).slice(0, 13).toUpperCase()}`;

const urlHostOf = (named: Named): string =>
  `${digest(named).slice(0, 32)}.lambda-url.${region}.on.aws`;

const arns: Record<string, (name: string, named: Named) => string> = {
  'AWS::DynamoDB::GlobalTable': (name) => arn('dynamodb', `table/${name}`),
  'AWS::DynamoDB::Table': (name) => arn('dynamodb', `table/${name}`),
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': (name) => arn('sqs', name),
  'AWS::SNS::Topic': (name) => arn('sns', name),
  'AWS::Lambda::Function': (name) => arn('lambda', `function:${name}`),
  'AWS::KMS::Key': (_, named) => arn('kms', `key/${keyIdOf(named)}`),
  'AWS::IAM::Role': (name) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::Logs::LogGroup': (name) => arn('logs', `log-group:${name}:*`),
};

export const arnOf = (named: Named): string => {
  const name = nameOf(named);
  const service = named.type.split('::')[1]?.toLowerCase() ?? 'custom';
  return arns[named.type]?.(name, named) ?? arn(service, name);
};

/** What `Ref` gives. */
export const refOf = (named: Named, { awsOrigin }: Places): string => {
  switch (named.type) {
    case 'AWS::SQS::Queue':
      return `${awsOrigin}/${account}/${nameOf(named)}`;
    case 'AWS::SNS::Topic':
      return arnOf(named);
    case 'AWS::KMS::Key':
      return keyIdOf(named);
    case 'AWS::CloudFront::Distribution':
      return distributionIdOf(named);
    default:
      return nameOf(named);
  }
};

/** What `Fn::GetAtt` gives; an attribute that nothing here makes gets a name that tells so. */
export const attributeOf = (named: Named, attribute: string, places: Places): string => {
  const name = nameOf(named);
  switch (`${named.type}.${attribute}`) {
    case 'AWS::CloudFront::Distribution.DomainName':
      return places.siteHost;
    case 'AWS::CloudFront::Distribution.Id':
      return distributionIdOf(named);
    case 'AWS::Lambda::Url.FunctionUrl':
      return `https://${urlHostOf(named)}/`;
    case 'AWS::SSM::Parameter.Value':
      return textOf(named.properties['Value']);
    case 'AWS::SQS::Queue.QueueUrl':
      return refOf(named, places);
    case 'AWS::KMS::Key.KeyId':
      return keyIdOf(named);
    case 'AWS::S3::Bucket.DomainName':
    case 'AWS::S3::Bucket.RegionalDomainName':
      return `${name}.s3.${region}.amazonaws.com`;
    default:
      if (attribute === 'Arn' || attribute.endsWith('Arn')) return arnOf(named);
      return attribute.endsWith('Name') ? name : `${named.logicalId}.${attribute}`;
  }
};
