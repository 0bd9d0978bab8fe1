import {
  type BundleInput,
  buildBundle,
  type ExhibitInput,
  type OpeningInput,
  type StampInput,
} from '../src/bundle.ts';
import { concat, fromBase64, toHex, utf8 } from '../src/bytes.ts';
import { signCheckpoint } from '../src/checkpoint.ts';
import {
  deriveOpening,
  encodeLeaf,
  envelopeCommitment,
  type LeafKind,
  objectCommitment,
  tagMaker,
} from '../src/leaf.ts';
import { type TileReader, tileProver } from '../src/prover.ts';
import { emptyEdge, growTiles, type TileEdge } from '../src/tile.ts';
import { leafHash } from '../src/tree.ts';
import { writeZip } from '../src/zip.ts';
import type { RandomAccess } from '../src/zip-window.ts';
import { testSigner } from './signer.ts';
import { sha256 } from './vectors.ts';

export const signer = testSigner('log.example/7f3a', 'bundle test');
export const PARTY = 'party:orlov';
const SOURCE = 'source:mailbox';

type Written = OpeningInput & { readonly leaf: Uint8Array; readonly commit: Uint8Array };

/** A log in memory, with streams, as the server keeps one. */
function newLog() {
  const entries: Written[] = [];
  const full = new Map<string, Uint8Array>();
  const counts = new Map<string, number>();
  let edge: TileEdge = emptyEdge;
  let secrets = 0;

  const reader: TileReader = async (level, n, width) =>
    (full.get(`${level}/${n}`) ?? edge.edges[level] ?? new Uint8Array(0)).slice(0, width * 32);

  function secret(): Uint8Array {
    return sha256(utf8(`secret ${secrets++}`));
  }

  function newObject(bytes: Uint8Array) {
    const { r } = deriveOpening(sha256, secret());
    return { commitment: objectCommitment(sha256, r, bytes.length, sha256(bytes)), r };
  }

  function append(
    kind: string,
    stream: string,
    fact: object,
    objects: OpeningInput['objects'] = [],
    leafKind: LeafKind = 'record',
  ): Written {
    const seq = (counts.get(stream) ?? 0) + 1;
    counts.set(stream, seq);
    const commitments = objects.map(({ commitment }) => toHex(commitment));
    const envelope = utf8(JSON.stringify({ v: 1, kind, stream, fact, objects: commitments }));
    const { r } = deriveOpening(sha256, secret());
    const commit = envelopeCommitment(sha256, r, sha256(envelope));
    const leaf = encodeLeaf({ kind: leafKind, tag: tagMaker(sha256, keyOf(stream))(seq), commit });
    const entry = { index: entries.length, kind, envelope, r, stream, seq, objects, leaf, commit };
    entries.push(entry);
    const grown = growTiles(sha256, edge, [leafHash(sha256, leaf)]);
    for (const tile of grown.full) full.set(`${tile.level}/${tile.n}`, tile.hashes);
    edge = grown.edge;
    return entry;
  }

  async function checkpoint(): Promise<string> {
    const size = entries.length;
    return signCheckpoint(
      { origin: signer.name, size, root: await tileProver(sha256, reader, size).root() },
      signer,
    );
  }

  const prover = (size = entries.length) => tileProver(sha256, reader, size);
  return { entries, counts, newObject, append, checkpoint, prover };
}

export function keyOf(stream: string): Uint8Array {
  return sha256(utf8(`key of ${stream}`));
}

/** What somebody outside says of a head, as the log records it; a change of the key is a line of its own kind. */
export type Outsider = (note: string) => {
  readonly kind: string;
  readonly fact: object;
  readonly leafKind?: 'key';
};

export type Story = {
  /** Mails recorded and filed. */
  readonly mails: number;
  readonly bytesOf?: (n: number) => Uint8Array;
  /** Changes what the server hands over, to lie. */
  readonly bend?: (input: BundleInput) => BundleInput;
  readonly withheld?: readonly number[];
  readonly erased?: readonly number[];
  /** Each is asked about the head behind the first mail, and again behind the last. */
  readonly outsiders?: readonly Outsider[];
};

