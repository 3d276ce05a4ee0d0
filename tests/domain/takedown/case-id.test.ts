import { describe, expect, it } from 'vitest';
import { caseIdsOf, citedCase } from '../../../functions/domain/takedown/case-id.ts';
import { day } from '../../../functions/domain/time.ts';
import { sha256 } from '../../../functions/runtime/sha256.ts';
import { arrival, mail } from './mails.ts';

const idsOf = (change = {}, arrived = arrival()) => caseIdsOf(arrived, mail(change), sha256);

describe('numbering cases', () => {
  it('makes a number that a person can read out', () => {
    expect(idsOf().today[0]).toMatch(/^SD-20261124-[0-9A-HJKMNP-TV-Z]{6}$/);
  });

  it('gives copies of one mail one number, and other mails another', () => {
    const copy = { ...arrival(), mailId: 'm2' };

    expect(idsOf({}, copy)).toEqual(idsOf());
    expect(idsOf({ messageId: '<two@herald.example>' })).not.toEqual(idsOf());
    expect(idsOf({ text: 'another request under the same Message-ID' })).not.toEqual(idsOf());
  });

  it('finds a copy that came before midnight', () => {
    const later = { ...arrival(), receivedAt: arrival().receivedAt + day };

    expect(idsOf({}, later).yesterday).toBe(idsOf().today[0]);
  });

  it('numbers a mail without Message-ID by its delivery', () => {
    const copy = { ...arrival(), mailId: 'm2' };

    expect(idsOf({ messageId: '' }, copy)).not.toEqual(idsOf({ messageId: '' }));
  });

  it('reads the case that a reply answers', () => {
    const references = ['<x@y>'];

    expect(citedCase({ subject: 'Re: [sd-20261124-7k3m9q] x', inReplyTo: '', references })).toBe(
      'SD-20261124-7K3M9Q',
    );
    expect(citedCase({ subject: 'SD-2026', inReplyTo: '', references })).toBeNull();
  });
});
