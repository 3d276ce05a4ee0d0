import { parseHTML } from 'linkedom';

/** The part of the DOM that we use; there are no DOM types in a server's build. */
export type Node = {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly parentNode: Element | null;
  readonly childNodes: readonly Node[];
};

export type Root = {
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): readonly Element[];
};

export type Element = Node &
  Root & {
    readonly localName: string;
    getAttribute(name: string): string | null;
    setAttribute(name: string, value: string): void;
    closest(selector: string): Element | null;
    matches(selector: string): boolean;
    remove(): void;
  };

export type Dom = Root & { readonly documentElement: Element | null; readonly body: Element };

export const isElement = (node: Node): node is Element => node.nodeType === 1;
export const isText = (node: Node): boolean => node.nodeType === 3;

/** HTML lets authors leave out html, head and body; the parser does not put them back. */
const whole = (html: string): string => {
  if (/<(?:body|frameset)[\s>]/i.test(html)) {
    return /<html[\s>]/i.test(html) ? html : `<html>${html}</html>`;
  }
  const at =
    /<\/head\s*>/i.exec(html) ?? /<html(?:\s[^>]*)?>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const split = at === null ? 0 : at.index + at[0].length;
  const body = `${html.slice(0, split)}<body>${html.slice(split)}</body>`;
  return /<html[\s>]/i.test(html)
    ? body
    : `<html>${body.replace(/^\s*<!doctype[^>]*>/i, '')}</html>`;
};

export const parseDom = (html: string): Dom => {
  const { document }: { document: Dom } = parseHTML(whole(html));
  return document;
};

/** Walks without recursion: the page may be deeper than our stack. */
export const isBeyond = (root: Node, limits: { depth: number; elements: number }): boolean => {
  const stack: [Node, number][] = [[root, 1]];
  let elements = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [node, depth] = next;
    elements += 1;
    if (depth > limits.depth || elements > limits.elements) return true;
    for (const child of node.childNodes) if (isElement(child)) stack.push([child, depth + 1]);
  }
  return false;
};

export const textOf = (node: Node | null | undefined): string => node?.textContent ?? '';
