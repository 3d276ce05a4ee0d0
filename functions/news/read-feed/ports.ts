import type {
  ArticlesPort,
  AuditPort,
  EntryDue,
  FeedParserPort,
  FeedsPort,
  QueuePort,
  WebPort,
} from '../../ports.ts';

export type Ports = {
  feeds: FeedsPort;
  articles: ArticlesPort;
  audit: AuditPort;
  queue: QueuePort<EntryDue>;
  web: WebPort;
  parser: FeedParserPort;
};
