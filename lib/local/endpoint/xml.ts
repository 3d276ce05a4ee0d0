const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Text as XML 1.0 can carry it. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? character);

export type XmlValue = string | number | boolean | undefined | XmlNode | readonly XmlValue[];
export type XmlNode = { [name: string]: XmlValue };

/** Elements in the order of the object's keys; a list repeats its element; undefined leaves it out. */
const xml = (node: XmlNode): string =>
  Object.entries(node)
    .map(([name, value]) => element(name, value))
    .join('');

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

const element = (name: string, value: XmlValue): string => {
  if (value === undefined) return '';
  if (isList(value)) return value.map((one) => element(name, one)).join('');
  const inner = typeof value === 'object' ? xml(value) : escapeXml(String(value));
  return `<${name}>${inner}</${name}>`;
};

/** A whole document, its root in a namespace. */
export const xmlDocument = (root: string, namespace: string, node: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace && ` xmlns="${namespace}"`}>${xml(node)}</${root}>`;

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const characterOf = (entity: string): string | undefined => {
  if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
  if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
  return named[entity];
};

const unescapeXml = (text: string): string =>
  text.replace(
    /&(#x[0-9a-f]{1,5}|#[0-9]{1,6}|[a-z]+);/gi,
    (whole: string, entity: string) => characterOf(entity.toLowerCase()) ?? whole,
  );

/** Inner texts of every element of that name; enough for the flat documents the clients send. */
export const elementsOf = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(
    (match) => match[1] ?? '',
  );

export const textOf = (document: string, name: string): string | undefined => {
  const [first] = elementsOf(document, name);
  return first === undefined ? undefined : unescapeXml(first);
};

export const textsOf = (document: string, name: string): string[] =>
  elementsOf(document, name).map(unescapeXml);
