import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from './json.ts';

export type Resource = {
  Type: string;
  Properties?: JsonObject;
  Condition?: string;
  Metadata?: JsonObject;
};

export type Stack = {
  name: string;
  parameters: Record<string, { Type?: string; Default?: Json }>;
  mappings: JsonObject;
  conditions: JsonObject;
  resources: Record<string, Resource>;
  outputs: Record<string, { Value: Json; Export?: { Name: Json } }>;
};

/** What `cdk synth` has written: its stacks, and the folders that functions run from. */
export type Assembly = {
  stacks: Stack[];
  /** @param key object key of a bundle, '<hash>.zip' @throws Error where there is no such asset */
  assetDir(key: string): string;
};

type Manifest = {
  artifacts?: Record<
    string,
    {
      type: string;
      properties?: {
        stackName?: string;
        templateFile?: string;
        directoryName?: string;
        file?: string;
      };
    }
  >;
};

type Template = {
  Parameters?: Stack['parameters'];
  Mappings?: JsonObject;
  Conditions?: JsonObject;
  Resources?: Stack['resources'];
  Outputs?: Stack['outputs'];
};

type Assets = { files?: Record<string, { source: { path?: string; packaging?: string } }> };

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const stackOf = (name: string, template: Template): Stack => ({
  name,
  parameters: template.Parameters ?? {},
  mappings: template.Mappings ?? {},
  conditions: template.Conditions ?? {},
  resources: template.Resources ?? {},
  outputs: template.Outputs ?? {},
});

type Found = { stacks: Stack[]; assets: Map<string, string> };

const bundlesOf = (dir: string, file: string): [hash: string, path: string][] =>
  Object.entries(read<Assets>(join(dir, file)).files ?? {})
    .filter(([, { source }]) => source.packaging === 'zip')
    .map(([hash, { source }]) => [hash, join(dir, source.path ?? '')]);

const collect = (dir: string, found: Found): Found => {
  const { artifacts = {} } = read<Manifest>(join(dir, 'manifest.json'));
  for (const [id, { type, properties = {} }] of Object.entries(artifacts)) {
    const { stackName = id, templateFile = '', directoryName = '', file = '' } = properties;
    if (type === 'aws:cloudformation:stack')
      found.stacks.push(stackOf(stackName, read(join(dir, templateFile))));
    if (type === 'cdk:cloud-assembly') collect(join(dir, directoryName), found);
    if (type === 'cdk:asset-manifest')
      for (const [hash, path] of bundlesOf(dir, file)) found.assets.set(hash, path);
  }
  return found;
};

export const readAssembly = (dir: string): Assembly => {
  const { stacks, assets } = collect(dir, { stacks: [], assets: new Map() });
  return {
    stacks,
    assetDir: (key) => {
      const path = assets.get(key.replace(/\.zip$/, ''));
      if (path !== undefined && existsSync(path)) return path;
      throw new Error(`The template names a bundle ${key} that the synthesis has not written.`);
    },
  };
};
