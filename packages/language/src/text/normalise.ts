import { COMPLEX, foldCharacters, foldedUnit } from './fold.ts';
import { unmixed } from './homoglyphs.ts';

/**
 * A text as rules and models read it, and where each unit of it came from.
 *
 * @property source the text as it was given
 * @property text folded (see `foldCharacters`), invisible and bidi characters dropped, look-alike letters unmixed
 * @property starts for each unit of `text` the offset in `source` where its character begins; null: the same offset
 * @property ends likewise, behind its character
 */
export type Normalised = {
  readonly source: string;
  readonly text: string;
  readonly starts: Uint32Array | null;
  readonly ends: Uint32Array | null;
};

/** Folds a text once, in linear time; never throws, whatever the string holds. */
export function normalise(source: string): Normalised {
  const simple = foldSimple(source);
  if (simple !== undefined) return { source, text: unmixed(simple), starts: null, ends: null };
  const { units, starts, ends } = foldClusters(source);
  return {
    source,
    text: unmixed(stringOf(Uint16Array.from(units))),
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
  };
}

/** Offset in the source of the character that holds unit `at` of the folded text. */
export function sourceStart({ starts, text, source }: Normalised, at: number): number {
  if (starts === null) return at;
  return at < text.length ? (starts[at] as number) : source.length;
}

/** Offset in the source behind the character that holds the last unit before `end` of the folded text. */
export function sourceEnd({ ends }: Normalised, end: number): number {
  if (ends === null) return end;
  return end === 0 ? 0 : (ends[end - 1] as number);
}

/** The folded text of a source in which every unit stands alone; undefined if one does not. */
function foldSimple(source: string): string | undefined {
  let hasCapitals = false;
  let hasMore = false;
  for (let at = 0; at < source.length; at += 1) {
    const unit = source.charCodeAt(at);
    const folded = foldedUnit(unit);
    if (folded === unit) continue;
    if (folded === COMPLEX) return undefined;
    if (isPlainCapital(unit)) hasCapitals = true;
    else hasMore = true;
  }
  if (hasMore) return foldUnits(source);
  return hasCapitals ? source.toLowerCase() : source;
}

/** A–Z and А–Я, which lower case folds as the table does. */
function isPlainCapital(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x410 && unit <= 0x42f);
}

function foldUnits(source: string): string {
  const units = new Uint16Array(source.length);
  for (let at = 0; at < source.length; at += 1) units[at] = foldedUnit(source.charCodeAt(at));
  return stringOf(units);
}

const CHUNK = 8_192;

function stringOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += fromUnits(units.subarray(at, at + CHUNK));
  return text;
}

/** `apply` takes typed arrays as they are; spreading one makes an array of it first. */
function fromUnits(units: Uint16Array): string {
  return Reflect.apply(String.fromCharCode, null, units as unknown as number[]);
}

const CLUSTER =
  /(?:\p{RI}\p{RI}|.)[\p{M}\p{Emoji_Modifier}\u200C]*(?:\u200D\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*)*/suy;
const PICTURE = /^(?![\d#*©®™])(?:\p{Extended_Pictographic}|\p{RI}\p{RI})/u;
const INVISIBLE = /^(?:\p{Cf}|\u034F|\p{Variation_Selector})$/u;
/** Marks heaped on one letter beyond this many say nothing. */
const MAX_CLUSTER = 32;

function foldClusters(source: string) {
  const units: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const addUnit = (unit: number, start: number, end: number): void => {
    units.push(unit);
    starts.push(start);
    ends.push(end);
  };
  const add = (folded: string, start: number, end: number): void => {
    for (let at = 0; at < folded.length; at += 1) addUnit(folded.charCodeAt(at), start, end);
  };
  for (let at = 0; at < source.length; ) {
    const end = clusterEnd(source, at);
    const alone = end === at + 1 ? foldedUnit(source.charCodeAt(at)) : COMPLEX;
    if (alone === COMPLEX) add(foldCluster(source.slice(at, Math.min(end, at + MAX_CLUSTER))), at, end);
    else addUnit(alone, at, end);
    at = end;
  }
  return { units, starts, ends };
}

function clusterEnd(source: string, at: number): number {
  const isAlone = foldedUnit(source.charCodeAt(at)) !== COMPLEX;
  if (isAlone && (at + 1 === source.length || foldedUnit(source.charCodeAt(at + 1)) !== COMPLEX))
    return at + 1;
  CLUSTER.lastIndex = at;
  CLUSTER.test(source);
  return CLUSTER.lastIndex > at ? CLUSTER.lastIndex : at + 1;
}

const CLUSTERS = new Map<string, string>();
const MAX_CLUSTERS = 4_096;

/** Texts hold few different clusters, and working one out is slow. */
function foldCluster(cluster: string): string {
  const known = CLUSTERS.get(cluster);
  if (known !== undefined) return known;
  if (CLUSTERS.size >= MAX_CLUSTERS) CLUSTERS.clear();
  const folded = readCluster(cluster);
  CLUSTERS.set(cluster, folded);
  return folded;
}

function readCluster(cluster: string): string {
  if (INVISIBLE.test(cluster)) return '';
  if (PICTURE.test(cluster)) return String.fromCodePoint(cluster.codePointAt(0) as number);
  return foldCharacters(cluster);
}
