import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { detect } from 'chardet';

const marks: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const byMark = (bytes: Buffer): string | undefined =>
  marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];

const byHeader = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];

/** In the XML declaration or an HTML meta element, within the first 4 KiB. */
const byDeclaration = (bytes: Buffer): string | undefined => {
  const head = bytes.subarray(0, 4_096).toString('latin1');
  const xml = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head);
  const meta = /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head);
  return xml?.[1] ?? meta?.[1];
};

/** @see https://encoding.spec.whatwg.org/#names-and-labels (Latin-1 is read as windows-1252) */
const decoderOf = (label: string): TextDecoder | undefined => {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
};

const believable = (label: string | undefined, bytes: Buffer): TextDecoder | undefined => {
  const decoder = label === undefined ? undefined : decoderOf(label);
  return decoder?.encoding === 'utf-8' && !isUtf8(bytes) ? undefined : decoder;
};

const guess = (bytes: Buffer): TextDecoder =>
  believable(isUtf8(bytes) ? 'utf-8' : (detect(bytes) ?? undefined), bytes) ?? new TextDecoder();

/**
 * Text of a document in any encoding: byte-order mark, then the Content-Type
 * header, then the document's own declaration, then the look of the bytes. A
 * claim of UTF-8 that the bytes break is not believed.
 */
export const decodeText = (source: Uint8Array, contentType: string): string => {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const decoder =
    believable(byMark(bytes), bytes) ??
    believable(byHeader(contentType), bytes) ??
    believable(byDeclaration(bytes), bytes) ??
    guess(bytes);
  return decoder.decode(bytes);
};
