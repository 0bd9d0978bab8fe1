import { type Exhibit, stampPath } from './bundle-format.ts';
import { equalBytes, fromBase64, utf8 } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { openCheckpoint } from './checkpoint.ts';
import { newFindings, Wrong } from './findings.ts';
import { decodeLeaf, LEAF_BYTES } from './leaf.ts';
import { ProofError } from './proof-error.ts';
import { nonceOf, type TimeStamp, verifyTimeStamp } from './time-stamp.ts';
import { appendToRange, emptyRange, leafHash, type Range, rootOfRange } from './tree.ts';
import type { OpenedEntry, Scene } from './verify-openings.ts';
import type { AnchorReport, ExhibitBounds, TimeReport } from './verify-report.ts';

const ANCHORED = 'log.anchored';

export const NO_TIME: TimeReport = {
  ok: null,
  notLaterThan: null,
  notEarlierThan: null,
  anchors: [],
  exhibits: [],
  failures: [],
};

/**
 * Checks every time-stamp of a bundle: that it is over a head of this very log, that its line came after that head, and
 * that it holds by the whole list of RFC 3161.
 *
 * @param roots Whom the reader trusts to tell the time; null when none was named. Then stamps are listed, and bound
 *   nothing: whoever made the bundle could have been the authority too.
 */
export async function checkTime(
  scene: Scene,
  opened: ReadonlyMap<number, OpenedEntry>,
  roots: readonly Certificate[] | null,
): Promise<TimeReport> {
  const findings = newFindings();
  const found = [...opened]
    .filter(([, { envelope }]) => envelope.kind === ANCHORED)
    .map(([index, entry]) => ({ index, fact: entry.envelope.fact }));
  const heads = new Heads(scene);
  const anchors: AnchorReport[] = [];
  for (const { index, fact } of found.toSorted((a, b) => sizeIn(a.fact) - sizeIn(b.fact))) {
    try {
      anchors.push(await checkAnchor(scene, heads, index, fact, roots));
    } catch (error) {
      if (!(error instanceof Wrong || error instanceof ProofError)) throw error;
      findings.fail(stampPath(index, 'tsr'), 'wrong-stamp', error.message);
    }
  }
  for (const path of scene.files.all.keys())
    if (path.startsWith('time/') && !opened.has(Number(path.slice(5, path.indexOf('.')))))
      findings.fail(path, 'unlisted-file', `${path} belongs to no opened entry.`);
  anchors.sort((a, b) => a.index - b.index);
  const exhibits = scene.manifest.exhibits.map((exhibit) => boundsOf(exhibit, anchors));
  const { failures } = findings;
  const trusted = anchors.some(({ isTrusted }) => isTrusted);
  return {
    ok: failures.length > 0 ? false : trusted ? true : null,
    notEarlierThan: outer(exhibits, 'notEarlierThan'),
    notLaterThan: outer(exhibits, 'notLaterThan'),
    anchors,
    exhibits,
    failures,
  };
}

type Told = {
  readonly authority: string;
  readonly checkpoint: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
};

type Fact = Readonly<Record<string, unknown>>;

/** As the line claims; what the checkpoint says is what counts. */
function sizeIn({ size }: Fact): number {
  return typeof size === 'number' ? size : 0;
}

/** Roots of earlier heads of the log, asked for from small to large, so that each leaf is hashed once. */
class Heads {
  readonly #scene: Scene;
  #range: Range = emptyRange;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  rootAt(size: number): Uint8Array {
    const { sha256, log } = this.#scene;
    if (size < this.#range.size)
      throw new Wrong('wrong-stamp', 'The line claims another size than its head.');
    const hashes: Uint8Array[] = [];
    for (let at = this.#range.size; at < size; at++)
      hashes.push(leafHash(sha256, log.leaves.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES)));
    this.#range = appendToRange(sha256, this.#range, hashes);
    return rootOfRange(sha256, this.#range);
  }
}

async function checkAnchor(
  scene: Scene,
  heads: Heads,
  index: number,
  fact: Fact,
  roots: readonly Certificate[] | null,
): Promise<AnchorReport> {
  const told = toldIn(fact);
  checkLeafKind(scene, index);
  checkBeside(scene, index, told);
  const { vkey } = scene.log;
  if (vkey === null)
    throw new Wrong('wrong-stamp', 'Without the key of the log its head cannot be looked at.');
  const head = await openCheckpoint(told.checkpoint, vkey);
  if (head.size > index)
    throw new Wrong('wrong-stamp', 'The stamp is over a head that came after its own line.');
  if (!equalBytes(heads.rootAt(head.size), head.root))
    throw new Wrong('wrong-stamp', 'The head that was stamped is not one of this log.');
  const { stamp, isTrusted } = await checkStamp(told, roots);
  const stampedAt = new Date(stamp.time).toISOString();
  return { index, authority: told.authority, size: head.size, stampedAt, isTrusted };
}

function toldIn(fact: Fact): Told {
  const text = (name: string) => {
    const value = fact[name];
    if (typeof value !== 'string') throw new Wrong('wrong-stamp', `The line leaves out ${name}.`);
    return value;
  };
  return {
    authority: text('authority'),
    checkpoint: text('checkpoint'),
    request: fromBase64(text('request')),
    response: fromBase64(text('response')),
  };
}

function checkLeafKind({ log }: Scene, index: number): void {
  const leaf = log.leaves.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
  if (decodeLeaf(leaf).kind !== 'anchor')
    throw new Wrong('wrong-stamp', 'The line is not one of a time-stamp.');
}

/** The files for openssl are the bytes that the log holds. */
function checkBeside({ files, sha256 }: Scene, index: number, told: Told): void {
  const beside = [
    ['tsq', told.request],
    ['tsr', told.response],
    ['checkpoint', utf8(told.checkpoint)],
  ] as const;
  for (const [kind, bytes] of beside) {
    const found = files.all.get(stampPath(index, kind))?.sha256;
    if (found === undefined) continue;
    const digest = Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (found !== digest) throw new Wrong('wrong-stamp', 'The stamp beside the log is another one.');
  }
}

/** With nobody to trust a stamp is looked at all the same: by the last certificate that it brings itself. */
async function checkStamp(
  { checkpoint, request, response }: Told,
  roots: readonly Certificate[] | null,
): Promise<{ stamp: Pick<TimeStamp, 'time'>; isTrusted: boolean | null }> {
  const nonce = nonceOf(request);
  const given = { roots: roots ?? 'its-own', ...(nonce ? { nonce } : {}) } as const;
  const stamp = await verifyTimeStamp(response, utf8(checkpoint), given);
  return { stamp, isTrusted: roots === null ? null : true };
}

function boundsOf({ bates, index }: Exhibit, anchors: readonly AnchorReport[]): ExhibitBounds {
  const trusted = anchors.filter(({ isTrusted }) => isTrusted);
  const before = trusted.filter((anchor) => anchor.index < index).map(({ stampedAt }) => stampedAt);
  const after = trusted.filter(({ size }) => size > index).map(({ stampedAt }) => stampedAt);
  return { bates, notEarlierThan: before.sort().at(-1) ?? null, notLaterThan: after.sort()[0] ?? null };
}

/** What holds for all exhibits; nothing does when one of them has no such bound. */
function outer(exhibits: readonly ExhibitBounds[], side: 'notEarlierThan' | 'notLaterThan'): string | null {
  const times = exhibits.map((bounds) => bounds[side]);
  if (times.length === 0 || times.includes(null)) return null;
  const sorted = (times as string[]).toSorted();
  return (side === 'notEarlierThan' ? sorted[0] : sorted.at(-1)) ?? null;
}
