import { describe, expect, it } from 'vitest';
import { judgeAutomation } from '../../../functions/domain/takedown/automatic.ts';
import type { Mail } from '../../../functions/domain/takedown/mail.ts';
import { mail } from './mails.ts';

const judge = (change: Partial<Mail>) => judgeAutomation(mail(change), ['admin@news.example']);
const withHeader = (name: string, value: string) => judge({ headers: [{ name, value }] });
const from = (address: string): Partial<Mail> => ({ from: [{ name: '', address }] });

describe('telling mail of machines from mail of people', () => {
  it.each([
    ['auto-submitted', 'auto-replied', 'auto-reply'],
    ['auto-submitted', 'auto-generated; x=1', 'auto-reply'],
    ['x-autoreply', 'yes', 'auto-reply'],
    ['x-auto-response-suppress', 'DR, OOF, AutoReply', 'no-reply'],
    ['x-auto-response-suppress', 'All', 'no-reply'],
    ['list-id', '<talk.lists.example>', 'list'],
    ['list-unsubscribe', '<https://x.example>', 'list'],
    ['precedence', 'bulk', 'list'],
    ['precedence', 'junk', 'list'],
  ])('knows the header %s: %s', (name, value, kind) => {
    expect(withHeader(name, value)).toMatchObject({ automatic: true, kind });
  });

  it.each([
    ['auto-submitted', 'no'],
    ['precedence', 'first-class'],
    ['x-auto-response-suppress', 'DR'],
    ['x-mailer', 'Some Program'],
  ])('is not misled by %s: %s', (name, value) => {
    expect(withHeader(name, value).automatic).toBe(false);
  });

  it.each([
    ['a report', { contentType: 'multipart/report; report-type=delivery-status' }, 'bounce'],
    [
      'a feedback report',
      { contentType: 'multipart/report; report-type=feedback-report' },
      'report',
    ],
    [
      'a delivery status within',
      { attachments: [{ filename: '', contentType: 'message/delivery-status', bytes: 9 }] },
      'bounce',
    ],
    ['a mailer daemon', from('MAILER-DAEMON@mx.example'), 'bounce'],
    [
      'a bounce by its subject and return path',
      { subject: 'Undeliverable: Re: x', returnPath: '' },
      'bounce',
    ],
    [
      'a bounce by its subject and sender',
      { subject: 'Undeliverable: Re: x', ...from('postmaster@mx.example') },
      'bounce',
    ],
    ['an absence by its subject', { subject: 'Abwesenheitsnotiz: Urlaub' }, 'auto-reply'],
    ['an absence by its subject', { subject: 'Réponse automatique : congés' }, 'auto-reply'],
    ['a mail without a return path', { returnPath: '' }, 'no-reply'],
    ['a no-reply address', from('no-reply@herald.example'), 'no-reply'],
    ['a no-reply address', from('donotreply@herald.example'), 'no-reply'],
    ['a letter of our own', from('Admin@news.example'), 'own-letter'],
  ])('knows %s', (_name, change, kind) => {
    expect(judge(change)).toMatchObject({ automatic: true, kind });
  });

  it.each([
    ['a person', {}],
    ['a person who is postmaster', from('postmaster@herald.example')],
    ['a person who writes of a bounce', { subject: 'Undeliverable: our removal request' }],
    ['a person who writes of an office', { subject: 'Removal of "Out of office", our story' }],
    ['a mail whose return path is not known', { returnPath: null }],
  ])('takes %s for one', (_name, change) => {
    expect(judge(change)).toEqual({ automatic: false, kind: '', reason: '' });
  });
});
