import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** Physical names are plain and composed, so that stacks need no exports to find each other. */
export const namesOf = ({ name, mail }: Settings) => {
  const bucket = (purpose: string): string => `${name}-${purpose}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
  return {
    table: {
      articles: `${name}-articles`,
      feeds: `${name}-feeds`,
      cases: `${name}-cases`,
      audit: `${name}-audit`,
    },
    bucket: {
      content: bucket('content'),
      inbox: bucket('inbox'),
      ledger: bucket('ledger'),
      logs: bucket('logs'),
    },
    queue: (purpose: string): string => `${name}-${purpose}`,
    step: (step: string): string => `${name}-${step.slice(step.indexOf('/') + 1)}`,
    signingKey: `alias/${name}-checkpoints`,
    pagerTopic: `${name}-pager`,
    mailTopic: `${name}-mail`,
    letters: `${name}-letters`,
    ruleSet: mail.attachToRuleSet ?? `${name}-mail`,
    rule: `${name}-admin`,
  };
};

export const tableArn = (scope: Construct, table: string): string =>
  Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: table });

export const bucketArn = (scope: Construct, bucket: string): string =>
  Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucket });

export const queueArn = (scope: Construct, queue: string): string =>
  Stack.of(scope).formatArn({ service: 'sqs', resource: queue });

export const topicArn = (scope: Construct, topic: string): string =>
  Stack.of(scope).formatArn({ service: 'sns', resource: topic });

export const ruleArn = (scope: Construct, settings: Settings): string => {
  const { ruleSet, rule } = namesOf(settings);
  return Stack.of(scope).formatArn({
    service: 'ses',
    resource: 'receipt-rule-set',
    resourceName: `${ruleSet}:receipt-rule/${rule}`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
};

/** 'receive-mail' -> 'ReceiveMail': the id of what is made for it. */
export const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
