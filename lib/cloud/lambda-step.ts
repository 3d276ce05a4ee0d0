import { join } from 'node:path';
import { AssetHashType, DockerImage, type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundle } from './bundle.ts';
import type { Permit } from './grants.ts';
import { namesOf, pascalCase } from './names.ts';
import { project, type Settings } from './settings.ts';

/** Environment that every step has, beside its own `Env`. */
const commonEnv = ({ name }: Settings) => ({
  NODE_OPTIONS: '--enable-source-maps',
  POWERTOOLS_SERVICE_NAME: name,
});

export type LambdaStepProps<Env extends Record<string, string>> = {
  settings: Settings;
  /** Room and file under functions/, like 'news/plan-polls'. */
  step: `${string}/${string}`;
  /** The step's own `Env`: a forgotten variable does not compile. */
  env: Env;
  timeout: Duration;
  memoryMiB: number;
  may: Permit[];
  /** Files laid beside the bundle: name there -> path in the project. */
  files?: Record<string, string>;
  /** Where a failed run that nobody waits for ends: needed by steps on a schedule. */
  deadLetters?: IQueue;
};

const code = (step: string, files: Record<string, string>): Code =>
  Code.fromAsset(join(project, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none: bundling is local'),
      // not run, but what tells one step's asset from another's in the CDK's cache
      command: [step, ...Object.values(files)],
      local: {
        tryBundle: (directory) => {
          bundle(step, directory, files);
          return true;
        },
      },
    },
  });

/** One step of functions/ as a function: its own role, log and bundle, nothing shared. */
export class LambdaStep<Env extends Record<string, string>> extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, props: LambdaStepProps<Env>) {
    super(scope, pascalCase(props.step.slice(props.step.indexOf('/') + 1)));
    const name = namesOf(props.settings).step(props.step);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: code(props.step, props.files ?? {}),
      handler: 'index.handler',
      environment: { ...props.env, ...commonEnv(props.settings) },
      timeout: props.timeout,
      memorySize: props.memoryMiB,
      role: this.role(logGroup, props.may),
      logGroup,
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
    });
    // lib/local and the tests find the steps by it
    (this.function.node.defaultChild as CfnFunction).addMetadata('sundown:step', props.step);
  }

  private role(logGroup: LogGroup, may: Permit[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const log = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    for (const { statement } of [{ statement: log }, ...may]) role.addToPolicy(statement);
    for (const { wildcard } of may)
      if (wildcard) acknowledge(role, `IAM5[Resource::${wildcard.resource}]`, wildcard.why);
    return role;
  }
}
