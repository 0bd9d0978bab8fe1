import type { Actor } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadState, type Opened, openProcedure, type ProcedurePorts } from './loading.actions.ts';
import { goOn, movedDue, record, takeWay } from './moving.actions.ts';
import { type PackStep, type PackWay, stepIn } from './pack.ts';
import { holds } from './predicates.ts';
import { type Running, runningNow } from './procedure.store.ts';
import { type ProcedureId, type ProcedureRefusal, replyBehind, wayOn } from './procedure.ts';
import { currentVisit, type ProcedureState } from './state.ts';

/** Who notes what nobody has to do: that a reply came, or that none did. */
const CLOCK = 'clock' as Actor;

/** The way that the clock would take now; null when it has nothing to do. */
function clockWay(state: ProcedureState): { readonly step: PackStep; readonly way: PackWay } | null {
  const visit = currentVisit(state);
  const step = visit && stepIn(state.pack, visit.step);
  if (step?.role !== 'clock' || !step.needs.every((need) => holds(state, need))) return null;
  const way = wayOn(state, step);
  return way && { step, way };
}

/**
 * Takes running procedures as far as the clock can: a reply that came, a day that passed. Calling it twice does nothing
 * the second time.
 *
 * Looked at are those whose time has come, those of whose party anything was recorded since the last look, and those that
 * nobody looked at for an hour, as somebody may have corrected the calendar.
 *
 * @param seen what the looks before saw, which this one adds to; what is not running any more is forgotten. With an empty
 *   one, all are looked at.
 * @returns how many procedures went on
 */
export async function tick(ports: ProcedurePorts, seen: Seen = new Map()): Promise<number> {
  const { db, workspaceId, chance } = ports.ledger;
  const now = chance.now();
  const running = await runningNow(db, workspaceId);
  let moved = 0;
  for (const one of running) {
    if (!isToLookAt(one, seen.get(one.id), now)) continue;
    if (await tickOne(ports, one.id)) moved += 1;
    else seen.set(one.id, { length: one.length, at: now });
  }
  forgetEnded(seen, running);
  return moved;
}

/** When each running procedure was looked at last, and how much was recorded of its party by then. */
export type Seen = Map<string, { readonly length: number; readonly at: Instant }>;
const LOOK_AGAIN_MS = 3_600_000;

function isToLookAt(
  { id, length, step, dueAt }: Running,
  seen: ReturnType<Seen['get']>,
  now: Instant,
): boolean {
  if (!seen || step === null || seen.length !== length) return true;
  if (dueAt !== null && dueAt <= now && seen.at < dueAt) return true;
  return Math.abs(Date.parse(now) - Date.parse(seen.at)) >= lookAgainMs(id);
}

/** Between half an hour and an hour, by the chance in its id: those that were looked at together are not again. */
function lookAgainMs(id: string): number {
  return (LOOK_AGAIN_MS / 2) * (1 + Number.parseInt(id.slice(-4), 16) / 0xffff);
}

function forgetEnded(seen: Seen, running: readonly Running[]): void {
  const ids = new Set(running.map(({ id }) => id));
  for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
}

const MOST_STEPS = 20;

export async function tickOne(ports: ProcedurePorts, id: string): Promise<boolean> {
  const { ledger } = ports;
  let isMoved = false;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const opened = await openProcedure(ports, id);
    if (!opened || opened.row.endedAt) return isMoved;
    const state = await loadState(ledger, ledger.db, opened, ledger.chance.now());
    const isCutOff = currentVisit(state) === null;
    if (!isCutOff && !clockWay(state) && !movedDue(state, opened.calendar)) return isMoved;
    await deciding(ledger, CLOCK, `party:${opened.row.partyId}`, (book) => clockStep(ledger, book, opened));
    isMoved = true;
  }
  return isMoved;
}

/** Looks again under the lock: a person may have been faster. */
async function clockStep(
  ledger: Ledger,
  book: Book,
  opened: Opened,
): Promise<Outcome<null, ProcedureRefusal>> {
  const state = await loadState(ledger, book.tx, opened, book.now);
  const found = clockWay(state);
  if (state.isEnded || !found) return goOn(ledger, book, opened);
  const { step, way } = found;
  const { visit } = currentVisit(state)!;
  const { id, partyId } = opened.row;
  const nothing = { choice: null, reason: null, second: null };
  await record(book, partyId, [
    { kind: 'procedure.step-done', id: id as ProcedureId, step: step.id, visit, ...nothing },
  ]);
  return takeWay(
    ledger,
    book,
    opened,
    await loadState(ledger, book.tx, opened, book.now),
    way,
    replyBehind(state, way),
  );
}
