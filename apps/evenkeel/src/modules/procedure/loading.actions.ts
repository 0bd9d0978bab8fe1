import type { Calendar } from '../../kernel/calendar.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { calendarFor } from '../agreement/hours.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { checkNoteText } from '../signal/language.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { kindsSince, loadReplies, momentOf } from './material.store.ts';
import { type Pack, stepIn } from './pack.ts';
import { type Packs, packOfBytes } from './packs.store.ts';
import {
  loadAsked,
  loadFinished,
  loadProcedure,
  loadStops,
  loadVisits,
  type ProcedureRow,
} from './procedure.store.ts';
import { loadBeside } from './restriction/beside.actions.ts';
import type { ProcedureState } from './state.ts';
import { loadSubject } from './subject.actions.ts';

export type ProcedurePorts = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly packs: Packs;
  readonly reader: Reader;
};

/** What of a procedure does not change while something is decided about it; read before anything is locked. */
export type Opened = {
  readonly row: ProcedureRow;
  readonly pack: Pack;
  readonly calendar: Calendar;
  readonly noteFindings: number | null;
};

/** @returns null when there is no such procedure */
export async function openProcedure(ports: ProcedurePorts, id: string): Promise<Opened | null> {
  const { ledger } = ports;
  const row = await loadProcedure(ledger.db, ledger.workspaceId, id);
  if (!row) return null;
  const pack = await packOfBytes(row.packSha256, row.files);
  if (!pack) throw new BrokenPromise('unknown-fact', `The pack of procedure ${id} cannot be read any more.`);
  const [calendar, noteFindings] = await Promise.all([
    calendarFor(ledger, row.partyId),
    findingsIn(ports, pack, row),
  ]);
  return { row, pack, calendar, noteFindings };
}

/** Only where the step of now asks for it are the words read: the engine is not woken for anything else. */
async function findingsIn(
  { ledger, reader }: ProcedurePorts,
  pack: Pack,
  row: ProcedureRow,
): Promise<number | null> {
  const { needs = [], next = [] } = stepIn(pack, row.step ?? '') ?? {};
  const asked = [...needs, ...next.flatMap(({ when }) => when)];
  const isAsked = asked.some(({ predicate }) => predicate === 'note-is-neutral');
  const subject = isAsked
    ? await loadSubject(ledger, ledger.db, row.partyId, subjectOf(row), row.startedAt)
    : null;
  if (!subject) return null;
  // Without the engine nobody has looked, and nothing is called neutral.
  return checkNoteText(ledger, reader, { text: subject.words, lang: null }).then(
    ({ findings }) => findings.length,
    () => null,
  );
}

function subjectOf({ subjectKind, subjectId }: ProcedureRow) {
  return { kind: subjectKind, id: subjectId };
}

/** The state as it is in a transaction: all that predicates look at, read once. */
export async function loadState(
  ledger: Ledger,
  db: Db | Tx,
  { row, pack, noteFindings }: Opened,
  now: Instant,
): Promise<ProcedureState> {
  const { workspaceId } = ledger;
  const { id, partyId, startedAt } = row;
  const subject = await loadSubject(ledger, db, partyId, subjectOf(row), startedAt);
  if (!subject)
    throw new BrokenPromise('row-missing', `What procedure ${id} is about is not there any more.`);
  const quote = await quoteOf(ledger, db, row);
  const visits = await loadVisits(db, workspaceId, id);
  const letters = await loadFinished(db, workspaceId, id);
  const sentAt = letters.flatMap(({ handedOverAt }) => handedOverAt ?? []).toSorted()[0];
  const replies = sentAt ? await loadReplies(db, workspaceId, partyId, sentAt) : [];
  const recordedSince = await kindsSince(db, workspaceId, partyId, startedAt);
  const beside = await loadBeside(ledger, db, row, pack, now);
  const stops = await loadStops(db, workspaceId, id);
  const asked = await loadAsked(db, workspaceId, id);
  const isEnded = (await loadProcedure(db, workspaceId, id))?.endedAt !== null;
  return {
    now,
    pack,
    startedAt,
    visits,
    letters,
    stops,
    asked,
    isEnded,
    subject,
    quote,
    recordedSince,
    beside,
    replies,
    noteFindings,
  };
}

async function quoteOf(
  { workspaceId }: Ledger,
  db: Db | Tx,
  { cite }: ProcedureRow,
): Promise<ProcedureState['quote']> {
  const at = cite && (await momentOf(db, workspaceId, cite.interactionId));
  return cite && at ? { words: cite.quote, at } : null;
}
