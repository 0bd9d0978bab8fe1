import type { BundleInput, OpeningInput } from '../src/bundle.ts';
import { formatSums } from '../src/bundle-format.ts';
import { concat, toHex, utf8 } from '../src/bytes.ts';
import { crc32 } from '../src/crc32.ts';
import { openZip } from '../src/zip.ts';
import { centralHeader, endRecords, localHeader, type PlacedEntry } from '../src/zip-format.ts';
import { accessTo, type Story, zipOf } from './bundle-story.ts';
import { sha256 } from './vectors.ts';

/** Chance from a seed: the same numbers for the same seed. */
export type Dice = {
  /** A whole number below `limit`. */
  readonly below: (limit: number) => number;
  readonly one: <Item>(items: readonly Item[]) => Item;
};

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, one: (items) => items[below(items.length)]! };
}

type Files = Map<string, Uint8Array>;
export type Mutant = { readonly what: string; readonly zip: Uint8Array };

/** A bundle that somebody tampered with, in one of the ways of whoever has the zip, or of whoever has the log's key. */
export async function mutate(dice: Dice, story: Story): Promise<Mutant> {
  if (dice.below(4) === 0) return bendStory(dice, story);
  const zip = await zipOf(story);
  return dice.below(3) === 0 ? bendBytes(dice, zip) : bendFiles(dice, zip);
}

function bendBytes(dice: Dice, zip: Uint8Array): Mutant {
  const at = dice.below(zip.length);
  const other = Uint8Array.from({ length: 1 + dice.below(60) }, () => dice.below(256));
  // Headers are a small part of a bundle, and the most interesting one to bend.
  const near = zip.length - 1 - dice.below(Math.min(zip.length, 4000));
  const flip = (place: number) => zip.with(place, zip[place]! ^ (1 << dice.below(8)));
  return dice.one<() => Mutant>([
    () => ({ what: `a bit at ${at} flipped`, zip: flip(at) }),
    () => ({ what: `a bit at ${near}, near the end, flipped`, zip: flip(near) }),
    () => ({ what: `cut at ${at}`, zip: zip.subarray(0, at) }),
    () => ({ what: 'bytes added behind', zip: concat(zip, other) }),
    () => ({ what: 'bytes added in front', zip: concat(other, zip) }),
    () => ({ what: `bytes put in at ${at}`, zip: concat(zip.subarray(0, at), other, zip.subarray(at)) }),
  ])();
}

async function bendFiles(dice: Dice, zip: Uint8Array): Promise<Mutant> {
  const files = await filesOf(zip);
  let what = bendOne(dice, files);
  if (dice.below(5) === 0) what += `; ${bendOne(dice, files)}`;
  if (dice.below(2) === 0) return { what: `${what}; sums as they were`, zip: zipped(files) };
  const sums = [...files].map(([path, bytes]) => ({ path, sha256: toHex(sha256(bytes)) }));
  files.set('SHA256SUMS', utf8(formatSums(sums)));
  return { what: `${what}; sums made anew`, zip: zipped(files) };
}

function bendOne(dice: Dice, files: Files): string {
  // A folder first, then one of its files: openings are many, and the seal is one.
  const folder = dice.one([...new Set([...files.keys()].map((path) => path.split('/')[0]!))]);
  const path = dice.one([...files.keys()].filter((name) => name.split('/')[0] === folder));
  const bytes = files.get(path)!;
  const bend = dice.one<(() => void) | [string, () => void]>([
    () => files.set(path, bendContent(dice, bytes)),
    () => files.set(path, bendText(dice, bytes)),
    () => files.set(path, bendText(dice, bytes)),
    () => files.set(path, bendText(dice, bytes)),
    ['taken out', () => files.delete(path)],
    ['put under another name', () => rename(files, path, dice.one(namesLike(path)))],
    ['put there twice', () => files.set(dice.one(namesLike(path)), bytes)],
    ['swapped with another', () => swap(dice, files, path)],
    ['put last', () => rename(files, path, path)],
  ]);
  const [said, act] = Array.isArray(bend) ? bend : (['changed', bend] as const);
  act();
  return `${path} ${said}`;
}

function rename(files: Files, path: string, to: string): void {
  const bytes = files.get(path)!;
  files.delete(path);
  files.set(to, bytes);
}

