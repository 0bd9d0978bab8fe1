import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { pageOfEntries } from '../ledger/ledger.store.ts';
import { factsOf, type ReadEntry } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import { containersOf } from '../source/source.actions.ts';
import type { CoveredItem, SourceFact } from '../source/source.ts';
import { originalsOf } from './detail.store.ts';

export type ContainerRefusal = 'container-unknown' | 'container-not-kept';

/** A file that was imported, as it was: its items and its frame put together again. */
export type Rebuilt = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncGenerator<Uint8Array>;
};

type Covered = Extract<SourceFact, { kind: 'source.covered' }>;
const PAGE = 500;

/**
 * Gives an imported file of several items back, byte for byte. The stream fails at its end when the bytes are not those
 * that were read.
 */
export async function rebuildContainer(
  ledger: Ledger,
  run: string,
  position: number,
): Promise<Outcome<Rebuilt, ContainerRefusal>> {
  const found = (await containersOf(ledger.db, ledger.workspaceId, run)).find(
    (one) => one.position === position,
  );
  if (!found) return refuse('container-unknown');
  if (found.frame === null) return refuse('container-not-kept', { name: found.name });
  const frame = await ledger.vault.openSlot(ledger.db, found.frame);
  if (frame === 'erased') return refuse('container-not-kept', { name: found.name });
  const items = (await itemsOf(ledger, run, position)).filter(([, member]) => member === null);
  const { name, sizeBytes, sha256 } = found;
  return accept({ name, sizeBytes, bytes: checked(pieces(ledger, items, frame, sizeBytes), sha256, name) });
}

/** The recorded and known items of one file, in the order in which they lie there. */
async function itemsOf(ledger: Ledger, run: string, position: number): Promise<readonly CoveredItem[]> {
  const items: CoveredItem[] = [];
  for await (const entry of entriesOf(ledger)) {
    for (const { fact } of factsOf<Covered>([entry], 'source.covered')) {
      if (fact.run === run)
        items.push(
          ...fact.items.filter(([container, , , , outcome]) => container === position && outcome !== 'u'),
        );
    }
  }
  return items.sort((a, b) => a[2] - b[2]);
}

async function* entriesOf(ledger: Ledger): AsyncGenerator<ReadEntry> {
  for (let next = 0; ; ) {
    const entries = await pageOfEntries(ledger.db, ledger.workspaceId, next, PAGE);
    if (entries.length === 0) return;
    yield* await openEntries(
      ledger.vault,
      entries.filter((entry) => entry.kind === 'source.covered'),
    );
    next += entries.length;
  }
}

async function* pieces(
  ledger: Ledger,
  items: readonly CoveredItem[],
  frame: Uint8Array,
  sizeBytes: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  let framed = 0;
  const frameUntil = (until: number) => {
    const piece = frame.subarray(framed, framed + until - at);
    framed += piece.length;
    return piece;
  };
  for (const [, , start, until, , interaction] of items) {
    yield frameUntil(start);
    yield await bytesOf(ledger, interaction!, until - start);
    at = until;
  }
  yield frameUntil(sizeBytes);
}

/** The form of an interaction that has this size; forms differ in their line ends, and so in size. */
async function bytesOf(ledger: Ledger, interaction: string, sizeBytes: number): Promise<Uint8Array> {
  const forms = await originalsOf(ledger.db, ledger.workspaceId, [interaction]);
  const form = forms.find((one) => one.sizeBytes === sizeBytes);
  const bytes = form ? await ledger.vault.openSlot(ledger.db, form.slot) : 'erased';
  if (bytes === 'erased') throw new Error('an item of this file was erased');
  return bytes;
}

async function* checked(
  bytes: AsyncGenerator<Uint8Array>,
  sha256: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  const hash = sha256Stream();
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
  if (hash.hex() !== sha256)
    throw new Error(`${name} cannot be put together again: its bytes are not those that were read`);
}
