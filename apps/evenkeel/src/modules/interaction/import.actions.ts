import { isDiskFull } from '../../kernel/durable.ts';
import { type FileSeen, filesUnder } from '../../kernel/files.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import { instantOf } from '../../kernel/instant.ts';
import type { Log } from '../../kernel/log.ts';
import { Halt } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { startThread, type Thread } from '../../kernel/workers.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Actor } from '../ledger/ledger.ts';
import { ownAddresses } from '../ledger/read.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { identifiersAmong } from '../party/party.actions.ts';
import { normalAddress, type PartyFact, type PartyId } from '../party/party.ts';
import { lastStep, type Report, reportOf, unfinishedRun } from '../source/source.actions.ts';
import {
  addTotals,
  type CoveredItem,
  type NextStep,
  NO_ITEMS,
  type RunId,
  type RunSettings,
  type SourceFact,
  type SourceId,
  type Totals,
} from '../source/source.ts';
import type { Correspondents } from './correspondents.ts';
import { originalsByLineDigest } from './interaction.store.ts';
import { directionOf, type InteractionId } from './interaction.ts';
import { type Addressed, filedUnder, sidesOf } from './picking.ts';
import type { ReadBatch, ReaderRequest, ReadItem, ReadMessage } from './reader.ts';
import { commitRecording, contactFact, type NewItem, prepareRecording } from './recording.actions.ts';

export type RunEvent =
  | { readonly progress: { readonly bytes: number; readonly ofBytes: number; readonly totals: Totals } }
  | { readonly acknowledged: readonly string[] }
  | { readonly failed: { readonly code: string; readonly message: string } }
  | { readonly report: Report };

/** An import that is going on in this process. */
export type LiveRun = {
  readonly id: RunId;
  readonly events: RunEvent[];
  progress: { bytes: number; ofBytes: number } | null;
  cancelled: boolean;
  /** True when it is to leave the rest for another time. */
  paused: boolean;
  /** True when it has reported or failed. */
  isOver: boolean;
  /** Resolves at the next event. */
  readonly change: () => Promise<void>;
  done: Promise<void>;
};

export type ImportWish = {
  readonly paths: readonly string[];
  readonly actor: Actor;
  readonly only: readonly string[] | null;
  readonly me: readonly string[];
  /** The party everything chosen is filed under, made or found before. */
  readonly client: { readonly id: PartyId; readonly name: string } | null;
  /** Called when the run has ended, however it ended. */
  readonly after?: () => Promise<void>;
};

export type Importer = {
  readonly survey: (paths: readonly string[], me: readonly string[]) => Promise<Correspondents>;
  readonly start: (wish: ImportWish) => Promise<RunId>;
  readonly live: (id: string) => LiveRun | null;
  readonly cancel: (id: string) => boolean;
  /** Resolves when no import is running or waiting. */
  readonly idle: () => Promise<void>;
  /** Lets imports end with the batch they are at, to be gone on with another time; resolves when they have. */
  readonly stop: () => Promise<void>;
};

type Reader = Thread<ReaderRequest, unknown>;

/** Reads files into the record. One run at a time: they share the disk and the processor anyway. */
export function makeImporter(ledger: Ledger, sealer: Sealer, log: Log): Importer {
  const runs = new Map<string, LiveRun>();
  let queue: Promise<void> = Promise.resolve();
  const begin = async (wish: ImportWish): Promise<RunId> => {
    const files = await filesUnder(wish.paths);
    const begun = await beginRun(ledger, wish, files);
    // The same files with the same choices are being read at this moment: whoever asks again follows that run.
    if (runs.get(begun.run)?.isOver === false) {
      await wish.after?.();
      return begun.run;
    }
    const signal = newSignal();
    const live: LiveRun = {
      id: begun.run,
      events: [],
      progress: null,
      cancelled: false,
      paused: false,
      isOver: false,
      change: signal.next,
      done: Promise.resolve(),
    };
    runs.set(begun.run, live);
    const emit = (event: RunEvent) => {
      if ('report' in event || 'failed' in event) live.isOver = true;
      live.events.push(event);
      signal.fire();
    };
    live.done = queue.then(() => carryOut(ledger, sealer, wish, files, begun, live, emit, log));
    queue = live.done;
    return begun.run;
  };
  // One after the other: two that begin at once would both open a run.
  let beginning: Promise<unknown> = Promise.resolve();
  const start = (wish: ImportWish): Promise<RunId> => {
    const begun = beginning.then(() => begin(wish));
    beginning = begun.catch(() => {});
    return begun;
  };
  return {
    survey: async (paths, me) => {
      const files = await filesUnder(paths);
      return withReader((reader) => reader.ask({ ask: 'survey', files, me }) as Promise<Correspondents>);
    },
    start,
    live: (id) => runs.get(id) ?? null,
    cancel: (id) => {
      const live = runs.get(id);
      if (live) live.cancelled = true;
      return live !== undefined;
    },
    idle: () => queue,
    stop: () => {
      for (const live of runs.values()) live.paused = true;
      return queue;
    },
  };
}

