import { describe, expect, it } from 'vitest';
import { residueOf } from '../../bin/demo/residue.ts';
import { headlineOf } from '../../bin/demo/world.ts';
import { actions, begin, day, idOf, minute, pageOf } from './journey.ts';
import { send } from './mails.ts';

const ferry = 'http://visnyk.example/novyny/hromada/poromnyk-zi-staroi-hrebli-2207.html';
const light =
  'http://herald.example/news/coast/last-keepers-of-fennick-light-10402.html?ns_mchannel=rss';
const wire = 'http://herald.example/wire/fennick-light-keepers-close-log-a8831.html';
const bridge = 'http://herald.example/news/local/aldmouth-swing-bridge-closes-10417.html';

describe('a proven owner', () => {
  const at = begin();

  it('signs by DKIM and sees the page answer 451 and the receipt arrive at once', async () => {
    const journey = at();
    const page = pageOf(ferry);
    const before = await journey.get(page);
    const headline = headlineOf(before.text);
    const owner = 'pravo@visnyk.example';

    const id = await send(journey, {
      from: `Правовий відділ <${owner}>`,
      signedBy: 'visnyk.example',
      body: `Приберіть, будь ласка:\n${journey.stack.facts().site}${page}`,
    });

    const after = await journey.get(page);
    const letters = await journey.lettersTo(owner);
    expect([before.status, after.status]).toEqual([200, 451]);
    expect(after.text).not.toContain(headline);
    expect(letters.map(({ subject }) => subject)).toEqual([
      `[${id}] We have received your request`,
      `[${id}] What you named is erased`,
    ]);
    expect(actions(await journey.chain(`case:${id}`)).at(-1)).toBe('letter.sent');
    expect(await residueOf(journey.stack.facts(), idOf(page), headline)).toEqual([]);
  });

  it('needs no signature where SPF speaks for its domain, and may name the original', async () => {
    const journey = at();
    const id = await send(journey, {
      from: 'legal@herald.example',
      body: `Please take this down, we own it:\n${light}`,
    });

    const [opened] = await journey.chain(`case:${id}`);
    expect(opened?.details).toMatchObject({ authority: 'proven', organisation: 'herald.example' });
    expect(actions(await journey.chain(`case:${id}`))).toContain('case.closed');
    expect((await journey.lettersTo('legal@herald.example')).length).toBe(2);
  });

  it('has the same text gone under its other address too', async () => {
    const journey = at();
    const statuses = [await journey.get(pageOf(light)), await journey.get(pageOf(wire))];

    expect(statuses.map(({ status }) => status)).toEqual([451, 451]);
    const front = await journey.get('/source/herald');
    expect(front.text).not.toContain('Fennick');
  });

  it('finds it gone after the next polls, while another article is updated', async () => {
    const journey = at();
    const { url } = await journey.stack.publishers.control.publishUpdate();
    const old = await journey.get(pageOf(bridge));

    await journey.pass(day);
    await journey.pass(30 * minute);

    const updated = await journey.get(pageOf(bridge));
    expect(url).toBe(bridge);
    expect(old.text).toContain('close for nine weeks');
    expect(updated.text).toContain('reopen three weeks early');
    expect(updated.text).not.toContain('close for nine weeks');
    expect(actions(await journey.chain(`article:${idOf(pageOf(bridge))}`))).toEqual([
      'article.published',
      'article.updated',
    ]);
    for (const url of [ferry, light, wire]) {
      expect((await journey.get(pageOf(url))).status).toBe(451);
      expect(actions(await journey.chain(`article:${idOf(pageOf(url))}`)).at(-1)).not.toBe(
        'article.published',
      );
    }
  });

  it('leaves a log that verifies', async () => {
    const journey = at();
    expect(await journey.sundown('audit', 'verify')).toMatchObject({ code: 0 });
  });
});
