import {
  AGREED_BY_THEM,
  BOUND,
  CHANGES,
  DENIALS,
  FAULT_DENIED,
  NEGATED,
  PARTLY,
  REOPENED,
  RESTATES,
  THEY_SAY,
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
      if (rest !== null) return isWhole(rest) ? { does: 'deny', denied, rest } : null;
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
const DENIED_ANYWAY = /(?<!\p{L})(?:никогда|ни разу|koskaan|ikinä|ever|ei|ole)(?!\p{L})/giu;

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

/** What a line of the record does, as far as a claim can be held against it. */
export const lineThat = {
  /** Hands something over; a plan to do so does not. */
  sends: (line: string) => SENDS.test(line) && isStated(line),
  agrees: (line: string) => AGREES.test(line) && isStated(line),
  states: isStated,
  isRefusedByThem: (line: string) => THEY_REFUSE.test(line) && !isQuestion(line),
  isRefusedByUs: (line: string) =>
    WE_REFUSE.test(line) && !FOR_NOW.test(line) && !PARTLY.test(line) && !isQuestion(line),
  isSaid: (line: string) => !NEGATED.test(line),
} as const;

function isStated(line: string): boolean {
  return !NEGATED.test(line) && !isQuestion(line);
}

/** Whether what is denied is that something was handed over. */
export function isHandedOver(sentence: string): boolean {
  return HANDED_OVER.test(sentence);
}
