import { type Instant, instantOf } from '../../kernel/instant.ts';
import { inBulk, type Ledger } from '../ledger/ledger.actions.ts';
import { foldersRead } from '../source/mailbox.actions.ts';
import type { Connected, Folder } from '../source/mailbox.imap.ts';
import type { FirstLook, FolderRead, KeptUid, MailboxFact } from '../source/mailbox.ts';
import type { CoveredItem, RunIssue } from '../source/source.ts';
import { beginAhead } from './ahead.ts';
import { letGoOfSealed, prepareBatch } from './import-batch.actions.ts';
import { type Awaits, mailNote, memberOf } from './mailbox.ts';
import { type Compared, compareFolder } from './mailbox-compare.actions.ts';
import { type FoundMail, type Piece, piecesOfFolder } from './mailbox-pieces.ts';
import type { MailRun } from './mailbox-run.actions.ts';
import { type Choice, filedUnder, sidesOf } from './picking.ts';
import type { ReadBatch, ReadItem } from './reader.ts';
import type { Reading } from './reading.ts';
import { commitRecording } from './recording.actions.ts';

/** Reads mails elsewhere than on the thread that talks to the server. */
export type MailReader = (mails: readonly Uint8Array[]) => Promise<readonly Reading[]>;

export type FolderPorts = {
  readonly ledger: Ledger;
  readonly connected: Connected;
  readonly reader: MailReader;
  readonly awaits: Awaits;
  readonly isStopped: () => boolean;
};

const MANY = 200;
/** A server hands out its mail in its own time: what came is made findable meanwhile. In entries. */
const FOUND_SOON = 4_000;

/**
 * Reads what is new in a folder. What was committed stays read when the connection ends: the next reading goes on
 * behind it.
 *
 * @param isFirst whether nothing was read over this connection before: then a few messages are compared with what is
 *   kept of them
 */
export async function readFolder(
  ports: FolderPorts,
  run: MailRun,
  path: string,
  isFirst: boolean,
): Promise<void> {
  const folder = await ports.connected.openFolder(path);
  const before = await lastReading(ports, run, folder);
  if (before && !isFirst && isUnchanged(before, folder)) return;
  // Two threads that begin while the server says what it has are there when its first mails are.
  if (folder.messages - (before?.messages ?? 0) > MANY) {
    ports.reader([]).catch(() => {});
    beginAhead(ports.ledger);
  }
  const compared = await compareFolder(ports, run, folder, before, isFirst);
  const read = () => readPieces(ports, run, folder, before, compared);
  await (compared.uids.length > MANY ? inBulk(ports.ledger, FOUND_SOON, read) : read());
}

async function lastReading(
  { ledger: { db, workspaceId } }: FolderPorts,
  { state }: MailRun,
  { path, uidValidity }: Folder,
): Promise<FolderRead | null> {
  const all = await foldersRead(db, workspaceId, state.begun.run);
  return all.find((one) => one.path === path && one.uidValidity === uidValidity) ?? null;
}

/** With mod-sequences a server says whether anything at all happened (RFC 7162). */
function isUnchanged(before: FolderRead, now: Folder): boolean {
  return now.highestModseq !== null && before.highestModseq === now.highestModseq && isAsBefore(before, now);
}

function isAsBefore(before: FolderRead, now: Folder): boolean {
  return before.uidNext === now.uidNext && before.messages === now.messages;
}

/** While a piece is being committed, the next one is prepared, the one after it read, and another fetched. */
async function readPieces(
  ports: FolderPorts,
  run: MailRun,
  folder: Folder,
  before: FolderRead | null,
  compared: Compared,
): Promise<void> {
  let committing: Promise<void> = Promise.resolve();
  let { issues, gone, newFrom } = compared;
  let last: number | null = null;
  try {
    for await (const { piece, ...read } of begunAhead(batches(ports, run.choice, folder, compared))) {
      if (ports.isStopped()) return;
      const batch = { ...read.batch, issues: [...issues, ...read.batch.issues] };
      if (isEmpty(batch)) continue;
      last = Math.max(compared.from - 1, piece.until);
      const look = lookUpTo(run, compared, newFrom, last);
      newFrom = Math.max(newFrom, last + 1);
      const step = await prepare(ports, run, folder, batch, { until: last, gone, ...look }, arrivals(piece));
      letGoOfSealed(batch, step.prepared);
      await committing;
      committing = commit(ports, run, step);
      committing.catch(() => {});
      [issues, gone] = [[], []];
    }
  } finally {
    await committing;
  }
  const until = Math.max(folder.uidNext - 1, compared.uids.at(-1) ?? 0);
  const isSaid = issues.length === 0 && gone.length === 0 && (last ?? before?.until) === until;
  if (isSaid && (last !== null || (before && isAsBefore(before, folder)))) return;
  const look = lookUpTo(run, compared, newFrom, until);
  const nothing = newBatch([], issues);
  await commit(ports, run, await prepare(ports, run, folder, nothing, { until, gone, ...look }, new Map()));
}

/** Pieces of a folder with what was read in them; the next one is fetched meanwhile. */
async function* batches(
  ports: FolderPorts,
  choice: Choice,
  folder: Folder,
  compared: Compared,
): AsyncGenerator<{ readonly piece: Piece; readonly batch: ReadBatch }> {
  for await (const piece of begunAhead(piecesOfFolder(ports, choice, folder, compared)))
    yield { piece, batch: await batchOf(ports, choice, folder, piece) };
}

