import type { SignalKind } from './finding.ts';

/**
 * Whether a message needs a reply: nothing is asked, everything was answered before, or only so many things are new.
 *
 * @property mayBeFiled whether it brings nothing but what was answered: then it may be filed without a reply
 */
export type ReplyNeed = {
  readonly is: 'nothing-asked' | 'answered' | 'partly-new';
  readonly count: number;
  readonly mayBeFiled: boolean;
};

/** After these words nobody should be told that no reply is needed. */
const GRAVE: ReadonlySet<string> = new Set<SignalKind>([
  'physical_threat',
  'self_harm',
  'legal_threat',
  'regulator_complaint',
  'exposure_threat',
  'public_threat',
  'chargeback',
  'identity_attack',
]);
const READ: ReadonlySet<string> = new Set(['en', 'ru', 'fi']);

export type Looked = {
  readonly lang: string;
  /** What is asked, and whether it was answered before. */
  readonly wishes: readonly { readonly isAnswered: boolean }[];
  /** Whether it brings a fact or a document that was not there before. */
  readonly hasNews: boolean;
  readonly marks: readonly { readonly kind: string }[];
};

/**
 * What a message leaves to answer.
 *
 * @returns null where that cannot be said: another language, grave words, or all of it is new
 * @example replyNeed({ lang: 'en', wishes: [], hasNews: false, marks: [] }) // nothing-asked
 */
export function replyNeed({ lang, wishes, hasNews, marks }: Looked): ReplyNeed | null {
  if (!READ.has(lang) || marks.some(({ kind }) => GRAVE.has(kind))) return null;
  if (wishes.length === 0) return hasNews ? null : { is: 'nothing-asked', count: 0, mayBeFiled: false };
  const count = wishes.filter(({ isAnswered }) => !isAnswered).length;
  if (count === wishes.length) return null;
  if (count > 0) return { is: 'partly-new', count, mayBeFiled: false };
  return hasNews ? null : { is: 'answered', count: 0, mayBeFiled: true };
}

type Words = Pick<Looked, 'lang' | 'marks'> & { readonly asks: readonly unknown[] };

/** By the words of a message alone: what of it was answered before only the record knows. */
export function needByWords({ lang, asks, marks }: Words): ReplyNeed | null {
  return replyNeed({ lang, wishes: asks.map(() => ({ isAnswered: false })), hasNews: false, marks });
}
