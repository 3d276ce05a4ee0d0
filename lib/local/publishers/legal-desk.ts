import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dkimSign } from 'mailauth';
import type { Zone } from '../mail-door/types.ts';
import type { Site } from './sites.ts';
import type { Owner } from './types.ts';

const SELECTOR = 'desk';

/** The publisher's DKIM key, made at its first use and readable by this user only. */
const privateKeyOf = (dir: string, host: string): string => {
  const file = join(dir, `${host}.dkim.pem`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, pem, { mode: 0o600 });
  return pem;
};

const publicKeyText = (privateKey: string): string =>
  createPublicKey(createPrivateKey(privateKey))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');

const crlf = (mail: string | Buffer): Buffer =>
  Buffer.from(Buffer.from(mail).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');

const signer =
  (signingDomain: string, privateKey: string): Owner['sign'] =>
  async (mail) => {
    const raw = crlf(mail);
    const key = { signingDomain, selector: SELECTOR, privateKey };
    const { signatures, errors } = await dkimSign(raw, { ...key, signatureData: [key] });
    if (signatures === '')
      throw new Error(`The mail cannot be signed: ${errors[0]?.err.message ?? 'no reason given'}`);
    return Buffer.concat([Buffer.from(signatures), raw]);
  };

const recordsOf = (site: Site, privateKey: string): Zone => ({
  [site.host]: {
    a: ['127.0.0.1'],
    mx: [{ priority: 10, exchange: `mail.${site.host}` }],
    txt: [site.mailsFromHere ? 'v=spf1 ip4:127.0.0.1 -all' : 'v=spf1 -all'],
  },
  [`mail.${site.host}`]: { a: ['127.0.0.1'] },
  [`${SELECTOR}._domainkey.${site.host}`]: {
    txt: [`v=DKIM1; k=rsa; p=${publicKeyText(privateKey)}`],
  },
  [`_dmarc.${site.host}`]: { txt: ['v=DMARC1; p=reject'] },
});

type LegalDesk = { owner: Owner; zone: Zone };

/** A publisher's legal desk: its address, its signature, and its names in the DNS. */
export const openLegalDesk = (dir: string, site: Site): LegalDesk => {
  const privateKey = privateKeyOf(dir, site.host);
  return {
    owner: { address: site.legalDesk, sign: signer(site.host, privateKey) },
    zone: recordsOf(site, privateKey),
  };
};

/** Free mail, where anyone has an address, and this machine's own name. */
export const neighbours: Zone = {
  'mailbox.example': {
    a: ['127.0.0.1'],
    mx: [{ priority: 10, exchange: 'mail.mailbox.example' }],
    txt: ['v=spf1 ip4:127.0.0.1 -all'],
  },
  'mail.mailbox.example': { a: ['127.0.0.1'] },
  '_dmarc.mailbox.example': { txt: ['v=DMARC1; p=none'] },
  '1.0.0.127.in-addr.arpa': { ptr: ['localhost'] },
};
