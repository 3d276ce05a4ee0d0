import { randomBytes } from 'node:crypto';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { authenticateMail, type Envelope } from './authentication.ts';
import { sesHeaderWriter } from './ses-headers.ts';
import type { MailDoor, MailDoorOptions, Resolver } from './types.ts';
import { verdictsOf } from './verdicts.ts';
import { impatient, realDns, zoneThen } from './zone-resolver.ts';

const PATIENCE = { queryMs: 2_000, budgetMs: 6_000 };
/** SES's limit for mails it stores in S3, headers included. */
const MAX_BYTES = 40 * 1024 * 1024;

/** What the sender is told instead of 250. */
class Refusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

const sesMessageId = (): string =>
  [...randomBytes(40)].map((byte) => (byte % 36).toString(36)).join('');

const plainIp = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/** Keeps what fits; the rest of a mail that is too long is read and thrown away. */
const readMail = async (stream: SMTPServerDataStream, maxBytes: number): Promise<Buffer> => {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const incoming: AsyncIterable<Buffer, void, void> = stream;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > maxBytes) chunks = [];
    else chunks.push(chunk);
  }
  if (bytes > maxBytes)
    throw new Refusal(
      552,
      `5.3.4 This mail is longer than ${maxBytes} bytes; send it without attachments`,
    );
  return Buffer.concat(chunks);
};

const clientNameOf = async (ip: string, ask: Resolver): Promise<string> => {
  if (!/^\d+(\.\d+){3}$/.test(ip)) return '';
  const name = `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const names = await ask(name, 'PTR').catch(() => []);
  return typeof names[0] === 'string' ? names[0] : '';
};

const envelopeOf = (session: SMTPServerSession): Envelope => {
  const { mailFrom } = session.envelope;
  return {
    ip: plainIp(session.remoteAddress),
    helo: session.hostNameAppearsAs,
    sender: mailFrom ? mailFrom.address : '',
  };
};

/** What SES does with one mail: check it, write its headers above it, have it stored. */
const receiver = (options: MailDoorOptions, maxBytes: number) => {
  const ask = zoneThen(options.zone, options.elsewhere ?? realDns);
  const writeHeaders = sesHeaderWriter();
  return async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> => {
    const body = await readMail(stream, maxBytes);
    const receivedAt = options.now();
    const envelope = envelopeOf(session);
    const recipients = session.envelope.rcptTo.map((rcpt) => rcpt.address);
    const patience = impatient(ask, options.patience ?? PATIENCE);
    const authentication = await authenticateMail(body, envelope, options.hostname, patience);
    const verdicts = verdictsOf(body, authentication);
    const messageId = sesMessageId();
    const clientName = await clientNameOf(envelope.ip, patience);
    const reception = { messageId, recipient: recipients[0] ?? '', receivedAt, clientName };
    const headers = writeHeaders(body, envelope, reception, authentication, verdicts);
    const raw = Buffer.concat([headers, body]);
    await options.deliver({
      raw,
      messageId,
      recipients,
      source: envelope.sender,
      receivedAt,
      verdicts,
    });
    options.log(
      `mail ${messageId} taken: ${body.length} bytes, dmarc ${authentication.dmarc.result}`,
    );
    return messageId;
  };
};

const listen = (server: SMTPServer, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    const net = server.listen(port, host, () => {
      server.off('error', reject);
      const address = net.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** SMTP on this machine, in the place of SES inbound. No TLS, no passwords. */
export const startMailDoor = async (options: MailDoorOptions): Promise<MailDoor> => {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const receive = receiver(options, maxBytes);
  const server = new SMTPServer({
    name: options.hostname,
    banner: 'Sundown, trial on one machine',
    size: maxBytes,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 2_000,
    onRcptTo: ({ address }, _session, done) =>
      options.accepts(address)
        ? done()
        : done(
            new Refusal(
              550,
              `5.1.1 No mailbox <${address}> here; look for the address on the site`,
            ),
          ),
    onData: (stream, session, done) => {
      receive(stream, session).then(
        (messageId) => done(null, `OK ${messageId}`),
        (error: unknown) => {
          options.log(
            `mail not taken: ${error instanceof Error ? error.message : 'unknown reason'}`,
          );
          done(
            error instanceof Refusal
              ? error
              : new Refusal(451, '4.3.0 This mail could not be stored; try again later'),
          );
        },
      );
    },
  });
  const port = await listen(server, options.port, options.host ?? '127.0.0.1');
  server.on('error', (error) => options.log(`mail door: ${error.message}`));
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { host: options.host ?? '127.0.0.1', port, stop };
};
