import {
  BUNDLE_FORMAT,
  BundleError,
  chronologyPath,
  type Exhibit,
  formatSums,
  type ListedFile,
  type Manifest,
  type OpenedObject,
  openingPath,
  PATH,
  proofPath,
  type StampForm,
  stampPath,
  UNLISTED,
} from './bundle-format.ts';
import { bundleReadme } from './bundle-readme.ts';
import { concat, equalBytes, type Sha256, toBase64, toHex, utf8 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { formatJson } from './json-shape.ts';
import { LEAF_BYTES, objectCommitment } from './leaf.ts';
import { startSha256 } from './sha256.ts';
import { formatTlogProof } from './tlog-proof.ts';
import { type ZipEntry, zipEntryOf } from './zip.ts';

/** A native file to exhibit. */
export type ExhibitInput = {
  /** For instance EVK0000001; names the exhibit's folder. */
  readonly bates: string;
  /** Already safe: see `safeFileName`. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  /** The entry whose object it is. */
  readonly index: number;
  /** The object's commitment, 32 bytes. */
  readonly object: Uint8Array;
  /** Gives the bytes; asked once for files up to 8 MiB, twice for larger ones. */
  readonly chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

/** An entry to open. Objects without an exhibit are kept back: their salt stays out of the bundle. */
export type OpeningInput = {
  readonly index: number;
  readonly kind: string;
  readonly envelope: Uint8Array;
  readonly r: Uint8Array;
  readonly stream: string;
  /** Its number in the stream, from 1; left out of the bundle where the stream's key is not in it. */
  readonly seq: number;
  readonly objects: readonly { readonly commitment: Uint8Array; readonly r: Uint8Array }[];
};

/** What the log gives back when it has recorded the bundle: the entry that seals it, and its proofs. */
export type SealInput = {
  readonly opening: OpeningInput;
  /** The entry's 69 bytes. */
  readonly leaf: Uint8Array;
  /** The signed note of a head that covers the entry. */
  readonly checkpoint: string;
  readonly inclusion: readonly Uint8Array[];
  /** From the bundle's own checkpoint to this one. */
  readonly consistency: readonly Uint8Array[];
};

/** What somebody outside gave, which the log holds as one of its lines: what there is of it becomes files. */
export type StampInput = {
  readonly index: number;
  /** DER: a time-stamp. */
  readonly request?: Uint8Array;
  readonly response?: Uint8Array;
  /** The signed note that was stamped, cosigned or put into a block. */
  readonly checkpoint?: string;
  /** An OpenTimestamps file. */
  readonly proof?: Uint8Array;
  /** DER: what an issuer says of a certificate. */
  readonly crl?: Uint8Array;
  readonly ocsp?: Uint8Array;
};

export type BundleInput = Pick<
  Manifest,
  'createdAt' | 'origin' | 'vkey' | 'zone' | 'party' | 'period' | 'withheld' | 'erased'
> & {
  readonly exhibits: readonly ExhibitInput[];
  readonly openings: readonly OpeningInput[];
  /** Time-stamps to hand over as files too; each is also among the openings. */
  readonly stamps: readonly StampInput[];
  /** The streams that are opened to account for every number. `key` is K_tag. */
  readonly streams: readonly { readonly name: string; readonly key: Uint8Array; readonly count: number }[];
  /** Every leaf of the log up to the checkpoint, 69 bytes each. */
  readonly leaves: Uint8Array;
  /** The signed note. */
  readonly checkpoint: string;
  /** Inclusion hashes of an entry in the checkpoint's tree. */
  readonly prove: (index: number) => Promise<readonly Uint8Array[]>;
  /** The PDF, in volumes. */
  readonly chronology: readonly Uint8Array[];
  /** What else lies beside the proof, under a name that the format knows: `gaps.csv`, `renditions/…`. */
  readonly documents?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Readable copies, made one by one while the bundle is written. */
  readonly renditions?: AsyncIterable<{ readonly path: string; readonly bytes: Uint8Array }>;
  /** Records `bundle.created` with `fact.manifest` = this hash in hexadecimal, and returns when it is signed. */
  readonly seal: (manifestSha256: Uint8Array) => Promise<SealInput>;
};

/** Up to this size an exhibit is held in memory while it is written. */
const HELD_BYTES = 8 << 20;

type Names = {
  readonly openedStreams: ReadonlySet<string>;
  readonly exhibitOf: ReadonlyMap<string, Exhibit>;
};

/** The seal lies beyond the streams that a bundle opens, so it has no number there. */
const NO_NAMES: Names = { openedStreams: new Set(), exhibitOf: new Map() };

/**
 * Gives the entries of a bundle in order, to be written by `writeZip`. The log entry is made when all else is written.
 *
 * @throws BundleError `exhibit-changed` if an exhibit's bytes are not those that the log holds,
 *   `exhibit-without-entry` if no opening has its object
 */
export async function* buildBundle(sha256: Sha256, input: BundleInput): AsyncGenerator<ZipEntry> {
  const files: ListedFile[] = [];
  for await (const file of listedFiles(sha256, input)) {
    files.push(file.listed);
    yield file.entry;
  }
  const manifest = utf8(formatJson(manifestOf(input, files)));
  const seal = await input.seal(sha256(manifest));
  const unlisted = new Map([[PATH.manifest as string, manifest], ...sealFiles(seal)]);
  for (const [path, bytes] of unlisted) {
    files.push({ path, sizeBytes: bytes.length, sha256: toHex(sha256(bytes)) });
    yield zipEntryOf(path, bytes);
  }
  yield zipEntryOf(PATH.sums, utf8(formatSums(files)));
}

type BuiltFile = { readonly listed: ListedFile; readonly entry: ZipEntry };

async function* listedFiles(sha256: Sha256, input: BundleInput): AsyncGenerator<BuiltFile> {
  const names = namesOf(input);
  const saltOf = saltsOf(input);
  const small = (path: string, bytes: Uint8Array) => builtFile(sha256, path, bytes);
  yield small(PATH.readme, utf8(bundleReadme(input, exhibitOf(input.exhibits[0]))));
  for (const [i, volume] of input.chronology.entries()) yield small(chronologyPath(i + 1), volume);
  for (const { path, bytes } of input.documents ?? []) yield small(path, bytes);
  if (input.renditions) for await (const { path, bytes } of input.renditions) yield small(path, bytes);
  for (const exhibit of input.exhibits) yield await exhibitFile(sha256, exhibit, saltOf(exhibit));
  for (const opening of input.openings) {
    yield small(openingPath(opening.index), utf8(formatJson(openingFile(opening, names))));
  }
  for (const { index } of input.openings) {
    const hashes = await input.prove(index);
    yield small(proofPath(index), utf8(formatTlogProof({ index, hashes, checkpoint: input.checkpoint })));
  }
  for (const stamp of input.stamps) {
    for (const [form, bytes] of filesOf(stamp)) yield small(stampPath(stamp.index, form), bytes);
  }
  yield small(PATH.logKey, utf8(`${input.vkey}\n`));
  yield small(PATH.streams, utf8(formatJson({ streams: input.streams.map(streamFile) })));
  yield small(PATH.checkpoint, utf8(input.checkpoint));
  yield small(PATH.leaves, input.leaves);
}

function filesOf(stamp: StampInput): readonly (readonly [StampForm, Uint8Array])[] {
  const { request, response, checkpoint, proof, crl, ocsp } = stamp;
  const forms = [
    ['tsq', request],
    ['tsr', response],
    ['ots', proof],
    ['crl', crl],
    ['ocsp', ocsp],
    ['checkpoint', checkpoint === undefined ? undefined : utf8(checkpoint)],
  ] as const;
  return forms.filter((one): one is readonly [StampForm, Uint8Array] => one[1] !== undefined);
}

/** The salt of each exhibit's object, by the entry that the exhibit names. */
function saltsOf({ openings }: BundleInput): (exhibit: ExhibitInput) => Uint8Array {
  const salts = new Map<string, Uint8Array>();
  for (const { index, objects } of openings) {
    for (const { commitment, r } of objects) salts.set(`${index} ${toHex(commitment)}`, r);
  }
  return ({ bates, index, object }) => {
    const r = salts.get(`${index} ${toHex(object)}`);
    if (r === undefined)
      throw new BundleError('exhibit-without-entry', `No opened entry has the object of ${bates}.`);
    return r;
  };
}

function builtFile(sha256: Sha256, path: string, bytes: Uint8Array): BuiltFile {
  const listed = { path, sizeBytes: bytes.length, sha256: toHex(sha256(bytes)) };
  return { listed, entry: zipEntryOf(path, bytes) };
}

/** Reads an exhibit once before its header is written, and refuses to seal bytes that the log does not hold. */
async function exhibitFile(sha256: Sha256, exhibit: ExhibitInput, r: Uint8Array): Promise<BuiltFile> {
  const held = exhibit.sizeBytes <= HELD_BYTES ? await collect(exhibit.chunks()) : null;
  const read = held === null ? await measure(exhibit.chunks()) : measureHeld(sha256, held);
  const object = objectCommitment(sha256, r, read.sizeBytes, read.sha256);
  if (!equalBytes(read.sha256, exhibit.sha256) || !equalBytes(object, exhibit.object)) {
    throw new BundleError(
      'exhibit-changed',
      `The bytes of ${exhibit.bates} are not those that the log holds.`,
    );
  }
  const { path } = exhibitOf(exhibit);
  const { sizeBytes } = read;
  return {
    listed: { path, sizeBytes, sha256: toHex(read.sha256) },
    entry: { path, sizeBytes, crc32: read.crc32, chunks: held === null ? exhibit.chunks : () => [held] },
  };
}

type Measured = { readonly sizeBytes: number; readonly crc32: number; readonly sha256: Uint8Array };

function measureHeld(sha256: Sha256, bytes: Uint8Array): Measured {
  return { sizeBytes: bytes.length, crc32: crc32(bytes), sha256: sha256(bytes) };
}

async function measure(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Measured> {
  const running = startSha256();
  let sizeBytes = 0;
  let crc = 0;
  for await (const chunk of chunks) {
    running.update(chunk);
    crc = crc32(chunk, crc);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, crc32: crc, sha256: running.digest() };
}

async function collect(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  for await (const chunk of chunks) held.push(chunk);
  return held.length === 1 ? held[0]! : concat(...held);
}

function manifestOf(input: BundleInput, files: readonly ListedFile[]): Manifest {
  const { createdAt, origin, vkey, zone, party, period, withheld, erased } = input;
  return {
    format: BUNDLE_FORMAT,
    createdAt,
    origin,
    vkey,
    zone,
    party,
    period,
    counts: {
      exhibits: input.exhibits.length,
      openings: input.openings.length,
      withheld: withheld.length,
      erased: erased.length,
      leaves: input.leaves.length / LEAF_BYTES,
    },
    exhibits: input.exhibits.map((exhibit) => exhibitOf(exhibit)),
    withheld: withheld.map(({ index, reason }) => ({ index, reason })),
    erased: erased.map(({ index }) => ({ index })),
    streams: input.streams.map(({ name, count }) => ({ name, count })),
    files: files.filter(({ path }) => !UNLISTED.includes(path)),
  };
}

function sealFiles(seal: SealInput): readonly (readonly [string, Uint8Array])[] {
  const { opening, leaf, checkpoint, inclusion, consistency } = seal;
  const proof = formatTlogProof({ index: opening.index, hashes: inclusion, checkpoint });
  return [
    [PATH.sealOpening, utf8(formatJson({ ...openingFile(opening, NO_NAMES), leaf: toHex(leaf) }))],
    [PATH.sealProof, utf8(proof)],
    [PATH.sealCheckpoint, utf8(checkpoint)],
    [PATH.sealConsistency, utf8(consistency.map((hash) => `${toBase64(hash)}\n`).join(''))],
  ];
}

function openingFile(opening: OpeningInput, { openedStreams, exhibitOf }: Names) {
  const { index, kind, envelope, r, stream, seq } = opening;
  const objects = opening.objects.map((object): OpenedObject => {
    const commitment = toHex(object.commitment);
    const path = exhibitOf.get(commitment)?.path ?? null;
    // The salt of what is kept back stays out: with it a guess at the content could be tested.
    return { commitment, r: path === null ? null : toHex(object.r), path };
  });
  const number = openedStreams.has(stream) ? seq : null;
  return { index, kind, envelope: toBase64(envelope), r: toHex(r), stream, seq: number, objects };
}

function streamFile({ name, key, count }: BundleInput['streams'][number]) {
  return { name, key: toHex(key), count };
}

function namesOf(input: BundleInput): Names {
  return {
    openedStreams: new Set(input.streams.map(({ name }) => name)),
    exhibitOf: new Map(input.exhibits.map((exhibit) => [toHex(exhibit.object), exhibitOf(exhibit)])),
  };
}

function exhibitOf(exhibit: ExhibitInput): Exhibit;
function exhibitOf(exhibit: ExhibitInput | undefined): Exhibit | null;
function exhibitOf(exhibit: ExhibitInput | undefined): Exhibit | null {
  if (exhibit === undefined) return null;
  const { bates, fileName, mediaType, sizeBytes, sha256, index, object } = exhibit;
  const path = `exhibits/${bates}/${fileName}`;
  return { bates, path, mediaType, sizeBytes, sha256: toHex(sha256), index, object: toHex(object) };
}
