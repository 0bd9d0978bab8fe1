import type { Actor } from '../../kernel/brand.ts';
import type { Caller } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Outsider } from '../account/second-person.ts';
import { type Cite, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadState, type Opened, openProcedure, type ProcedurePorts } from './loading.actions.ts';
import { countMembers, isTheirs } from './material.store.ts';
import { goOn, record, recorded } from './moving.actions.ts';
import type { SubjectKind } from './pack.ts';
import type { LoadedPack } from './packs.store.ts';
import { isRunningOn } from './procedure.store.ts';
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
} from './procedure.ts';
import type { ProcedureState, SubjectState } from './state.ts';
import { loadSubject } from './subject.actions.ts';
import { tickOne } from './tick.actions.ts';

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
