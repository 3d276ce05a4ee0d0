import { day } from '../time.ts';
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
  const { urls, unreadAttachments = 0 } = context.correspondence;
  const order = ['article', 'tombstone', 'excluded', 'unknown'];
  const sorted = urls.toSorted((a, b) => order.indexOf(a.taken) - order.indexOf(b.taken));
  const items = sorted.map((named) => understood(context, named));
  return [
    heading('What we understood'),
    ...when(urls.length === 0, paragraph('We found no address of a page in your mail.')),
    ...when(urls.length > 0, list(atMost(mostListed, items))),
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
  if (Object.keys(state.holds).length === 0) {
    return `Whether you may ask is for a person to see. What a machine could tell of your mail: ${state.evidence}.`;
  }
  return `Your mail alone does not prove that it comes from the source concerned. This is no doubt about you: a machine can judge only the technical marks of a mail. What it found on yours: ${state.evidence}.`;
};

const proof =
  'To settle it at once, answer this letter from an address of the publication itself, and leave the addresses of the pages in your answer. Nearly all mail is signed by its own domain, and that signature is all the proof we need.';

const nothingFound = ({ correspondence: { urls } }: LetterContext): string => {
  if (urls.length === 0) return 'We could not make out which pages you mean.';
  return urls.every(({ taken }) => taken === 'tombstone')
    ? 'All that you named is gone from our pages already.'
    : 'Nothing that you named is an article that we publish now.';
};

const byPerson = (context: LetterContext): Block[] => {
  const { person, holds } = context.state;
  const articles = Object.keys(holds).length;
  if (articles === 0) {
    const asked =
      person === 'whole-source'
        ? 'As we understand you, you ask us to remove all that we have of a publication.'
        : nothingFound(context);
    return [
      paragraph(
        `${asked} A person has been called to look at your request, and will be called again until someone has decided. You will hear from us when it is done.`,
      ),
      paragraph(
        `${person === 'whole-source' ? 'If you mean single pages only, write again' : 'You can speed this up: write again'} with the address of each page, just as your browser shows it. The address of your original will do as well as ours.`,
      ),
    ];
  }
  return [
    paragraph(
      `You named ${counted(articles, 'article')}, which is more than a machine may hide on its own. A person has been called to decide, and will be called again until that is done.`,
    ),
    paragraph(proof),
  ];
};

const whatHappens = (context: LetterContext, policy: Policy): Block[] => {
  const { person, holds, authority, deadline } = context.state;
  const articles = Object.keys(holds).length;
  const these = articles === 1 ? 'the article' : `the ${counted(articles, 'article')}`;
  if (articles === 0 || person === 'too-many-articles' || person === 'flood') {
    return [heading('What happens now'), ...byPerson(context)];
  }
  const body =
    authority === 'proven'
      ? [
          paragraph(
            `We are taking ${these} off our pages now, and erasing every copy that we hold. That usually takes some minutes, and never longer than until ${dateOf(deadline)}. Each place is then read again; when all are found empty, you will have a letter that lists them.`,
          ),
        ]
      : [
          paragraph(
            `A person may decide at any moment. If nobody refuses your request, we hide ${these} from all readers by ${dateOf(deadline)}, and erase what we hold ${counted(policy.eraseUnprovenAfter / day, 'day')} later, after ${dateOf(deadline + policy.eraseUnprovenAfter)}. A refusal would come to you with its reason.`,
          ),
          paragraph(proof),
        ];
  return [
    heading('What happens now'),
    ...body,
    ...when(
      person === 'whole-source',
      paragraph(
        'You also ask for all that we have of a publication. A person has been called to see to that part.',
      ),
    ),
  ];
};

const goodToKnow = ({ state, adminAddress }: LetterContext): Block[] => [
  heading('Good to know'),
  list([
    `To add pages, send a new mail that names them; they get a deadline of their own. To withdraw your request, write to ${adminAddress} and keep ${state.id} in the subject.`,
    'Please ask only for what is yours, or for what you may speak for. Whoever knowingly claims a right they do not have can be liable for the harm done, in the United States under 17 U.S.C. 512(f).',
    'Your mail and your address are kept for this case alone. We neither publish your request nor pass it on. The permanent log of the case holds no name, no address and no word of yours; only the domain your mail came from.',
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
          ['Deadline', dateOf(deadline)],
        ],
      },
      ...whatWeUnderstood(context),
      heading('How we see your right to ask'),
      paragraph(standing(context)),
      ...whatHappens(context, policy),
      ...goodToKnow(context),
      ...signature(context),
    ],
  };
};
