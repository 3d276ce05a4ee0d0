import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newWorld } from '../../bin/demo/world.ts';
import type { AuditEvent } from '../../functions/domain/audit/event.ts';
import { begin, pageOf, stateDir } from './journey.ts';
import { send } from './mails.ts';

const host = 'http://herald.example';
const pear = `${host}/news/nature/lost-pear-behind-bus-depot-10388.html`;
const buses = `${host}/news/politics/night-buses-saved-by-two-votes-10359.html`;
const pat = 'Pat <pat@mailbox.example>';

const at = begin();
let id = '';

const linesOf = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('an operator at the command line', () => {
  it('sees a case in the queue, for people and for programs', async () => {
    const journey = at();
    id = await send(journey, { from: pat, body: `Remove ${pear}` });

    const table = await journey.sundown('case', 'list');
    const json = await journey.sundown('case', 'list', '--json');
    const one = await journey.sundown('case', 'show', id.toLowerCase());

    expect(table.out).toContain(`${id}  open`);
    expect(linesOf(json.out)).toMatchObject([{ case: { id } }]);
    expect(one.out).toContain('pat@mailbox.example');
    expect(one.out).toContain(pear);
  });

  it('approves it, and the article is erased by the next run', async () => {
    const journey = at();

    const approved = await journey.sundown('case', 'approve', id, '--as', 'Ada L', '--json');
    await journey.pass(60_000);

    expect(linesOf(approved.out)).toMatchObject([
      [{ actor: 'operator:ada-l', action: 'case.approved' }],
    ]);
    expect((await journey.get(pageOf(pear))).status).toBe(451);
    expect((await journey.sundown('case', 'list')).out.trim()).toBe('No open cases.');
    expect((await journey.sundown('case', 'list', '--all')).out).toContain('closed (erased)');
  });

  it('says which articles a mail means that named none', async () => {
    const journey = at();
    const vague = await send(journey, { from: pat, body: 'The one about the buses, please.' });

    const named = await journey.sundown('case', 'name', vague, `${buses}?utm_source=x`);
    await journey.sundown('case', 'approve', vague);
    await journey.pass(60_000);

    expect(named).toMatchObject({ code: 0 });
    expect((await journey.get(pageOf(buses))).status).toBe(451);
  });

  it.each([
    [['case', 'show', 'SD-20200101-AAAAAA'], 'There is no case SD-20200101-AAAAAA'],
    [['case', 'approve', '@id'], 'is closed; nothing can be decided'],
    [['case', 'refuse', '@id', '--ground', 'not-the-owner'], 'is closed'],
    [['case', 'refuse', '@id'], 'A refusal needs its ground: --ground'],
    [['case', 'refuse', '@id', '--ground', 'whim'], 'A refusal needs its ground: --ground'],
    [['case', 'approve'], 'Say which case'],
    [['case', 'name', '@id'], 'is closed'],
    [['case', 'burn', '@id'], 'is not a command'],
    [['audit', 'show', 'nonsense'], 'is neither a case'],
    [['audit', 'show', 'source:nobody'], 'The log knows nothing of source:nobody'],
    [['audit', 'list', '--limti', '3'], "Unknown option '--limti'"],
    [['audit', 'verify', '--export', '/nowhere/at/all'], '/nowhere/at/all'],
  ])('is told what is wrong with %j', async (args, message) => {
    const journey = at();

    const { code, out } = await journey.sundown(...args.map((arg) => (arg === '@id' ? id : arg)));

    expect(out).toContain(message);
    expect(code).toBe(2);
    expect(out).not.toMatch(/^\s+at .*\.ts:\d+/m);
  });

  it('is told to start a stack where none runs', async () => {
    const { stack, timeline } = at();
    const nowhere = newWorld(stack, timeline, stateDir());

    const { code, out } = await nowhere.sundown('case', 'list');

    expect(out).toContain('No local stack is running in');
    expect(out).toContain('npm start');
    expect(code).toBe(2);
  });
});

describe('the exported log', () => {
  const dir = stateDir();
  const whole = join(dir, 'whole.jsonl');

  const verified = (lines: string[]) => {
    const file = join(dir, 'changed.jsonl');
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return at().sundown('audit', 'verify', '--export', file);
  };
  const exported = (): string[] => readFileSync(whole, 'utf8').trim().split('\n');

  it('is what the log shows, and verifies offline', async () => {
    const journey = at();

    const { code, out } = await journey.sundown('audit', 'export', '--out', whole);
    const printed = await journey.sundown('audit', 'export');

    expect([code, out.trim()]).toEqual([0, `${exported().length} events written to ${whole}`]);
    expect(printed.out.trim().split('\n').sort()).toEqual(exported().sort());
    expect(await journey.sundown('audit', 'verify', '--export', whole)).toMatchObject({ code: 0 });
    expect(await journey.sundown('audit', 'verify')).toMatchObject({ code: 0 });
  });

  const caseLines = (): number[] =>
    exported().flatMap((line, at) =>
      (JSON.parse(line) as AuditEvent).subject === `case:${id}` ? [at] : [],
    );

  it('betrays one flipped byte and says where', async () => {
    const lines = exported();
    const [, second = 0] = caseLines();
    const event = JSON.parse(lines[second] ?? '') as AuditEvent;

    lines[second] = (lines[second] ?? '').replace(
      event.sentence,
      `${event.sentence.slice(0, -1)}!`,
    );

    const { code, out } = await verified(lines);
    expect(code).toBe(1);
    expect(out).toContain(`first broken record is case:${id} ${event.seq}`);
  });

  it('betrays a dropped line, and two whose contents changed places', async () => {
    const lines = exported();
    const [, second = 0, third = 0] = caseLines();
    const [one = '', two = ''] = [lines[second], lines[third]];
    const { seq } = JSON.parse(one) as AuditEvent;
    const moved = JSON.stringify({ ...(JSON.parse(two) as AuditEvent), seq });

    const dropped = await verified(lines.toSpliced(second, 1));
    const changed = await verified(lines.with(second, moved));

    expect(dropped).toMatchObject({ code: 1 });
    expect(dropped.out).toContain(`case:${id}`);
    expect(changed).toMatchObject({ code: 1 });
  });

  it('is not valid where it is empty', async () => {
    const { code, out } = await verified([]);

    expect(code).toBe(1);
    expect(out).toContain('the log is empty');
  });

  it('names the line that is not JSON', async () => {
    const { code, out } = await verified([...exported().slice(0, 2), '{"subject":']);

    expect(code).not.toBe(0);
    expect(out).toContain('line 3');
  });
});
