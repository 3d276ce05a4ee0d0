import { join } from 'node:path';
import { close, listen, loopback, portOf } from '../state/listen.ts';
import { openDiary, openEdition } from './edition.ts';
import { neighbours, openLegalDesk } from './legal-desk.ts';
import { serveSites } from './site-server.ts';
import { sites } from './sites.ts';
import type { Publishers, PublishersOptions } from './types.ts';

/** The feeds of the sample publishers, in the form that the deployer's list has. */
const samplesFile = join(import.meta.dirname, 'sources.opml');

/** Three invented newsrooms on one loopback address, with their mail and their DNS. */
export const startPublishers = async (options: PublishersOptions): Promise<Publishers> => {
  const diary = openDiary(options);
  const open = sites.map((site) => ({
    site,
    edition: openEdition(site, diary.read),
    desk: openLegalDesk(options.dir, site),
  }));
  const server = await listen(options.port);
  server.on('request', serveSites(open, options.log));
  const port = portOf(server);
  const publishUpdate = async (): Promise<{ url: string }> => {
    diary.noteUpdate();
    const all = open.flatMap(({ edition }) => edition.articles());
    const updated = all.find((article) => article.updatedAt > article.publishedAt);
    if (!updated) throw new Error('No sample article has an updated text; add a *.updated.md');
    return { url: updated.url };
  };
  return {
    host: loopback,
    port,
    pinnedHosts: sites.map(({ host }) => `${host}=${loopback}:${port}`).join(','),
    zone: Object.assign({}, neighbours, ...open.map(({ desk }) => desk.zone)) as Publishers['zone'],
    opmlFile: samplesFile,
    publishers: open.map(({ site, desk }) => ({
      name: site.name,
      host: site.host,
      feedUrl: `http://${site.host}${site.feed.path}`,
      homeUrl: `http://${site.host}/`,
      owner: desk.owner,
    })),
    control: { publishUpdate },
    stop: () => close(server),
  };
};
