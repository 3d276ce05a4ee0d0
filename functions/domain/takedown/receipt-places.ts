const placeNames: Record<string, string> = {
  objects: 'text and pictures',
  'object-versions': 'their older versions',
  'unfinished-uploads': 'unfinished uploads',
  'article-row': 'the record',
  'public-lists': 'front page, source page and feeds',
  fingerprint: 'the mark of the text',
  'edge-cache': 'the cache at the edge',
  'public-page': 'the page itself',
};

/** What a reading found, where its own short words need more. */
const findings: Record<string, (found: string) => string> = {
  'article-row': (found) => (found === 'tombstone' ? 'replaced by a mark' : found),
  'public-lists': (found) => found.replace(/^\d+ lists$/, 'on none of $&'),
  fingerprint: (found) => found.replace(/^(\d+) entombed$/, '$1 kept to bar the text'),
};

/** 'public-page: answers 451' as 'the page itself (answers 451)'. */
export const inPlainWords = (reading: string): string => {
  const [place = '', ...rest] = reading.split(': ');
  const found = rest.join(': ');
  return `${placeNames[place] ?? place} (${findings[place]?.(found) ?? found})`;
};
