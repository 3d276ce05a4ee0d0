import type { OrganisationOf } from '../../domain/takedown/authority.ts';
import type {
  ArticlesPort,
  AuditPort,
  CaseDue,
  CasesPort,
  FeedsPort,
  InboxPort,
  LetterDue,
  MailReaderPort,
  QueuePort,
} from '../../ports.ts';

export type ReceivePorts = {
  audit: AuditPort;
  inbox: InboxPort;
  mailReader: MailReaderPort;
  articles: ArticlesPort;
  feeds: FeedsPort;
  cases: CasesPort;
  caseQueue: QueuePort<CaseDue>;
  letterQueue: QueuePort<LetterDue>;
  organisationOf: OrganisationOf;
  siteOrigin: string;
  adminAddress: string;
};
