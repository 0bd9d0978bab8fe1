import type { SignalKind } from '@evenkeel/language/finding';
import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Reader } from './reader.ts';
import {
  countOutdated,
  deleteReadings,
  insertReadings,
  type Outdated,
  outdatedReadings,
  storedSignals,
} from './signal.store.ts';
import { readingOf, type Signal, type SignalReading } from './signal.ts';
import { loadSettings } from './working.store.ts';

const READ_AT_ONCE = 250;
const SAMPLES = 10;

type Sample = Pick<Signal, 'interactionId' | 'kind' | 'start' | 'end' | 'quote' | 'band' | 'why'> & {
  readonly at: string;
};

/** What reading everything again would change. `kept` are the same words in the same kind, surer or less sure. */
export type Changes = {
  readonly method: string;
  readonly outdated: number;
  readonly added: Difference;
  readonly removed: Difference;
  readonly kept: number;
};
type Difference = {
  readonly total: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
};

type Again = { readonly outdated: Outdated; readonly reading: SignalReading };

/** Shows what today's engine, packs and profile would change; changes nothing. */
export async function previewChanges(ledger: Ledger, reader: Reader): Promise<Changes> {
  const { db, workspaceId } = ledger;
  const method = await currentMethod(ledger, reader);
  const added = tally();
  const removed = tally();
  let kept = 0;
  for await (const again of readAgain(ledger, reader, method)) {
    const old = await storedByInteraction(ledger, again);
    for (const { outdated, reading } of again) {
      const before = old.get(outdated.interactionId) ?? [];
      const ids = new Set(before.map(({ id }) => id));
      const after = new Set(reading.signals.map(({ id }) => id));
      for (const signal of reading.signals) if (!ids.has(signal.id)) added.add(signal, outdated.at);
      for (const signal of before)
        if (after.has(signal.id)) kept += 1;
        else removed.add(signal, outdated.at);
    }
  }
  const outdated = await countOutdated(db, workspaceId, method);
  return { method, outdated, added: added.sum(), removed: removed.sum(), kept };
}

/** Reads again whatever was read otherwise. What somebody confirmed or dismissed stays with the same words. */
export async function applyChanges(ledger: Ledger, reader: Reader): Promise<{ readonly read: number }> {
  const method = await currentMethod(ledger, reader);
  let read = 0;
  for await (const again of readAgain(ledger, reader, method)) {
    await ledger.db.transaction().execute(async (tx) => {
      await deleteReadings(
        tx,
        ledger.workspaceId,
        again.map(({ outdated }) => outdated.interactionId),
      );
      await insertReadings(
        tx,
        ledger.workspaceId,
        again.map(({ reading }) => reading),
      );
    });
    read += again.length;
  }
  return { read };
}

async function currentMethod({ db, workspaceId }: Ledger, reader: Reader): Promise<string> {
  const { profile } = await loadSettings(db, workspaceId);
  return reader.read('method', { profile });
}

async function* readAgain(ledger: Ledger, reader: Reader, method: string): AsyncGenerator<readonly Again[]> {
  const { db, workspaceId } = ledger;
  const { profile } = await loadSettings(db, workspaceId);
  for (let after = -1; ; ) {
    const outdated = await outdatedReadings(db, workspaceId, method, after, READ_AT_ONCE);
    if (outdated.length === 0) return;
    after = outdated.at(-1)!.index;
    const { read } = await reader.read('signals', { texts: outdated.map(({ text }) => text), profile });
    yield outdated.map((one, i) => ({ outdated: one, reading: readingOf(one, method, read[i]!) }));
  }
}

async function storedByInteraction(
  { db, workspaceId }: { db: Ledger['db']; workspaceId: WorkspaceId },
  again: readonly Again[],
): Promise<ReadonlyMap<string, readonly Signal[]>> {
  const ids = again.map(({ outdated }) => outdated.interactionId);
  return Map.groupBy(await storedSignals(db, workspaceId, ids), ({ interactionId }) => interactionId);
}

function tally() {
  const kinds: Partial<Record<SignalKind, number>> = {};
  const samples: Sample[] = [];
  let total = 0;
  return {
    add: ({ interactionId, kind, start, end, quote, band, why }: Signal, at: string) => {
      total += 1;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (samples.length < SAMPLES) samples.push({ interactionId, at, kind, start, end, quote, band, why });
    },
    sum: (): Difference => ({ total, kinds, samples }),
  };
}
