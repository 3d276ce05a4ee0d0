import { oneDay } from './timeline.ts';
import { articlesOn, caseIn, type World } from './world.ts';

const stranger = 'pat@mailbox.example';

/** Somebody we know nothing of asks; a person refuses one article, the clock decides the other. */
export const strangerStory = async (world: World): Promise<void> => {
  const { stack, timeline } = world;
  timeline.scene('3. A stranger writes');
  const { admin, site } = stack.facts();
  const [refused = '', doubtful = ''] = articlesOn((await world.get('/source/herald')).text);
  const raw = `From: Pat <${stranger}>\nTo: ${admin}\nSubject: please take these down\nMessage-ID: <2@mailbox.example>\n\nPlease remove ${site}${refused}\nand ${site}${doubtful}\nthank you\n`;
  await world.mail(stranger, admin, raw);
  const [acknowledgement] = await world.lettersTo(stranger);
  const id = caseIn(acknowledgement?.subject ?? '');
  timeline.check('the stranger is acknowledged, with a case number', id !== '', id);
  const both = [(await world.get(refused)).status, (await world.get(doubtful)).status];
  timeline.check(
    'nothing is hidden on a stranger’s word alone',
    both.every((s) => s === 200),
  );

  const decision = await world.sundown(
    ...['case', 'refuse', id, '--article', refused.slice('/article/'.length)],
    ...['--ground', 'not-the-owner', '--note', 'Asked twice, no mandate shown.', '--as', 'ada'],
  );
  timeline.check(
    'a person refuses one article, with a reason',
    decision.code === 0,
    decision.out.trim(),
  );

  await world.pass(oneDay);
  timeline.check(
    'at the deadline the refused article is still public',
    (await world.get(refused)).status === 200,
  );
  const hidden = await world.get(doubtful);
  timeline.check('and the other one is hidden', hidden.status === 451);
  const early = await world.lettersTo(stranger);
  timeline.check('no receipt yet: it is hidden, not erased', early.length === 1);

  await world.pass(7 * oneDay);
  const letters = await world.lettersTo(stranger);
  timeline.check(
    '7 days later it is erased, and the receipt is sent',
    letters.length === 2,
    letters[1]?.subject ?? 'no letter',
  );
  const story = await world.sundown('audit', 'show', id);
  timeline.check(
    'the log tells refusal, hiding, erasure and close',
    ['case.refused', 'case.hidden', 'case.erased', 'case.closed'].every((a) =>
      story.out.includes(a),
    ),
  );
  console.log(`\n${story.out.trimEnd()}`);
};
