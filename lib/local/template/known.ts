/** What this machine runs. */
const run = [
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::EmailIdentity',
  'AWS::SES::ReceiptRule',
  'AWS::SES::ReceiptRuleSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::Scheduler::Schedule',
];

/** What one machine has no use for: rights, watching, and what AWS wires by it. */
const notNeeded = [
  'AWS::CDK::Metadata',
  // the edge here sets x-viewer-origin itself
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  // makes the receipt rule set the active one; here it is the only one
  'Custom::AWS',
];

type Tally = { type: string; count: number };

const tally = (types: readonly string[]): Tally[] =>
  [...new Set(types)].sort().map((type) => ({
    type,
    count: types.filter((one) => one === type).length,
  }));

/**
 * Resource types that are not run here: those nothing misses, and those nobody thought of.
 * @param unstarted functions that nothing here starts, such as CDK's own for a deployment
 */
export const notRun = (types: readonly string[], unstarted: number) => ({
  notNeeded: [
    ...tally(types.filter((type) => notNeeded.includes(type))),
    ...(unstarted > 0
      ? [{ type: 'AWS::Lambda::Function of the deployment', count: unstarted }]
      : []),
  ],
  unknown: tally(types.filter((type) => !run.includes(type) && !notNeeded.includes(type))),
});
