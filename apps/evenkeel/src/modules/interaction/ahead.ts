import type { RecordId } from '../../kernel/brand.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type Searchable, searchText } from './search.ts';

/** Analyses texts, in another thread. */
export type Analyse = (texts: readonly string[]) => Promise<readonly Uint8Array[]>;
export type Recorded = { readonly recordId: RecordId; readonly searchable: Searchable };

/** Texts on their way and vectors that wait, together; what is more is read from the database in its turn. */
const LIMIT_BYTES = 24 << 20;
const BYTES_PER_UNIT = 2;

/**
 * Vectors of what was recorded a moment ago, made while its text was in hand. Only to save reading it back: any of them
 * may be missing at any time, and the index is the same without.
 */
type Ahead = {
  analyse: Analyse | null;
  sizeBytes: number;
  readonly vectors: Map<RecordId, Promise<Uint8Array | null>>;
};

const places = new WeakMap<Ledger, Ahead>();

function placeOf(ledger: Ledger): Ahead {
  const known = places.get(ledger);
  if (known) return known;
  const made: Ahead = { analyse: null, sizeBytes: 0, vectors: new Map() };
  places.set(ledger, made);
  return made;
}

/** From now on what is recorded is analysed at once. */
export function startAhead(ledger: Ledger, analyse: Analyse): void {
  placeOf(ledger).analyse = analyse;
}

/** Whoever will analyse is started now, before there is anything to analyse. */
export function beginAhead(ledger: Ledger): void {
  placeOf(ledger)
    .analyse?.([])
    .catch(() => {});
}

/** Begins to analyse what was just committed, unless too much waits already. */
export function analyseAhead(ledger: Ledger, recorded: readonly Recorded[]): void {
  const ahead = placeOf(ledger);
  if (!ahead.analyse || recorded.length === 0) return;
  const texts = recorded.map(({ searchable }) => searchText(searchable));
  // Kept until the vectors come: the ids, not the texts.
  const ids = recorded.map(({ recordId }) => recordId);
  const textBytes = BYTES_PER_UNIT * texts.reduce((sum, text) => sum + text.length, 0);
  if (ahead.sizeBytes + textBytes > LIMIT_BYTES) return;
  ahead.sizeBytes += textBytes;
  const analysed = ahead.analyse(texts).then(
    (vectors) => {
      ahead.sizeBytes -= textBytes;
      for (const [i, id] of ids.entries()) if (ahead.vectors.has(id)) ahead.sizeBytes += vectors[i]!.length;
      return vectors;
    },
    () => {
      ahead.sizeBytes -= textBytes;
      return null;
    },
  );
  for (const [i, id] of ids.entries())
    ahead.vectors.set(
      id,
      analysed.then((vectors) => vectors?.[i] ?? null),
    );
}

/** The vectors that were made ahead, each given once; null where there is none. */
export async function takeAhead(
  ledger: Ledger,
  records: readonly RecordId[],
): Promise<readonly (Uint8Array | null)[]> {
  const ahead = placeOf(ledger);
  const vectors = await Promise.all(records.map((id) => ahead.vectors.get(id) ?? null));
  for (const [i, id] of records.entries()) {
    if (ahead.vectors.delete(id)) ahead.sizeBytes -= vectors[i]?.length ?? 0;
  }
  return vectors;
}

/** Lets go of what nobody came for: the index had read it from the database before it was made. */
export function dropAhead(ledger: Ledger): void {
  const ahead = placeOf(ledger);
  if (ledger.memory.bulk.size > 0) return;
  void takeAhead(ledger, [...ahead.vectors.keys()]);
}
