import type { AnyFeed, AtomFeed, DcNs, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';

type Maybe = string | undefined;

/** An entry of any format, as its publisher wrote it; first choices first. */
export type Item = {
  guid: Maybe;
  links: Maybe[];
  /** xml:base of the entry and of the feed. */
  bases: Maybe[];
  title: Maybe;
  titleIsPlain: boolean;
  authors: Maybe[];
  published: Maybe[];
  updated: Maybe[];
  languages: Maybe[];
  summary: Maybe;
  content: Maybe;
};

export type Channel = { title: Maybe; languages: Maybe[]; items: Item[] };

type Text = { value?: string; type?: string } | undefined;
type Dc = DcNs.ItemOrFeed<string> | undefined;

const first = (texts: string[] | undefined): Maybe => texts?.[0];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const paragraphs = (text: Maybe): Maybe =>
  text
    ?.split(/\n\s*\n/)
    .map((part) => `<p>${escaped(part.trim())}</p>`)
    .join('\n');

const rssItem = (item: RssFeed.Item<string>, base: Maybe): Item => ({
  guid: item.guid?.value,
  links: [
    item.link,
    ...alternates(item.atom?.links),
    item.guid?.isPermaLink === false ? undefined : item.guid?.value,
  ],
  bases: [item.xml?.base, base],
  title: item.title ?? first(item.dc?.titles),
  titleIsPlain: false,
  authors: item.authors?.map(({ name }) => name) ?? item.dc?.creators ?? [],
  published: [item.pubDate, ...dcDates(item.dc), item.atom?.published],
  updated: [item.atom?.updated, first(item.dcterms?.modified)],
  languages: [item.xml?.lang, first(item.dc?.languages)],
  summary: item.description,
  content: item.content?.encoded,
});

const dcDates = (dc: Dc): string[] => dc?.dates ?? [];

const rdfItem = (item: RdfFeed.Item<string>, base: Maybe): Item => ({
  guid: item.rdf?.about,
  links: [item.link, item.rdf?.about],
  bases: [item.xml?.base, base],
  title: item.title ?? first(item.dc?.titles),
  titleIsPlain: false,
  authors: item.dc?.creators ?? [],
  published: [...dcDates(item.dc), first(item.dcterms?.issued)],
  updated: [first(item.dcterms?.modified)],
  languages: [item.xml?.lang, first(item.dc?.languages)],
  summary: item.description ?? first(item.dc?.descriptions),
  content: item.content?.encoded,
});

/** Links to the entry itself, web pages first. */
const alternates = (links: AtomFeed.Link<string>[] | undefined): Maybe[] =>
  (links ?? [])
    .filter(({ rel }) => rel === undefined || rel === 'alternate')
    .toSorted((a, b) => Number(isPage(b)) - Number(isPage(a)))
    .map(({ href }) => href);

const isPage = ({ type }: AtomFeed.Link<string>): boolean =>
  type === undefined || /html/i.test(type);

const atomHtml = (text: Text): Maybe => {
  if (text?.type === 'text' || text?.type === 'text/plain') return paragraphs(text.value);
  return text?.type === undefined || /html/i.test(text.type) ? text?.value : undefined;
};

const atomItem = (entry: AtomFeed.Entry<string>, feed: AtomFeed.Feed<string>): Item => ({
  guid: entry.id,
  links: [...alternates(entry.links), entry.id],
  bases: [entry.xml?.base, feed.xml?.base],
  title: entry.title?.value,
  titleIsPlain: entry.title?.type === 'text',
  authors: (entry.authors ?? entry.source?.authors ?? feed.authors ?? []).map(({ name }) => name),
  published: [entry.published, ...dcDates(entry.dc)],
  updated: [entry.updated],
  languages: [entry.content?.xml?.lang, entry.xml?.lang],
  summary: atomHtml(entry.summary),
  content: atomHtml(entry.content),
});

const jsonItem = (item: JsonFeed.Item<string>, feed: JsonFeed.Feed<string>): Item => ({
  guid: item.id,
  links: [item.url, item.external_url, item.id],
  bases: [],
  title: item.title,
  titleIsPlain: true,
  authors: (item.authors ?? feed.authors ?? []).map(({ name }) => name),
  published: [item.date_published],
  updated: [item.date_modified],
  languages: [item.language],
  summary: paragraphs(item.summary),
  content: item.content_html ?? paragraphs(item.content_text),
});

/** Four formats, one shape. */
export const channelOf = (parsed: AnyFeed): Channel => {
  switch (parsed.format) {
    case 'rss':
    case 'rdf': {
      const { feed } = parsed;
      const languages = [
        'language' in feed ? feed.language : undefined,
        first(feed.dc?.languages),
        feed.xml?.lang,
      ];
      const items =
        parsed.format === 'rss'
          ? parsed.feed.items?.map((item) => rssItem(item, feed.xml?.base))
          : parsed.feed.items?.map((item) => rdfItem(item, feed.xml?.base));
      return { title: feed.title, languages, items: items ?? [] };
    }
    case 'atom': {
      const { feed } = parsed;
      const items = (feed.entries ?? []).map((entry) => atomItem(entry, feed));
      return { title: feed.title?.value, languages: [feed.xml?.lang], items };
    }
    case 'json': {
      const { feed } = parsed;
      const items = (feed.items ?? []).map((item) => jsonItem(item, feed));
      return { title: feed.title, languages: [feed.language], items };
    }
  }
};