/** What a server would gather for a party with some mails and one boundary entry. */
export async function gather({
  mails,
  bytesOf = mailBytes,
  withheld = [],
  erased = [],
  outsiders = [],
}: Story): Promise<BundleInput> {
  const log = newLog();
  const exhibits: ExhibitInput[] = [];
  const kept: { index: number; reason: string }[] = [];
  const gone: { index: number }[] = [];
  const stamps: StampInput[] = [];
  const ask = async () => {
    const note = await log.checkpoint();
    for (const outsider of outsiders) {
      const { kind, fact, leafKind = 'anchor' } = outsider(note);
      const { index } = log.append(kind, 'workspace', fact, [], leafKind);
      stamps.push(...stampIn(index, fact));
    }
  };
  for (let n = 1; n <= mails; n++) {
    const bytes = bytesOf(n);
    const object = log.newObject(bytes);
    const recorded = log.append('interaction.recorded', SOURCE, { id: `i${n}` }, [object]);
    log.append('interaction.filed', PARTY, { interaction: `i${n}`, record: toHex(recorded.commit) });
    if (withheld.includes(n)) kept.push({ index: recorded.index, reason: 'privileged' });
    else if (erased.includes(n)) gone.push({ index: recorded.index });
    else exhibits.push(exhibitOf(n, bytes, recorded.index, object.commitment));
    if (n === 1 || n === mails) await ask();
  }
  log.append('boundary.breached', PARTY, { step: 'reminder' });
  log.append('padding', 'other', {});
  const checkpoint = await log.checkpoint();
  const size = log.entries.length;
  const prover = log.prover();
  const hidden = new Set([...kept, ...gone].map(({ index }) => index));
  return {
    createdAt: '2026-11-21T19:00:00.000Z',
    origin: signer.name,
    vkey: signer.vkey,
    zone: 'Europe/Helsinki',
    party: 'Orlov',
    period: { from: '2026-05-01T00:00:00.000Z', to: null },
    exhibits,
    openings: log.entries.filter(({ stream, index }) => stream !== 'other' && !hidden.has(index)),
    withheld: kept,
    erased: gone,
    stamps,
    streams: [{ name: PARTY, key: keyOf(PARTY), count: log.counts.get(PARTY)! }],
    leaves: concat(...log.entries.map(({ leaf }) => leaf)),
    checkpoint,
    prove: (index) => prover.inclusion(index),
    chronology: [utf8('%PDF-1.7 not really')],
    seal: async (manifestSha256) => {
      const opening = log.append('bundle.created', PARTY, { manifest: toHex(manifestSha256) });
      const now = log.prover();
      return {
        opening,
        leaf: opening.leaf,
        checkpoint: await log.checkpoint(),
        inclusion: await now.inclusion(opening.index),
        consistency: await now.consistency(size),
      };
    },
  };
}

/** A time-stamp as files too, beside the line that holds it. */
function stampIn(index: number, fact: object): readonly StampInput[] {
  const { request, response, checkpoint } = fact as Readonly<Record<string, string | undefined>>;
  if (request === undefined || response === undefined || checkpoint === undefined) return [];
  return [{ index, request: fromBase64(request), response: fromBase64(response), checkpoint }];
}

/** A whole bundle as bytes. */
export async function zipOf(story: Story): Promise<Uint8Array> {
  const input = await gather(story);
  return bytesOf(writeZip(buildBundle(sha256, story.bend?.(input) ?? input)));
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  for await (const chunk of chunks) held.push(chunk);
  return concat(...held);
}

export function accessTo(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

function mailBytes(n: number): Uint8Array {
  return utf8(`From: orlov@example.org\r\nSubject: mail ${n}\r\n\r\nЯ жду ответа. Hyvää päivää ${n}.\r\n`);
}

function exhibitOf(n: number, bytes: Uint8Array, index: number, object: Uint8Array): ExhibitInput {
  return {
    bates: `EVK${String(n).padStart(7, '0')}`,
    fileName: n === 1 ? "it's a message, äö.eml" : 'message.eml',
    mediaType: 'message/rfc822',
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
    index,
    object,
    chunks: () => [bytes],
  };
}
