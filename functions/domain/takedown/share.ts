/** How much of what a mail names belongs to its proven sender, in the words of the evidence. */
export const shareText = (owned: number, named: number): string =>
  `the source of ${owned} of the ${named} articles it names`;

/** @returns null where the evidence tells of no share */
export const shareIn = (evidence: string): string | null =>
  /\bthe source of \d+ of the \d+ articles it names\b/.exec(evidence)?.[0] ?? null;
