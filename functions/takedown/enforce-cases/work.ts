import type { Case } from '../../domain/takedown/case.ts';
import type { Policy } from '../../domain/takedown/policy.ts';
import type { Instant } from '../../domain/time.ts';
import type {
  ArticlesPort,
  AuditPort,
  BodiesPort,
  CasesPort,
  EdgePort,
  FrontDoorPort,
  LetterDue,
  PagerPort,
  QueuePort,
} from '../../ports.ts';
import type { Journal } from '../../runtime/journal.ts';

export type EnforcePorts = {
  audit: AuditPort;
  cases: CasesPort;
  articles: ArticlesPort;
  bodies: BodiesPort;
  edge: EdgePort;
  frontDoor: FrontDoorPort;
  letterQueue: QueuePort<LetterDue>;
  pager: PagerPort;
};

export type Work = { ports: EnforcePorts; log: Journal; state: Case; policy: Policy; now: Instant };
