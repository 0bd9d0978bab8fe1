import type { Signal } from '../api/shapes.ts';
import type { Novelty } from '../generated/types.gen.ts';

/** Whether a message needs a reply: nothing is asked, everything was answered, or only so many things are new. */
export type Need =
  | { readonly is: 'nothing-asked' | 'answered' }
  | { readonly is: 'partly-new'; readonly count: number };

/** After these words nobody should be told that no reply is needed. */
const GRAVE: ReadonlySet<Signal['kind']> = new Set([
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

/**
 * What a message leaves to answer, by what is new in it beside what was answered before.
 *
 * @returns null where that cannot be said: another language, grave words, or all of it is new
 */
export function needOf(
  { lang, wishes, facts, documents }: Novelty,
  marks: readonly Pick<Signal, 'kind'>[],
): Need | null {
  if (!READ.has(lang) || marks.some(({ kind }) => GRAVE.has(kind))) return null;
  const isNews = facts.length + documents.length > 0;
  if (wishes.length === 0) return isNews ? null : { is: 'nothing-asked' };
  const answered = wishes.filter(({ again }) => again.some(({ reply }) => reply !== null));
  if (answered.length === 0) return null;
  const count = wishes.length - answered.length;
  if (count > 0) return { is: 'partly-new', count };
  return isNews ? null : { is: 'answered' };
}
