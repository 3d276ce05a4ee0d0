import type { Arrival, Mail } from '../../../functions/domain/takedown/mail.ts';

/** A mail as its reader hands it over; only what a test is about need be said. */
export const mail = (change: Partial<Mail> = {}): Mail => ({
  bytes: 1_000,
  messageId: '<one@herald.example>',
  inReplyTo: '',
  references: [],
  subject: 'Removal request',
  from: [{ name: 'Ada', address: 'ada@herald.example' }],
  to: [{ name: '', address: 'admin@news.example' }],
  cc: [],
  replyTo: [],
  returnPath: 'bounce@herald.example',
  sentAt: null,
  headers: [],
  contentType: 'text/plain',
  text: '',
  htmlText: '',
  links: [],
  attachments: [],
  ...change,
});

export const arrival = (change: Partial<Arrival['verdicts']> = {}): Arrival => ({
  mailId: 'm1',
  key: 'mail/m1',
  receivedAt: Date.UTC(2026, 10, 24, 6),
  recipients: ['admin@news.example'],
  verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', ...change },
});
