import { fromBase64, fromUtf8 } from './bytes.ts';
import {
  countOf,
  type Fields,
  fields,
  hashOf,
  listOf,
  nullOr,
  parseCompactJson,
  parseJson,
  ShapeError,
  textOf,
} from './json-shape.ts';

export const BUNDLE_FORMAT = 'evenkeel-bundle/1';

/** Why a file cannot be looked at as a bundle at all, or cannot be made into one. */
export type BundleErrorCode =
  | 'not-a-zip'
  | 'truncated-zip'
  | 'repacked-zip'
  | 'not-a-bundle'
  | 'newer-format'
  | 'unknown-format'
  | 'bad-log-key'
  | 'exhibit-changed'
  | 'exhibit-without-entry';

export class BundleError extends Error {
  readonly code: BundleErrorCode;

  constructor(code: BundleErrorCode, message: string) {
    super(message);
    this.name = 'BundleError';
    this.code = code;
  }
}

/** Where things lie in a bundle. */
export const PATH = {
  readme: 'README.txt',
  sums: 'SHA256SUMS',
  manifest: 'manifest.json',
  logKey: 'keys/log.vkey',
  streams: 'keys/streams.json',
  checkpoint: 'log/checkpoint',
  leaves: 'log/leaves.bin',
  sealOpening: 'seal/opening.json',
  sealProof: 'seal/proof.tlog-proof',
  sealCheckpoint: 'seal/checkpoint',
  sealConsistency: 'seal/consistency',
} as const;

/** Files that the manifest cannot list, because they speak about it. */
export const UNLISTED: readonly string[] = [
  PATH.manifest,
  PATH.sealOpening,
  PATH.sealProof,
  PATH.sealCheckpoint,
  PATH.sealConsistency,
  PATH.sums,
];

/** Files that every bundle has and its manifest lists. */
export const REQUIRED: readonly string[] = [
  PATH.readme,
  'chronology.pdf',
  PATH.logKey,
  PATH.streams,
  PATH.checkpoint,
  PATH.leaves,
];

export function openingPath(index: number): string {
  return `openings/${index}.json`;
}

export function proofPath(index: number): string {
  return `proofs/${index}.tlog-proof`;
}

/** What an outsider gave, as files: a time-stamp with its question, a proof of a block, what is said of certificates. */
export type StampForm = 'tsq' | 'tsr' | 'checkpoint' | 'ots' | 'crl' | 'ocsp';

/** A time-stamp as files: the request, the answer, and the signed head that was stamped. */
export function stampPath(index: number, kind: StampForm): string {
  return `time/${index}.${kind}`;
}

/** The chronology, from 1: a long one comes in volumes. */
export function chronologyPath(volume: number): string {
  return volume === 1 ? 'chronology.pdf' : `chronology-${volume}.pdf`;
}

/** The text that `sha256sum -c` reads, in the order of the zip. */
export function formatSums(files: Iterable<{ readonly path: string; readonly sha256: string }>): string {
  let text = '';
  for (const { path, sha256 } of files) if (path !== PATH.sums) text += `${sha256}  ${path}\n`;
  return text;
}

/** Documents beside the proof: listed and sealed like every file, and never read by a verifier. */
const DOCUMENTS = String.raw`gaps\.csv|privilege-log\.csv|certificate-902\.txt|policy\.txt|verify\.html|renditions/.+\.pdf`;
const TIME = String.raw`time/[0-9]+\.(?:tsq|tsr|checkpoint|crl|ocsp|pem|ots|header)`;
const OPTIONAL = new RegExp(
  String.raw`^(?:chronology-[1-9][0-9]*\.pdf|exhibits/.+|openings/[0-9]+\.json|proofs/[0-9]+\.tlog-proof|${TIME}|${DOCUMENTS})$`,
);

/** Whether the format knows a file of this name that the manifest must list. */
export function isKnownFile(path: string): boolean {
  return REQUIRED.includes(path) || OPTIONAL.test(path);
}

/** One numbered file that arrived or was sent, with its place in the log. `object` is its commitment. */
export type Exhibit = {
  readonly bates: string;
  readonly path: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly index: number;
  readonly object: string;
};

export type ListedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** What a bundle says about itself; sealed by a log entry that holds its SHA-256. */
export type Manifest = {
  readonly format: string;
  readonly createdAt: string;
  readonly origin: string;
  readonly vkey: string;
  /** The time zone that is shown beside UTC. */
  readonly zone: string;
  /** What the party is called here. */
  readonly party: string;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly counts: {
    readonly exhibits: number;
    readonly openings: number;
    readonly withheld: number;
    readonly erased: number;
    readonly leaves: number;
  };
  readonly exhibits: readonly Exhibit[];
  readonly withheld: readonly { readonly index: number; readonly reason: string }[];
  readonly erased: readonly { readonly index: number }[];
  readonly streams: readonly { readonly name: string; readonly count: number }[];
  readonly files: readonly ListedFile[];
};

/** An object of an entry: exhibited at `path` with the salt that proves it, or kept back with neither. */
export type OpenedObject = {
  readonly commitment: string;
  readonly r: string | null;
  readonly path: string | null;
};