/** Lets any number of readers wait for the next event. */
function newSignal(): { fire: () => void; next: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  return {
    fire: () => {
      for (const wake of waiting.splice(0)) wake();
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

async function withReader<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
  const reader: Reader = startThread(new URL('./reader.worker.ts', import.meta.url));
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

type Begun = {
  readonly run: RunId;
  readonly source: SourceId;
  readonly step: number;
  readonly next: NextStep;
  readonly totals: Totals;
};

/** Opens a run, or takes up the one that was cut off on the same files with the same choices. */
async function beginRun(ledger: Ledger, wish: ImportWish, files: readonly FileSeen[]): Promise<Begun> {
  const settings: RunSettings = { client: wish.client?.name ?? null, only: wish.only, me: wish.me };
  const fingerprint = fingerprintOf(files, settings);
  const cut = await unfinishedRun(ledger.db, ledger.workspaceId, fingerprint);
  if (cut) {
    const last = await lastStep(ledger.db, ledger.workspaceId, cut.id);
    return {
      run: cut.id,
      source: cut.sourceId,
      step: last?.step ?? 0,
      next: last?.next ?? { container: 0, resume: null },
      totals: cut.totals,
    };
  }
  const source = ledger.newId() as SourceId;
  const run = ledger.newId() as RunId;
  const name = wish.paths.length === 1 && files.length === 1 ? files[0]!.name : `${files.length} files`;
  const facts: SourceFact[] = [
    { kind: 'source.opened', id: source, sourceKind: 'files', name },
    { kind: 'source.run-started', run, source, fingerprint, settings },
  ];
  await commitRecording(
    ledger,
    await prepareRecording(ledger, { source, actor: wish.actor, parties: [], items: [], facts }),
  );
  return { run, source, step: 0, next: { container: 0, resume: null }, totals: NO_ITEMS };
}

function fingerprintOf(files: readonly FileSeen[], settings: RunSettings): string {
  const text = JSON.stringify([files.map((file) => [file.name, file.sizeBytes]), settings]);
  return Buffer.from(sha256(Buffer.from(text))).toString('hex');
}

async function carryOut(
  ledger: Ledger,
  sealer: Sealer,
  wish: ImportWish,
  files: readonly FileSeen[],
  begun: Begun,
  live: LiveRun,
  emit: (event: RunEvent) => void,
  log: Log,
): Promise<void> {
  try {
    await withReader((reader) => readAll(ledger, reader, wish, files, begun, live, emit));
    await sealer.seal();
    emit({ report: (await reportOf(ledger, begun.run))! });
  } catch (error) {
    log('import.stopped', { reason: error instanceof Error ? error.message : String(error) });
    emit({ failed: failureOf(error) });
  } finally {
    live.progress = null;
    await wish.after?.().catch((error: unknown) => log('import.after', { reason: String(error) }));
  }
}

function failureOf(error: unknown): { code: string; message: string } {
  if (isDiskFull(error)) {
    return {
      code: 'disk-full',
      message:
        'The disk is full. Everything that was acknowledged is kept. Free some space and start the same import again: it goes on where it stopped.',
    };
  }
  if (error instanceof Halt) return { code: error.code, message: error.message };
  return {
    code: 'import-stopped',
    message: `The import stopped: ${error instanceof Error ? error.message : String(error)}. Everything that was acknowledged is kept. Start the same import again: it goes on where it stopped.`,
  };
}

async function readAll(
  ledger: Ledger,
  reader: Reader,
  wish: ImportWish,
  files: readonly FileSeen[],
  begun: Begun,
  live: LiveRun,
  emit: (event: RunEvent) => void,
): Promise<void> {
  if (live.paused) throw paused();
  const ofBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const state = newState(wish, begun);
  let ended = files.slice(0, begun.next.container).reduce((sum, file) => sum + file.sizeBytes, 0);
  await reader.ask({ ask: 'open', files, from: begun.next, me: wish.me, only: wish.only });
  // A batch that nobody waits for any more fails when the reader is closed.
  const readNext = () => {
    const asked = reader.ask({ ask: 'next' });
    asked.catch(() => {});
    return asked;
  };
  let reading = readNext();
  // One batch is being read and one prepared while the one before is being committed.
  let committing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const batch = (await reading) as ReadBatch;
      if (!batch.isLast && !live.cancelled) reading = readNext();
      const isLast = batch.isLast || live.cancelled;
      const step = await prepareBatch(
        ledger,
        state,
        wish,
        batch,
        isLast ? (live.cancelled && !batch.isLast ? 'cancelled' : 'finished') : null,
      );
      await committing;
      ended += batch.ended.reduce((sum, size) => sum + size, 0);
      live.progress = {
        bytes: Math.min(ofBytes, ended + (batch.ended.length > 0 ? 0 : batch.bytesDone)),
        ofBytes,
      };
      const progress = { ...live.progress, totals: step.totals };
      committing = commitRecording(ledger, step.prepared).then(() => {
        for (const [digest, forms] of step.inFlight)
          if (state.inFlight.get(digest) === forms) state.inFlight.delete(digest);
        if (step.acknowledged.length > 0) emit({ acknowledged: step.acknowledged });
        emit({ progress });
      });
      committing.catch(() => {});
      if (isLast) break;
      if (live.paused) throw paused();
    }
  } finally {
    // Also when the batch after it failed: what is being committed is still ours to acknowledge, and must be known
    // before the same import can begin again.
    await committing;
  }
}

function paused(): Halt {
  return new Halt(
    'import-paused',
    'Evenkeel is closing, so the import stopped here. Everything that was acknowledged is kept. Start the same import again: it goes on where it stopped.',
  );
}

type ImportState = {
  readonly begun: Begun;
  readonly me: ReadonlySet<string>;
  readonly only: ReadonlySet<string> | null;
  readonly partyOf: Map<string, PartyId>;
  /** How people who have no party yet are called somewhere in the batch, by address. */
  readonly nameOf: Map<string, string>;
  /** Digests of items that are on their way into the database. */
  readonly inFlight: Forms;
  step: number;
  totals: Totals;
};

function newState(wish: ImportWish, begun: Begun): ImportState {
  return {
    begun,
    me: new Set(wish.me),
    only: wish.only && new Set(wish.only),
    partyOf: new Map(),
    nameOf: new Map(),
    inFlight: new Map(),
    step: begun.step,
    totals: begun.totals,
  };
}

async function prepareBatch(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  batch: ReadBatch,
  ending: 'finished' | 'cancelled' | null,
) {
  const sorted = await sortBatch(ledger, state, wish, batch);
  state.totals = addTotals(state.totals, sorted.totals);
  state.step += 1;
  const { run, source } = state.begun;
  const facts: SourceFact[] = [
    {
      kind: 'source.covered',
      run,
      step: state.step,
      items: sorted.covered,
      totals: state.totals,
      issues: batch.issues,
      next: batch.next,
    },
  ];
  if (ending)
    facts.push({
      kind: 'source.run-ended',
      run,
      state: ending,
      totals: state.totals,
    });
  const prepared = await prepareRecording(ledger, {
    source,
    actor: wish.actor,
    parties: sorted.parties,
    items: sorted.items,
    facts,
    containers: batch.containers.map(({ frame, ...seen }) => ({ run, seen, frame })),
  });
  return {
    prepared,
    totals: state.totals,
    inFlight: sorted.inFlight,
    acknowledged: sorted.items.filter((item) => !item.formOf).map((item) => item.id),
  };
}

type Sorted = {
  items: NewItem[];
  covered: CoveredItem[];
  parties: PartyFact[];
  inFlight: Forms;
  totals: Totals;
};

/** Decides for each item of a batch whether it is new, known, another form of a known one, left out or unreadable. */
async function sortBatch(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  batch: ReadBatch,
): Promise<Sorted> {
  const read = batch.items.filter((item): item is ReadMessage => item.outcome === 'item');
  const known = await knownForms(ledger, state, read);
  await meetParties(ledger, state, read);
  const sorted: Sorted = { items: [], covered: [], parties: [], inFlight: new Map(), totals: NO_ITEMS };
  for (const item of batch.items) sortItem(ledger, state, wish, item, known, sorted);
  return sorted;
}

type Forms = Map<string, { sha256: string; interactionId: InteractionId }[]>;

async function knownForms(ledger: Ledger, state: ImportState, read: readonly ReadMessage[]): Promise<Forms> {
  const forms: Forms = new Map();
  // Looked at before the query: what is committed while it runs leaves this list, and the query may not see it.
  const inFlight = new Map(state.inFlight);
  const digests = [...new Set(read.map((item) => item.reading.lineDigest))];
  for (const { lineDigest, ...form } of await originalsByLineDigest(ledger.db, ledger.workspaceId, digests)) {
    forms.set(lineDigest, [...(forms.get(lineDigest) ?? []), form]);
  }
  for (const digest of digests) if (inFlight.has(digest)) forms.set(digest, inFlight.get(digest)!);
  return forms;
}

/** Learns whom addresses belong to, also those that somebody added since this import began, and how strangers are called. */
async function meetParties(ledger: Ledger, state: ImportState, read: readonly ReadMessage[]): Promise<void> {
  state.nameOf.clear();
  for (const { from, participants } of read.map(({ reading }) => reading))
    for (const one of [from, ...participants.to, ...participants.cc, ...participants.bcc])
      if (one?.name && one.address && !state.nameOf.has(normalAddress(one.address)))
        state.nameOf.set(normalAddress(one.address), one.name);
  const met = read.flatMap(({ reading }) => {
    const { from, to } = sidesOf(addressedBy(reading));
    return from === null ? to : [from, ...to];
  });
  const strangers = [...new Set(met)].filter((address) => !state.partyOf.has(address));
  if (strangers.length === 0) return;
  for (const { value, partyId } of await identifiersAmong(ledger.db, ledger.workspaceId, strangers))
    state.partyOf.set(value, partyId);
}

function addressedBy({ from, participants }: ReadMessage['reading']): Addressed {
  const { to, cc, bcc } = participants;
  return { from, to, cc, bcc };
}

function sortItem(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  item: ReadItem,
  known: Forms,
  sorted: Sorted,
): void {
  const cover = (outcome: CoveredItem[4], interaction: string | null, count: Partial<Totals>) => {
    sorted.covered.push([item.container, item.member, item.start, item.until, outcome, interaction]);
    sorted.totals = addTotals(sorted.totals, { ...NO_ITEMS, items: 1, ...count });
  };
  if (item.outcome !== 'item') {
    if (item.outcome === 'left-out') cover('l', null, { leftOut: 1 });
    else cover('u', null, { unreadable: 1 });
    return;
  }
  const { reading } = item;
  const forms = known.get(reading.lineDigest) ?? [];
  const same = forms.find((form) => form.sha256 === reading.sha256);
  if (same) {
    cover('d', same.interactionId, { duplicates: 1 });
    return;
  }
  const id = forms[0]?.interactionId ?? (ledger.newId() as InteractionId);
  const made = { sha256: reading.sha256, interactionId: id };
  const all = [...forms, made];
  for (const place of [known, state.inFlight, sorted.inFlight]) place.set(reading.lineDigest, all);
  sorted.items.push(newItem(ledger, state, wish, item, id, forms.length > 0, sorted.parties));
  // Another form of a known interaction is kept, and counted as the duplicate that it is.
  if (forms.length > 0) cover('d', id, { duplicates: 1 });
  else cover('r', id, { imported: 1 });
}

function newItem(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  item: ReadMessage,
  id: InteractionId,
  isForm: boolean,
  parties: PartyFact[],
): NewItem {
  const { reading } = item;
  const sides = sidesOf(addressedBy(reading));
  const addresses = isForm ? [] : (filedUnder(sides, state) ?? []);
  return {
    id,
    bytes: item.bytes,
    reading,
    interactionKind: 'message',
    direction: directionOf(sides.from, sides.to, state.me),
    origin: {
      run: state.begun.run,
      container: item.name,
      format: item.format,
      member: item.member,
      start: item.start,
      until: item.until,
    },
    mediaType: 'message/rfc822',
    exported: item.modifiedMs === null ? null : fileTime(item.modifiedMs),
    pasted: null,
    parties: [
      ...new Set(
        addresses.map((address) =>
          partyFor(ledger, state, wish, address, state.nameOf.get(address) ?? null, parties),
        ),
      ),
    ],
    formOf: isForm ? id : null,
  };
}

function fileTime(modifiedMs: number): Stated {
  return {
    at: instantOf(Math.floor(modifiedMs)) as Instant,
    offsetMin: null,
    source: 'file-time',
    certainty: 'guessed',
  };
}

/** The party an address belongs to; a new contact, or the chosen client, when nobody is known by it. */
function partyFor(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  address: string,
  name: string | null,
  facts: PartyFact[],
): PartyId {
  const known = state.partyOf.get(address);
  if (wish.client && known !== wish.client.id) {
    if (known) return wish.client.id;
    facts.push({
      kind: 'party.identified',
      id: wish.client.id,
      identifiers: [{ kind: 'address', value: address, label: name, confidence: 'seen' }],
    });
    state.partyOf.set(address, wish.client.id);
    return wish.client.id;
  }
  if (known) return known;
  const id = ledger.newId() as PartyId;
  facts.push(contactFact(id, address, name));
  state.partyOf.set(address, id);
  return id;
}

/** Our own addresses: those of the workspace, and those given for this import. */
export async function ownAndGiven(ledger: Ledger, given: readonly string[]): Promise<readonly string[]> {
  const own = await ownAddresses(ledger.db, ledger.workspaceId);
  return [...new Set([...own, ...given].map(normalAddress))].sort();
}
