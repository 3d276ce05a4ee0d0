import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSources, sourcesFile } from '../../functions/adapters/sources-file.ts';

const opml = (...outlines: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:sundown="https://sundown.example/opml"><head><title>S</title></head>
<body>${outlines.join('\n')}</body></opml>\n`;

const rss = (attributes: string): string => `<outline type="rss" ${attributes}/>`;
const herald = 'text="The Herald" xmlUrl="https://herald.example/feed.xml"';

describe('parseSources', () => {
  it('reads terms, ours with and without their prefix', () => {
    const [full, link] = parseSources(
      opml(
        rss(
          `${herald} htmlUrl="https://www.herald.example/" sundown:display="full" sundown:languages="en, uk_ua" sundown:interval="30"`,
        ),
        rss(
          'id="c" text="C" xmlUrl="https://c.example/?a=1&amp;b=2" display="link" languages="ar" interval="5"',
        ),
      ),
    );

    expect(full).toEqual({
      id: 'the-herald',
      title: 'The Herald',
      feedUrl: 'https://herald.example/feed.xml',
      homeUrl: 'https://www.herald.example/',
      display: 'full',
      languages: ['en', 'uk-UA'],
      intervalFloorMinutes: 30,
    });
    expect(link).toMatchObject({
      id: 'c',
      feedUrl: 'https://c.example/?a=1&b=2',
      homeUrl: 'https://c.example/',
      display: 'link',
      languages: ['ar'],
      intervalFloorMinutes: 5,
    });
  });

  it('shows an excerpt, at most each 15 minutes, where nothing is said', () => {
    expect(parseSources(opml(rss(herald)))[0]).toMatchObject({
      display: 'excerpt',
      languages: [],
      intervalFloorMinutes: 15,
    });
  });

  it('reads folders in folders and leaves what is no feed', () => {
    const sources = parseSources(
      opml(`<outline text="North"><outline text="Isles">${rss(herald)}</outline></outline>`),
    );

    expect(sources.map(({ id }) => id)).toEqual(['the-herald']);
  });

  it('names a source after its host where its title has other letters', () => {
    const sources = parseSources(
      opml(rss('text="Вісник 24" xmlUrl="https://visnyk.example/atom"')),
    );

    expect(sources[0]?.id).toBe('visnyk-example');
  });

  it('reads an empty list as empty', () => {
    expect(parseSources(opml())).toEqual([]);
  });

  it.each([
    ['no address', rss('text="A"'), /"A".*has no xmlUrl: add/],
    ['a strange address', rss('text="A" xmlUrl="ftp://a.example"'), /"A".*write https/],
    ['a strange home', rss(`${herald} htmlUrl="home"`), /"The Herald".*htmlUrl/],
    ['a strange display', rss(`${herald} display="all"`), /"all": use full, excerpt or link/],
    ['a short interval', rss(`${herald} interval="1"`), /"1": use whole minutes, 5 or more/],
    ['a strange language', rss(`${herald} languages="english!"`), /use tags such as/],
    ['a strange id', rss(`${herald} id="A B"`), /id "A B": use at most/],
  ])('refuses an outline with %s', (_name, outline, message) => {
    expect(() => parseSources(opml(outline))).toThrow(message);
  });

  it('refuses doubles of a feed or an id, naming both', () => {
    const twin = 'text="Twin" xmlUrl="https://herald.example/feed.xml"';
    const namesake = 'text="The Herald!" xmlUrl="https://other.example/feed.xml"';

    expect(() => parseSources(opml(rss(herald), rss(twin)))).toThrow(/"The Herald" and "Twin"/);
    expect(() => parseSources(opml(rss(herald), rss(namesake)))).toThrow(/own id attribute/);
  });

  it.each([
    ['cut short', opml(rss(herald)).slice(0, -20), /does not end with <\/opml>/],
    ['something else', '<rss></rss></opml>', /not OPML/],
    ['empty', '', /does not end/],
  ])('refuses a file that is %s', (_name, text, message) => {
    expect(() => parseSources(text)).toThrow(message);
  });
});

describe('sourcesFile', () => {
  it('reads the file anew each time', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'sundown-')), 'sources.opml');
    await writeFile(path, opml(rss(herald)));
    const sources = sourcesFile(path);
    const before = await sources.read();
    await writeFile(path, opml());

    expect(before).toHaveLength(1);
    expect(await sources.read()).toEqual([]);
  });

  it('says what to do where there is no file', async () => {
    await expect(sourcesFile('/nowhere/sources.opml').read()).rejects.toThrow(
      'The sources file /nowhere/sources.opml cannot be read: put an OPML file there.',
    );
  });
});
