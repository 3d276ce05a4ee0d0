export type Header = { name: string; value: string };

const headerEnd = (mail: Buffer): number => {
  const ends = [mail.indexOf('\r\n\r\n'), mail.indexOf('\n\n')].filter((end) => end >= 0);
  return ends.length === 0 ? mail.length : Math.min(...ends);
};

/** A mail's headers in order, unfolded, undecoded. */
export const headersOf = (mail: Buffer): Header[] =>
  mail
    .toString('latin1', 0, headerEnd(mail))
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) return [];
      return [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
    });

export const headerOf = (mail: Buffer, name: string): string | undefined =>
  headersOf(mail).find((header) => header.name.toLowerCase() === name)?.value;

/** Addresses of a header value; comments and quoted names may hold commas. */
export const addressesOf = (value: string): string[] =>
  value
    .replace(/"(?:[^"\\]|\\.)*"/g, '')
    .replace(/\([^()]*\)/g, '')
    .split(',')
    .map((one) => (/<([^<>]*)>/.exec(one)?.[1] ?? one).trim())
    .filter((address) => address !== '');

/** The mail with one header set to a new value, in the place of every old one. */
export const withHeader = (mail: Buffer, name: string, value: string): Buffer => {
  const end = headerEnd(mail);
  const old = new RegExp(`^${name}:.*(?:\\r?\\n[ \\t].*)*(?:\\r?\\n|$)`, 'gim');
  const head = mail
    .toString('latin1', 0, end)
    .replace(old, '')
    .replace(/\r?\n$/, '');
  return Buffer.concat([Buffer.from(`${name}: ${value}\r\n${head}`, 'latin1'), mail.subarray(end)]);
};
