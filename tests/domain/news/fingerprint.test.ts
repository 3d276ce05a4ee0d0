import { describe, expect, it } from 'vitest';
import { fingerprintOf, foldedWords } from '../../../functions/domain/news/fingerprint.ts';
import { sha256, story } from './samples.ts';

describe('fingerprintOf', () => {
  it('sees through case, punctuation, ligatures and spacing', () => {
    const one = `${story('x')} The “officer” said: it’s fine — finally.`;
    const other = `${story('X')}\n\nthe "oﬃcer" said it's fine. Finally!`;

    expect(fingerprintOf(one, sha256)).toBe(fingerprintOf(other, sha256));
  });

  it('tells another text apart', () => {
    expect(fingerprintOf(story('x'), sha256)).not.toBe(fingerprintOf(story('y'), sha256));
  });

  it('says nothing of fewer than 40 words', () => {
    expect(fingerprintOf('word '.repeat(39), sha256)).toBe('');
    expect(fingerprintOf('word '.repeat(40), sha256)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('counts characters where words are not spaced', () => {
    expect(foldedWords('東京で火事')).toHaveLength(5);
    expect(fingerprintOf('東京で火事がありました'.repeat(4), sha256)).not.toBe('');
  });

  it('reads composed and decomposed letters alike', () => {
    expect(foldedWords('Київ café')).toEqual(foldedWords('Київ cafe\u0301'));
  });
});
