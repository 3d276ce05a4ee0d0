import { readFile } from 'node:fs/promises';
import { parseOpml } from 'feedsmith';
import type { SourceTerms } from '../domain/news/source.ts';
import { Permanent } from '../errors.ts';
import type { SourcesPort } from '../ports.ts';
import { type Outline, ownAttributes, termsOf } from './sources-file/terms.ts';

type Nested = Outline & { outlines?: Nested[] };

/** Folders only group: their outlines are read, their names are not. */
const flatten = (outlines: readonly Nested[]): Outline[] =>
  outlines.flatMap((outline) => [outline, ...flatten(outline.outlines ?? [])]);

const isFeed = ({ type, xmlUrl }: Outline): boolean =>
  xmlUrl !== undefined || type?.toLowerCase() === 'rss';

const refuseDoubles = (terms: readonly SourceTerms[]): void => {
  for (const member of ['id', 'feedUrl'] as const) {
    const seen = new Map<string, SourceTerms>();
    for (const source of terms) {
      const twin = seen.get(source[member]);
      if (twin) {
        const remedy = member === 'id' ? 'give one of them its own id attribute' : 'remove one';
        throw new Permanent(
          `The outlines "${twin.title}" and "${source.title}" have the same ${member} "${source[member]}": ${remedy}.`,
        );
      }
      seen.set(source[member], source);
    }
  }
};

/**
 * Reads the sources of an OPML 2.0 text.
 * @throws Permanent naming the outline and what to do about it
 * @see http://opml.org/spec2.opml
 */
export const parseSources = (opml: string): SourceTerms[] => {
  // The parser takes a file that was cut short for a shorter one: sources would be dropped.
  if (!/<\/opml\s*>\s*$/i.test(opml)) {
    throw new Permanent('The sources file does not end with </opml>: write the whole file again.');
  }
  const terms = flatten(outlinesOf(opml)).filter(isFeed).map(termsOf);
  refuseDoubles(terms);
  return terms;
};

const outlinesOf = (opml: string): Nested[] => {
  try {
    return parseOpml(opml, { extraOutlineAttributes: ownAttributes }).body?.outlines ?? [];
  } catch {
    throw new Permanent('The sources file is not OPML: see sources.opml in the README.');
  }
};

/** The deployer's OPML file; read anew each time, so that an edit needs no restart. */
export const sourcesFile = (path: string): SourcesPort => ({
  read: async () => {
    const text = await readFile(path, 'utf8').catch(() => {
      throw new Permanent(`The sources file ${path} cannot be read: put an OPML file there.`);
    });
    return parseSources(text);
  },
});
