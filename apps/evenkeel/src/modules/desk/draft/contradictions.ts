import type { Content } from '@evenkeel/language/content/content';
import { sharedThings, sumOf } from '@evenkeel/language/content/likeness';
import type { LocalDate } from '../../../kernel/calendar.ts';
import { touchesOf } from '../../point/novelty.ts';
import { type Claim, claimOf, type Telling, tellingOf } from './claims.ts';
import { contentIn, covers, type Held, type HeldPoint, isOneInOrder, isSameThing } from './held.ts';
import { isOneUse, type SumSaid, sumsIn } from './sums.ts';

/** A sentence of a draft, with what can be held against the record. */
export type Said = {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly content: Content;
  readonly claim: Claim | null;
  /** What the claim is about. */
  readonly about: Content;
  readonly telling: Telling | null;
  readonly sums: readonly SumSaid[];
  /** The day it names, where it can mean no other. */
  readonly date: LocalDate | null;
  /** Whether that day is over. */
  readonly isOver: boolean;
  /** Whether we promise something with it. */
  readonly isPromise: boolean;
};

/** How a draft speaks against the record; also the end of the id that says why. */
export type Against =
  | 'sum'
  | 'date'
  | 'due'
  | 'denied-promise'
  | 'denied-agreement'
  | 'denied-receipt'
  | 'denied-words'
  | 'denied-telling'
  | 'refused'
  | 'founded'
  | 'settled';

export type Contradiction = Pick<Said, 'start' | 'end' | 'quote'> & {
  readonly says: Against;
  readonly line: Held['line'];
  readonly isQuotable: boolean;
};

/** Words that say of what kind the thing is, and not which one. */
const NO_THING =
  /^(?:вы|вас|вам|ваш\p{L}*|наш\p{L}*|тво\p{L}*|teiltä|teille|teidän|meiltä|meidän|side|whole|part|new|нов\p{L}{2,3}|uu(?:si|den|tta|teen|delle|sia|sien)|complain\p{L}*|claims?|points?|promis\p{L}*|words?|things?|things|e-?mails?|mails?|messages?|letters?|жалоб\p{L}*|претензи\p{L}*|письм\p{L}*|сообщени\p{L}*|обещани\p{L}*|valitu\p{L}*|reklamaatio\p{L}*|viesti\p{L}*|sähköpost\p{L}*|kirje\p{L}*|lupau\p{L}*|asia\p{L}*)$/iu;

export function saidIn(
  sentence: { readonly start: number; readonly end: number; readonly quote: string },
  { date, isOver, isPromise }: Pick<Said, 'date' | 'isOver' | 'isPromise'>,
): Said {
  const { start, end, quote } = sentence;
  const claim = claimOf(quote);
  return {
    ...{ start, end, quote, claim, date, isOver, isPromise },
    content: contentIn(quote),
    about: claim ? thingsIn(contentIn(claim.rest)) : [],
    telling: tellingOf(quote),
    sums: sumsIn(quote),
  };
}

/** Words of time name no thing: a month, a day of the week, the year that everything is in. */
const TIME =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|years?|\d{4}|январ\p{L}*|феврал\p{L}*|март\p{L}*|апрел\p{L}*|ма[йяе]|июн\p{L}*|июл\p{L}*|август\p{L}*|сентябр\p{L}*|октябр\p{L}*|ноябр\p{L}*|декабр\p{L}*|понедельник\p{L}*|вторник\p{L}*|сред[ауы]|четверг\p{L}*|пятниц\p{L}*|суббот\p{L}*|воскресень\p{L}*|год\p{L}*|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu\p{L}*|(?:maanan|tiis|keskiviik|tors|perjan|lauan|sunnun)\p{L}*|vuo\p{L}*)$/iu;

/** What of a sentence can name a thing. */
export function thingsIn(content: Content): Content {
  return content.filter(({ words }) => !NO_THING.test(words) && !TIME.test(words));
}

