import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What the deployer writes in cdk.json, in the context key "sundown". */
export type Settings = {
  /** Prefix of every physical name. */
  name: string;
  mail: { domain: string; admin: string; attachToRuleSet: string | null };
  site: { title: string; domain: string | null; certificateArn: string | null };
  /** OPML file, relative to the project. */
  sources: string;
  /** Where publishers reach us; sent with every poll. */
  contact: string;
  pager: { email: string | null };
  inbox: { retentionDays: number };
};

export const project = join(import.meta.dirname, '../..');
export const exampleDomain = 'sundown.example';
export const adminAddress = ({ mail }: Settings): string => `${mail.admin}@${mail.domain}`;

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const host = new RegExp(`^(?=.{4,253}$)(${label}\\.)+(?=[a-z])${label}$`);

/** What a setting must look like, and what to tell a person who wrote it otherwise. */
const rules = {
  name: [/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, '3 to 20 of a-z, 0-9 and -, like "sundown"'],
  'mail.domain': [host, 'the domain that takes the mail, in lower case, like "news.example"'],
  'mail.admin': [
    /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/,
    'the part of the address before @, in lower case, like "admin"',
  ],
  'mail.attachToRuleSet': [
    /^[A-Za-z0-9_-]{1,64}$/,
    'the name of the SES receipt rule set that is active already, or leave it out',
  ],
  'site.title': [/^\S(.{0,98}\S)?$/, 'a title of 1 to 100 characters, like "Sundown"'],
  'site.domain': [host, 'the host readers type, like "www.news.example", or leave it out'],
  'site.certificateArn': [
    /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'the ARN of an ACM certificate in us-east-1, or leave it out',
  ],
  sources: [
    /^(?!\/)(?!.*\.\.).+\.opml$/,
    'the path of an OPML file in this project, like "lib/cloud/sources.opml"',
  ],
  contact: [
    /^(https:\/\/[^\s/]+\.\S+|mailto:[^\s@]+@\S+)$/,
    'where publishers reach you, like "https://news.example/about", or leave it out',
  ],
  'pager.email': [
    /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>".]+$/,
    'the address of the person on call, like "ops@news.example", or leave it out',
  ],
} as const satisfies Record<string, readonly [RegExp, string]>;

const retention = { path: 'inbox.retentionDays', least: 14, most: 3650 } as const;

type Section = Record<string, unknown>;

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every leaf the deployer wrote, as 'section.key' or 'key'. */
const leaves = (given: Section): Map<string, unknown> =>
  new Map(
    Object.entries(given).flatMap(([key, value]): [string, unknown][] =>
      isSection(value)
        ? Object.entries(value).map(([inner, leaf]) => [`${key}.${inner}`, leaf])
        : [[key, value]],
    ),
  );

const reader = (given: Section) => {
  const written = leaves(given);
  const problems: string[] = [];

  const complain = (path: string, what: string, write: string): void => {
    problems.push(`sundown.${path} ${what}; write ${write}.`);
  };
  const optional = (path: keyof typeof rules): string | null => {
    const value = written.get(path);
    const [pattern, write] = rules[path];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' && pattern.test(value)) return value;
    complain(path, `is ${JSON.stringify(value)}`, write);
    return null;
  };
  const required = (path: keyof typeof rules): string => {
    if ((written.get(path) ?? null) === null) complain(path, 'is missing', rules[path][1]);
    return optional(path) ?? '';
  };
  const days = (fallback: number): number => {
    const { path, least, most } = retention;
    const value = written.get(path) ?? fallback;
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)
      return Number(value);
    complain(path, `is ${JSON.stringify(value)}`, `whole days from ${least} to ${most}, like 90`);
    return fallback;
  };
  const refuseUnknown = (): void => {
    for (const [path, value] of written)
      if (!(path in rules) && path !== retention.path)
        complain(
          path,
          `is ${JSON.stringify(value)}, which is no setting`,
          `only ${[...Object.keys(rules), retention.path].join(', ')}`,
        );
  };
  return { problems, complain, optional, required, days, refuseUnknown };
};

type Reader = ReturnType<typeof reader>;

const readMail = ({ required, optional }: Reader): Settings['mail'] => ({
  domain: required('mail.domain'),
  admin: optional('mail.admin') ?? 'admin',
  attachToRuleSet: optional('mail.attachToRuleSet'),
});

const readSite = ({ required, optional, complain }: Reader): Settings['site'] => {
  const domain = optional('site.domain');
  const certificateArn = optional('site.certificateArn');
  if (domain !== null && certificateArn === null)
    complain('site.certificateArn', 'is missing', 'it beside site.domain, or leave out both');
  if (domain === null && certificateArn !== null)
    complain('site.domain', 'is missing', 'it beside site.certificateArn, or leave out both');
  return { title: required('site.title'), domain, certificateArn };
};

const readSources = ({ optional, complain }: Reader): string => {
  const path = optional('sources') ?? 'lib/cloud/sources.opml';
  if (!existsSync(join(project, path)))
    complain('sources', `is "${path}", which is not there`, rules.sources[1]);
  return path;
};

/** @throws Error that names every bad setting and says what to write */
export const readSettings = (given: unknown): Settings => {
  if (!isSection(given))
    throw new Error('cdk.json: write your settings in "context": { "sundown": { … } }.');
  const read = reader(given);
  const mail = readMail(read);
  const site = readSite(read);
  const fallback = site.domain
    ? `https://${site.domain}/about`
    : `mailto:${mail.admin}@${mail.domain}`;
  const settings: Settings = {
    name: read.required('name'),
    mail,
    site,
    sources: readSources(read),
    contact: read.optional('contact') ?? fallback,
    pager: { email: read.optional('pager.email') },
    inbox: { retentionDays: read.days(90) },
  };
  read.refuseUnknown();
  if (read.problems.length > 0) throw new Error(`cdk.json: ${read.problems.join('\n  ')}`);
  return settings;
};
