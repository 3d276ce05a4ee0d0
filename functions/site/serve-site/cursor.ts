import { sha256 } from '../../runtime/sha256.ts';

const checkOf = (path: string, cursor: string): string => sha256(`${path}\n${cursor}`).slice(0, 8);

/**
 * Writes a port's cursor for a public address, with a check sum over it and its
 * list. Not a secret: it tells a broken or misplaced cursor from a whole one.
 */
export const sealCursor = (path: string, cursor: string): string =>
  `${Buffer.from(cursor).toString('base64url')}.${checkOf(path, cursor)}`;

/** @returns null where it is no cursor of this list */
export const openCursor = (path: string, sealed: string): string | null => {
  const [encoded = '', check, ...more] = sealed.split('.');
  const cursor = Buffer.from(encoded, 'base64url').toString('utf8');
  return more.length === 0 && check === checkOf(path, cursor) ? cursor : null;
};
