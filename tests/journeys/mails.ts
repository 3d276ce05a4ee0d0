import type { Journey } from './journey.ts';

type Written = {
  from: string;
  subject?: string;
  messageId?: string;
  headers?: string[];
  body: string;
};

let count = 0;

/** An ordinary mail as a mail program writes it. */
export const written = (
  admin: string,
  { from, subject = 'Removal request', messageId, headers = [], body }: Written,
): string => {
  count += 1;
  return [
    `From: ${from}`,
    `To: ${admin}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId ?? `${count}@journeys.test`}>`,
    ...headers,
    '',
    body,
    '',
  ].join('\r\n');
};

export const addressIn = (from: string): string => /<(.+)>/.exec(from)?.[1] ?? from;

/** Sends a mail and lets all it sets off come to rest. @returns the case it opened, '' = none */
export const send = async (
  journey: Journey,
  mail: Written & { envelope?: string; signedBy?: string },
): Promise<string> => {
  const { admin } = journey.stack.facts();
  const raw = written(admin, mail);
  const signer = journey.stack.publishers.publishers.find(({ host }) => host === mail.signedBy);
  const before = await journey.cases();
  const bytes = signer === undefined ? raw : await signer.owner.sign(raw);
  await journey.mail(mail.envelope ?? addressIn(mail.from), admin, bytes);
  const opened = (await journey.cases()).filter((id) => !before.includes(id));
  return opened[0] ?? '';
};
