import { plainText } from '../plain-text.ts';

type JsonNode = Record<string, unknown>;

export type NewsNode = {
  title: string;
  authors: string[];
  published: string | undefined;
  modified: string | undefined;
  description: string;
  language: string | undefined;
  images: JsonImage[];
};

export type JsonImage = {
  url: string;
  caption: string;
  credit: string;
  width: number | null;
  height: number | null;
};

const maxNodes = 2_000;

const isNode = (value: unknown): value is JsonNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const many = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? (value as unknown[])
    : value === undefined || value === null
      ? []
      : [value];

const read = (text: string): unknown => {
  for (const candidate of [
    text,
    text.replace(/\p{Cc}+/gu, ' ').replace(/^\s*\/\/<!\[CDATA\[|\/\/\]\]>\s*$/g, ''),
  ]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // Line breaks within strings are the usual fault: try again without them.
    }
  }
  return undefined;
};

/** Every object in the page's blocks, @graph and nested ones too. */
const nodesOf = (blocks: readonly string[]): JsonNode[] => {
  const nodes: JsonNode[] = [];
  const queue = blocks.map(read);
  for (let index = 0; index < queue.length && nodes.length < maxNodes; index += 1) {
    const value = queue[index];
    if (isNode(value)) nodes.push(value);
    if (typeof value === 'object' && value !== null)
      queue.push(...Object.values(value).slice(0, maxNodes));
  }
  return nodes;
};

const typesOf = (node: JsonNode): string[] =>
  many(node['@type']).filter((type) => typeof type === 'string');

const rank = (node: JsonNode): number => {
  const types = typesOf(node);
  if (types.some((type) => /NewsArticle$/.test(type))) return 2;
  return types.some((type) => /(?:Article|BlogPosting|LiveBlogPosting|Report)$/.test(type)) ? 1 : 0;
};

const text = (value: unknown): string => (typeof value === 'string' ? plainText(value) : '');

const raw = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const size = (value: unknown): number | null => {
  const number = Number(isNode(value) ? value['value'] : value);
  return Number.isInteger(number) && number > 0 ? number : null;
};

type Lookup = (value: unknown) => unknown;

/** `{ "@id": "#x" }` stands for the node of that id elsewhere in the graph. */
const lookupIn = (nodes: readonly JsonNode[]): Lookup => {
  const full = nodes.filter((node) => Object.keys(node).length > 1);
  const byId = new Map(full.map((node) => [node['@id'], node]));
  return (value) =>
    isNode(value) && typeof value['@id'] === 'string' && Object.keys(value).length === 1
      ? (byId.get(value['@id']) ?? value)
      : value;
};

const nameOf = (value: unknown): string => (isNode(value) ? text(value['name']) : text(value));

const imageOf = (value: unknown, look: Lookup): JsonImage[] => {
  const image = look(value);
  if (typeof image === 'string') {
    return [{ url: image, caption: '', credit: '', width: null, height: null }];
  }
  if (!isNode(image)) return [];
  const url = raw(image['contentUrl']) ?? raw(image['url']) ?? '';
  const credit = text(image['creditText']) || nameOf(look(image['copyrightHolder']));
  const [width, height] = [size(image['width']), size(image['height'])];
  return url === '' ? [] : [{ url, caption: text(image['caption']), credit, width, height }];
};

/** The article a page's JSON-LD speaks of; news articles before other ones. */
export const newsNodeOf = (blocks: readonly string[]): NewsNode | undefined => {
  const nodes = nodesOf(blocks);
  const [node] = nodes.filter((one) => rank(one) > 0).toSorted((a, b) => rank(b) - rank(a));
  if (node === undefined) return undefined;
  const look = lookupIn(nodes);
  return {
    title: text(node['headline']) || text(node['name']),
    authors: many(node['author'])
      .map((author) => nameOf(look(author)))
      .filter((name) => name !== ''),
    published: raw(node['datePublished']),
    modified: raw(node['dateModified']),
    description: text(node['description']),
    language: raw(node['inLanguage']),
    images: many(node['image']).flatMap((image) => imageOf(image, look)),
  };
};
