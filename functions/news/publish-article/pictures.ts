import type { Body } from '../../domain/news/article.ts';
import { prefixOf } from '../../domain/news/article.ts';
import { withPictures } from '../../domain/news/publication.ts';
import type { Work } from './ports.ts';

const maxBytes = 2 * 1024 * 1024;

type Kind = { extension: string; contentType: string; signature: RegExp };

/** By their first bytes, read as Latin-1: what the far side calls them proves nothing. */
const kinds: readonly Kind[] = [
  { extension: 'jpg', contentType: 'image/jpeg', signature: /^\xff\xd8\xff/ },
  { extension: 'png', contentType: 'image/png', signature: /^\x89PNG\r\n/ },
  { extension: 'gif', contentType: 'image/gif', signature: /^GIF8[79]a/ },
  { extension: 'webp', contentType: 'image/webp', signature: /^RIFF[\s\S]{4}WEBP/ },
  { extension: 'avif', contentType: 'image/avif', signature: /^[\s\S]{4}ftypavi[fs]/ },
];

export const kindOf = (bytes: Uint8Array): Kind | undefined => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return kinds.find(({ signature }) => signature.test(head));
};

export type Kept = { key: string; bytes: Uint8Array; contentType: string };

/** Fetches a body's pictures; one that cannot be had, or is no picture, is left out. */
export const fetchPictures = async (
  { ports: { web }, now }: Work,
  id: string,
  body: Body,
): Promise<{ body: Body; kept: Kept[] }> => {
  const accept = 'image/avif, image/webp, image/png, image/jpeg, image/gif';
  const kept: Kept[] = [];
  const keys: (string | null)[] = [];
  for (const { url } of body.pictures) {
    const answer = await web.fetch({ url, accept, maxBytes, now });
    const kind = answer.kind === 'fetched' ? kindOf(answer.bytes) : undefined;
    if (answer.kind === 'fetched' && kind) {
      const key = `${prefixOf(id)}pictures/${kept.length + 1}.${kind.extension}`;
      kept.push({ key, bytes: answer.bytes, contentType: kind.contentType });
      keys.push(key);
    } else {
      keys.push(null);
    }
  }
  return { body: withPictures(body, keys), kept };
};
