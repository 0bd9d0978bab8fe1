import type { Actor } from '../../kernel/brand.ts';
import type { Caller } from '../../kernel/http.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import type { ProcedureRefusal } from '../procedure/procedure.ts';
import { atGate, type GatePorts } from './gate.actions.ts';
import { NO_ACTS, type Standing, type Verdict } from './gate.ts';
import { type Ready, readyToLeave, sendLetter } from './sending.actions.ts';
import { sendingsOfLetter } from './sending.store.ts';
import { decideSending, type SendingRefusal } from './sending.ts';
import { isApproved, isWaiting, loadWait, projectWaits } from './waits.store.ts';
import { decideAct, type SendWish, type Wait, type WaitAct, type WaitFact } from './waits.ts';

type Refusal = SendingRefusal | ProcedureRefusal;
/** It left, or it waits. */
export type Sent = { readonly id: string; readonly waits: boolean };
type Done = Promise<Outcome<Sent, Refusal>>;
type Which = SendWish & { readonly letter: string };

/** Brings a finished letter to the gate: it leaves now, or waits, or is refused with what forbids it. */
export async function bringToGate(
  ports: GatePorts,
  caller: Caller,
  procedure: string,
  { letter, ...wish }: Which,
): Done {
  const { ledger } = ports;
  const ready = await readyToLeave(ports, caller, procedure, { letter, ...wish });
  if (!ready.ok) return ready;
  const free = await notUnderWay(ledger, ready.value);
  if (!free.ok) return free;
  const weighed = await weighNew(ports, caller.actor, procedure, ready.value, wish.atOpening);
  if (weighed.verdict === 'forbidden') return forbiddenBy(weighed.standing);
  if (weighed.verdict !== 'leaves') return beginToWait(ports, caller, procedure, ready.value, wish, weighed);
  const sent = await sendLetter(ports, caller, procedure, ready.value, { letter, ...wish, wait: null });
  return sent.ok ? accept({ ...sent.value, waits: false }) : sent;
}

async function notUnderWay(
  { db, workspaceId }: Ledger,
  { letter }: Ready,
): Promise<Outcome<null, SendingRefusal>> {
  if (await isWaiting(db, workspaceId, letter.finished.id)) return refuse('waits-already');
  return decideSending(await sendingsOfLetter(db, workspaceId, letter.finished.id));
}

async function weighNew(
  ports: GatePorts,
  sender: Actor,
  procedure: string,
  { letter: { finished, partyId, to } }: Ready,
  atOpening: boolean,
): Promise<Verdict> {
  const { db, workspaceId, chance } = ports.ledger;
  const words = { procedureId: procedure, sha256: finished.sha256, to: to.address };
  const acts = { ...NO_ACTS, isApproved: await isApproved(db, workspaceId, words) };
  const askedAt = chance.now();
  return atGate(ports, { procedure, party: partyId, sender, words: finished, askedAt, atOpening, acts });
}

function forbiddenBy([first]: readonly Standing[]): Outcome<never, SendingRefusal> {
  const since = first?.at?.slice(0, 10) ?? '';
  if (first?.rule === 'counsel') return refuse('through-counsel', { since });
  return refuse('contact-restricted', { rule: first?.rule ?? '', number: first?.number ?? 0, since });
}

async function beginToWait(
  { ledger }: GatePorts,
  { actor, role }: Caller,
  procedure: string,
  ready: Ready,
  wish: SendWish,
  { verdict, standing, until }: Verdict,
): Done {
  const { finished, partyId, to } = ready.letter;
  return deciding(ledger, actor, `sending:${finished.id}`, async (book) => {
    if (await isWaiting(book.tx, ledger.workspaceId, finished.id)) return refuse('waits-already');
    const id = ledger.newId();
    const of = { id, party: partyId, procedure, letter: finished.letter, finished: finished.id };
    const weighed = { verdict: verdict as Wait['verdict'], standing, until };
    const fact: WaitFact = {
      ...{ kind: 'outbox.waits', ...of, sha256: finished.sha256, to: to.address, role, wish },
      ...weighed,
    };
    await book.record(partyStream(partyId), [fact], projectWaits);
    return accept({ id, waits: true });
  });
}

