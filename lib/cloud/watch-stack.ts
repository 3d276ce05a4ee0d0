import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Env as SealAudit } from '../../functions/takedown/seal-audit.ts';
import type { Env as WatchDeadlines } from '../../functions/takedown/watch-deadlines.ts';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import { grantsOf } from './grants.ts';
import { LambdaStep } from './lambda-step.ts';
import { namesOf, queueArn } from './names.ts';
import type { Settings } from './settings.ts';
import { StepSchedule } from './step-schedule.ts';

/** Those who watch, and the bell they ring. They use nothing of the rivers but the data. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, inboxQueueUrl: string) {
    super(scope, id, {
      stackName: `${settings.name}-watch`,
      description: 'Sundown: deadlines watched, the log sealed, people called',
    });
    const deadLetters = Queue.fromQueueArn(
      this,
      'TimerDeadLetters',
      queueArn(this, namesOf(settings).queue('timer-dead')),
    );
    const pager = this.addPager(settings);
    this.addWatchDeadlines(settings, inboxQueueUrl, pager, deadLetters);
    this.addSealAudit(settings, deadLetters);
    this.reportUndelivered(settings, pager);
    addAlarms(this, settings, pager);
    addDashboard(this, settings);
  }

  /**
   * @NOTE not encrypted by KMS: alarms cannot publish under the AWS-managed key,
   * and what is said here holds ids and counts only.
   */
  private addPager(settings: Settings): Topic {
    const pager = new Topic(this, 'Pager', {
      topicName: namesOf(settings).pagerTopic,
      displayName: settings.name,
      enforceSSL: true,
    });
    pager.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OurAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [pager.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const { email } = settings.pager;
    if (email !== null) pager.addSubscription(new EmailSubscription(email));
    else
      Validations.of(this).addWarning(
        'sundown:noPager',
        'pager.email is missing: nobody is called until you write it in cdk.json, or subscribe to the pager topic.',
      );
    return pager;
  }

  private addWatchDeadlines(
    settings: Settings,
    inboxQueueUrl: string,
    pager: Topic,
    deadLetters: IQueue,
  ): void {
    const grants = grantsOf(this, settings);
    const { table, bucket } = namesOf(settings);
    const step = new LambdaStep<WatchDeadlines>(this, {
      settings,
      step: 'takedown/watch-deadlines',
      env: {
        CASES_TABLE: table.cases,
        AUDIT_TABLE: table.audit,
        INBOX_BUCKET: bucket.inbox,
        INBOX_QUEUE_URL: inboxQueueUrl,
        PAGER_TOPIC_ARN: pager.topicArn,
      },
      timeout: Duration.minutes(4),
      memoryMiB: 512,
      deadLetters,
      may: [
        grants.rows('cases', 'BatchGetItem'),
        grants.index('cases', 'byDue'),
        grants.readAudit(),
        grants.list('inbox'),
        grants.send('inbox'),
        grants.callAPerson(),
      ],
    });
    new StepSchedule(this, 'WatchDeadlinesSchedule', {
      expression: 'rate(5 minutes)',
      step,
      deadLetters,
      staleAfterSeconds: 300,
    });
  }

  private addSealAudit(settings: Settings, deadLetters: IQueue): void {
    const grants = grantsOf(this, settings);
    const { table, bucket, signingKey } = namesOf(settings);
    const step = new LambdaStep<SealAudit>(this, {
      settings,
      step: 'takedown/seal-audit',
      env: {
        AUDIT_TABLE: table.audit,
        LEDGER_BUCKET: bucket.ledger,
        SIGNING_KEY_ID: signingKey,
      },
      timeout: Duration.minutes(15),
      memoryMiB: 1024,
      deadLetters,
      may: [
        grants.readWholeAudit(),
        grants.objects('ledger', 'checkpoints', 'GetObject', 'PutObject'),
        grants.list('ledger'),
        grants.sign(),
      ],
    });
    new StepSchedule(this, 'SealAuditSchedule', {
      expression: 'cron(10 0 * * ? *)',
      step,
      deadLetters,
      staleAfterSeconds: 12 * 3600,
    });
  }

  /** A letter that did not arrive is a person's business; its address is not told. */
  private reportUndelivered(settings: Settings, pager: Topic): void {
    const what = EventField.fromPath('$.detail.eventType');
    const letter = EventField.fromPath('$.detail.mail.messageId');
    new Rule(this, 'Undelivered', {
      description: 'A letter of ours bounced, was rejected or was called spam',
      eventPattern: {
        source: ['aws.ses'],
        detailType: [
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
          'Email Rendering Failed',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': [namesOf(settings).letters] } } },
      },
      targets: [
        new SnsTopic(pager, {
          message: RuleTargetInput.fromText(`Sundown: letter ${letter} did not arrive: ${what}`),
        }),
      ],
    });
  }
}
