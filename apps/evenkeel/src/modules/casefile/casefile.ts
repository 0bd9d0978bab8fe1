import type { CaseFact } from './case.ts';
import type { ComplaintFact } from './complaint.ts';
import type { HoldFact } from './hold.ts';

/** Everything that is recorded here; each says in `kind` which of the three it is about. */
export type CasefileFact = CaseFact | ComplaintFact | HoldFact;

/** One step in the history of a case, a complaint or a hold. */
export type CasefileStep = {
  readonly recordId: string;
  readonly kind: string;
  readonly actor: string;
  readonly at: string;
  readonly reason: string | null;
  /** The rest of the fact, as it was recorded. */
  readonly params: Readonly<Record<string, unknown>>;
};
