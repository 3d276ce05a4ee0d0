import { Aws, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const pseudo = { Partition: Aws.PARTITION, AccountId: Aws.ACCOUNT_ID, Region: Aws.REGION };

/** Answers one finding of cdk-nag (AwsSolutions) on one construct, with the reason it stands. */
export const acknowledge = (scope: IConstruct, finding: string, reason: string): void => {
  // cdk-nag writes pseudo parameters by name
  const plain = Object.entries(pseudo).reduce(
    (text, [name, token]) => text.replaceAll(token, `<AWS::${name}>`),
    finding,
  );
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${plain}`, reason });
};
