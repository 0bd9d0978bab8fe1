import type { Actor } from '../../kernel/brand.ts';
import type { Caller } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, BrokenPromise, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Outsider } from '../account/second-person.ts';
import { moveComplaint } from '../casefile/complaint.actions.ts';
import type { ComplaintStage } from '../casefile/complaint.ts';
import { type Cite, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadState, type Opened, openProcedure, type ProcedurePorts } from './loading.actions.ts';
import { countMembers, isTheirs } from './material.store.ts';
import { type PackStep, type PackWay, type SubjectKind, stepIn } from './pack.ts';
import type { LoadedPack } from './packs.store.ts';
import { holds } from './predicates.ts';
import { isRunningOn, projectProcedures, type Running, runningNow } from './procedure.store.ts';
import {
  type Doer,
  type DoWish,
  decideAsking,
  decideDoing,
  decideEnding,
  decideRestarting,
  decideSkipping,
  decideStopping,
  type ProcedureFact,
  type ProcedureId,
  type ProcedureRefusal,
  replyBehind,
  wayOn,
} from './procedure.ts';
import { currentVisit, type ProcedureState, type SubjectState } from './state.ts';
import { hasMoved, stepDue } from './step-due.ts';
import { loadSubject } from './subject.actions.ts';

/** Who notes what nobody has to do: that a reply came, or that none did. */
const CLOCK = 'clock' as Actor;

export type StartWish = {
  readonly pack: string;
  readonly partyId: string;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly reason: string | null;
  /** The words it begins from; null when it begins from the thing itself. */
  readonly cite: Cite | null;
};
type Done = Promise<Outcome<{ readonly id: ProcedureId }, ProcedureRefusal>>;

/** Starts a procedure, with the bytes its pack has now. */
export async function startProcedure(ports: ProcedurePorts, actor: Actor, wish: StartWish): Done {
  const { ledger } = ports;
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, wish.partyId))) return refuse('party-unknown');
  const { packs, broken } = await ports.packs.load();
  const found = packs.find(({ pack }) => pack.id === wish.pack);
  if (!found) {
    const place = broken.find(({ file }) => file.startsWith(`${wish.pack}/`));
    return place ? refuse('pack-broken', place) : refuse('pack-unknown', { pack: wish.pack });
  }
  if (!found.pack.subject.includes(wish.subject.kind))
    return refuse('subject-unfit', { kind: wish.subject.kind });
  if (found.pack.starts === 'quote' && !wish.cite) return refuse('quote-needed');
  const id = ledger.newId() as ProcedureId;
  const started = await deciding(ledger, actor, `party:${wish.partyId}`, (book) =>
    startIn(ledger, book, id, wish, found),
  );
  if (!started.ok) return started;
  await enterFirst(ports, actor, id);
  return accept({ id });
}

async function startIn(
  ledger: Ledger,
  book: Book,
  id: ProcedureId,
  wish: StartWish,
  found: LoadedPack,
): Done {
  const { workspaceId } = ledger;
  const { partyId, subject, cite } = wish;
  const about = await loadSubject(ledger, book.tx, partyId, subject, book.now);
  if (!about) return refuse('subject-unknown');
  const lost = cite && (await quoteRefused(book, workspaceId, partyId, about, cite));
  if (lost) return lost;
  const running = await isRunningOn(book.tx, workspaceId, found.pack.id, subject.id);
  if (running) return refuse('procedure-running', { id: running });
  const pack = { id: found.pack.id, sha256: found.sha256, files: found.files };
  const reason = wish.reason?.trim() || null;
  const facts: ProcedureFact[] = [{ kind: 'procedure.started', id, party: partyId, subject, pack, reason }];
  await record(book, partyId, cite ? [...facts, { kind: 'procedure.quoted', id, cite }] : facts);
  return accept({ id });
}

/** Words are quoted from what the procedure is about, as they stand there. */
async function quoteRefused(
  { tx }: Book,
  workspaceId: Ledger['workspaceId'],
  partyId: string,
  { interactionId }: SubjectState,
  cite: Cite,
) {
  if (interactionId !== null && interactionId !== cite.interactionId)
    return refuse('quote-not-found', { quote: cite.quote });
  return citesRefused(tx, workspaceId, partyId, [cite]);
}

/** Comes to the first step, in a decision of its own: a start that was cut off here is taken up by the next tick. */
async function enterFirst(ports: ProcedurePorts, actor: Actor, id: string): Promise<void> {
  await withState(ports, actor, id, async () => accept({ id: id as ProcedureId }));
  await tickOne(ports, id);
}

