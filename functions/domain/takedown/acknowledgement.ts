import { isTimed, whatHappens } from './acknowledgement-outlook.ts';
import type { Correspondence } from './correspondence.ts';
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
  signature,
  when,
} from './letter.ts';
import type { Policy } from './policy.ts';
import { shareIn } from './share.ts';

const mostListed = 40;

const understood = (
  context: LetterContext,
  { url, taken, article }: Correspondence['urls'][number],
): Line => {
  const isOurPage = article !== null && url.includes(`/article/${article}`);
  const name = isOurPage ? pageOf(context, article) : { named: url };
  switch (taken) {
    case 'article':
      return isOurPage || article === null
        ? [name, ': we publish this']
        : [name, ': we publish this as ', pageOf(context, article)];
    case 'tombstone':
      return [name, ': removed at an earlier request; it stays removed'];
    case 'excluded':
      return [name, ': you wish this to stay, so we leave it'];
    case 'unknown':
      return [name, ': we hold nothing under this address'];
  }
};

const whatWeUnderstood = (context: LetterContext): Block[] => {
  const { urls, urlsLeftOut = 0, unreadAttachments = 0 } = context.correspondence;
  const order = ['article', 'tombstone', 'excluded', 'unknown'];
  const sorted = urls.toSorted((a, b) => order.indexOf(a.taken) - order.indexOf(b.taken));
  const items = sorted.map((named) => understood(context, named));
  return [
    heading('What we understood'),
    ...when(urls.length === 0, paragraph('We found no address of a page in your mail.')),
    ...when(urls.length > 0, list(atMost(mostListed, items))),
    ...when(
      urlsLeftOut > 0,
      paragraph(
        `Your mail names ${counted(urlsLeftOut, 'more address', 'more addresses')}, too many to keep here. They were read, and those that we publish count as named.`,
      ),
    ),
    ...when(
      unreadAttachments > 0,
      paragraph(
        `Your mail carried ${counted(unreadAttachments, 'attachment')}, which we do not open. If pages are named there, please send us their addresses as plain text.`,
      ),
    ),
  ];
};

const standing = ({ state }: LetterContext): string => {
  if (state.authority === 'proven') {
    return `Your mail is proven to come from ${state.organisation}, which is the source concerned. We need no other proof.`;
  }
  const share = shareIn(state.evidence);
  if (share !== null) {
    return `Your mail is proven to come from ${state.organisation}, ${share}. To have those removed at once, name them alone in a new mail.`;
  }
  if (Object.keys(state.holds).length === 0) {
    return `Whether you may ask is for a person to see. What a machine could tell of your mail: ${state.evidence}.`;
  }
  return `Your mail alone does not prove that it comes from the source concerned. This is no doubt about you: a machine can judge only the technical marks of a mail. What it found on yours: ${state.evidence}.`;
};

const goodToKnow = (): Block[] => [
  heading('Good to know'),
  list([
    'To add pages, send a new mail that names them; they get a deadline of their own. To withdraw your request, answer this letter; a person reads it.',
    'Please ask only for what is yours, or for what you may speak for. Whoever knowingly claims a right they do not have can be liable for the harm done, in the United States under 17 U.S.C. 512(f).',
    'Your mail is kept for a limited time, 90 days unless set otherwise; your name and your address stay with the case. We neither publish your request nor pass it on. The permanent log holds no name, no address and no word of yours; only the domain your mail came from and a salted check sum of your address.',
    'This letter was written by a machine, by fixed rules.',
  ]),
];

/** The first answer: what we understood, what we make of it, and by when it is done. */
export const acknowledgement = (context: LetterContext, policy: Policy): Letter => {
  const { id, receivedAt, deadline } = context.state;
  return {
    language: 'en',
    subject: `[${id}] We have received your request`,
    blocks: [
      paragraph('Good day,'),
      paragraph(
        'Thank you for writing to us. Your request has arrived and is on record; this letter tells you what we understood and what happens next.',
      ),
      {
        kind: 'facts',
        rows: [
          ['Case', id],
          ['Received', dateOf(receivedAt)],
          ...(isTimed(context) ? [['Deadline', dateOf(deadline)] as const] : []),
        ],
      },
      ...whatWeUnderstood(context),
      heading('How we see your right to ask'),
      paragraph(standing(context)),
      ...whatHappens(context, policy),
      ...goodToKnow(),
      ...signature(context),
    ],
  };
};
