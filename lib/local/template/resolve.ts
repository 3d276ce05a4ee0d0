import type { Stack } from './assembly.ts';
import { isObject, isTrue, type Json, type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { account, attributeOf, type Named, type Places, refOf, region } from './naming.ts';

const absent = Symbol('AWS::NoValue');
type Value = Json | typeof absent;

const pseudo: Record<string, Value> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NotificationARNs': [],
  'AWS::NoValue': absent,
};

/** Resolves the intrinsic functions of one stack's template, seeing the other stacks too. */
class Resolver {
  readonly #stack: Stack;
  readonly #all: readonly Stack[];
  readonly #places: Places;

  constructor(stack: Stack, all: readonly Stack[], places: Places) {
    this.#stack = stack;
    this.#all = all;
    this.#places = places;
  }

  value(input: Json): Value {
    if (typeof input === 'string') return this.#dynamic(input);
    if (Array.isArray(input)) return input.map((one) => this.value(one)).filter(isPresent);
    if (!isObject(input)) return input;
    const [name = '', ...more] = Object.keys(input);
    const argument = input[name] ?? null;
    const known = more.length === 0 ? this.#functions[name] : undefined;
    if (known) return known(argument);
    if (name.startsWith('Fn::')) throw this.#wrong(`${name} is not understood on this machine`);
    return this.properties(input);
  }

  properties(input: JsonObject): JsonObject {
    const entries = Object.entries(input).map(([key, one]) => [key, this.value(one)] as const);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Json] => isPresent(entry[1])),
    );
  }

  condition(name: string): boolean {
    const condition = this.#stack.conditions[name];
    if (condition === undefined) throw this.#wrong(`there is no condition ${name}`);
    return isTrue(this.#json(condition));
  }

  named(logicalId: string): Named {
    const resource = this.#stack.resources[logicalId];
    if (resource === undefined) throw this.#wrong(`there is no resource ${logicalId}`);
    return {
      stack: this.#stack.name,
      logicalId,
      type: resource.Type,
      properties: this.properties(resource.Properties ?? {}),
      metadata: resource.Metadata ?? {},
    };
  }

  exported(name: string): Json | undefined {
    for (const { Export, Value } of Object.values(this.#stack.outputs))
      if (Export && this.#json(Export.Name) === name) return this.#json(Value);
    return undefined;
  }

  output(name: string): Json | undefined {
    const output = this.#stack.outputs[name];
    return output && this.#json(output.Value);
  }

  readonly #functions: Record<string, (argument: Json) => Value> = {
    Ref: (name) => this.#ref(textOf(name)),
    Condition: (name) => this.condition(textOf(name)),
    'Fn::GetAtt': (argument) => {
      const path = Array.isArray(argument) ? argument.map(textOf) : textOf(argument).split('.');
      const [logicalId = '', ...attribute] = path;
      return attributeOf(this.named(logicalId), attribute.join('.'), this.#places);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = listOf(argument);
      return listOf(this.#json(parts ?? []))
        .map(textOf)
        .join(textOf(separator));
    },
    'Fn::Sub': (argument) => this.#sub(argument),
    'Fn::Select': (argument) => {
      const [index, list] = listOf(argument);
      return listOf(this.#json(list ?? []))[Number(this.#json(index ?? 0))] ?? absent;
    },
    'Fn::Split': (argument) => {
      const [separator, text] = listOf(argument);
      return textOf(this.#json(text ?? '')).split(textOf(separator));
    },
    'Fn::ImportValue': (argument) => this.#import(textOf(this.#json(argument))),
    'Fn::GetStackOutput': (argument) => {
      const { StackName, OutputName } = this.properties(objectOf(argument));
      return this.#output(textOf(StackName), textOf(OutputName));
    },
    'Fn::FindInMap': (argument) => {
      const [map = '', first = '', second = ''] = listOf(this.#json(argument)).map(textOf);
      return objectOf(objectOf(this.#stack.mappings[map])[first])[second] ?? absent;
    },
    'Fn::GetAZs': () => [`${region}a`, `${region}b`],
    'Fn::If': (argument) => {
      const [condition, yes, no] = listOf(argument);
      return this.value((this.condition(textOf(condition)) ? yes : no) ?? null);
    },
    'Fn::Equals': (argument) => {
      const [left, right] = listOf(this.#json(argument));
      return JSON.stringify(left) === JSON.stringify(right);
    },
    'Fn::And': (argument) => listOf(this.#json(argument)).every(isTrue),
    'Fn::Or': (argument) => listOf(this.#json(argument)).some(isTrue),
    'Fn::Not': (argument) => !isTrue(listOf(this.#json(argument))[0]),
  };

  #json(input: Json): Json {
    const value = this.value(input);
    return isPresent(value) ? value : null;
  }

  #ref(name: string): Value {
    const value = { ...pseudo, 'AWS::StackName': this.#stack.name }[name];
    if (value !== undefined) return value;
    if (name === 'AWS::StackId')
      return `arn:aws:cloudformation:${region}:${account}:stack/${this.#stack.name}/0`;
    const parameter = this.#stack.parameters[name];
    if (parameter === undefined) return refOf(this.named(name), this.#places);
    const isPath = parameter.Type?.startsWith('AWS::SSM::Parameter::Value') ?? false;
    return isPath ? this.#ssm(textOf(parameter.Default)) : (parameter.Default ?? '');
  }

  #sub(argument: Json): string {
    const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
    const names = objectOf(given);
    return textOf(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in names) return textOf(this.#json(names[name] ?? ''));
      return textOf(this.#json(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }));
    });
  }

  #dynamic(text: string): string {
    return text.replace(/\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}/g, (_, name: string) =>
      this.#ssm(name),
    );
  }

  #ssm(name: string): string {
    for (const stack of this.#all) {
      const resolver = new Resolver(stack, this.#all, this.#places);
      for (const [logicalId, { Type }] of Object.entries(stack.resources)) {
        if (Type !== 'AWS::SSM::Parameter') continue;
        const { properties } = resolver.named(logicalId);
        if (textOf(properties['Name']) === name) return textOf(properties['Value']);
      }
    }
    throw this.#wrong(`no stack has the SSM parameter ${name}`);
  }

  #import(name: string): Json {
    for (const stack of this.#all) {
      const value = new Resolver(stack, this.#all, this.#places).exported(name);
      if (value !== undefined) return value;
    }
    throw this.#wrong(`no stack exports ${name}`);
  }

  #output(stackName: string, name: string): Json {
    const stack = this.#all.find((one) => one.name === stackName);
    const value = stack && new Resolver(stack, this.#all, this.#places).output(name);
    if (value === undefined) throw this.#wrong(`stack ${stackName} has no output ${name}`);
    return value;
  }

  #wrong(what: string): Error {
    return new Error(`The template of stack ${this.#stack.name} cannot be run: ${what}.`);
  }
}

const isPresent = (value: Value): value is Json => value !== absent;

/** Every resource of every stack with its properties resolved; those whose condition is false are left out. */
export const resolveAll = (stacks: readonly Stack[], places: Places): Named[] =>
  stacks.flatMap((stack) => {
    const resolver = new Resolver(stack, stacks, places);
    return Object.entries(stack.resources)
      .filter(([, { Condition }]) => Condition === undefined || resolver.condition(Condition))
      .map(([logicalId]) => resolver.named(logicalId));
  });
