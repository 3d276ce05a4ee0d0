import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Authentication, Envelope } from './authentication.ts';
import type { Verdicts } from './types.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const SIGNED = 'From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT';

type Reception = {
  messageId: string;
  recipient: string;
  receivedAt: number;
  /** Of the address that connected; '' = it has none. */
  clientName: string;
};

const spfComment = ({ result, domain }: Authentication['spf'], { ip }: Envelope): string => {
  const texts: Record<string, string> = {
    pass: `domain of ${domain} designates ${ip} as permitted sender`,
    fail: `domain of ${domain} does not designate ${ip} as permitted sender`,
    softfail: `transitioning domain of ${domain} does not designate ${ip} as permitted sender`,
    temperror: `error in processing during lookup of ${domain}: DNS error`,
    permerror: `error in processing during lookup of ${domain}: invalid record`,
  };
  return texts[result] ?? `${ip} is neither permitted nor denied by domain of ${domain}`;
};

/** The sender's words (envelope-from, helo) stand in it as they came, as SES has them. */
const spfClause = (authentication: Authentication, envelope: Envelope): string =>
  `${authentication.spf.result} (spfCheck: ${spfComment(authentication.spf, envelope)})` +
  ` client-ip=${envelope.ip}; envelope-from=${envelope.sender}; helo=${envelope.helo};`;

const dkimClauses = ({ dkim }: Authentication): string[] =>
  dkim.length === 0
    ? ['dkim=none;']
    : dkim.map(({ result, domain }) => `dkim=${result}${domain ? ` header.i=@${domain}` : ''};`);

const dmarcClause = ({ dmarc }: Authentication): string =>
  `dmarc=${dmarc.result}${dmarc.from ? ` header.from=${dmarc.from}` : ''};`;

const mailDate = (at: number): string => new Date(at).toUTCString().replace(/GMT$/, '+0000 (UTC)');

/** Signs in the form of SES, with a key of this door: it shows the shape and proves nothing. */
const sealLine = (raw: Buffer, receipt: string, reception: Reception, key: KeyObject): string => {
  const bodyAt = raw.indexOf('\r\n\r\n');
  const body = bodyAt < 0 ? Buffer.from('\r\n') : raw.subarray(bodyAt + 4);
  const bodyHash = createHash('sha256').update(body).digest('base64');
  const seconds = Math.floor(reception.receivedAt / 1000);
  const selector = [
    ...createHash('sha256')
      .update(key.export({ type: 'pkcs1', format: 'der' }))
      .digest(),
  ]
    .map((byte) => BASE32[byte % 32])
    .join('');
  const tail =
    `c=relaxed/simple; s=${selector}; d=amazonses.com; t=${seconds}; v=1; ` +
    `bh=${bodyHash}; h=${SIGNED};`;
  const signature = sign('sha256', Buffer.from(`${receipt}\r\n${tail}`), key).toString('base64');
  return `X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=${signature}; ${tail}`;
};

/** Makes the writer of the headers that SES puts above a mail; its key lives as long as it. */
export const sesHeaderWriter = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return (
    raw: Buffer,
    envelope: Envelope,
    reception: Reception,
    authentication: Authentication,
    verdicts: Verdicts,
  ): Buffer => {
    const receipt = `X-SES-RECEIPT: ${randomBytes(300).toString('base64')}`;
    const spf = spfClause(authentication, envelope);
    const lines = [
      `Return-Path: <${envelope.sender}>`,
      `Received: from ${envelope.helo} (${reception.clientName || 'unknown'} [${envelope.ip}])`,
      ` by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${reception.messageId}`,
      ` for ${reception.recipient};`,
      ` ${mailDate(reception.receivedAt)}`,
      `X-SES-Spam-Verdict: ${verdicts.spam}`,
      `X-SES-Virus-Verdict: ${verdicts.virus}`,
      `Received-SPF: ${spf}`,
      'Authentication-Results: amazonses.com;',
      ` spf=${spf}`,
      ...dkimClauses(authentication).map((clause) => ` ${clause}`),
      ` ${dmarcClause(authentication)}`,
      receipt,
      sealLine(raw, receipt, reception, privateKey),
    ];
    return Buffer.from(`${lines.join('\r\n')}\r\n`);
  };
};
