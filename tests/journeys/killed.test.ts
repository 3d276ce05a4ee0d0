import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../bin/sundown/audit.ts';
import { type Connection, connect } from '../../bin/sundown/connection.ts';
import type { AuditEvent, Subject } from '../../functions/domain/audit/event.ts';
import { startLocal } from '../../lib/local/start-local.ts';
import { type Child, startChild } from './child.ts';
import { actions, casesOf, cdkOut, idOf, journeyOn, minute, pageOf, stateDir } from './journey.ts';
import { written } from './mails.ts';

const host = 'http://herald.example';
const pear = `${host}/news/nature/lost-pear-behind-bus-depot-10388.html`;
const buses = `${host}/news/politics/night-buses-saved-by-two-votes-10359.html`;
const bridge = `${host}/news/local/aldmouth-swing-bridge-closes-10417.html`;
const owner = 'legal@herald.example';
const dir = stateDir();

const mail = async ({ facts: { smtp, admin } }: Child, url: string): Promise<void> => {
  const post = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  const raw = written(admin, { from: owner, body: `Please remove ${url}` });
  await post.sendMail({ envelope: { from: owner, to: admin }, raw });
};

/** How the log is read while a child runs; each has its own. */
let to: Connection;

const open = async (): Promise<Child> => {
  const child = await startChild(dir);
  to = await connect({ cloud: false, name: 'sundown', dir });
  return child;
};

const chain = (subject: Subject): Promise<AuditEvent[]> => to.audit.history(subject);

const newestCase = async (): Promise<string> => (await casesOf(to)).at(-1) ?? '';

/** Asks again and again, without a pause, until the log says it. */
const said = async (subject: () => Promise<Subject>, action: string): Promise<void> => {
  for (let asked = 0; asked < 5000; asked += 1)
    if (actions(await chain(await subject())).includes(action as AuditEvent['action'])) return;
  throw new Error(`${action} was not said.`);
};

/** Lets hours go by, so that a letter without an outcome is written again. */
const recovered = async (child: Child): Promise<string> => {
  for (let past = 0; past < 4; past += 1) {
    await child.control('clock/advance', { ms: 60 * minute });
    await child.control('settle');
    const id = await newestCase();
    const events = id === '' ? [] : await chain(`case:${id}`);
    const isOver = actions(events).includes('case.closed');
    if (isOver && events.at(-1)?.action === 'letter.sent') return id;
  }
  return newestCase();
};

const expectDone = async (child: Child, id: string, url: string): Promise<void> => {
  const subjects = (await child.outbox())
    .map(({ subject }) => subject)
    .filter((subject) => subject.includes(id));
  const counts = ['received', 'erased'].map(
    (word) => subjects.filter((subject) => subject.includes(word)).length,
  );
  const page = await fetch(`${child.facts.site}${pageOf(url)}`);
  expect(page.status).toBe(451);
  expect(actions(await chain(`case:${id}`))).toContain('case.closed');
  for (const count of counts) expect([1, 2]).toContain(count);
};

describe('a stack that is killed', () => {
  beforeAll(async () => {
    const stack = await startLocal({ dir, autoRun: false, cdkOut });
    await (await journeyOn(stack, dir)).readFeeds();
    await stack.stop();
    cpSync(cdkOut, join(dir, 'cdk.out'), { recursive: true, preserveTimestamps: true });
  }, 100_000);

  it('right after it took a mail keeps that mail and does what it asks', async () => {
    const first = await open();
    await mail(first, pear);
    await first.kill();

    const second = await open();
    const id = await recovered(second);

    await expectDone(second, id, pear);
    await second.kill();
  });

  it('while it erases erases to the end', async () => {
    const first = await open();
    await mail(first, buses);
    await said(async () => `article:${idOf(pageOf(buses))}`, 'article.erasing');
    await first.kill();

    const second = await open();
    const id = await recovered(second);

    await expectDone(second, id, buses);
    await second.kill();
  });

  it('while it writes a letter writes it once more at most', async () => {
    const first = await open();
    const before = await newestCase();
    await mail(first, bridge);
    const mine = async (): Promise<Subject> => {
      const id = await newestCase();
      return `case:${id === before ? 'none' : id}`;
    };
    await said(mine, 'letter.sending');
    await first.kill();

    const second = await open();
    const id = await recovered(second);

    expect(id).not.toBe(before);
    await expectDone(second, id, bridge);
    expect(await verifyAudit(to, { json: true, print: () => {} })).toBe(true);
    await second.kill();
  });
});