/** Whether anything in the record could speak against it. */
export function isWorthComparing({ claim, telling, sums, date, isPromise, quote }: Said): boolean {
  return (
    claim !== null ||
    (telling !== null && (sums.length > 0 || date !== null || isPromise || /\d/.test(quote)))
  );
}

/**
 * The first thing of the record that speaks against a sentence. Precision first: what shares too little, names another
 * thing, or says openly that it changes something, contradicts nothing.
 */
export function contradictionOf(
  said: Said,
  held: readonly Held[],
  points: readonly HeldPoint[],
): Contradiction | null {
  const found =
    (said.claim ? againstClaim(said, said.claim, held, points) : null) ??
    otherSum(said, held) ??
    otherDate(said, held);
  if (!found) return null;
  const { start, end, quote } = said;
  return { start, end, quote, ...found };
}

type Found = Omit<Contradiction, 'start' | 'end' | 'quote'>;

function foundIn(says: Against, one: Held | HeldPoint | undefined): Found | null {
  return one ? { says, line: one.line, isQuotable: !('isQuotable' in one) || one.isQuotable } : null;
}

function againstClaim(
  said: Said,
  claim: Claim,
  held: readonly Held[],
  points: readonly HeldPoint[],
): Found | null {
  const { about } = said;
  if (about.length === 0) return null;
  const isAbout = ({ contents, words }: Held) =>
    isOneInOrder(claim.rest, words) && contents.some((content) => covers(content, about));
  switch (claim.does) {
    case 'deny':
      return denied(
        claim,
        about,
        held.filter((one) => isAbout(one) || isAnswered(one, about)),
        nearest(
          points.filter((point) => isOfPoint(point, claim, about)),
          about,
        ),
      );
    case 'deny-fault':
      return foundIn(
        'founded',
        points.find((point) => point.isFounded && isOfPoint(point, claim, about)),
      );
    case 'reopen':
      return foundIn(
        'settled',
        points.find((point) => isSettled(point) && isOfPoint(point, claim, about)),
      );
    case 'affirm-agreed': {
      const same = held.filter(isAbout);
      return same.some(({ is }) => is === 'agreed')
        ? null
        : foundIn(
            'refused',
            same.find(({ is, line }) => is === 'refused' && line.side === 'ours'),
          );
    }
  }
}

function denied(
  { denied: what, rest }: Extract<Claim, { does: 'deny' }>,
  about: Content,
  same: readonly Held[],
  points: readonly HeldPoint[],
): Found | null {
  const promised = same.filter(
    ({ line }) => line.side === 'ours' && ['promise', 'offer'].includes(line.what),
  );
  switch (what) {
    case 'promised':
    case 'offered':
      return foundIn('denied-promise', promised[0]);
    case 'agreed':
      return foundIn(
        'denied-agreement',
        points.find(({ state, whole }) => state === 'agreed' && covers(whole, about)) ??
          same.find(({ is }) => is === 'agreed'),
      );
    case 'told':
      return foundIn('denied-telling', points[0]);
    case 'received':
      return receivedAll(rest, same, points);
    case 'said':
      return null;
  }
}

/** Those that share the most first, and of those that share as much the newest. */
function nearest(points: readonly HeldPoint[], about: Content): readonly HeldPoint[] {
  const sharedWith = ({ whole }: HeldPoint) => sumOf(sharedThings(about, whole));
  return points.toReversed().toSorted((one, other) => sharedWith(other) - sharedWith(one));
}

/** What they sent in form is in the record as what it is: an answer to an offer, a complaint, a payment. */
function receivedAll(rest: string, same: readonly Held[], points: readonly HeldPoint[]): Found | null {
  const answered = same.find(({ answer }) => answer !== null);
  if (ANSWER.test(rest))
    return answered ? foundIn('denied-receipt', { ...answered, line: answered.answer! }) : null;
  if (ASKED.test(rest)) return foundIn('denied-receipt', points[0]);
  return foundIn(
    'denied-receipt',
    same.find(({ isPaid, line }) => isPaid && line.side === 'theirs'),
  );
}

