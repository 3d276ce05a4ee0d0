/** Something the operator can put right; printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Output = { json: boolean; print(line: string): void };

/** Rows under headings, columns as wide as their widest cell; the last one is not padded. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ');
  return [line(headings), ...rows.map(line)].join('\n');
};

/** Prints rows as a table for people, or one JSON object a line for programs. */
export const show = <Row extends object>(
  { json, print }: Output,
  rows: readonly Row[],
  headings: readonly string[],
  cells: (row: Row) => string[],
): void => {
  if (json) for (const row of rows) print(JSON.stringify(row));
  else print(table(headings, rows.map(cells)));
};

/** "2026-11-24 06:15:37" of an ISO time: what people read fastest. */
export const shortTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
