/** Which kind each concept belongs to, -1 for none, and how many kinds there are. */
export type Kin = { readonly kindOf: readonly number[]; readonly kinds: number };

/** The kinds of concepts by how their names begin; the first kind that fits. */
export function kinOf(names: readonly string[], kinds: readonly RegExp[]): Kin {
  return { kindOf: names.map((name) => kinds.findIndex((kind) => kind.test(name))), kinds: kinds.length };
}

/** Insults, obscene words, slurs, wishes of harm and threats, all as one: there are few texts to learn from. */
export const KINDS_RU: readonly RegExp[] = [
  /^(?:insult-(?!name-calling-soft)|swear-(?!milder|at-things)|go-away-vulgar|shut-up|suck|mother-insult|dismiss-contempt|group-slur|dehumanise|people-like|wish-harm|threat-|sex-coarse|harass)/,
];
