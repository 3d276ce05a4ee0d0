import type { CaseOutcome, RefusalGround } from '../audit/facts.ts';
import type { Hold } from './case.ts';
import {
  atMost,
  type Block,
  counted,
  dateOf,
  heading,
  type Letter,
  type LetterContext,
  type Line,
  list,
  pageOf,
  paragraph,
  type Span,
  signature,
  when,
} from './letter.ts';
import { inPlainWords } from './receipt-places.ts';

export type LogEntry = { seq: number; hash: string };

const subjects: Record<CaseOutcome, string> = {
  erased: 'What you named is erased',
  'partly-erased': 'What was erased, and what was not',
  refused: 'Your request was refused',
  'nothing-held': 'Your request is closed',
};

const grounds: Record<RefusalGround, string> = {
  'not-the-owner': 'because we could not see that the request comes from its owner',
  licensed: 'because we have it under a licence',
  'not-the-work': 'because it is not the work that the request describes',
  'public-domain': 'because it is in the public domain',
  abusive: 'because the request was found to be abusive',
  other: 'for the reason given here',
};

const outcomeOf = ({ state }: LetterContext): CaseOutcome => {
  const isRefused = state.refusal !== null && Object.keys(state.holds).length === 0;
  return isRefused ? 'refused' : (state.outcome ?? 'nothing-held');
};

/** The ground, and the desk's own words where there are any. */
const reasonOf = (ground: RefusalGround, note: string): string => {
  if (note !== '') return `${grounds[ground]}${ground === 'other' ? ':' : '.'} ${note}`;
  return ground === 'other'
    ? 'for a reason that is not written here; answer this letter to be told.'
    : `${grounds[ground]}.`;
};

const opening = (context: LetterContext): string => {
  const { state } = context;
  const erased = Object.values(state.holds).filter(({ stage }) => stage === 'erased').length;
  switch (outcomeOf(context)) {
    case 'erased':
      return `It is done: ${counted(erased, 'article')} that you named ${erased === 1 ? 'is' : 'are'} erased, and every place where we kept anything of ${erased === 1 ? 'it' : 'them'} was read again and found empty.`;
    case 'partly-erased':
      return `Your request is decided. We erased ${counted(erased, 'article')} and refused the rest; both are set out below.`;
    case 'refused':
      return 'A person has looked at your request and refused it. The reason is given below.';
    default:
      return 'Your request is closed. We found no article of ours in what you named.';
  }
};

/** The addresses under which the sender named an article, other than our own page. */
const namedAs = ({ correspondence }: LetterContext, article: string): Span[] =>
  correspondence.urls
    .filter((named) => named.article === article && !named.url.includes(`/article/${article}`))
    .slice(0, 3)
    .flatMap(({ url }, i) => [i === 0 ? ', which you named as ' : ' and ', { named: url }]);

const erasedLine = (context: LetterContext, article: string, hold: Hold): Line => [
  pageOf(context, article),
  ...namedAs(context, article),
  `: erased on ${dateOf(hold.erasedAt ?? 0)}, ${hold.approved ? 'as a person decided' : 'by rule'}. Read again and found empty: ${hold.manifest.map(inPlainWords).join(', ')}.`,
];

const refusedLine = (context: LetterContext, article: string, hold: Hold): Line => {
  const { notes } = context.correspondence;
  const note = notes[article] ?? notes[''] ?? '';
  return [
    pageOf(context, article),
    ...namedAs(context, article),
    `: not erased under this case, ${reasonOf(hold.ground ?? 'other', note)}`,
  ];
};

const anotherLook =
  'You may answer this letter to have it looked at again; your rights before a court are untouched.';

const withoutArticles = ({ state, correspondence }: LetterContext): Block[] => {
  if (Object.keys(state.holds).length > 0) return [];
  const note = correspondence.notes[''] ?? '';
  if (state.refusal !== null) {
    return [heading('Refused'), paragraph(`It was refused ${reasonOf(state.refusal, note)}`)];
  }
  return when(note !== '', heading('What our desk says'), paragraph(note));
};

const articlesIn = (context: LetterContext): Block[] => {
  const holds = Object.entries(context.state.holds);
  const erased = holds.filter(([, hold]) => hold.stage === 'erased');
  const refused = holds.filter(([, hold]) => hold.stage !== 'erased');
  return [
    ...when(
      erased.length > 0,
      heading('Erased'),
      list(
        atMost(
          200,
          erased.map(([id, hold]) => erasedLine(context, id, hold)),
        ),
      ),
    ),
    ...when(
      refused.length > 0,
      heading('Refused'),
      list(
        atMost(
          200,
          refused.map(([id, hold]) => refusedLine(context, id, hold)),
        ),
      ),
    ),
    ...withoutArticles(context),
    ...when(refused.length > 0 || outcomeOf(context) === 'refused', paragraph(anotherLook)),
  ];
};

const whatStays = (): Block[] => [
  heading('What stays, and what does not come back'),
  list([
    'The old address answers “451 Unavailable For Legal Reasons”. Behind it stands a mark with the case number and nothing of the article.',
    'That mark keeps the article out if its source sends it again, under the same address or a variant of it, or with the same text under another.',
    'The store of texts and pictures keeps no older versions and has no backup. The table’s backup forgets it within a day of its erasure.',
    'Copies that others have made, search engines among them, are beyond our reach.',
  ]),
];

const record = ({ state }: LetterContext, { seq, hash }: LogEntry): Block[] => [
  heading('The record'),
  {
    kind: 'facts',
    rows: [
      ['Case', state.id],
      ['Received', dateOf(state.receivedAt)],
      ['Closed', dateOf(state.closedAt ?? 0)],
      ['Log entry', `${seq} of this case`],
      ['Its hash', hash],
    ],
  },
  paragraph(
    `Each entry of our log carries the hash of the one before it. Keep this letter: if any of the entries 1 to ${seq} of this case were ever changed or dropped, the hash above would no longer fit. To check it, ask us for an export of the case.`,
  ),
];

/**
 * The last answer: what became of each article, and how that can be checked.
 * @param entry the newest entry of the case's log, to be held against it later
 */
export const receipt = (context: LetterContext, entry: LogEntry): Letter => {
  const { id } = context.state;
  const outcome = outcomeOf(context);
  const hasErased = outcome === 'erased' || outcome === 'partly-erased';
  return {
    language: 'en',
    subject: `[${id}] ${subjects[outcome]}`,
    blocks: [
      paragraph('Good day,'),
      paragraph(opening(context)),
      ...articlesIn(context),
      ...when(hasErased, ...whatStays()),
      ...record(context, entry),
      paragraph(
        `If anything here is wrong, or you see it otherwise, write to ${context.adminAddress} and keep ${id} in the subject.`,
      ),
      ...signature(context),
    ],
  };
};
