import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LambdaStep } from './lambda-step.ts';

type ScheduleProps = {
  /** 'rate(1 minute)' or 'cron(10 0 * * ? *)', UTC. */
  expression: string;
  step: LambdaStep<Record<string, string>>;
  deadLetters: IQueue;
  /** A tick older than this is not worth delivering: the next has come. */
  staleAfterSeconds: number;
};

/** Starts a step on the minute, with a role that can do nothing else. */
export class StepSchedule extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { functionArn, functionName } = props.step.function;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [props.deadLetters.queueArn],
      }),
    );
    new CfnSchedule(this, 'Resource', {
      description: `Starts ${functionName}`,
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: props.deadLetters.queueArn },
        retryPolicy: {
          maximumEventAgeInSeconds: props.staleAfterSeconds,
          maximumRetryAttempts: 3,
        },
      },
    });
  }
}
