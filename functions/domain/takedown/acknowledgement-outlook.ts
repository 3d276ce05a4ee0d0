import { day } from '../time.ts';
import { isBlocking } from './case.ts';
import {
  type Block,
  counted,
  dateOf,
  heading,
  type LetterContext,
  paragraph,
  when,
} from './letter.ts';
import type { Policy } from './policy.ts';
import { mostArticles } from './request.ts';
import { shareIn } from './share.ts';

const proof =
  'To settle it at once, answer this letter from an address of the publication itself, and leave the addresses of the pages in your answer. Nearly all mail is signed by its own domain, and that signature is all the proof we need.';

const isAllGone = ({ state, correspondence: { urls, urlsLeftOut = 0 } }: LetterContext): boolean =>
  state.person === 'nothing-matched' &&
  urls.length > 0 &&
  urlsLeftOut === 0 &&
  urls.every(({ taken }) => taken === 'tombstone');

const withoutArticles = (context: LetterContext): Block[] => {
  if (isAllGone(context)) {
    return [
      paragraph(
        'All that you named is gone from our pages already, and stays away; nothing more is needed. A person will look at your mail once more and close the case.',
      ),
    ];
  }
  const isWhole = context.state.person === 'whole-source';
  const nothing =
    context.correspondence.urls.length === 0
      ? 'We could not make out which pages you mean.'
      : 'Nothing that you named is an article that we publish now.';
  const asked = isWhole
    ? 'As we understand you, you ask us to remove all that we have of a publication.'
    : nothing;
  return [
    paragraph(
      `${asked} A person has been called to look at your request, and will be called again until someone has decided. You will hear from us when it is done.`,
    ),
    paragraph(
      `${isWhole ? 'If you mean single pages only, write again' : 'You can speed this up: write again'} with the address of each page, just as your browser shows it. The address of your original will do as well as ours.`,
    ),
  ];
};

const tooManyArticles = ({ state, correspondence }: LetterContext): Block[] => {
  const { articlesLeftOut = 0 } = correspondence;
  const articles = Object.keys(state.holds).length + articlesLeftOut;
  return [
    paragraph(
      `You named ${counted(articles, 'article')}, which is more than a machine may hide on its own. A person has been called to decide, and will be called again until that is done.`,
    ),
    ...when(
      articlesLeftOut > 0,
      paragraph(
        `One case cannot hold them all: ${articlesLeftOut} of them are not in it. Please name those in new mails, at most ${mostArticles} in each.`,
      ),
    ),
    ...when(state.authority !== 'proven' && shareIn(state.evidence) === null, paragraph(proof)),
  ];
};

const byRule = ({ state }: LetterContext, policy: Policy): Block[] => {
  const { deadline, authority, evidence } = state;
  const articles = Object.keys(state.holds).length;
  const these = articles === 1 ? 'the article' : `the ${counted(articles, 'article')}`;
  if (authority === 'proven') {
    return [
      paragraph(
        `We are taking ${these} off our pages now, and erasing every copy that we hold. That usually takes some minutes, and never longer than until ${dateOf(deadline)}. Each place is then read again; when all are found empty, you will have a letter that lists them.`,
      ),
    ];
  }
  return [
    paragraph(
      `A person may decide at any moment. If nobody refuses your request, we hide ${these} from all readers by ${dateOf(deadline)}, and erase what we hold ${counted(policy.eraseUnprovenAfter / day, 'day')} later, after ${dateOf(deadline + policy.eraseUnprovenAfter)}. If an unusual number of requests arrives at once, a person must confirm this first. A refusal would come to you with its reason.`,
    ),
    ...when(shareIn(evidence) === null, paragraph(proof)),
  ];
};

/** Does anything happen at the deadline, whether or not a person has come? */
export const isTimed = ({ state: { holds, person } }: LetterContext): boolean =>
  Object.keys(holds).length > 0 && !isBlocking(person);

/** What comes next, by rule or by a person, as far as it can be promised. */
export const whatHappens = (context: LetterContext, policy: Policy): Block[] => {
  const { person, holds } = context.state;
  const isEmpty = Object.keys(holds).length === 0;
  const byPerson = isEmpty ? withoutArticles(context) : tooManyArticles(context);
  return [
    heading('What happens now'),
    ...(isTimed(context) ? byRule(context, policy) : byPerson),
    ...when(
      person === 'whole-source' && !isEmpty,
      paragraph(
        'You also ask for all that we have of a publication. A person has been called to see to that part.',
      ),
    ),
  ];
};
