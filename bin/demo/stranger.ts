import { residueOf } from './residue.ts';
import { oneDay } from './timeline.ts';
import { articlesOn, caseIn, headlineOf, type World } from './world.ts';

const stranger = 'pat@mailbox.example';

const idOf = (page: string): string => page.slice('/article/'.length);

const writeAsStranger = async (world: World, pages: string[]): Promise<string> => {
  const { admin, site } = world.stack.facts();
  const raw = [
    `From: Pat <${stranger}>`,
    `To: ${admin}`,
    'Subject: please take these down',
    'Message-ID: <2@mailbox.example>',
    '',
    `Please remove\n${pages.map((page) => `${site}${page}`).join('\n')}\nThank you\n`,
  ].join('\n');
  await world.mail(stranger, admin, raw);
  const [acknowledgement] = await world.lettersTo(stranger);
  return caseIn(acknowledgement?.subject ?? '');
};

const checkDeadline = async (world: World, refused: string, doubtful: string): Promise<void> => {
  const { timeline } = world;
  await world.pass(oneDay);
  const kept = await world.get(refused);
  timeline.check('at the deadline the refused article is still public', kept.status === 200);
  const hidden = await world.get(doubtful);
  timeline.check('and the other one is hidden', hidden.status === 451);
  const letters = await world.lettersTo(stranger);
  timeline.check('no receipt yet: it is hidden, not erased', letters.length === 1);
};

const checkErasure = async (
  world: World,
  id: string,
  { page, headline }: { page: string; headline: string },
): Promise<void> => {
  const { stack, timeline } = world;
  await world.pass(7 * oneDay);
  const letters = await world.lettersTo(stranger);
  const receipt = letters[1]?.subject ?? 'no letter';
  timeline.check('7 days later the receipt is sent', letters.length === 2, receipt);
  const residue = await residueOf(stack.facts(), idOf(page), headline);
  timeline.check('and the article is erased', residue.length === 0, residue.join(', '));
  const { out } = await world.sundown('audit', 'show', id);
  const told = ['case.refused', 'case.hidden', 'case.erased', 'case.closed'];
  timeline.check(
    'the log tells refusal, hiding, erasure and close',
    told.every((action) => out.includes(action)),
  );
  console.log(`\n${out.trimEnd()}`);
};

/** Somebody we know nothing of asks; a person refuses one article, the clock decides the other. */
export const strangerStory = async (world: World): Promise<void> => {
  const { timeline } = world;
  timeline.scene('3. A stranger writes');
  const [refused = '', doubtful = ''] = articlesOn((await world.get('/source/herald')).text);
  const id = await writeAsStranger(world, [refused, doubtful]);
  timeline.check('the stranger is acknowledged, with a case number', id !== '', id);
  const [first, second] = [await world.get(refused), await world.get(doubtful)];
  const isPublic = first.status === 200 && second.status === 200;
  timeline.check('nothing is hidden on a stranger’s word alone', isPublic);

  const { code, out } = await world.sundown(
    ...['case', 'refuse', id, '--article', idOf(refused)],
    ...['--ground', 'not-the-owner', '--note', 'No mandate was shown.', '--as', 'ada'],
  );
  timeline.check('a person refuses one article, with a reason', code === 0, out.trim());
  await checkDeadline(world, refused, doubtful);
  await checkErasure(world, id, { page: doubtful, headline: headlineOf(second.text) });
};
