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

export type LogEntry = { seq: number; hash: string };

const subjects: Record<CaseOutcome, string> = {
  erased: 'What you named is erased',
  'partly-erased': 'What was erased, and what was not',
  refused: 'Your request was refused',
  'nothing-held': 'Your request is closed: we hold nothing of it',
};

const grounds: Record<RefusalGround, string> = {
  'not-the-owner': 'we could not see that the request comes from its owner',
  licensed: 'we have it under a licence',
  'not-the-work': 'it is not the work that the request describes',
  'public-domain': 'it is in the public domain',
  abusive: 'the request was found to be abusive',
  other: 'for another reason',
};

const opening = ({ state }: LetterContext): string => {
  const erased = Object.values(state.holds).filter(({ stage }) => stage === 'erased').length;
  switch (state.outcome) {
    case 'erased':
      return `It is done: ${counted(erased, 'article')} that you named ${erased === 1 ? 'is' : 'are'} erased, and every place where we kept anything of ${erased === 1 ? 'it' : 'them'} was read again and found empty.`;
    case 'partly-erased':
      return `Your request is decided. We erased ${counted(erased, 'article')} and refused the rest; both are set out below.`;
    case 'refused':
      return 'A person has looked at your request and refused it. The reason is given below.';
    default:
      return 'Your request is closed. We publish nothing of what you named, and hold no copy of it.';
  }
};

/** The addresses under which the sender named an article, other than our own page. */
const namedAs = ({ correspondence }: LetterContext, article: string): Span[] =>
  correspondence.urls
    .filter((named) => named.article === article && !named.url.includes(`/article/${article}`))
    .slice(0, 3)
    .flatMap(({ url }, i) => [i === 0 ? ', which you named as ' : ' and ', { named: url }]);

const placeNames: Record<string, string> = {
  objects: 'text and pictures',
  'object-versions': 'their older versions',
  'unfinished-uploads': 'unfinished uploads',
  'article-row': 'the record',
  'public-lists': 'front page, source page and feeds',
  fingerprint: 'the mark of the text',
  'public-page': 'the page itself',
};

/** 'public-page: answers 451' as 'the page itself (answers 451)'. */
const inPlainWords = (reading: string): string => {
  const [place = '', ...found] = reading.split(': ');
  return `${placeNames[place] ?? place} (${found.join(': ')})`;
};

const erasedLine = (context: LetterContext, article: string, hold: Hold): Line => [
  pageOf(context, article),
  ...namedAs(context, article),
  `: erased on ${dateOf(hold.erasedAt ?? 0)}, ${hold.approved ? 'as a person decided' : 'by rule'}. Read again and found empty: ${hold.manifest.map(inPlainWords).join(', ')}.`,
];

const refusedLine = (context: LetterContext, article: string, hold: Hold): Line => {
  const { notes } = context.correspondence;
  const note = notes[article] ?? notes[''] ?? '';
  const ground = grounds[hold.ground ?? 'other'];
  return [
    pageOf(context, article),
    ...namedAs(context, article),
    `: not erased, because ${ground}.${note === '' ? '' : ` ${note}`}`,
  ];
};

const articlesIn = (context: LetterContext): Block[] => {
  const holds = Object.entries(context.state.holds);
  const erased = holds.filter(([, hold]) => hold.stage === 'erased');
  const refused = holds.filter(([, hold]) => hold.stage !== 'erased');
  const note = context.correspondence.notes[''] ?? '';
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
    ...when(holds.length === 0 && note !== '', heading('What our desk says'), paragraph(note)),
  ];
};

const whatStays = (): Block[] => [
  heading('What stays, and what does not come back'),
  list([
    'The old address answers “451 Unavailable For Legal Reasons”. Behind it stands a mark with the case number and nothing of the article.',
    'That mark keeps the article out if its source sends it again, under the same address or a variant of it, or with the same text under another.',
    'The store of texts and pictures keeps no older versions and has no backup. The table of headlines and addresses has one that reaches back a single day, and then forgets the article too.',
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
    'Each entry of our log carries the hash of the one before it. Keep this letter: if an entry of this case were ever changed or dropped, the hash above would no longer fit.',
  ),
];

/**
 * The last answer: what became of each article, and how that can be checked.
 * @param entry the newest entry of the case's log, to be held against it later
 */
export const receipt = (context: LetterContext, entry: LogEntry): Letter => {
  const { id, outcome } = context.state;
  const hasErased = outcome === 'erased' || outcome === 'partly-erased';
  return {
    language: 'en',
    subject: `[${id}] ${subjects[outcome ?? 'nothing-held']}`,
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