const ANSWER = /(?<!\p{L})(?:repl(?:y|ies)|answers?|responses?|ответ\p{L}*|vastau\p{L}*)(?!\p{L})/iu;
const ASKED =
  /(?<!\p{L})(?:complaint|claim|demand|request|question|жалоб\p{L}*|претензи\p{L}*|требовани\p{L}*|просьб\p{L}*|valitu\p{L}*|reklamaatio\p{L}*|vaatimu\p{L}*|pyyn\p{L}*)(?!\p{L})/iu;
const OFFERED = /^(?:offers?|proposals?|предложени\p{L}*|tarjou\p{L}*|ehdotu\p{L}*)$/iu;

/** "Our offer of 18 May" is about nothing but the offer and its day. */
function isAnswered({ line, answer }: Held, about: Content): boolean {
  const days = about.filter(({ particular }) => particular === 'date');
  const rest = about.filter((thing) => !days.includes(thing) && !ANSWER.test(thing.words));
  const isOfDay = days.every(
    ({ keys }) => line.at !== null && keys.includes(`date:${line.at.slice('yyyy-'.length, 10)}`),
  );
  return answer !== null && isOfDay && rest.length > 0 && rest.every(({ words }) => OFFERED.test(words));
}

function isSettled({ state }: HeldPoint): boolean {
  return state === 'agreed' || state === 'closed';
}

function isOfPoint({ content, whole, words }: HeldPoint, { rest }: Claim, about: Content): boolean {
  if (!isOneInOrder(rest, words)) return false;
  const [touch] = touchesOf(about, null, [content]);
  return (touch !== undefined && touch.other.length === 0) || covers(whole, about);
}

/** A sum of the same currency and unit about the same, and none of the sums that stand for it. */
function otherSum({ telling, sums, content, quote }: Said, held: readonly Held[]): Found | null {
  const [sum] = sums;
  if (!telling || !sum || sums.length > 1) return null;
  const isComparable = (other: SumSaid) => other.currency === sum.currency && other.per === sum.per;
  const same = held.filter(
    (one) =>
      isSpokenOf(one, telling) &&
      one.sums.some(isComparable) &&
      isOneUse(quote, one.words) &&
      isSameThing(content, one),
  );
  if (same.some((one) => one.sums.some(({ key }) => key === sum.key))) return null;
  return foundIn('sum', same[0]);
}

/** What they said is held against a sentence about what they said; all else against what binds us or both. */
function isSpokenOf({ line, is }: Held, { isTheirs, restates }: Telling): boolean {
  if (isTheirs) return line.side === 'theirs' && line.what !== 'sum';
  const binds = is === 'open' || is === 'agreed';
  return (binds || restates) && (line.side === 'ours' || is === 'agreed' || line.what === 'sum');
}

const DUE = /(?<!\p{L})(?:due|payable|срок|оплатить|оплаты|eräpäivä\p{L}*|erääntyy|maksettava)(?!\p{L})/iu;

/** A later day than was promised and still stands, another day than the one that is told as promised, or another due day. */
function otherDate({ telling, date, isPromise, content, quote }: Said, held: readonly Held[]): Found | null {
  if (!telling || date === null) return null;
  const same = held.filter(
    (one) => one.dates.length > 0 && one.dates.every((other) => other !== date) && isSameThing(content, one),
  );
  if (telling.restates || telling.isTheirs)
    return foundIn(
      'date',
      same.find((one) => isSpokenOf(one, telling) && one.line.what !== 'sum'),
    );
  if (isPromise)
    return foundIn(
      'date',
      same.find(
        ({ is, line, dates }) =>
          line.side === 'ours' && (is === 'open' || is === 'agreed') && dates.every((other) => date > other),
      ),
    );
  return DUE.test(quote)
    ? foundIn(
        'due',
        same.find(({ line, is }) => line.what === 'sum' && is === 'open'),
      )
    : null;
}
