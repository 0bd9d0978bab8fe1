import type { DraftKind, FindingKind, RuleLang } from '../finding.ts';

/** What a finding shows: what matched, its clause, or its sentence. */
export type QuoteWidth = 'match' | 'clause' | 'sentence';

/** A rule as it is carried out; its examples stay in the file it was written in. */
export type PackRule = {
  readonly id: string;
  readonly kind: FindingKind;
  readonly confidence: number;
  readonly patterns: readonly string[];
  readonly unless?: readonly string[];
  readonly when?: readonly string[];
  readonly within?: 'sentence' | 'message';
  readonly quote?: QuoteWidth;
  readonly note: string;
  readonly source: string;
  readonly advice?: string;
  readonly level?: 'warning' | 'note';
  readonly profile?: readonly 'performer'[];
  readonly file: string;
};

/** What a person has said of the point that a draft answers. */
export const GROUNDS = ['not_looked_at', 'founded', 'partly', 'unfounded', 'not_ours'] as const;
export type Ground = (typeof GROUNDS)[number];

/**
 * What a kind of a draft's finding means under the circumstances; of several that fit, the first counts.
 *
 * @property ground fits any of these; any ground where it is absent
 * @property counsel fits only with (true) or without (false) an insurer or counsel involved
 * @property place fits in these places: ISO 3166 codes in small letters, with or without subdivision
 */
export type Policy = {
  readonly kind: DraftKind;
  readonly ground?: readonly Ground[];
  readonly counsel?: boolean;
  readonly place?: readonly string[];
  readonly level?: 'warning' | 'note';
  readonly advice?: string;
  readonly source: string;
};

/** The packs of one language, validated; patterns are still text. `version` is a hash of all the rest. */
export type CompiledPack = {
  readonly lang: RuleLang;
  readonly version: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly blockers: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly PackRule[];
  readonly phrases: Readonly<Record<string, string>>;
  readonly policy: readonly Policy[];
};

/** Where a pack is wrong and why. `line` counts from 1. */
export type Problem = { readonly file: string; readonly line: number; readonly reason: string };

/** Word lists that the engine and shared blockers rely on. */
export const REQUIRED_WORDS = [
  'i',
  'you',
  'not',
  'my',
  'your',
  'will',
  'may',
  'must',
  'if',
  'please',
  'thanks',
  'third',
  'say',
] as const;

/** Blockers every language defines. */
export const REQUIRED_BLOCKERS = ['negated', 'third-party', 'reported', 'profession', 'praised'] as const;

/** Blockers the engine itself knows. */
export const BUILT_IN_BLOCKERS: ReadonlySet<string> = new Set(['question', 'quoted']);
