import type { Weights } from './solve.ts';

/** Which kind each concept belongs to, -1 for none, and how many kinds there are. */
export type Kin = { readonly kindOf: readonly number[]; readonly kinds: number };

/** The kinds of concepts by how their names begin; the first kind that fits. */
export function kinOf(names: readonly string[], kinds: readonly RegExp[]): Kin {
  return { kindOf: names.map((name) => kinds.findIndex((kind) => kind.test(name))), kinds: kinds.length };
}

/**
 * Adds what a kind weighs to each of its concepts. What concepts of a kind have in common is learnt once for all of them, so
 * that one that no text showed weighs something too; what reads the weights need not know of kinds.
 *
 * @param from where the concepts begin; behind them stand the kinds
 */
export function shareOut({ weights, bias }: Weights, { kindOf }: Kin, from: number): Weights {
  const shared = weights.slice();
  const ofKinds = from + kindOf.length;
  kindOf.forEach((kind, concept) => {
    if (kind >= 0)
      shared[from + concept] = (weights[from + concept] as number) + (weights[ofKinds + kind] as number);
  });
  return { weights: shared.fill(0, ofKinds), bias };
}

/** Insults, obscene words, slurs, wishes of harm and threats, all as one: there are few texts to learn from. */
export const KINDS_RU: readonly RegExp[] = [
  /^(?:insult-(?!name-calling-soft)|swear-(?!milder|at-things)|go-away-vulgar|shut-up|suck|mother-insult|dismiss-contempt|group-slur|dehumanise|people-like|wish-harm|threat-|sex-coarse|harass)/,
];