/** What opens one leaf. `seq` is its number where the stream's key is in the bundle, else null. */
export type OpeningFile = {
  readonly index: number;
  readonly kind: string;
  /** The exact stored bytes. */
  readonly envelope: Uint8Array;
  readonly r: string;
  readonly stream: string;
  readonly seq: number | null;
  readonly objects: readonly OpenedObject[];
};

/** An opening of a leaf that lies beyond the bundle's own leaves, so it brings the leaf along. */
export type SealFile = OpeningFile & { readonly leaf: string };

export type StreamKey = { readonly name: string; readonly key: string; readonly count: number };

/** What a stored envelope says. */
export type Envelope = {
  readonly kind: string;
  readonly stream: string;
  readonly fact: Fields;
  readonly objects: readonly string[];
};

/** @throws ShapeError */
export function readManifest(from: Fields): Manifest {
  const period = fields(from.period);
  return {
    format: textOf(from, 'format'),
    createdAt: textOf(from, 'createdAt'),
    origin: textOf(from, 'origin'),
    vkey: textOf(from, 'vkey'),
    zone: textOf(from, 'zone'),
    party: textOf(from, 'party'),
    period: { from: nullOr(period, 'from', textOf), to: nullOr(period, 'to', textOf) },
    counts: readCounts(fields(from.counts)),
    exhibits: listOf(from, 'exhibits', readExhibit),
    withheld: listOf(from, 'withheld', (item) => ({
      index: countOf(item, 'index'),
      reason: textOf(item, 'reason'),
    })),
    erased: listOf(from, 'erased', (item) => ({ index: countOf(item, 'index') })),
    streams: listOf(from, 'streams', (item) => ({
      name: textOf(item, 'name'),
      count: countOf(item, 'count'),
    })),
    files: listOf(from, 'files', readListed),
  };
}

/** @throws ShapeError */
export function readOpening(text: string): OpeningFile {
  return openingOf(parseJson(text));
}

/** @throws ShapeError */
export function readSeal(text: string): SealFile {
  const from = parseJson(text);
  const leaf = textOf(from, 'leaf');
  if (!/^[0-9a-f]{138}$/.test(leaf)) throw new ShapeError('"leaf" is not 69 bytes in hexadecimal.');
  return { ...openingOf(from), leaf };
}

/** @throws ShapeError */
export function readStreams(text: string): readonly StreamKey[] {
  const from = parseJson(text);
  return listOf(from, 'streams', (item) => ({
    name: textOf(item, 'name'),
    key: hashOf(item, 'key'),
    count: countOf(item, 'count'),
  }));
}

/**
 * Reads a stored envelope's bytes.
 *
 * @throws ShapeError
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const from = parseCompactJson(decodeText(bytes));
  if (from.v !== 1) throw new ShapeError('The envelope is of another version.');
  const objects = from.objects;
  if (!Array.isArray(objects)) throw new ShapeError('"objects" is not a list.');
  return {
    kind: textOf(from, 'kind'),
    stream: textOf(from, 'stream'),
    fact: fields(from.fact),
    objects: objects.map((_, i) => hashOf(objects as unknown as Fields, String(i))),
  };
}

function openingOf(from: Fields): OpeningFile {
  return {
    index: countOf(from, 'index'),
    kind: textOf(from, 'kind'),
    envelope: decodeBase64(textOf(from, 'envelope')),
    r: hashOf(from, 'r'),
    stream: textOf(from, 'stream'),
    seq: nullOr(from, 'seq', countOf),
    objects: listOf(from, 'objects', readObject),
  };
}

function readObject(from: Fields): OpenedObject {
  const r = nullOr(from, 'r', hashOf);
  const path = nullOr(from, 'path', textOf);
  if ((r === null) !== (path === null))
    throw new ShapeError('An object has a salt without a file, or the reverse.');
  return { commitment: hashOf(from, 'commitment'), r, path };
}

function readExhibit(from: Fields): Exhibit {
  return {
    bates: textOf(from, 'bates'),
    path: textOf(from, 'path'),
    mediaType: textOf(from, 'mediaType'),
    sizeBytes: countOf(from, 'sizeBytes'),
    sha256: hashOf(from, 'sha256'),
    index: countOf(from, 'index'),
    object: hashOf(from, 'object'),
  };
}

function readListed(from: Fields): ListedFile {
  return {
    path: textOf(from, 'path'),
    sizeBytes: countOf(from, 'sizeBytes'),
    sha256: textOf(from, 'sha256'),
  };
}

function readCounts(from: Fields): Manifest['counts'] {
  return {
    exhibits: countOf(from, 'exhibits'),
    openings: countOf(from, 'openings'),
    withheld: countOf(from, 'withheld'),
    erased: countOf(from, 'erased'),
    leaves: countOf(from, 'leaves'),
  };
}

function decodeBase64(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch {
    throw new ShapeError('The envelope is not canonical base64.');
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new ShapeError('The envelope is not UTF-8.');
  }
}
