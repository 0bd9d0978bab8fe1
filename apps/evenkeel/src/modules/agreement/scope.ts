import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import { contentWords, sharedWords } from '../signal/repeats.ts';
import type { ClauseKind } from './clause.ts';

export const SCOPE_VERDICTS = ['in', 'out', 'unclear'] as const;
export type ScopeVerdict = (typeof SCOPE_VERDICTS)[number];

export type ScopeFact = {
  readonly kind: 'agreement.scope-decided';
  readonly id: string;
  readonly party: string;
  /** The point it is decided of, when it is one. */
  readonly point: string | null;
  readonly cite: Cite | null;
  /** What was asked for. */
  readonly words: string;
  readonly lang: string;
  readonly verdict: ScopeVerdict;
  readonly clause: string | null;
  readonly clauseVersion: number | null;
  readonly reason: string;
};

export type ScopeRefusal = 'words-empty' | 'scope-without-clause' | 'reason-missing' | 'clause-unknown';

/** In or out is said by a clause; where none says it, it is unclear. */
export function decideScope(
  id: string,
  wish: Omit<ScopeFact, 'kind' | 'id'>,
): Outcome<ScopeFact, ScopeRefusal> {
  if (wish.words.trim() === '') return refuse('words-empty', { at: 'words' });
  if (wish.verdict !== 'unclear' && wish.clause === null)
    return refuse('scope-without-clause', { at: 'clauseId' });
  if (wish.reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'agreement.scope-decided', ...wish, id, reason: wish.reason.trim() });
}

type Said = { readonly words: string; readonly lang: string };

/** A clause that speaks of the same: `shared` are the words of the question that stand in it, as they were written. */
export type ClauseHint = { readonly clauseId: string; readonly shared: readonly string[] };

/** What says whether something is in scope comes before what only speaks of the same things. */
const SCOPE_KINDS: readonly ClauseKind[] = ['scope_in', 'scope_out', 'content_limits'];
const HINTS_SHOWN = 6;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Clauses whose words share content words with what was asked, the nearest first. Words are compared by stem, and the
 * common ones of our trade across languages: a clause in another language may be found, and may be missed.
 */
export function hintsFor(
  { words, lang }: Said,
  clauses: readonly {
    readonly id: string;
    readonly kind: ClauseKind;
    readonly says: string;
    readonly lang: string;
  }[],
): readonly ClauseHint[] {
  const asked = [...new Set(words.toLowerCase().match(WORD) ?? [])].map((written) => ({
    written,
    lexemes: contentWords({ quote: written, lang }).flat(),
  }));
  return clauses
    .map((clause) => {
      const known = new Set(contentWords({ quote: clause.says, lang: clause.lang }).flat());
      const shared = asked.filter(({ lexemes }) => lexemes.some((lexeme) => known.has(lexeme)));
      const isScope = SCOPE_KINDS.includes(clause.kind);
      return { clauseId: clause.id, shared: shared.map(({ written }) => written), isScope };
    })
    .filter(({ shared }) => shared.length > 0)
    .sort(
      (one, other) => Number(other.isScope) - Number(one.isScope) || other.shared.length - one.shared.length,
    )
    .slice(0, HINTS_SHOWN)
    .map(({ clauseId, shared }) => ({ clauseId, shared }));
}

/** Half of the shorter one's content words, and at least two unless it has only one. */
const SAME_SHARE = 0.5;

/** Whether an earlier decision was about the same thing, in other words. */
export function isSameThing(asked: Said, decided: Said): boolean {
  const [one, other] = [asked, decided].map(({ words, lang }) => contentWords({ quote: words, lang }));
  const shorter = one!.length <= other!.length ? one! : other!;
  const shared = sharedWords(shorter, shorter === one ? other! : one!);
  return shared >= Math.min(2, shorter.length) && shared > 0 && shared / shorter.length >= SAME_SHARE;
}
