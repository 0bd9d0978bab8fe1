import {
  AGREED_BY_THEM,
  BOUND,
  CHANGES,
  DENIALS,
  FAULT_DENIED,
  NEGATED,
  OTHER_ONE,
  PARTLY,
  REOPENED,
  RESTATES,
  THEY_SAY,
  WHICH,
} from './claim-words.ts';
import { AGREES, FOR_NOW, HANDED_OVER, SENDS, THEY_REFUSE, WE_REFUSE } from './line-words.ts';

/** What is denied: that we promised, that it was agreed, that we got it, that we said it, that they told us. */
export type Denied = keyof typeof DENIALS;

/**
 * What a sentence of ours claims about what was.
 *
 * @property rest of the sentence without the words of the claim: what it is about
 */
export type Claim = { readonly rest: string } & (
  | { readonly does: 'deny'; readonly denied: Denied }
  | { readonly does: 'affirm-agreed' | 'deny-fault' | 'reopen' }
);

/** What a sentence claims that can be looked up; null when nothing, or only half. */
export function claimOf(sentence: string): Claim | null {
  if (isQuestion(sentence)) return null;
  return denialIn(sentence) ?? otherIn(sentence);
}

function denialIn(sentence: string): Claim | null {
  for (const denied of Object.keys(DENIALS) as Denied[])
    for (const pattern of DENIALS[denied]) {
      const rest = without(pattern, sentence);
      if (rest !== null)
        return isWhole(rest) && isOfThing(denied, rest) ? { does: 'deny', denied, rest } : null;
    }
  return null;
}

function otherIn(sentence: string): Claim | null {
  const fault = without(FAULT_DENIED, sentence);
  if (fault !== null) return isWhole(fault) ? { does: 'deny-fault', rest: fault } : null;
  if (NEGATED.test(sentence)) return null;
  const reopened = without(REOPENED, sentence);
  if (reopened !== null) return { does: 'reopen', rest: reopened };
  const agreed = without(AGREED_BY_THEM, sentence);
  return agreed !== null && isWhole(agreed) ? { does: 'affirm-agreed', rest: agreed } : null;
}

/** That they told us of a thing can be looked up; that they told us one detail of it cannot. */
function isOfThing(denied: Denied, rest: string): boolean {
  return denied !== 'told' || !WHICH.test(rest);
}

/** Denied twice, or but for something, it is not simply denied. */
function isWhole(rest: string): boolean {
  return !PARTLY.test(rest) && !NEGATED.test(rest);
}

/** The sentence without the words of a claim; what stood between them stays. */
function without(pattern: RegExp, sentence: string): string | null {
  const match = pattern.exec(sentence);
  if (!match) return null;
  const between = match.slice(1).join(' ').replace(DENIED_ANYWAY, '');
  const behind = sentence.slice(match.index + match[0].length);
  return `${sentence.slice(0, match.index)} ${between} ${behind}`;
}

/** These only strengthen the denial that they stand in. */
const DENIED_ANYWAY = /(?<!\p{L})(?:никогда|никто|ни разу|koskaan|ikinä|ever|ei|ole)(?!\p{L})/giu;

function isQuestion(sentence: string): boolean {
  return /\?["”»’)\s]*$/u.test(sentence);
}

/** @property isTheirs it tells what the other side said; @property restates it tells what stands already */
export type Telling = { readonly isTheirs: boolean; readonly restates: boolean };

/** How a sentence speaks of sums and days; null where what it says cannot stand against the record. */
export function tellingOf(sentence: string): Telling | null {
  const isOther = [NEGATED, CHANGES, BOUND].some((pattern) => pattern.test(sentence));
  if (isOther || isQuestion(sentence)) return null;
  return { isTheirs: THEY_SAY.test(sentence), restates: RESTATES.test(sentence) };
}

/** Whether it states what is, and neither what may be nor what one more of the kind would be. */
export function isOfWhatIs(sentence: string): boolean {
  return !OTHER_ONE.test(sentence);
}

/** What a line of the record does, as far as a claim can be held against it. */
export const lineThat = {
  /** Hands something over; a plan to do so does not. */
  sends: (line: string) => SENDS.test(line) && isStated(line, [SENDS.exec(line)![0]]),
  agrees: (line: string) => AGREES.test(line) && isStated(line),
  states: isStated,
  isRefusedByThem: (line: string) => THEY_REFUSE.test(line) && !isQuestion(line),
  isRefusedByUs: (line: string) =>
    WE_REFUSE.test(line) && !FOR_NOW.test(line) && !PARTLY.test(line) && !isQuestion(line),
  /** Tells, in our words, what they said: a summary of a call does. */
  retells: (line: string, about: readonly string[] = []) => THEY_SAY.test(line) && isStated(line, about),
  isSaid: (line: string, about: readonly string[] = []) => !isNegated(line, about),
} as const;

function isStated(line: string, about: readonly string[] = []): boolean {
  return !isQuestion(line) && !isNegated(line, about);
}

/** Where a clause begins that says what for or on what condition: what it negates is not what the rest says. */
const BESIDE = /^(?:so\s+that|if|unless|because|чтобы|если|потому|так\s+как|jotta|jos|koska)(?!\p{L})/iu;
const CLAUSE = /[,;:()—–]\s+/u;
const BUT = /^(?:but|но|зато|mutta|vaan)(?!\p{L})/iu;

/**
 * Whether a line denies. Where it is known which of its words count, so does a negation before or beside them; not one
 * that comes in a clause behind them, before a "but", or in a clause that only says what for.
 */
function isNegated(line: string, about: readonly string[]): boolean {
  const clauses = line.split(CLAUSE);
  const last = clauses.findLastIndex((clause) => about.some((word) => clause.includes(word)));
  if (last < 0) return NEGATED.test(line);
  const first = clauses.findLastIndex((clause, i) => i <= last && BUT.test(clause));
  return clauses
    .slice(Math.max(0, first), last + 1)
    .some((clause) => NEGATED.test(clause) && !BESIDE.test(clause));
}

/** Whether it tells what was meant, promised or agreed. */
export function isRestating(line: string): boolean {
  return RESTATES.test(line);
}

/** Whether what is denied is that something was handed over. */
export function isHandedOver(sentence: string): boolean {
  return HANDED_OVER.test(sentence);
}
