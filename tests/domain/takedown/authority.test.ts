import { describe, expect, it } from 'vitest';
import { organisationOf } from '../../../functions/adapters/organisation.ts';
import { judgeSender, type Sender } from '../../../functions/domain/takedown/authority.ts';
import type { Arrival, Mail } from '../../../functions/domain/takedown/mail.ts';
import { arrival, mail } from './mails.ts';

const spf = 'spf=pass (spfCheck: ok) client-ip=192.0.2.1; envelope-from=a@herald.example; helo=mx;';
const dkim = 'dkim=pass header.i=@herald.example;';
const passing = `amazonses.com; ${spf} ${dkim} dmarc=pass header.from=herald.example;`;
const signature = 'v=1; a=rsa-sha256; d=herald.example; s=m; h=from:to:cc:subject; bh=A; b=B';

const top = (results: string): Mail['headers'] => [
  { name: 'return-path', value: '<a@herald.example>' },
  { name: 'received', value: 'from mx by inbound-smtp' },
  { name: 'x-ses-spam-verdict', value: 'PASS' },
  { name: 'x-ses-virus-verdict', value: 'PASS' },
  { name: 'received-spf', value: 'pass' },
  { name: 'authentication-results', value: results },
  { name: 'x-ses-receipt', value: 'AEFB' },
  { name: 'x-ses-dkim-signature', value: 'x' },
];

const sent = (signed = signature): Mail['headers'] => [
  { name: 'dkim-signature', value: signed },
  { name: 'to', value: 'admin@news.example' },
];

const judge = (change: Partial<Mail>, arrived: Arrival = arrival()): Sender =>
  judgeSender(mail(change), arrived, ['admin@news.example'], organisationOf);

const judgeResults = (results: string, arrived?: Arrival): Sender =>
  judge({ headers: [...top(results), ...sent()] }, arrived);

const from = (address: string): Partial<Mail> => ({ from: [{ name: '', address }] });

