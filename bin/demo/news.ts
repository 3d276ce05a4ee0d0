import { articlesOn, type World } from './world.ts';

/** Three invented publishers are read; the front page shows what may be shown. */
export const newsStory = async (world: World): Promise<void> => {
  const { timeline } = world;
  timeline.scene('1. The news comes in');
  await world.readFeeds();
  const front = await world.get('/');
  const pages = articlesOn(front.text);
  timeline.check(
    'the front page shows articles of three publishers',
    front.status === 200 && pages.length >= 12,
    `${pages.length} articles`,
  );
  const full = await world.get(articlesOn((await world.get('/source/herald')).text)[0] ?? '');
  timeline.check(
    'an article names its primary source',
    full.text.includes('http://herald.example/') && full.text.includes('rel="canonical"'),
  );
  const published = await world.sundown('audit', 'list', '--json');
  const count = published.out
    .split('\n')
    .filter((line) => line.includes('"article.published"')).length;
  timeline.check('each publication is in the log', count >= pages.length, `${count} articles`);
  const before = count;
  await world.pass(15 * 60_000);
  await world.readFeeds();
  const later = await world.sundown('audit', 'list', '--json');
  const after = later.out.split('\n').filter((line) => line.includes('"article.published"')).length;
  timeline.check('a second poll of unchanged feeds publishes nothing', after === before);
};