/** Begins with the next one before the last is done with. */
async function* begunAhead<T>(made: AsyncGenerator<T>): AsyncGenerator<T> {
  const begin = () => {
    const next = made.next();
    next.catch(() => {});
    return next;
  };
  let next = begin();
  try {
    for (let { done, value } = await next; !done; { done, value } = await next) {
      next = begin();
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await made.return(undefined);
  }
}

/** What is looked at for the first time between two numbers. */
function lookUpTo(run: MailRun, { listed, isKnown }: Compared, newFrom: number, until: number): FirstLook {
  const shown = listed.filter((uid) => uid >= newFrom && uid <= until);
  return { newFrom, listed: shown.length, lookedAt: isKnown ? run.lookedAt : null };
}

function isEmpty({ items, issues }: ReadBatch): boolean {
  return items.length === 0 && issues.length === 0;
}

async function batchOf(
  { reader }: FolderPorts,
  choice: Choice,
  folder: Folder,
  { found, issues }: Piece,
): Promise<ReadBatch> {
  const mails = found.flatMap((one) => (one.became === 'mail' ? [one.bytes] : []));
  const readings = mails.length > 0 ? [...(await reader(mails))] : [];
  const read = found.map((one) =>
    one.became === 'mail' ? readMail(folder, one, readings.shift() as Reading, choice) : unread(folder, one),
  );
  return newBatch(
    read.map(({ item }) => item),
    [...issues, ...read.flatMap((one) => one.issues)],
  );
}

type Read = { readonly item: ReadItem; readonly issues: readonly RunIssue[] };
type Came = Extract<FoundMail, { became: 'mail' }>;

/** The whole mail decides in the end: a server may have shown another header than the one that came. */
function readMail(folder: Folder, mail: Came, reading: Reading, choice: Choice): Read {
  const { uid, bytes, parties } = mail;
  const sides = sidesOf({ ...reading.participants, from: reading.from });
  if (!parties && filedUnder(sides, choice) === null) {
    const note = mailNote('header-not-as-shown', folder.path, String(uid), uid);
    return { item: unread(folder, { became: 'left-out' }).item, issues: [note] };
  }
  const member = memberOf(folder.uidValidity, uid);
  const place = { container: 0, name: folder.path, member, start: 0, until: bytes.length };
  const issues = reading.issues.map(({ code, message }): RunIssue => {
    return { code, message, container: folder.path, member, range: null };
  });
  const known = parties ? { parties } : {};
  return {
    item: { ...place, outcome: 'item', format: 'eml', modifiedMs: null, bytes, reading, ...known },
    issues,
  };
}

/** Of what is left out nothing is kept, not even its number. */
function unread({ path, uidValidity }: Folder, found: Exclude<FoundMail, Came>): Read {
  const member = found.became === 'unreadable' ? memberOf(uidValidity, found.uid) : null;
  const place = { container: 0, name: path, member, start: 0, until: 0 };
  return { item: { ...place, outcome: found.became }, issues: [] };
}

function newBatch(items: ReadItem[], issues: RunIssue[]): ReadBatch {
  return {
    ...{ items, issues, containers: [], ended: [], bytesDone: 0, sizeBytes: 0 },
    ...{ next: { container: 0, resume: null }, isLast: false },
  };
}

type Step = Awaited<ReturnType<typeof prepareBatch>>;

function prepare(
  { ledger }: FolderPorts,
  { wish, state }: MailRun,
  folder: Folder,
  batch: ReadBatch,
  looked: FirstLook & { readonly until: number; readonly gone: readonly number[] },
  arrived: Arrivals,
): Promise<Step> {
  const fact = (covered: readonly CoveredItem[]): MailboxFact => ({
    kind: 'source.folder-read.2',
    run: state.begun.run,
    source: state.begun.source,
    ...{ path: folder.path, uidValidity: folder.uidValidity, uidNext: folder.uidNext },
    ...{ messages: folder.messages, highestModseq: folder.highestModseq },
    ...{ kept: keptIn(batch, covered, arrived), ...looked },
  });
  return prepareBatch(ledger, state, wish, batch, null, (covered) => [fact(covered)]);
}

async function commit({ ledger }: FolderPorts, { state }: MailRun, step: Step): Promise<void> {
  await commitRecording(ledger, step.prepared);
  for (const [digest, forms] of step.inFlight)
    if (state.inFlight.get(digest) === forms) state.inFlight.delete(digest);
}

type Arrivals = ReadonlyMap<number, Instant>;

function arrivals({ found }: Piece): Arrivals {
  return new Map(
    found.flatMap((one) =>
      one.became === 'mail' && one.arrivedAt ? [[one.uid, instantOf(one.arrivedAt.getTime())]] : [],
    ),
  );
}

/** Items of a batch are covered in their order. */
function keptIn(
  { items }: ReadBatch,
  covered: readonly CoveredItem[],
  arrived: Arrivals,
): readonly KeptUid[] {
  return items.flatMap((item, i) => {
    const interaction = covered[i]?.[5];
    if (item.outcome !== 'item' || !interaction) return [];
    const uid = Number(item.member?.split('/')[1]);
    return [[uid, item.bytes.length, item.reading.sha256, interaction, arrived.get(uid) ?? null] as const];
  });
}
