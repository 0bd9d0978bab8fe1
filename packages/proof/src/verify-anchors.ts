import { stampPath } from './bundle-format.ts';
import { equalBytes, fromBase64, toHex, utf8 } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Wrong } from './findings.ts';
import { decodeLeaf, LEAF_BYTES } from './leaf.ts';
import { readOpenTimestamp } from './open-timestamps.ts';
import type { Policy } from './policy.ts';
import { type KnownKey, openHead } from './verify-heads.ts';
import type { Scene } from './verify-openings.ts';
import type { BlockReport, CosignatureReport, TimeReport } from './verify-report.ts';
import { formatVkey } from './vkey.ts';
import { readCosignature } from './witness.ts';

export type Fact = Readonly<Record<string, unknown>>;

/** A line of the log in which somebody outside speaks of an earlier head. */
export type AnchorLine = { readonly index: number; readonly kind: string; readonly fact: Fact };
/** With the head opened: signed by the log, and not younger than the line. */
export type HeldLine = AnchorLine & { readonly head: Checkpoint; readonly checkpoint: string };

const FORMS = [
  ['tsq', 'request'],
  ['tsr', 'response'],
  ['ots', 'proof'],
  ['checkpoint', 'checkpoint'],
] as const;

/** @throws Wrong `wrong-stamp`, ProofError */
export async function openLine(
  scene: Scene,
  keys: readonly KnownKey[],
  { index, kind, fact }: AnchorLine,
): Promise<HeldLine> {
  const { log } = scene;
  const leaf = log.leaves.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
  if (decodeLeaf(leaf).kind !== 'anchor')
    throw new Wrong('wrong-stamp', 'The line is not one of a time-stamp.');
  const checkpoint = textIn(fact, 'checkpoint');
  checkBeside(scene, index, fact);
  const head = await openHead(checkpoint, keys);
  if (head.size !== fact.size) throw new Wrong('wrong-stamp', 'The line claims another size than its head.');
  if (head.size > index)
    throw new Wrong('wrong-stamp', 'The stamp is over a head that came after its own line.');
  return { index, kind, fact, head, checkpoint };
}

/** The files for other programs are the bytes that the log holds. */
function checkBeside({ files, sha256 }: Scene, index: number, fact: Fact): void {
  for (const [form, name] of FORMS) {
    const found = files.all.get(stampPath(index, form))?.sha256;
    const value = fact[name];
    if (found === undefined || typeof value !== 'string') continue;
    const bytes = form === 'checkpoint' ? utf8(value) : fromBase64(value);
    if (found !== toHex(sha256(bytes)))
      throw new Wrong('wrong-stamp', 'The stamp beside the log is another one.');
  }
}

/** Under the number of another line a stamp would tell whoever looks at it by hand another time. */
export function mayLieBeside({ kind, fact }: Pick<AnchorLine, 'kind' | 'fact'>, form: string): boolean {
  const [, name] = FORMS.find(([one]) => one === form) ?? [];
  return name === undefined || (kind.startsWith('log.anchor') && typeof fact[name] === 'string');
}

export function textIn(fact: Fact, name: string): string {
  const value = fact[name];
  if (typeof value !== 'string') throw new Wrong('wrong-stamp', `The line leaves out ${name}.`);
  return value;
}

/** What a block is said to hold. It is to be looked up elsewhere, and bounds nothing here. */
export function checkBlock(
  { sha256 }: Scene,
  { index, fact, head, checkpoint }: HeldLine,
): readonly BlockReport[] {
  const { hash, digest, attestations } = readOpenTimestamp(fromBase64(textIn(fact, 'proof')));
  if (hash !== 'sha256' || !equalBytes(digest, sha256(utf8(checkpoint))))
    throw new Wrong('wrong-stamp', 'The proof is about other bytes than the head.');
  return attestations.flatMap((one): readonly BlockReport[] => {
    const at = { index, size: head.size };
    if (one.kind === 'bitcoin')
      return [{ ...at, height: one.height, merkleRoot: one.merkleRoot, calendar: null }];
    return one.kind === 'pending' ? [{ ...at, height: null, merkleRoot: null, calendar: one.calendar }] : [];
  });
}

/** Without a policy a witness is looked at by the key that the log gives: it agrees with itself, and no more. */
export async function checkCosignature(
  { index, fact, head, checkpoint }: HeldLine,
  policy: Policy | null,
): Promise<CosignatureReport> {
  const vkey = textIn(fact, 'vkey');
  const { name, time } = await readCosignature(checkpoint, vkey);
  const isTrusted = policy === null ? null : namesIn(policy, vkey).length > 0;
  return { index, name, vkey, size: head.size, cosignedAt: new Date(time).toISOString(), isTrusted };
}

function namesIn(policy: Policy, vkey: string): readonly string[] {
  return policy.witnesses.filter((one) => formatVkey(one.vkey) === vkey).map(({ name }) => name);
}

/**
 * Whether enough witnesses saw a head that covers every exhibit. Who saw a larger head saw the smaller one in it: the
 * larger one extends it.
 */
export function quorumOf(
  cosignatures: readonly CosignatureReport[],
  policy: Policy | null,
  lastExhibit: number,
): TimeReport['quorum'] {
  if (!policy?.asksWitnesses) return null;
  const enoughAt = (size: number) =>
    policy.isEnough(
      new Set(cosignatures.filter((one) => one.size >= size).flatMap(({ vkey }) => namesIn(policy, vkey))),
    );
  const size = Math.max(-1, ...cosignatures.map((one) => one.size).filter(enoughAt));
  return { isReached: size > lastExhibit, size: size < 0 ? null : size };
}
