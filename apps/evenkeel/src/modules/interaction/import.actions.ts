import type { ExportSettings } from '@evenkeel/records/exported';
import { NOTHING_STATED } from '@evenkeel/records/exported';
import { isDiskFull } from '../../kernel/durable.ts';
import { type FileSeen, filesUnder, type Given } from '../../kernel/files.ts';
import type { Log } from '../../kernel/log.ts';
import { Halt } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { startThread, type Thread } from '../../kernel/workers.ts';
import { inBulk, isSomebodyAtWork, type Ledger } from '../ledger/ledger.actions.ts';
import { ownAddresses } from '../ledger/read.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { normalAddress } from '../party/party.ts';
import { lastStep, type Report, reportOf, unfinishedRun } from '../source/source.actions.ts';
import {
  NO_ITEMS,
  type RunId,
  type RunSettings,
  type SourceFact,
  type SourceId,
  type Totals,
} from '../source/source.ts';
import type { Correspondents } from './correspondents.ts';
import type { Exported } from './exported.ts';
import { letGoOfSealed, prepareBatch } from './import-batch.actions.ts';
import { type Begun, type ImportWish, newState } from './import-batch.ts';
import type { ReadBatch, ReaderRequest } from './reader.ts';
import { commitRecording, prepareRecording } from './recording.actions.ts';

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

export type Importer = {
  readonly survey: (
    paths: readonly Given[],
    me: readonly string[],
    settings: ExportSettings,
  ) => Promise<Correspondents>;
  readonly start: (wish: ImportWish) => Promise<RunId>;
  readonly live: (id: string) => LiveRun | null;
  readonly cancel: (id: string) => boolean;
  /** Resolves when no import is running or waiting. */
  readonly idle: () => Promise<void>;
  /** Lets imports end with the batch they are at, to be gone on with another time; resolves when they have. */
  readonly stop: () => Promise<void>;
};

/** Items of one batch. Its entries lock the head of the ledger until they are committed: some 35 ms, and some 5. */
const MANY_ITEMS = 256;
const FEW_ITEMS = 32;
/** What is brought in is wanted to look at first, and to be found afterwards. In entries. */
const FOUND_LATER = 50_000;

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
    survey: async (paths, me, settings) => {
      const files = await filesUnder(paths);
      return withReader(
        (reader) => reader.ask({ ask: 'survey', files, me, settings }) as Promise<Correspondents>,
      );
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

/** Opens a run, or takes up the one that was cut off on the same files with the same choices. */
async function beginRun(ledger: Ledger, wish: ImportWish, files: readonly FileSeen[]): Promise<Begun> {
  const settings: RunSettings = {
    ...{ client: wish.client?.name ?? null, only: wish.only, me: wish.me },
    ...(wish.nameless && wish.only ? { nameless: true } : {}),
    ...(wish.settings && isStated(wish.settings) ? { exports: wish.settings } : {}),
  };
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

function isStated({ zone, dateOrder }: ExportSettings): boolean {
  return zone !== null || dateOrder !== null;
}

/** Files of the same names, sizes and times with the same choices: only then a run that was cut off is gone on with. */
function fingerprintOf(files: readonly FileSeen[], settings: RunSettings): string {
  const text = JSON.stringify([files.map((file) => [file.name, file.sizeBytes, file.modifiedMs]), settings]);
  return Buffer.from(sha256(Buffer.from(text))).toString('hex');
}

async function carryOut(
  ledger: Ledger,
  sealer: Sealer,
  wish: ImportWish,
  files: FileSeen[],
  begun: Begun,
  live: LiveRun,
  emit: (event: RunEvent) => void,
  log: Log,
): Promise<void> {
  try {
    await inBulk(ledger, FOUND_LATER, () =>
      withReader((reader) => readAll(ledger, reader, wish, files, begun, live, emit)),
    );
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
  files: FileSeen[],
  begun: Begun,
  live: LiveRun,
  emit: (event: RunEvent) => void,
): Promise<void> {
  if (live.paused) throw paused();
  const ofBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const state = newState(wish, begun);
  let ended = files.slice(0, begun.next.container).reduce((sum, file) => sum + file.sizeBytes, 0);
  await reader.ask({
    ...{ ask: 'open', files, from: begun.next, me: wish.me, only: wish.only },
    nameless: wish.nameless ?? false,
    settings: wish.settings ?? NOTHING_STATED,
    ...{ zone: await zoneFor(ledger, wish), hasClient: wish.client !== null },
  });
  // The reader has them now: a hundred thousand need not be kept twice.
  files.splice(0);
  // A batch that nobody waits for any more fails when the reader is closed.
  const readNext = () => {
    const asked = reader.ask({ ask: 'next', most: isSomebodyAtWork(ledger) ? FEW_ITEMS : MANY_ITEMS });
    asked.catch(() => {});
    return asked;
  };
  let reading = readNext();
  // One batch is being read and one prepared while the one before is being committed.
  let committing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const batch = (await reading) as ReadBatch;
      const isLast = batch.isLast || live.cancelled;
      // Reading ahead keeps two processors busy: while somebody is at work they are left one.
      const isAhead = !isSomebodyAtWork(ledger);
      if (!isLast && isAhead) reading = readNext();
      const step = await prepareBatch(
        ledger,
        state,
        wish,
        batch,
        isLast ? (live.cancelled && !batch.isLast ? 'cancelled' : 'finished') : null,
      );
      letGoOfSealed(batch, step.prepared);
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
      if (!isAhead) {
        await committing;
        reading = readNext();
      }
    }
  } finally {
    // Also when the batch after it failed: what is being committed is still ours to acknowledge, and must be known
    // before the same import can begin again.
    await committing;
  }
}

/** Local times are read in the zone that was given, else in ours: that is a guess, and is kept as one. */
async function zoneFor(ledger: Ledger, { settings }: ImportWish): Promise<NonNullable<Exported['zone']>> {
  if (settings?.zone) return { name: settings.zone, certainty: 'stated' };
  return { name: (await loadWorkspace(ledger.db, ledger.workspaceId)).zone, certainty: 'guessed' };
}

function paused(): Halt {
  return new Halt(
    'import-paused',
    'Evenkeel is closing, so the import stopped here. Everything that was acknowledged is kept. Start the same import again: it goes on where it stopped.',
  );
}

/** The zone in which local times of an export are read unless another is named. */
export async function workspaceZone({ db, workspaceId }: Ledger): Promise<string> {
  return (await loadWorkspace(db, workspaceId)).zone;
}

/** Our own addresses: those of the workspace, and those given for this import. */
export async function ownAndGiven(ledger: Ledger, given: readonly string[]): Promise<readonly string[]> {
  const own = await ownAddresses(ledger.db, ledger.workspaceId);
  return [...new Set([...own, ...given].map(normalAddress))].sort();
}