/** What stands against a finished letter, and what would become of it if it were sent now. */
export async function gateView(
  ports: GatePorts,
  caller: Caller,
  procedure: string,
  which: { readonly letter: string; readonly confirmedNames: readonly string[] },
): Promise<Outcome<Verdict, Refusal>> {
  const ready = await readyToLeave(ports, caller, procedure, which);
  return ready.ok ? accept(await weighNew(ports, caller.actor, procedure, ready.value, false)) : ready;
}

/** A person does something to a letter that waits; where nothing stands against it any more, it leaves. */
export async function actOnWait(ports: GatePorts, caller: Caller, id: string, act: WaitAct): Done {
  const { ledger } = ports;
  const found = await loadWait(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('wait-unknown');
  const done = await deciding(ledger, caller.actor, `sending:${found.finishedId}`, async (book) => {
    const wait = await loadWait(book.tx, ledger.workspaceId, id);
    const decided = decideAct(wait, act, caller.actor, book.now);
    if (!decided.ok) return decided;
    await book.record(partyStream(found.partyId), [decided.value], projectWaits);
    return accept({ id, waits: act.does !== 'take-back' });
  });
  return done.ok && done.value.waits ? letLeave(ports, id) : done;
}

/** Weighs a letter that waits anew: it leaves, waits on, or is stopped where it cannot leave any more. */
export async function letLeave(ports: GatePorts, id: string): Done {
  const { ledger } = ports;
  const wait = await loadWait(ledger.db, ledger.workspaceId, id);
  if (wait?.state !== 'waiting') return refuse('wait-over');
  const { letter, procedureId, wish } = wait;
  const caller = callerOf(wait);
  const ready = await readyToLeave(ports, caller, procedureId, { letter, ...wish });
  if (!ready.ok) return stop(ledger, wait, ready);
  const { finished, to } = ready.value.letter;
  if (finished.id !== wait.finishedId || to.address !== wait.to)
    return stop(ledger, wait, refuse('letter-changed'));
  const weighed = await atGate(ports, {
    ...{ procedure: procedureId, party: wait.partyId, sender: wait.askedBy, words: finished },
    ...{ askedAt: wait.askedAt, atOpening: wish.atOpening, acts: await actsOn(ledger, wait) },
  });
  if (weighed.verdict === 'forbidden') return stop(ledger, wait, forbiddenBy(weighed.standing));
  if (weighed.verdict !== 'leaves') return waitOn(ledger, wait, weighed);
  const sent = await sendLetter(ports, caller, procedureId, ready.value, { letter, ...wish, wait: id });
  if (sent.ok) return accept({ id, waits: false });
  // What the server said is kept with the sending; what kept it from being begun is said here.
  return stop(ledger, wait, sent);
}

/** It leaves in the name of whoever sent it, by the right they had. */
function callerOf({ askedBy, askedRole }: Wait): Caller {
  return { actor: askedBy as Actor, role: askedRole, name: '', isLocal: false };
}

async function actsOn({ db, workspaceId }: Ledger, wait: Wait) {
  const { lookedAt, hurriedAt, forSafety } = wait;
  return {
    isApproved: await isApproved(db, workspaceId, wait),
    lookedAt,
    hurried: hurriedAt === null ? null : { forSafety },
  };
}

async function waitOn(ledger: Ledger, wait: Wait, { verdict, standing, until }: Verdict): Done {
  const { id } = wait;
  const weighed = { verdict: verdict as Wait['verdict'], standing, until };
  const noted = await noteOf(ledger, wait, { kind: 'outbox.waits-on', id, ...weighed });
  return noted.ok ? accept({ id, waits: true }) : noted;
}

async function stop<R extends Refusal>(
  ledger: Ledger,
  wait: Wait,
  refusal: Outcome<never, R>,
): Promise<Outcome<never, R>> {
  if (!refusal.ok) await noteOf(ledger, wait, { kind: 'outbox.stopped', id: wait.id, why: refusal.reason });
  return refusal;
}

/** Writes down what became of a letter that waits, unless it waits no more. */
function noteOf(
  ledger: Ledger,
  { id, partyId, finishedId, askedBy }: Wait,
  fact: WaitFact,
): Promise<Outcome<null, SendingRefusal>> {
  return deciding(ledger, askedBy as Actor, `sending:${finishedId}`, async (book) => {
    if ((await loadWait(book.tx, ledger.workspaceId, id))?.state !== 'waiting') return refuse('wait-over');
    await book.record(partyStream(partyId), [fact], projectWaits);
    return accept(null);
  });
}
