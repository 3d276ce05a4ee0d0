import { residueOf } from './residue.ts';
import { oneDay } from './timeline.ts';
import { articlesOn, caseIn, headlineOf, type World } from './world.ts';

/** A publisher's legal desk writes, signed by its own domain: the article goes at once. */
export const ownerStory = async (world: World): Promise<void> => {
  const { stack, timeline } = world;
  timeline.scene('2. An owner writes');
  const publisher = stack.publishers.publishers.find(({ host }) => host === 'visnyk.example');
  if (publisher === undefined) throw new Error('The sample publisher visnyk.example is missing.');
  const [page = ''] = articlesOn((await world.get('/source/visnyk')).text);
  const article = await world.get(page);
  const headline = headlineOf(article.text);
  timeline.check('the page is public', article.status === 200, `${page}: “${headline}”`);

  const { admin, site } = stack.facts();
  const { address, sign } = publisher.owner;
  const raw = `From: Legal desk <${address}>\nTo: ${admin}\nSubject: Removal request\nMessage-ID: <1@visnyk.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nWe own this article and do not want it on your site:\n\n${site}${page}\n`;
  const written = performance.now();
  await world.mail(address, admin, await sign(raw));
  const seconds = ((performance.now() - written) / 1000).toFixed(1);
  timeline.tell(`${address} sent a DKIM-signed mail; everything it set off took ${seconds} s`);

  const letters = await world.lettersTo(address);
  const id = caseIn(letters[0]?.subject ?? '');
  timeline.check('the owner has an acknowledgement with a case number', id !== '', id);
  const gone = await world.get(page);
  timeline.check(
    'the page answers 451 and names us as the blocker',
    gone.status === 451,
    gone.headers.get('link') ?? '',
  );
  timeline.check('the page holds nothing of the article', !gone.text.includes(headline));
  timeline.check('it may not be cached', gone.headers.get('cache-control') === 'no-store');
  const residue = await residueOf(stack.facts(), page.slice('/article/'.length), headline);
  timeline.check(
    'every location was read again and is empty',
    residue.length === 0,
    residue.join(', ') || 'objects, versions, uploads, rows, lists',
  );
  const closed = await world.sundown('audit', 'show', id);
  timeline.check('the case is closed, with its manifest', closed.out.includes('case.closed'));
  timeline.check(
    'the owner has the receipt',
    letters.length === 2,
    letters[1]?.subject ?? 'no letter',
  );

  await world.pass(oneDay);
  await world.readFeeds();
  const again = await world.get(page);
  timeline.check('the feed was polled again a day later: it stays gone', again.status === 451);
  const front = await world.get('/source/visnyk');
  timeline.check('no list shows it', !front.text.includes(page) && !front.text.includes(headline));
};
