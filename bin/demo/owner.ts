import { residueOf } from './residue.ts';
import { oneDay } from './timeline.ts';
import { articlesOn, caseIn, headlineOf, type World } from './world.ts';

type Told = { page: string; headline: string };

/** What must be true as soon as the mail has had its effect. */
const checkGone = async (world: World, { page, headline }: Told): Promise<void> => {
  const { stack, timeline } = world;
  const gone = await world.get(page);
  const link = gone.headers.get('link') ?? '';
  timeline.check('the page answers 451 and says who blocks it', gone.status === 451, link);
  timeline.check('it holds nothing of the article', !gone.text.includes(headline));
  timeline.check('it may not be cached', gone.headers.get('cache-control') === 'no-store');
  const residue = await residueOf(stack.facts(), page.slice('/article/'.length), headline);
  const seen = residue.join(', ') || 'objects, versions, uploads, tables';
  timeline.check('a look past all doors finds nothing of it', residue.length === 0, seen);
};

const checkStaysGone = async (world: World, { page, headline }: Told): Promise<void> => {
  const { timeline } = world;
  await world.pass(oneDay);
  await world.readFeeds();
  const again = await world.get(page);
  timeline.check('the feed was polled again a day later: it stays gone', again.status === 451);
  const { text } = await world.get('/source/visnyk');
  timeline.check('no list shows it', !text.includes(page) && !text.includes(headline));
};

const writeAsOwner = async (world: World, page: string): Promise<string> => {
  const { stack, timeline } = world;
  const publisher = stack.publishers.publishers.find(({ host }) => host === 'visnyk.example');
  if (publisher === undefined) throw new Error('The sample publisher visnyk.example is missing.');
  const { admin, site } = stack.facts();
  const { address, sign } = publisher.owner;
  const raw = await sign(
    [
      `From: Legal desk <${address}>`,
      `To: ${admin}`,
      'Subject: Removal request',
      'Message-ID: <1@visnyk.example>',
      '',
      `We own this article and do not want it on your site:\n${site}${page}\n`,
    ].join('\n'),
  );
  const began = performance.now();
  await world.mail(address, admin, raw);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  timeline.tell(`${address} sent a DKIM-signed mail; all it set off took ${seconds} s`);
  return address;
};

/** A publisher's legal desk writes, signed by its own domain: the article goes at once. */
export const ownerStory = async (world: World): Promise<void> => {
  const { timeline } = world;
  timeline.scene('2. An owner writes');
  const [page = ''] = articlesOn((await world.get('/source/visnyk')).text);
  const article = await world.get(page);
  const told = { page, headline: headlineOf(article.text) };
  timeline.check('the page is public', article.status === 200, told.headline);

  const owner = await writeAsOwner(world, page);

  const letters = await world.lettersTo(owner);
  const id = caseIn(letters[0]?.subject ?? '');
  timeline.check('the owner has an acknowledgement with a case number', id !== '', id);
  await checkGone(world, told);
  const { out } = await world.sundown('audit', 'show', id);
  timeline.check('the case is closed, with its manifest', out.includes('case.closed'));
  const receipt = letters[1]?.subject ?? 'no letter';
  timeline.check('the owner has the receipt', letters.length === 2, receipt);
  await checkStaysGone(world, told);
};
