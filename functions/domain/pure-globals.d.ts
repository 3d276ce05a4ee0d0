/**
 * The one global the domain may use beside ECMAScript: the WHATWG URL parser,
 * which is pure and the same in every runtime. Declared by hand so that DOM and
 * Node types (fetch, process, Buffer, timers) still do not compile here.
 * @see https://url.spec.whatwg.org
 */
declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(init?: string);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  keys(): Iterator<string> & Iterable<string>;
  sort(): void;
  toString(): string;
  [Symbol.iterator](): Iterator<[string, string]>;
}

declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string, base?: string): boolean;
  static parse(url: string, base?: string): URL | null;
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
}
