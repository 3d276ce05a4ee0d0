import { parseHTML } from 'linkedom';
import type { Html } from '../../../functions/views/html.ts';

/** The part of the DOM that the tests of pages use. */
export type Opened = {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Opened | null;
  querySelectorAll(selector: string): Iterable<Opened> & { readonly length: number };
};

type Document = Opened & { readonly documentElement: Opened };

/** The page as a browser has it. */
export const opened = (page: Html): Document =>
  (parseHTML(page.toString()) as unknown as { document: Document }).document;
