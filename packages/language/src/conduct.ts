import type { SignalKind } from './finding.ts';

/** Five kinds of conduct, in the words of the ombudsman's guidance. They name acts, never a person. */
export const CONDUCT_CATEGORIES = [
  'persistence',
  'demands',
  'cooperation',
  'arguments',
  'behaviours',
] as const;
export type ConductCategory = (typeof CONDUCT_CATEGORIES)[number];

/**
 * What one kind of signal stands for.
 *
 * @property category the conduct it may belong to; null when it is nothing to count against anybody
 * @property isRight whoever does this uses a right of theirs: it is named, and never counted against them
 * @property isSafety people come first here, before any question of conduct
 * @property signs the lines of the practice list that it shows
 */
export type Conduct = {
  readonly category: ConductCategory | null;
  readonly isRight: boolean;
  readonly isSafety: boolean;
  readonly signs: readonly number[];
};

const of = (category: ConductCategory, ...signs: readonly number[]): Conduct => ({
  category,
  isRight: false,
  isSafety: false,
  signs,
});
const right = (...signs: readonly number[]): Conduct => ({
  category: null,
  isRight: true,
  isSafety: false,
  signs,
});
/** A demand about money is answered on its ground; how often it comes is another signal. */
const stake = (...signs: readonly number[]): Conduct => ({
  category: null,
  isRight: false,
  isSafety: false,
  signs,
});

/**
 * From signals to conduct.
 *
 * @source NSW Ombudsman, Managing unreasonable conduct by a complainant; the lines of the practice list, 12 to 19
 */
export const CONDUCT: Readonly<Record<SignalKind, Conduct>> = {
  repeated_demand: of('persistence', 12),
  reopening: of('persistence', 16),
  pressure: of('demands', 13, 18),
  indecision: of('cooperation', 19),
  accusation: of('arguments', 14, 17),
  double_standard: of('arguments', 19),
  emotional_appeal: of('arguments', 18),
  hostility: of('behaviours', 17),
  profanity: of('behaviours', 17),
  identity_attack: of('behaviours', 17),
  sexual_remark: of('behaviours', 17),
  legal_threat: of('behaviours', 15),
  public_threat: of('behaviours', 15),
  exposure_threat: { ...of('behaviours', 15, 18), isSafety: true },
  physical_threat: { ...of('behaviours', 17, 18), isSafety: true },
  self_harm: { category: null, isRight: false, isSafety: true, signs: [18] },
  regulator_complaint: right(15),
  legal_reference: right(),
  churn_threat: right(15),
  refund_demand: stake(13),
  payment_refusal: stake(19),
  chargeback: stake(19),
};
