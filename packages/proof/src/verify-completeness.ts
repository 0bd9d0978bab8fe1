import type { StreamKey } from './bundle-format.ts';
import { equalBytes, fromHex, type Sha256 } from './bytes.ts';
import { LEAF_BYTES, tagMaker } from './leaf.ts';
import type { FoundFiles } from './verify-files.ts';
import type { OpenedEntry, Scene } from './verify-openings.ts';
import type { StreamGap, StreamReport } from './verify-report.ts';

/** Tags past the announced end that must not be in the log; a log numbers without gaps, so the next would be enough. */
const LOOK_AHEAD = 16;
/** Entries that bring an interaction: bytes that came, alone or out of an export, and words recorded by hand. */
const RECORDING: readonly string[] = ['interaction.recorded', 'interaction.noted', 'interaction.exported'];
const TAG_AT = 5;
const COMMIT_AT = 37;

type Account = 'exhibited' | 'withheld' | 'erased' | 'missing';
type Tally = Record<Account, number>;

/** Accounts for every number of every stream whose key is in the bundle. */
export function accountForStreams(
  scene: Scene,
  opened: ReadonlyMap<number, OpenedEntry>,
): readonly StreamReport[] {
  const { sha256, files, log, manifest, streams } = scene;
  const listed: Listed = {
    withheld: new Set(manifest.withheld.map(({ index }) => index)),
    erased: new Set(manifest.erased.map(({ index }) => index)),
  };
  const records = findRecords(scene, opened);
  return streams.map((stream) => {
    const found = findTags(sha256, log.leaves, stream);
    const known = { opened, listed, records, files };
    return accountForStream(stream, found, {
      leaves: leafCount(log.leaves),
      accountOf: (index) => accountForEntry(index, known),
    });
  });
}

type Listed = { readonly withheld: ReadonlySet<number>; readonly erased: ReadonlySet<number> };
type Known = {
  readonly opened: ReadonlyMap<number, OpenedEntry>;
  readonly listed: Listed;
  /** Where the entries lie that filed entries name, by commitment. */
  readonly records: ReadonlyMap<string, number>;
  readonly files: FoundFiles;
};

function accountForStream(
  { name, count }: StreamKey,
  found: ReadonlyMap<number, readonly number[]>,
  { leaves, accountOf }: { leaves: number; accountOf: (index: number) => Account | StreamGap['code'] },
): StreamReport {
  const tally: Tally = { exhibited: 0, withheld: 0, erased: 0, missing: 0 };
  const gaps: StreamGap[] = [];
  // A stream cannot have more numbers than the log has leaves: a larger count is a lie, and would run for ever.
  const most = Math.min(count, leaves);
  for (let seq = 1; seq <= most; seq++) {
    const [index, second] = found.get(seq) ?? [];
    const account = index === undefined ? 'no-leaf' : second === undefined ? accountOf(index) : 'two-leaves';
    if (isAccount(account)) tally[account]++;
    else {
      tally.missing++;
      gaps.push({ seq, code: account });
    }
  }
  if (most < count) gaps.push({ seq: most + 1, code: 'no-leaf' });
  tally.missing += count - most;
  for (let seq = count + 1; seq <= count + LOOK_AHEAD; seq++) {
    if (found.has(seq)) gaps.push({ seq, code: 'beyond-the-end' });
  }
  return { name, first: count > 0 ? 1 : 0, last: count, ...tally, gaps };
}

function isAccount(account: Account | StreamGap['code']): account is Account {
  return account === 'exhibited' || account === 'withheld' || account === 'erased' || account === 'missing';
}

/** An entry that files a record is accounted for by that record; any other by itself. */
function accountForEntry(index: number, known: Known): Account | StreamGap['code'] {
  const entry = known.opened.get(index);
  if (entry === undefined) return listedAs(index, known.listed) ?? 'not-opened';
  if (entry.envelope.kind !== 'interaction.filed') return 'exhibited';
  return accountForRecord(entry, known);
}

function accountForRecord({ envelope }: OpenedEntry, known: Known): Account | StreamGap['code'] {
  const { opened, listed, records, files } = known;
  const { record, interaction } = envelope.fact;
  const index = typeof record === 'string' ? records.get(record) : undefined;
  if (index === undefined) return 'no-exhibit';
  const recorded = opened.get(index);
  const objects = recorded?.opening.objects ?? [];
  const shown = objects.length > 0 && objects.every(({ path }) => path !== null && files.all.has(path));
  const same =
    RECORDING.includes(recorded?.envelope.kind ?? '') && recorded?.envelope.fact.id === interaction;
  if (shown && same) return 'exhibited';
  return listedAs(index, listed) ?? 'no-exhibit';
}

function listedAs(index: number, { withheld, erased }: Listed): Account | undefined {
  return erased.has(index) ? 'erased' : withheld.has(index) ? 'withheld' : undefined;
}

/** Finds the leaves of a stream's numbers, those past its announced end included. */
function findTags(
  sha256: Sha256,
  leaves: Uint8Array,
  { key, count }: StreamKey,
): ReadonlyMap<number, number[]> {
  const last = Math.min(count, leafCount(leaves)) + LOOK_AHEAD;
  const makeTag = tagMaker(sha256, fromHex(key));
  const tags = Array.from({ length: last }, (_, i) => makeTag(i + 1));
  const found = new Map<number, number[]>();
  search(leaves, TAG_AT, tags, (i, leaf) => {
    const seq = i + 1;
    const at = found.get(seq);
    if (at === undefined) found.set(seq, [leaf]);
    else at.push(leaf);
  });
  return found;
}

/** Finds the leaves of the records that filed entries name. */
function findRecords({ log }: Scene, opened: ReadonlyMap<number, OpenedEntry>): ReadonlyMap<string, number> {
  const named = new Set<string>();
  for (const { envelope } of opened.values()) {
    const { record } = envelope.fact;
    if (
      envelope.kind === 'interaction.filed' &&
      typeof record === 'string' &&
      /^[0-9a-f]{64}$/.test(record)
    ) {
      named.add(record);
    }
  }
  const wanted = [...named];
  const records = new Map<string, number>();
  search(log.leaves, COMMIT_AT, wanted.map(fromHex), (i, leaf) => records.set(wanted[i]!, leaf));
  return records;
}

/** Looks for many 32-byte values in one pass over the leaves: by their first six bytes as a number, then wholly. */
function search(
  leaves: Uint8Array,
  at: number,
  wanted: readonly Uint8Array[],
  found: (i: number, leaf: number) => void,
): void {
  const places = new Map<number, number[]>();
  for (const [i, value] of wanted.entries()) {
    const prefix = prefixOf(value, 0);
    const place = places.get(prefix);
    if (place === undefined) places.set(prefix, [i]);
    else place.push(i);
  }
  for (let leaf = 0; (leaf + 1) * LEAF_BYTES <= leaves.length; leaf++) {
    const start = leaf * LEAF_BYTES + at;
    for (const i of places.get(prefixOf(leaves, start)) ?? []) {
      if (equalBytes(wanted[i]!, leaves.subarray(start, start + 32))) found(i, leaf);
    }
  }
}

function prefixOf(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! * 0x10000 + bytes[at + 1]! * 0x100 + bytes[at + 2]!;
  return high * 0x1000000 + bytes[at + 3]! * 0x10000 + bytes[at + 4]! * 0x100 + bytes[at + 5]!;
}

function leafCount(leaves: Uint8Array): number {
  return Math.floor(leaves.length / LEAF_BYTES);
}
