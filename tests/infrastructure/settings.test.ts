import { describe, expect, it } from 'vitest';
import { readSettings } from '../../lib/cloud/settings.ts';

const good = {
  name: 'sundown',
  mail: { domain: 'news.example' },
  site: { title: 'Sundown' },
};

const certificateArn =
  'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

describe('settings', () => {
  it('fills in what is left out', () => {
    expect(readSettings(good)).toEqual({
      name: 'sundown',
      mail: { domain: 'news.example', admin: 'admin', attachToRuleSet: null },
      site: { title: 'Sundown', domain: null, certificateArn: null },
      sources: 'lib/cloud/sources.opml',
      contact: 'mailto:admin@news.example',
      pager: { email: null },
      inbox: { retentionDays: 90 },
    });
  });

  it('keeps all that is written', () => {
    const all = {
      name: 'evening',
      mail: { domain: 'mail.news.example', admin: 'legal', attachToRuleSet: 'ours' },
      site: { title: 'Evening', domain: 'news.example', certificateArn },
      sources: 'lib/cloud/sources.opml',
      contact: 'https://news.example/robots',
      pager: { email: 'ops@news.example' },
      inbox: { retentionDays: 30 },
    };

    expect(readSettings(all)).toEqual(all);
  });

  it('names the page about the site as contact where the site has a domain', () => {
    const settings = readSettings({
      ...good,
      site: { title: 'Sundown', domain: 'news.example', certificateArn },
    });

    expect(settings.contact).toBe('https://news.example/about');
  });

  it.each([
    ['no settings', undefined, 'write your settings in "context": { "sundown"'],
    ['no name', { ...good, name: undefined }, 'sundown.name is missing; write 3 to 20 of a-z'],
    ['a name in capitals', { ...good, name: 'Sundown' }, 'sundown.name is "Sundown"; write 3 to'],
    ['a long name', { ...good, name: 'a'.repeat(21) }, 'sundown.name is "aaaaaaaaaaaaaaaaaaaaa"'],
    ['no domain', { ...good, mail: {} }, 'sundown.mail.domain is missing; write the domain'],
    [
      'a URL for a domain',
      { ...good, mail: { domain: 'https://x.example' } },
      'sundown.mail.domain',
    ],
    [
      'a bare host',
      { ...good, mail: { domain: 'localhost' } },
      'sundown.mail.domain is "localhost"',
    ],
    [
      'an address for its local part',
      { ...good, mail: { domain: 'x.example', admin: 'admin@x.example' } },
      'sundown.mail.admin is "admin@x.example"; write the part of the address before @',
    ],
    [
      'a rule set with spaces',
      { ...good, mail: { domain: 'x.example', attachToRuleSet: 'our rules' } },
      'sundown.mail.attachToRuleSet is "our rules"; write the name of the SES receipt rule set',
    ],
    [
      'mail as text',
      { ...good, mail: 'x.example' },
      'sundown.mail is "x.example", which is no setting',
    ],
    ['no title', { ...good, site: {} }, 'sundown.site.title is missing; write a title'],
    [
      'a domain without certificate',
      { ...good, site: { title: 'S', domain: 'x.example' } },
      'sundown.site.certificateArn is missing; write it beside site.domain',
    ],
    [
      'a certificate without domain',
      { ...good, site: { title: 'S', certificateArn } },
      'sundown.site.domain is missing; write it beside site.certificateArn',
    ],
    [
      'a certificate of another region',
      {
        ...good,
        site: {
          title: 'S',
          domain: 'x.example',
          certificateArn: certificateArn.replace('us-east-1', 'eu-west-1'),
        },
      },
      'write the ARN of an ACM certificate in us-east-1',
    ],
    [
      'a sources file that is not there',
      { ...good, sources: 'lib/nowhere.opml' },
      'sundown.sources is "lib/nowhere.opml", which is not there; write the path of an OPML file',
    ],
    ['a sources file outside', { ...good, sources: '../x.opml' }, 'sundown.sources is "../x.opml"'],
    [
      'a contact that is no URL',
      { ...good, contact: 'call me' },
      'sundown.contact is "call me"; write',
    ],
    [
      'a pager without an address',
      { ...good, pager: { email: 'ops' } },
      'sundown.pager.email is "ops"; write the address of the person on call',
    ],
    [
      'too short a retention',
      { ...good, inbox: { retentionDays: 7 } },
      'sundown.inbox.retentionDays is 7; write whole days from 14 to 3650',
    ],
    [
      'a retention as text',
      { ...good, inbox: { retentionDays: '90' } },
      'sundown.inbox.retentionDays is "90"; write whole days',
    ],
    [
      'a misspelt setting',
      { ...good, site: { title: 'S', tilte: 'T' } },
      'sundown.site.tilte is "T", which is no setting; write only name, mail.domain',
    ],
  ])('refuses %s and says what to write', (_what, settings, message) => {
    expect(() => readSettings(settings)).toThrow(message);
  });

  it('names every bad setting at once', () => {
    expect(() => readSettings({})).toThrow(/sundown\.mail\.domain.*\n.*sundown\.site\.title/s);
  });
});
