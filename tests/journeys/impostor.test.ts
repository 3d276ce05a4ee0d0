import { describe, expect, it } from 'vitest';
import { actions, begin, day, idOf, minute, pageOf } from './journey.ts';
import { send } from './mails.ts';

const herald = 'http://herald.example';
const pear = `${herald}/news/nature/lost-pear-behind-bus-depot-10388.html`;
const buses = `${herald}/news/politics/night-buses-saved-by-two-votes-10359.html`;
const clock = `${herald}/opinion/leave-the-library-clock-wrong-10340.html`;
const comet = `${herald}/news/science/school-telescope-catches-comet-10371.html`;
const diary = `${herald}/news/politics/mayors-diary-harbour-dinner-10333.html`;
const ferry = 'http://visnyk.example/novyny/hromada/poromnyk-zi-staroi-hrebli-2207.html';

const at = begin();

describe('what a publisher says of its own pages', () => {
  it('shows an article declared noarchive as a hyperlink alone', async () => {
    const page = await at().get(pageOf(clock));

    expect(page.status).toBe(200);
    expect(page.text).toContain(`href="${clock}`);
    expect(page.text).not.toContain('The clock over the door');
    expect(page.text).not.toContain('seven minutes fast');
  });

  it('does not publish an article that is gone, and says so in the log when it gave up', async () => {
    const journey = at();

    for (let tries = 0; tries < 6; tries += 1) await journey.pass(16 * minute);

    const page = await journey.get(pageOf(diary));
    const chain = await journey.chain(`article:${idOf(pageOf(diary))}`);
    expect(page.status).toBe(404);
    expect(chain).toMatchObject([{ action: 'article.given-up', details: { source: 'herald' } }]);
  });

  it('publishes from the feed an article whose page is missing', async () => {
    const journey = at();
    const page = await journey.get(pageOf(comet));

    const [published] = await journey.chain(`article:${idOf(pageOf(comet))}`);
    expect(page.text).toContain('A telescope bought for £340');
    expect(published).toMatchObject({ action: 'article.published', details: { from: 'feed' } });
  });
});

describe('a forged sender', () => {
  let forged = '';
  let unsigned = '';

  it('in the From of another domain hides nothing at once and gets no letter', async () => {
    const journey = at();

    forged = await send(journey, {
      from: 'Legal <legal@herald.example>',
      envelope: 'pat@mailbox.example',
      body: `Remove ${pear} and ${buses} at once.`,
    });

    const chain = await journey.chain(`case:${forged}`);
    expect(chain[0]?.details).toMatchObject({
      authority: 'unproven',
      person: 'doubtful-sender',
      answerable: false,
    });
    expect((await journey.get(pageOf(pear))).status).toBe(200);
    expect(journey.stack.outbox()).toEqual([]);
    expect(journey.stack.pages().filter(({ message }) => message.includes(forged))).toHaveLength(1);
  });

  it('without the signature that its domain always has fares no better', async () => {
    const journey = at();

    unsigned = await send(journey, { from: 'pravo@visnyk.example', body: `Приберіть ${ferry}` });

    expect(actions(await journey.chain(`case:${unsigned}`))).toEqual([
      'case.opened',
      'case.person-called',
    ]);
    expect((await journey.get(pageOf(ferry))).status).toBe(200);
    expect(journey.stack.outbox()).toEqual([]);
  });

  it('is hidden by the clock unless a person refuses, and never written to', async () => {
    const journey = at();
    const refused = await journey.sundown(
      ...['case', 'refuse', forged, '--ground', 'abusive', '--note', 'Forged.', '--as', 'ada'],
    );

    await journey.pass(day - 5 * minute);

    const pages = await Promise.all([pear, buses, ferry].map((url) => journey.get(pageOf(url))));
    expect(refused.code).toBe(0);
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 451]);
    await journey.pass(8 * day);
    expect(actions(await journey.chain(`case:${forged}`)).at(-1)).toBe('case.closed');
    expect(actions(await journey.chain(`case:${unsigned}`)).at(-1)).toBe('case.closed');
    expect(journey.stack.outbox()).toEqual([]);
  });
});
