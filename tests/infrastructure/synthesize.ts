import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { compose } from '../../bin/app.ts';

export type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  DeletionPolicy?: string;
};
type Template = {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
};
type StackName = 'Data' | 'Edge' | 'Rivers' | 'Mail' | 'Watch';
export const stackNames: StackName[] = ['Data', 'Edge', 'Rivers', 'Mail', 'Watch'];

type Violation = { ruleName: string; severity: string };
type Report = { pluginReports: { pluginName: string; violations: Violation[] }[] };
type Note = { type: string; data?: unknown };
type Json = Record<string, unknown>;

export const root = join(import.meta.dirname, '../..');

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const { context } = readJson(join(root, 'cdk.json')) as { context: Json & { sundown: Json } };

export const exampleSettings = context.sundown;

/** The whole app as `cdk synth` makes it, but for the bundles. */
export const synthesize = (sundown: Json = exampleSettings) => {
  const outdir = mkdtempSync(join(tmpdir(), 'sundown-synth-'));
  const app = new App({ outdir, context: { ...context, sundown, 'aws:cdk:bundling-stacks': [] } });
  compose(app);
  app.synth();
  const read = (name: StackName) => readJson(join(outdir, `${name}.template.json`)) as Template;
  const metadata = (name: StackName) =>
    Object.values(readJson(join(outdir, `${name}.metadata.json`)) as Record<string, Note[]>);
  const report = readJson(join(outdir, 'validation-report.json')) as Report;
  const synth = {
    templates: Object.fromEntries(stackNames.map((name) => [name, read(name)])) as Record<
      StackName,
      Template
    >,
    violations: report.pluginReports.flatMap((plugin) => plugin.violations),
    /** Rule -> reason, for each finding that was answered. */
    acknowledged: stackNames
      .flatMap((name) => metadata(name).flat())
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries(data as Record<string, string>)),
  };
  rmSync(outdir, { recursive: true });
  return synth;
};

export type Synth = ReturnType<typeof synthesize>;

export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

export const propertiesOf = (template: Template, type: string): Record<string, unknown>[] =>
  resourcesOf(template, type).map(([, { Properties }]) => Properties);

export const everywhere = ({ templates }: Synth, type: string): [string, Resource][] =>
  stackNames.flatMap((name) => resourcesOf(templates[name], type));

/** A name or ARN as text, with the intrinsics that only the cloud can fill in left out. */
export const plain = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  if (join) return join[1].map(plain).join(join[0]);
  return Ref ? `<${Ref}>` : JSON.stringify(value);
};

export type Statement = {
  Effect: 'Allow' | 'Deny';
  Sid?: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
};

export const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

export const statementsOf = (document: unknown): Statement[] =>
  (document as { Statement: Statement[] }).Statement;

/** The steps, found as lib/local finds them: step -> function. */
export const stepsOf = (synth: Synth): Map<string, Resource> =>
  new Map(
    everywhere(synth, 'AWS::Lambda::Function').flatMap(([, resource]) => {
      const step = resource.Metadata?.['sundown:step'];
      return typeof step === 'string' ? [[step, resource] as const] : [];
    }),
  );
