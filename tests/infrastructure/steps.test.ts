import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Env } from '../../functions/takedown/seal-audit.ts';
import type { LambdaStepProps } from '../../lib/cloud/lambda-step.ts';
import { mayOf, variablesOf } from './rights.ts';
import {
  everywhere,
  listOf,
  plain,
  type Resource,
  root,
  stepsOf,
  synthesize,
} from './synthesize.ts';

const synth = synthesize();
const steps = [...stepsOf(synth)];

const names = [
  'news/plan-polls',
  'news/publish-article',
  'news/read-feed',
  'site/serve-site',
  'takedown/enforce-cases',
  'takedown/receive-mail',
  'takedown/seal-audit',
  'takedown/send-letters',
  'takedown/watch-deadlines',
];

/** The variables of `export type Env = { … }`, as the step's source has them. */
const declared = (step: string): string[] => {
  const source = readFileSync(join(root, 'functions', `${step}.ts`), 'utf8');
  const [, body = ''] = /export type Env = \{([^}]*)\}/.exec(source) ?? [];
  return [...body.matchAll(/(\w+): string/g)].map(([, name]) => name ?? '');
};

const actionsOn = (step: Resource, resource: RegExp): string[] =>
  mayOf(synth, step)
    .filter(({ Resource }) => listOf(Resource).some((arn) => resource.test(plain(arn))))
    .flatMap(({ Action }) => listOf(Action))
    .sort();

const anyAudit = /:table\/sundown-audit/;

describe('the steps', () => {
  it('are all deployed, and nothing else is a step', () => {
    expect(steps.map(([name]) => name).sort()).toEqual(names);
  });

  it.each(steps)('%s has the environment that it declares', (name, step) => {
    const common = ['NODE_OPTIONS', 'POWERTOOLS_SERVICE_NAME'];

    expect(declared(name).length).toBeGreaterThan(0);
    expect(variablesOf(step)).toEqual([...declared(name), ...common].sort());
  });

  it('do not compile with a variable forgotten or misspelt', () => {
    const take = (env: LambdaStepProps<Env>['env']): object => env;

    take({ AUDIT_TABLE: '', LEDGER_BUCKET: '', SIGNING_KEY_ID: '' });
    // @ts-expect-error one is forgotten
    take({ AUDIT_TABLE: '', LEDGER_BUCKET: '' });
    // @ts-expect-error one is misspelt
    take({ AUDIT_TABLE: '', LEDGER_BUCKET: '', SIGNING_KEY: '' });
    expect(take).toBeTypeOf('function');
  });

  it.each(steps)('%s runs on Node 24, on ARM, for as long as it is given', (_name, step) => {
    expect(step.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: expect.any(Number) as unknown,
      LoggingConfig: { LogGroup: { Ref: expect.any(String) as unknown } },
    });
    expect(step.Properties['TracingConfig']).toBeUndefined();
  });

  it('have no managed policy, no wildcard action and no way to change a grant', () => {
    for (const [, role] of everywhere(synth, 'AWS::IAM::Role'))
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined();
    const actions = steps
      .flatMap(([, step]) => mayOf(synth, step))
      .flatMap(({ Action }) => listOf(Action));

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(actions.filter((action) => /^(iam|lambda|cloudformation|sts):/.test(action))).toEqual(
      [],
    );
  });

  it('never change the audit log: they append to it, or read it', () => {
    const touched = steps.map(([name, step]) => [name, actionsOn(step, anyAudit)] as const);

    expect(Object.fromEntries(touched)).toEqual({
      'news/plan-polls': ['dynamodb:PutItem', 'dynamodb:Query'],
      'news/publish-article': ['dynamodb:PutItem', 'dynamodb:Query'],
      'news/read-feed': ['dynamodb:PutItem', 'dynamodb:Query'],
      'site/serve-site': [],
      'takedown/enforce-cases': ['dynamodb:PutItem', 'dynamodb:Query'],
      'takedown/receive-mail': ['dynamodb:PutItem', 'dynamodb:Query'],
      'takedown/seal-audit': ['dynamodb:Scan'],
      'takedown/send-letters': ['dynamodb:PutItem', 'dynamodb:Query'],
      'takedown/watch-deadlines': ['dynamodb:Query'],
    });
  });

  it('never delete a row: what goes leaves a tombstone', () => {
    const actions = steps
      .flatMap(([, step]) => mayOf(synth, step))
      .flatMap(({ Action }) => listOf(Action));

    expect(
      actions.filter((action) => /^dynamodb:.*(Delete|BatchWrite|PartiQL)/.test(action)),
    ).toEqual([]);
  });

  it('touch the personal data of cases only where a case is worked', () => {
    const may = steps.filter(([, step]) => actionsOn(step, /:table\/sundown-cases/).length > 0);

    expect(may.map(([name]) => name).sort()).toEqual([
      'takedown/enforce-cases',
      'takedown/receive-mail',
      'takedown/send-letters',
      'takedown/watch-deadlines',
    ]);
  });

  it('read mail in one step only', () => {
    const may = steps.filter(([, step]) =>
      actionsOn(step, /sundown-inbox-.*\/mail\//).includes('s3:GetObject'),
    );

    expect(may.map(([name]) => name)).toEqual(['takedown/receive-mail']);
  });

  it('serve the site without a right to write anything', () => {
    const site = stepsOf(synth).get('site/serve-site');
    const actions = mayOf(synth, site as Resource).flatMap(({ Action }) => listOf(Action));

    expect(actions.filter((action) => !/:(Get|List|Query|BatchGet)/.test(action))).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  it('sign by the one key that has our alias, and send letters from our address only', () => {
    const sealing = mayOf(synth, stepsOf(synth).get('takedown/seal-audit') as Resource);
    const sending = mayOf(synth, stepsOf(synth).get('takedown/send-letters') as Resource);

    expect(sealing).toContainEqual(
      expect.objectContaining({
        Action: 'kms:Sign',
        Condition: {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/sundown-checkpoints' },
        },
      }),
    );
    expect(sending).toContainEqual(
      expect.objectContaining({
        Action: 'ses:SendRawEmail',
        Condition: { StringEquals: { 'ses:FromAddress': 'admin@sundown.example' } },
      }),
    );
  });

  it('may write a letter to any identity of the account, as the SES sandbox demands', () => {
    const sending = mayOf(synth, stepsOf(synth).get('takedown/send-letters') as Resource);
    const letters = sending.find(({ Action }) => Action === 'ses:SendRawEmail');

    expect(listOf(letters?.Resource).map(plain).sort()).toEqual([
      'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:configuration-set/sundown-letters',
      'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*',
    ]);
  });
});