type Deciding = (
  state: ProcedureState,
  book: Book,
  opened: Opened,
) => Promise<Outcome<unknown, ProcedureRefusal>>;

/** Decides about one procedure as it is under its party's lock, and goes on to where that leads. */
export async function withState(ports: ProcedurePorts, actor: Actor, id: string, decide: Deciding): Done {
  const { ledger } = ports;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  const { partyId } = opened.row;
  return deciding(ledger, actor, `party:${partyId}`, async (book) => {
    const state = await loadState(ledger, book.tx, opened, book.now);
    const decided = await decide(state, book, opened);
    if (!decided.ok) return decided;
    const gone = await goOn(ledger, book, opened);
    return gone.ok ? accept({ id: opened.row.id as ProcedureId }) : gone;
  });
}

export type DoStep = Omit<DoWish, 'outsider'> & { readonly outsider: Outsider | null };

/** Calls the step of now done, and comes to the next. */
export async function doStep(ports: ProcedurePorts, caller: Caller, id: string, wish: DoStep): Done {
  const { ledger } = ports;
  const done = await withState(ports, caller.actor, id, async (state, book, { row }) => {
    if (wish.outsider && !(await isTheirs(book.tx, ledger.workspaceId, wish.outsider.proof)))
      return refuse('proof-unknown');
    const decided = decideDoing(state, row.id as ProcedureId, wish, await doerOf(ledger, book, caller));
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
  if (done.ok) await tickOne(ports, id);
  return done;
}

async function doerOf({ workspaceId }: Ledger, { tx }: Book, { actor, role }: Caller): Promise<Doer> {
  return { actor, role, members: await countMembers(tx, workspaceId) };
}

export async function recorded(
  book: Book,
  partyId: string,
  fact: ProcedureFact,
): Promise<Outcome<null, never>> {
  await record(book, partyId, [fact]);
  return accept(null);
}

async function record(book: Book, partyId: string, facts: readonly ProcedureFact[]): Promise<void> {
  await book.record(partyStream(partyId), facts, projectProcedures);
}

type Reasoned = { readonly step: string; readonly reason: string };

/** Leaves the step of now out, for safety. */
export async function skipStep(ports: ProcedurePorts, caller: Caller, id: string, wish: Reasoned): Done {
  const done = await withState(ports, caller.actor, id, async (state, book, { row }) => {
    const doer = await doerOf(ports.ledger, book, caller);
    const decided = decideSkipping(state, row.id as ProcedureId, wish, doer);
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
  if (done.ok) await tickOne(ports, id);
  return done;
}

/** Begins the day that somebody who works alone waits before a second person's step. */
export function askAlone(ports: ProcedurePorts, caller: Caller, id: string, wish: Reasoned): Done {
  return withState(ports, caller.actor, id, async (state, book, { row }) => {
    const decided = decideAsking(
      state,
      row.id as ProcedureId,
      wish,
      await doerOf(ports.ledger, book, caller),
    );
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
}

export function stopClock(
  ports: ProcedurePorts,
  actor: Actor,
  id: string,
  wish: { readonly stop: string; readonly from: Instant | null; readonly reason: string },
): Done {
  return withState(ports, actor, id, async (state, book, { row }) => {
    const decided = decideStopping(state, row.id as ProcedureId, { ...wish, from: wish.from ?? book.now });
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
}

export function restartClock(
  ports: ProcedurePorts,
  actor: Actor,
  id: string,
  wish: { readonly until: Instant | null; readonly reason: string },
): Done {
  return withState(ports, actor, id, async (state, book, { row }) => {
    const decided = decideRestarting(state, row.id as ProcedureId, {
      ...wish,
      until: wish.until ?? book.now,
    });
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
}

export function endProcedure(ports: ProcedurePorts, actor: Actor, id: string, reason: string): Done {
  return withState(ports, actor, id, async (state, book, { row }) => {
    const decided = decideEnding(state, row.id as ProcedureId, reason);
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
}

/** Comes to the step that follows what was just decided, and moves a due that is another now. */
async function goOn(ledger: Ledger, book: Book, opened: Opened): Promise<Outcome<null, ProcedureRefusal>> {
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

async function takeWay(
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

function movedDue(state: ProcedureState, calendar: Opened['calendar']) {
  const visit = currentVisit(state);
  const step = visit && stepIn(state.pack, visit.step);
  if (!visit || !step) return null;
  const due = stepDue(state, step, visit.enteredAt, calendar);
  if (!hasMoved(visit.due, due)) return null;
  return { kind: 'procedure.due-moved', step: step.id, visit: visit.visit, due } as const;
}

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