describe('judging who sent a mail', () => {
  it('takes a DMARC pass of the From domain as proof', () => {
    expect(judgeResults(passing)).toEqual({
      kind: 'authenticated',
      organisation: 'herald.example',
      evidence: 'DMARC pass for herald.example',
    });
  });

  it('takes a DMARC pass by SPF, with the full address in header.from', () => {
    const results = `amazonses.com; ${spf} dkim=permerror header.i=@x.example; dmarc=pass header.from=ada@herald.example;`;

    expect(judgeResults(results).kind).toBe('authenticated');
  });

  it('takes an aligned DKIM pass where there is no DMARC record', () => {
    const results = `amazonses.com; ${spf} dkim=pass header.i=@mail.herald.example; dkim=pass header.i=@amazonses.com; dmarc=none header.from=herald.example;`;

    expect(judgeResults(results, arrival({ dmarc: 'GRAY' })).evidence).toMatch('aligned DKIM pass');
  });

  it.each([
    ['SPF alone', `amazonses.com; ${spf} dmarc=none header.from=herald.example;`],
    [
      'DKIM of the relay only',
      `amazonses.com; ${spf} dkim=pass header.i=@amazonses.com; dmarc=none;`,
    ],
    [
      'a DKIM signature that fails',
      `amazonses.com; dkim=fail header.i=@herald.example; dmarc=none;`,
    ],
    ['a DMARC pass of another domain', 'amazonses.com; dmarc=pass header.from=evil.example;'],
    ['a temporary error', 'amazonses.com; dmarc=temperror header.from=herald.example;'],
    ['no DMARC clause', `amazonses.com; ${dkim}`],
    ['two DMARC clauses', `${passing} dmarc=pass header.from=herald.example;`],
    ['two SPF clauses', `amazonses.com; ${spf} ${spf} dmarc=pass header.from=herald.example`],
    ['another server', passing.replace('amazonses.com', 'amazonses.com.evil')],
    ['a DMARC pass in a comment', 'amazonses.com; (dmarc=pass header.from=herald.example;)'],
    [
      'a DMARC pass in a quoted sender',
      'amazonses.com; envelope-from="a; dmarc=pass header.from=herald.example;"@evil',
    ],
    ['a quote that never ends', `${passing} helo="x`],
    ['a comment that never ends', `${passing} helo=(x`],
    ['a comment that never began', `${passing} helo=x)`],
  ])('does not take %s as proof', (_name, results) => {
    expect(judgeResults(results).kind).toBe('unauthenticated');
  });

  it('calls a DMARC fail a fail, in the header or in the notification', () => {
    const results =
      'amazonses.com; envelope-from="a;dmarc=pass"@evil; dmarc=fail header.from=herald.example';

    expect(judgeResults(results).kind).toBe('failed');
    expect(judgeResults(passing, arrival({ dmarc: 'FAIL' })).kind).toBe('failed');
  });

  it('wants the notification to say the same', () => {
    expect(judgeResults(passing, arrival({ dmarc: 'GRAY' })).kind).toBe('unauthenticated');
  });

  it('trusts the sealed header alone where the notification was lost', () => {
    const lost = arrival({ dmarc: 'NOT_SCANNED', dkim: 'NOT_SCANNED' });
    const unsealed = top(passing).filter(({ name }) => name !== 'x-ses-receipt');

    expect(judgeResults(passing, lost).kind).toBe('authenticated');
    expect(judge({ headers: [...unsealed, ...sent()] }, lost).kind).toBe('unauthenticated');
  });

  it('ignores results that the sender wrote below those of our receiver', () => {
    const forged = { name: 'authentication-results', value: passing };
    const none = top('amazonses.com; dmarc=none header.from=herald.example;');
    const without = none.filter(({ name }) => name !== 'authentication-results');

    expect(judge({ headers: [...none, forged, ...sent()] }).kind).toBe('unauthenticated');
    expect(judge({ headers: [...without, forged, ...sent()] }).kind).toBe('unauthenticated');
    expect(judge({ headers: [{ name: 'x-first', value: '' }, forged] }).kind).toBe(
      'unauthenticated',
    );
  });

  it.each([
    [
      'two From addresses',
      [
        { name: '', address: 'ada@herald.example' },
        { name: '', address: 'e@evil.example' },
      ],
    ],
    ['no From address', []],
  ])('does not judge %s', (_name, addresses) => {
    expect(judge({ from: addresses, headers: [...top(passing), ...sent()] }).kind).toBe(
      'unauthenticated',
    );
  });

  it('does not take a signature that covers only a part of the mail', () => {
    const headers = [...top(passing), ...sent(`${signature}; l=120`)];

    expect(judge({ headers }).evidence).toMatch('l=');
  });

  it.each([
    [
      'to someone else',
      { to: [{ name: 'admin@news.example', address: 'friend@x.example' }] },
      sent(),
    ],
    ['with a To that is not signed', {}, sent(signature.replace(':to:', ':'))],
    ['with a second To', {}, [{ name: 'to', value: 'friend@x.example' }, ...sent()]],
  ])('does not take a mail sent on to us word for word: %s', (_name, change, headers) => {
    const sender = judge({ ...change, headers: [...top(passing), ...headers] });

    expect(sender.kind).toBe('unauthenticated');
    expect(sender.evidence).toMatch('not addressed to us');
  });

  it('takes a copy to a label of our address', () => {
    const headers = [...top(passing), { name: 'cc', value: 'admin+x@news.example' }, ...sent()];
    const cc = [{ name: '', address: 'Admin+x@news.example' }];

    expect(judge({ to: [], cc, headers }).kind).toBe('authenticated');
  });

  it('tells a lookalike and a neighbour on one platform from the source', () => {
    const results = (domain: string): Mail['headers'] => [
      ...top(`amazonses.com; dmarc=pass header.from=${domain};`),
      { name: 'to', value: 'x' },
    ];
    const cyrillic = judge({ ...from('a@bbс.co.uk'), headers: results('bbс.co.uk') });
    const neighbour = judge({ ...from('a@foo.github.io'), headers: results('foo.github.io') });

    expect(cyrillic.organisation).toBe('xn--bb-pmc.co.uk');
    expect(neighbour.organisation).toBe('foo.github.io');
  });
});
