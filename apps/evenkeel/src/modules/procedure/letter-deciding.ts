import type { Role } from '../../kernel/http.ts';
import type { Stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { letterDigest, type WrittenLetter } from './letter.ts';
import type { Lang, PackStep } from './pack.ts';
import { holds } from './predicates.ts';
import {
  type HandWay,
  mayDo,
  type ProcedureFact,
  type ProcedureId,
  type ProcedureRefusal,
} from './procedure.ts';
import { currentStep, type FinishedLetter, letterNow, type ProcedureState } from './state.ts';

type Of<K extends ProcedureFact['kind']> = Extract<ProcedureFact, { kind: K }>;
type Decided<K extends ProcedureFact['kind']> = Outcome<Of<K>, ProcedureRefusal>;

/** What speaks of the letter itself cannot be needed before it is finished. */
const OF_LETTERS: ReadonlySet<string> = new Set(['letter-final', 'letter-handed-over', 'letter-proved']);

/** Decides whether a letter is finished: its step is to be done now, and nothing that it says is missing. */
export function decideFinishing(
  state: ProcedureState,
  id: ProcedureId,
  wish: {
    readonly finished: string;
    readonly letter: string;
    readonly lang: Lang;
    readonly written: WrittenLetter;
  },
  role: Role,
): Decided<'procedure.letter-finished'> {
  const step = stepOfLetter(state, wish.letter);
  if (!step.ok) return step;
  if (!mayDo(step.value, role)) return refuse('role-needed', { role: step.value.role });
  if (letterNow(state, wish.letter)?.handedOverAt) return refuse('letter-sent');
  const unmet = step.value.needs.filter((need) => !OF_LETTERS.has(need.predicate) && !holds(state, need));
  if (unmet.length > 0) return refuse('needs-missing', { needs: unmet.map(({ predicate }) => predicate) });
  const { subject, text, missing } = wish.written;
  if (missing.length > 0 || subject === '' || text === '')
    return refuse('fields-missing', { fields: missing });
  const { finished, letter, lang } = wish;
  const sha256 = letterDigest(subject, text);
  return accept({ kind: 'procedure.letter-finished', id, finished, letter, lang, subject, text, sha256 });
}

function stepOfLetter(state: ProcedureState, letter: string): Outcome<PackStep, ProcedureRefusal> {
  if (state.isEnded) return refuse('procedure-ended');
  if (!(letter in state.pack.letters)) return refuse('letter-unknown');
  const step = currentStep(state);
  return step?.letter === letter ? accept(step) : refuse('letter-not-now', { now: step?.id ?? null });
}

/** The finished letter that may be handed over now. */
export function letterToHand(
  state: ProcedureState,
  letter: string,
  role: Role,
): Outcome<FinishedLetter, ProcedureRefusal> {
  const step = stepOfLetter(state, letter);
  if (!step.ok) return step;
  if (!mayDo(step.value, role)) return refuse('role-needed', { role: step.value.role });
  const finished = letterNow(state, letter);
  if (!finished) return refuse('letter-unfinished');
  return finished.handedOverAt ? refuse('letter-sent') : accept(finished);
}

export function decideHandingOver(
  state: ProcedureState,
  id: ProcedureId,
  { finishedAt, id: finished }: FinishedLetter,
  wish: { readonly way: HandWay; readonly at: Stated; readonly interaction: string },
): Decided<'procedure.letter-handed-over'> {
  // Clocks of two machines may differ a little; a letter does not leave before it is written.
  const early = Date.parse(wish.at.at) < Date.parse(finishedAt) - 5 * 60_000;
  if (early || wish.at.at > state.now) return refuse('time-unusable', { from: finishedAt, until: state.now });
  return accept({ kind: 'procedure.letter-handed-over', id, finished, ...wish });
}

/** Proof may come late, also after the end. */
export function decideProving(
  state: ProcedureState,
  id: ProcedureId,
  letter: string,
  interaction: string,
): Decided<'procedure.letter-proved'> {
  if (!(letter in state.pack.letters)) return refuse('letter-unknown');
  const sent = state.letters.findLast((one) => one.letter === letter && one.handedOverAt !== null);
  if (!sent) return refuse('letter-not-handed-over');
  return accept({ kind: 'procedure.letter-proved', id, finished: sent.id, interaction });
}
