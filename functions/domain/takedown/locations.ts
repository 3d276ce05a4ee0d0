/**
 * Every place where something of an article can be. Erasure visits each, and a
 * case closes only after each was read again and found empty.
 */
export const locations = [
  'objects',
  'object-versions',
  'unfinished-uploads',
  'article-row',
  'public-lists',
  'fingerprint',
  'edge-cache',
  'public-page',
] as const;

export type Location = (typeof locations)[number];

/** What a second reading found: an error is 'unknown', which is not 'empty'. */
export type Reading = { location: Location; found: 'empty' | 'present' | 'unknown'; note: string };

export type Survey = { complete: boolean; manifest: string[]; problem: string };

/** Judges the readings of one article; every location must be there and empty. */
export const judge = (readings: readonly Reading[]): Survey => {
  const manifest: string[] = [];
  const problems: string[] = [];
  for (const location of locations) {
    const reading = readings.find((r) => r.location === location);
    if (reading?.found === 'empty') manifest.push(`${location}: ${reading.note || 'empty'}`);
    else problems.push(`${location} ${reading?.found ?? 'unread'}`);
  }
  return { complete: problems.length === 0, manifest, problem: problems.join(', ') };
};