function swap(dice: Dice, files: Files, path: string): void {
  const other = dice.one([...files.keys()]);
  const mine = files.get(path)!;
  files.set(path, files.get(other)!);
  files.set(other, mine);
}

function namesLike(path: string): readonly string[] {
  const odd = [
    'notes.txt',
    '../a.txt',
    'exhibits/con',
    'a\u202etxt',
    'time/0.tsr',
    'gaps.csv',
    'renditions/a.pdf',
  ];
  const numbers = path.replace(/\d+/, (digits) => String(Number(digits) + 1));
  return [
    ...odd,
    numbers,
    path.replace(/\d+/, '0$&'),
    `${path}.`,
    path.toUpperCase(),
    `${path}/x`,
    `seal/${path}`,
  ];
}

/** One byte less, more or other. */
function bendContent(dice: Dice, bytes: Uint8Array): Uint8Array {
  const at = dice.below(bytes.length + 1);
  const byte = Uint8Array.of(dice.below(256));
  return dice.one([
    concat(bytes.subarray(0, at), byte, bytes.subarray(at)),
    concat(bytes.subarray(0, at), bytes.subarray(at + 1)),
    concat(bytes.subarray(0, at), byte, bytes.subarray(at + 1)),
  ]);
}

/** Lines, numbers and hashes of a text, and what JSON can say in two ways. */
function bendText(dice: Dice, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const spot = dice.below(text.length + 1);
  const digits = [...text.matchAll(/\d+/g)];
  const number = digits.length > 0 ? dice.one(digits) : null;
  const numbered = (to: string) =>
    number === null ? text : text.slice(0, number.index) + to + text.slice(number.index + number[0].length);
  const bent = dice.one<() => string>([
    () => lines.toSpliced(at, 1).join('\n'),
    () => lines.toSpliced(at, 0, lines[at]!).join('\n'),
    () => lines.toSpliced(at, 0, dice.one(lines)).join('\n'),
    () => numbered(String(Number(number?.[0] ?? 0) + 1)),
    () =>
      numbered(dice.one(['-1', '0', '1e3', '1.0', '9007199254740993', '18446744073709551616', '00', 'null'])),
    () => text.replace(/"([a-z0-9]+)": /g, (whole) => (dice.below(6) === 0 ? `"x": 1,\n  ${whole}` : whole)),
    () => text.replace(/"[0-9a-f]{64}"/, 'null'),
    () => text.replace(/[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
    () =>
      text.slice(0, spot) +
      dice.one(['\r', ' ', '\ufeff', '\0', '\\u0041', '[', '{"a":', '—', '=']) +
      text.slice(spot),
    () => text.replace(/[A-Za-z0-9+/]{20,}={0,2}/, (base64) => `${base64}=`),
    () => text.replace(': ', ':'),
    () => text.replaceAll('\n', '\r\n'),
    () => text.slice(0, spot),
  ])();
  return new Uint8Array(Buffer.from(bent, 'latin1'));
}

/** What the log's own keeper could hand over, signed and sealed as ever. */
async function bendStory(dice: Dice, story: Story): Promise<Mutant> {
  const lie = dice.one(LIES);
  const bend = (input: BundleInput) => withProven(lie.bend(dice, input));
  return { what: `a keeper that ${lie.what}`, zip: await zipOf({ ...story, bend }) };
}

/** Our writer refuses an exhibit that no opening has: such a lie is told by hand, among the files. */
function withProven(input: BundleInput): BundleInput {
  const isOpened = ({ index, object }: BundleInput['exhibits'][number]) =>
    input.openings.some(
      (one) =>
        one.index === index && one.objects.some(({ commitment }) => toHex(commitment) === toHex(object)),
    );
  return { ...input, exhibits: input.exhibits.filter(isOpened) };
}

type Lie = { readonly what: string; readonly bend: (dice: Dice, input: BundleInput) => BundleInput };

function atOneOpening(
  change: (opening: OpeningInput, dice: Dice, input: BundleInput) => OpeningInput,
): Lie['bend'] {
  return (dice, input) => {
    const chosen = dice.below(Math.max(1, input.openings.length));
    const bent = input.openings.map((one, i) => (i === chosen ? change(one, dice, input) : one));
    return { ...input, openings: bent };
  };
}

function envelopeWith(opening: OpeningInput, from: string | RegExp, to: string): OpeningInput {
  const text = Buffer.from(opening.envelope).toString('utf8').replace(from, to);
  return { ...opening, envelope: utf8(text) };
}

const LIES: readonly Lie[] = [
  {
    what: 'leaves an opening out',
    bend: (dice, input) => ({
      ...input,
      openings: input.openings.toSpliced(dice.below(input.openings.length), 1),
    }),
  },
  { what: 'numbers an entry otherwise', bend: atOneOpening((one) => ({ ...one, seq: one.seq + 1 })) },
  {
    what: 'puts an entry into another stream',
    bend: atOneOpening((one) => ({ ...one, stream: 'party:else' })),
  },
  { what: 'calls an entry something else', bend: atOneOpening((one) => ({ ...one, kind: 'other.kind' })) },
  {
    what: 'salts an entry otherwise',
    bend: atOneOpening((one) => ({ ...one, r: one.r.with(0, one.r[0]! ^ 1) })),
  },
  { what: 'opens an entry with other words', bend: atOneOpening((one) => envelopeWith(one, /i\d/, 'i9')) },
  {
    what: 'opens one entry as another',
    bend: atOneOpening((one, dice, input) => ({ ...dice.one(input.openings), index: one.index })),
  },
  {
    what: 'says a stream is shorter or longer',
    bend: (dice, input) => ({
      ...input,
      streams: input.streams.map((one) => ({
        ...one,
        count: dice.one([0, one.count - 1, one.count + 1, 2 ** 50]),
      })),
    }),
  },
  {
    what: 'gives another stream key',
    bend: (dice, input) => ({
      ...input,
      streams: [...input.streams, { name: 'party:else', key: sha256(utf8('else')), count: dice.below(3) }],
    }),
  },
  { what: 'opens no stream', bend: (_, input) => ({ ...input, streams: [] }) },
  {
    what: 'says that everything was kept back',
    bend: (_, input) => ({
      ...input,
      withheld: input.openings.map(({ index }) => ({ index, reason: 'so' })),
      openings: [],
      exhibits: [],
    }),
  },
  {
    what: 'calls entries erased that are shown',
    bend: (_, input) => ({ ...input, erased: input.openings.map(({ index }) => ({ index })) }),
  },
  {
    what: 'cuts, doubles or bends the lines of the log',
    bend: (dice, input) => ({
      ...input,
      leaves: dice.one([
        input.leaves.slice(0, -69),
        concat(input.leaves, input.leaves.slice(-69)),
        input.leaves.with(4, dice.one([0, 2, 4, 5])),
        input.leaves.subarray(0, -1),
      ]),
    }),
  },
  { what: 'names another log', bend: (_, input) => ({ ...input, origin: 'log.example/else' }) },
  {
    what: 'proves another entry',
    bend: (dice, input) => ({ ...input, prove: () => input.prove(dice.below(2)) }),
  },
  {
    what: 'seals another manifest',
    bend: (_, input) => ({ ...input, seal: () => input.seal(sha256(utf8('another'))) }),
  },
  {
    what: 'seals badly',
    bend: (dice, input) => ({
      ...input,
      seal: async (hash) => {
        const seal = await input.seal(hash);
        return dice.one([
          { ...seal, inclusion: seal.inclusion.slice(1) },
          { ...seal, consistency: [...seal.consistency, seal.leaf.slice(0, 32)] },
          { ...seal, consistency: [] },
          { ...seal, checkpoint: input.checkpoint },
          { ...seal, leaf: seal.leaf.with(4, 2) },
          { ...seal, opening: { ...seal.opening, index: dice.below(4) } },
          { ...seal, opening: { ...seal.opening, kind: 'bundle.made' } },
        ]);
      },
    }),
  },
  { what: 'lies about nothing', bend: (_, input) => input },
];

async function filesOf(zip: Uint8Array): Promise<Files> {
  const opened = await openZip(accessTo(zip));
  const files: Files = new Map();
  for (const entry of opened.entries) files.set(entry.path, await opened.read(entry, 1e9));
  return files;
}

/** As our writer does it, but for names that it would refuse. */
function zipped(files: Files): Uint8Array {
  const placed: PlacedEntry[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const entry = { path, sizeBytes: bytes.length, crc32: crc32(bytes), offset };
    const header = localHeader(entry);
    parts.push(header, bytes);
    placed.push(entry);
    offset += header.length + bytes.length;
  }
  const table = concat(...placed.map(centralHeader));
  return concat(...parts, table, endRecords(placed.length, offset, table.length));
}
