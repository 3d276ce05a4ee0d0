import { Aws, CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  type IReceiptRuleSet,
  ReceiptRule,
  ReceiptRuleSet,
} from 'aws-cdk-lib/aws-ses';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
} from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { namesOf, queueArn, ruleArn } from './names.ts';
import { adminAddress, exampleDomain, type Settings } from './settings.ts';

/** The mailbox: letters out, mail in to the inbox bucket, word of it to the inbox queue. */
export class MailStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      stackName: `${settings.name}-mail`,
      description: 'Sundown: the mailbox that owners of content write to',
    });
    this.addLetters(settings);
    this.addMailIn(settings, this.addTopic(settings));
    new CfnOutput(this, 'MxRecord', {
      description: `Publish this MX record for ${settings.mail.domain}, or no mail arrives`,
      value: `10 inbound-smtp.${Aws.REGION}.amazonaws.com`,
    });
    if (settings.mail.domain === exampleDomain)
      Validations.of(this).addWarning(
        'sundown:exampleDomain',
        `mail.domain is still ${exampleDomain}: write your own in cdk.json before you deploy.`,
      );
  }

  private addLetters({ mail, ...settings }: Settings): void {
    const configurationSet = new ConfigurationSet(this, 'Letters', {
      configurationSetName: namesOf({ mail, ...settings }).letters,
      reputationMetrics: true,
    });
    configurationSet.addEventDestination('Undelivered', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    const identity = new EmailIdentity(this, 'Domain', {
      identity: Identity.domain(mail.domain),
      configurationSet,
      // bounces of our letters must not come back as requests
      feedbackForwarding: false,
    });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: 'Publish this CNAME record: name and value',
        value: `${name} ${value}`,
      });
    });
  }

  private addTopic(settings: Settings): Topic {
    const names = namesOf(settings);
    const topic = new Topic(this, 'MailTopic', {
      topicName: names.mailTopic,
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'MailByOurRule',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            'aws:SourceArn': ruleArn(this, settings),
          },
        },
      }),
    );
    new CfnSubscription(this, 'ToInboxQueue', {
      topicArn: topic.topicArn,
      protocol: 'sqs',
      endpoint: queueArn(this, names.queue('inbox')),
      rawMessageDelivery: true,
    });
    return topic;
  }

  /** @NOTE no kmsKey: SES would encrypt on its side, and plain reads would see noise. */
  private addMailIn(settings: Settings, topic: Topic): void {
    const { bucket, rule, ruleSet: ruleSetName } = namesOf(settings);
    const isOurs = settings.mail.attachToRuleSet === null;
    const ruleSet: IReceiptRuleSet = isOurs
      ? new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: ruleSetName })
      : ReceiptRuleSet.fromReceiptRuleSetName(this, 'RuleSet', ruleSetName);
    const s3Action = {
      bucketName: bucket.inbox,
      objectKeyPrefix: 'mail/',
      topicArn: topic.topicArn,
    };
    const stored = new ReceiptRule(this, 'Rule', {
      ruleSet,
      receiptRuleName: rule,
      recipients: [adminAddress(settings)],
      // spam is marked, never dropped: a false positive would break the promise
      scanEnabled: true,
      actions: [{ bind: () => ({ s3Action }) }],
    });
    stored.node.addDependency(topic);
    if (isOurs) this.activate(ruleSetName).node.addDependency(stored);
  }

  /**
   * CloudFormation cannot make a rule set the active one, of which a region has
   * one. Nothing is done on removal: the API could only switch all mail off.
   */
  private activate(RuleSetName: string): AwsCustomResource {
    const logGroup = new LogGroup(this, 'ActivateLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'ActivateRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const onUpdate = {
      service: 'SES',
      action: 'setActiveReceiptRuleSet',
      parameters: { RuleSetName },
      physicalResourceId: PhysicalResourceId.of(RuleSetName),
    };
    const activate = new AwsCustomResource(this, 'Activate', {
      onUpdate,
      role,
      logGroup,
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['ses:SetActiveReceiptRuleSet'], resources: ['*'] }),
      ]),
    });
    acknowledge(
      activate,
      'IAM5[Resource::*]',
      'ses:SetActiveReceiptRuleSet knows no resources; the role may do nothing else.',
    );
    return activate;
  }
}
