import { accept, BrokenPromise, type Outcome, refuse } from '../../kernel/outcome.ts';
import { moveComplaint } from '../casefile/complaint.actions.ts';
import type { ComplaintStage } from '../casefile/complaint.ts';
import type { Book } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadState, type Opened } from './loading.actions.ts';
import { type PackStep, type PackWay, stepIn } from './pack.ts';
import { projectProcedures } from './procedure.store.ts';
import { type ProcedureFact, type ProcedureId, type ProcedureRefusal, wayOn } from './procedure.ts';
import { currentVisit, type ProcedureState } from './state.ts';
import { hasMoved, stepDue } from './step-due.ts';

export async function recorded(
  book: Book,
  partyId: string,
  fact: ProcedureFact,
): Promise<Outcome<null, never>> {
  await record(book, partyId, [fact]);
  return accept(null);
}

export async function record(book: Book, partyId: string, facts: readonly ProcedureFact[]): Promise<void> {
  await book.record(partyStream(partyId), facts, projectProcedures);
}

/** Comes to the step that follows what was just decided, and moves a due that is another now. */
export async function goOn(
  ledger: Ledger,
  book: Book,
  opened: Opened,
): Promise<Outcome<null, ProcedureRefusal>> {
  const state = await loadState(ledger, book.tx, opened, book.now);
  const last = state.visits.at(-1);
  if (state.isEnded) return accept(null);
  if (!last) return enter(ledger, book, opened, state, state.pack.steps[0]!, null);
  if (last.done === null) return moveDue(book, opened, state);
  const step = stepIn(state.pack, last.step)!;
  const way = wayOn(state, step);
  if (!way) throw new BrokenPromise('row-missing', `No way leads on from the step ${step.id}.`);
  return takeWay(ledger, book, opened, state, way, null);
}

export async function takeWay(
  ledger: Ledger,
  book: Book,
  opened: Opened,
  state: ProcedureState,
  { to, end }: PackWay,
  because: string | null,
): Promise<Outcome<null, ProcedureRefusal>> {
  const { id, partyId } = opened.row;
  if (to !== null) return enter(ledger, book, opened, state, stepIn(state.pack, to)!, because);
  await record(book, partyId, [
    { kind: 'procedure.ended', id: id as ProcedureId, outcome: end, reason: null },
  ]);
  return accept(null);
}

async function enter(
  ledger: Ledger,
  book: Book,
  { row, calendar }: Opened,
  state: ProcedureState,
  step: PackStep,
  because: string | null,
): Promise<Outcome<null, ProcedureRefusal>> {
  const moved = await moveStage(ledger, book, state, step);
  if (!moved.ok) return moved;
  const visit = 1 + state.visits.filter((one) => one.step === step.id).length;
  const due = stepDue(state, step, book.now, calendar);
  const id = row.id as ProcedureId;
  await record(book, row.partyId, [
    { kind: 'procedure.step-entered', id, step: step.id, visit, because, due },
  ]);
  return accept(null);
}

/** A step that begins a stage of a complaint takes the register there. */
async function moveStage(
  ledger: Ledger,
  book: Book,
  { subject, visits }: ProcedureState,
  { stage }: PackStep,
): Promise<Outcome<null, ProcedureRefusal>> {
  if (stage === null || subject.stage === null || subject.stage >= stage) return accept(null);
  const reason = visits.at(-1)?.done?.reason ?? subject.words;
  const moved = await moveComplaint(ledger, book, subject.id, stage as ComplaintStage, reason);
  return moved.ok ? accept(null) : refuse('complaint-refused', { why: moved.reason });
}

/** A clock that stopped, another calendar, a letter that left: the due is what it comes to now. */
async function moveDue(
  book: Book,
  { row, calendar }: Opened,
  state: ProcedureState,
): Promise<Outcome<null, never>> {
  const moved = movedDue(state, calendar);
  if (moved) await record(book, row.partyId, [{ ...moved, id: row.id as ProcedureId }]);
  return accept(null);
}

/** The step of now with its due, where that is another one by now. */
export function movedDue(state: ProcedureState, calendar: Opened['calendar']) {
  const visit = currentVisit(state);
  const step = visit && stepIn(state.pack, visit.step);
  if (!visit || !step) return null;
  const due = stepDue(state, step, visit.enteredAt, calendar);
  if (!hasMoved(visit.due, due)) return null;
  return { kind: 'procedure.due-moved', step: step.id, visit: visit.visit, due } as const;
}
