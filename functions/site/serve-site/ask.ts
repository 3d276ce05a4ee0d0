import type { Instant } from '../../domain/time.ts';
import type { ArticlesPort, BodiesPort, FeedsPort } from '../../ports.ts';
import type { WebRequest } from '../../runtime/lambda.ts';
import { link } from '../../views/html.ts';
import type { Site } from '../../views/site.ts';

export type SitePorts = { articles: ArticlesPort; feeds: FeedsPort; bodies: BodiesPort };

export type Settings = { adminAddress: string; siteTitle: string };

/** One request for a page, as the routes see it. */
export type Ask = {
  ports: SitePorts;
  site: Site;
  now: Instant;
  path: string;
  /** The cursor of the page asked for, unchecked; null = the first page. */
  before: string | null;
};

/** The edge says what the reader's browser has in its address bar; else the function's own host. */
const originOf = ({ headers, requestContext }: WebRequest): string => {
  const viewer = headers['x-viewer-origin'] ?? '';
  const origin = link(viewer) && URL.parse(viewer)?.origin;
  return origin || `https://${requestContext.domainName}`;
};

export const askOf = (
  request: WebRequest,
  now: Instant,
  ports: SitePorts,
  { adminAddress, siteTitle }: Settings,
): Ask => ({
  ports,
  site: { title: siteTitle, adminAddress, origin: originOf(request) },
  now,
  path: request.rawPath,
  before: request.queryStringParameters?.['before'] || null,
});
