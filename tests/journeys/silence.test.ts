import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { begin, day, idOf, type Journey, pageOf } from './journey.ts';
import { send } from './mails.ts';

const host = 'http://herald.example';
const light = `${host}/news/coast/last-keepers-of-fennick-light-10402.html`;
const pear = `${host}/news/nature/lost-pear-behind-bus-depot-10388.html`;
const ferry = 'http://visnyk.example/novyny/hromada/poromnyk-zi-staroi-hrebli-2207.html';

const access = ({ stack }: Journey) => ({
  endpoint: stack.facts().awsEndpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** All rows of a table as they stand there, in one text. */
const rowsOf = async (journey: Journey, table: string): Promise<string> => {
  const scan = new ScanCommand({ TableName: `sundown-${table}`, ConsistentRead: true });
  return JSON.stringify((await new DynamoDBClient(access(journey)).send(scan)).Items);
};

/** Words of titles, texts, bylines, captions and paths; none that a hash could hold by chance. */
const published = [
  ...['Fennick', 'Maddocks', 'Tobias', 'fennick-light', 'Marine Parade'],
  ...['Wexley', 'Warden', 'Falkner', 'lost-pear', 'Achterberg', 'night-buses'],
  ...['Поромник', 'Левчук', 'Верещак', 'poromnyk', 'النخيلات', 'سلمى'],
];

/** Words of mails, of their senders and of an operator. */
const written = ['Quackenbush', 'zq.canary', 'Canarysubject', 'Canarybody', 'Canarynote', 'pravo@'];
const sent = ['Canarypath', 'Finch', 'Canaryattachment', 'canary-message-id'];

/** A message that no step has written, in each queue; it is tried once before this ends. */
const poison = async (journey: Journey): Promise<void> => {
  const sqs = new SQSClient(access(journey));
  const { awsEndpoint } = journey.stack.facts();
  for (const name of ['inbox', 'case', 'letter', 'feed', 'article']) {
    const QueueUrl = `${awsEndpoint}/000000000000/sundown-${name}`;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"entry":Finch' }));
  }
  const failures = () => journey.logs().split('message failed').length - 1;
  await expect.poll(failures, { timeout: 10_000 }).toBeGreaterThanOrEqual(5);
};

/** Everything that can happen to mails and articles, with a word to be found in each part. */
const wholeStory = async (journey: Journey): Promise<void> => {
  const from = '"Zebulon Quackenbush" <zq.canary@mailbox.example>';
  const mail = { from, subject: 'Canarysubject', messageId: 'canary-message-id@mailbox.example' };
  const id = await send(journey, { ...mail, body: `Canarybody ${pear} ${light}` });
  const strange = { from, subject: 'Canarysubject', headers: ['Content-Type: message/rfc822'] };
  await send(journey, { ...strange, body: 'From: Canaryattachment' });
  await send(journey, { from, subject: '=?x-canary?q?Canarysubject?=', body: 'Canarybody' });
  await send(journey, { from: 'legal@herald.example', envelope: from.slice(23, -1), body: pear });
  await send(journey, { from: 'pravo@visnyk.example', signedBy: 'visnyk.example', body: ferry });
  await journey.sundown(
    ...['case', 'refuse', id, '--article', idOf(pageOf(pear)), '--ground', 'other'],
    ...['--note', 'Canarynote', '--as', 'ada'],
  );
  await journey.get('/Canarypath?before=Canarypath');
  await journey.get('/source/Canarypath');
  await journey.stack.publishers.control.publishUpdate();
  await journey.pass(day);
  await journey.pass(8 * day);
};

describe('after everything that can happen', () => {
  const at = begin({ story: wholeStory });

  it('the log holds no word of an article, a mail or a person', async () => {
    const audit = await rowsOf(at(), 'audit');

    expect(audit).toContain('case.closed');
    expect([...published, ...written, ...sent].filter((word) => audit.includes(word))).toEqual([]);
  });

  it('the functions have printed none either, whatever was in their queues', async () => {
    await poison(at());

    const logs = at().logs();
    expect([...published, ...written, ...sent].filter((word) => logs.includes(word))).toEqual([]);
  });

  it('neither a table nor the store of texts holds a word of an erased article', async () => {
    const journey = at();
    const erased = ['Fennick', 'Maddocks', 'Поромник', 'Левчук'];
    const found: string[] = [];
    for (const table of ['articles', 'feeds', 'cases', 'audit']) {
      const rows = await rowsOf(journey, table);
      found.push(...erased.filter((word) => rows.includes(word)).map((w) => `${table}: ${w}`));
    }

    const store = join(journey.dir, 's3/sundown-content-000000000000-us-east-1');
    for (const { parentPath, name } of readdirSync(store, {
      recursive: true,
      withFileTypes: true,
    }).filter((file) => file.isFile())) {
      const content = readFileSync(join(parentPath, name), 'utf8');
      found.push(...erased.filter((word) => content.includes(word)));
    }

    expect((await journey.get(pageOf(ferry))).status).toBe(451);
    expect(found).toEqual([]);
  });
});
