import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Figure = { kind: 'figure'; file: string; caption: string; credit: string };
export type Block = { kind: 'paragraph' | 'heading' | 'quote'; text: string } | Figure;

/** One article as its newsroom wrote it; see pages/ for the form of the files. */
export type Story = {
  slug: string;
  title: string;
  byline: string;
  section: string;
  deck: string;
  path: string;
  /** A second address of the same text, as syndication makes them; null = none. */
  also: string | null;
  /** How old it is when the publishers open. */
  hours: number;
  /** What its page answers. */
  status: 200 | 404 | 410;
  /** How much of it the feed carries. */
  feed: 'bare' | 'summary' | 'full';
  robots: string | null;
  blocks: Block[];
};

const FIGURE = /^!\[([\w.-]+)\] (.+) \| (.+)$/;

const blockOf = (text: string): Block => {
  const [, file, caption, credit] = FIGURE.exec(text) ?? [];
  if (file && caption && credit) return { kind: 'figure', file, caption, credit };
  if (text.startsWith('## ')) return { kind: 'heading', text: text.slice(3) };
  if (text.startsWith('> ')) return { kind: 'quote', text: text.slice(2) };
  return { kind: 'paragraph', text };
};

const oneOf = <T extends string | number>(value: unknown, choices: readonly T[], other: T): T =>
  choices.find((choice) => choice === value) ?? other;

/** @throws Error naming the file where a line that every story needs is missing */
const readStory = (file: string, slug: string): Story => {
  const [head = '', ...rest] = readFileSync(file, 'utf8').trim().split('\n\n');
  const fields = new Map(
    head.split('\n').map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)] as const;
    }),
  );
  const need = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw new Error(`${file} has no line "${name}: …"; add it at the top`);
    return value;
  };
  return {
    slug,
    title: need('title'),
    byline: need('byline'),
    section: need('section'),
    deck: fields.get('deck') ?? '',
    path: need('path'),
    also: fields.get('also') ?? null,
    hours: Number(need('hours')),
    status: oneOf<Story['status']>(Number(fields.get('status')), [404, 410], 200),
    feed: oneOf<Story['feed']>(fields.get('feed'), ['bare', 'full'], 'summary'),
    robots: fields.get('robots') ?? null,
    blocks: rest.map(blockOf),
  };
};

/** A newsroom's desk: each story, and what it becomes once updated; newest first. */
export const readDesk = (dir: string): { story: Story; updated: Story | null }[] => {
  const names = readdirSync(dir).filter((name) => name.endsWith('.md'));
  return names
    .filter((name) => !name.endsWith('.updated.md'))
    .map((name) => {
      const slug = name.slice(0, -'.md'.length);
      const later = `${slug}.updated.md`;
      return {
        story: readStory(join(dir, name), slug),
        updated: names.includes(later) ? readStory(join(dir, later), slug) : null,
      };
    })
    .sort((a, b) => a.story.hours - b.story.hours);
};
