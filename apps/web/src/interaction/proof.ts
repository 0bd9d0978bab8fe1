import { fromHex, toHex, utf8 } from '@evenkeel/proof/bytes';
import { openCheckpoint } from '@evenkeel/proof/checkpoint';
import { verifyInclusion } from '@evenkeel/proof/inclusion';
import { decodeLeaf, envelopeCommitment, objectCommitment } from '@evenkeel/proof/leaf';
import { sha256Pure } from '@evenkeel/proof/sha256';
import { leafHash } from '@evenkeel/proof/tree';
import { parseVkey } from '@evenkeel/proof/vkey';
import type { Provenance } from '../api/shapes.ts';

/** What this page has computed for itself. `unchecked`: the browser cannot, and says so. */
export type Check = { readonly holds: boolean | 'unchecked'; readonly why?: string };
export type Checks = {
  readonly bytes: Check;
  readonly opening: Check;
  readonly entry: Check;
  readonly head: Check;
  readonly keyId: string;
};

/**
 * Recomputes a record's proof from its bytes to the signed head, trusting no verdict of the server.
 *
 * @param bytes The original as the server hands it out. Every field of `provenance` is the server's word.
 */
export async function recompute(bytes: Uint8Array<ArrayBuffer>, provenance: Provenance): Promise<Checks> {
  const { proof, object, entry } = provenance;
  const hash = toHex(await digest(bytes));
  const head = await attempt(() => openCheckpoint(proof.checkpoint, proof.vkey));
  const keyId = await attempt(async () => toHex(parseVkey(proof.vkey).keyId));
  return {
    opening: await checkOpening(bytes, hash, provenance),
    bytes: { holds: hash === object.sha256 && bytes.length === object.sizeBytes, why: hash },
    entry: 'value' in head ? checkEntry(entry, proof, head.value) : { holds: false, why: head.why },
    head:
      'value' in head ? { holds: true } : { holds: isSigningPossible() ? false : 'unchecked', why: head.why },
    keyId: 'value' in keyId ? keyId.value : '',
  };
}

/** From the bytes to the object's commitment, from that to the sealed words, from those to the leaf. */
async function checkOpening(bytes: Uint8Array, hash: string, { opening, entry }: Provenance): Promise<Check> {
  if (!opening) return { holds: 'unchecked' };
  try {
    const object = objectCommitment(sha256Pure, fromHex(opening.objectSalt), bytes.length, fromHex(hash));
    const { objects } = JSON.parse(opening.envelope) as { objects: string[] };
    if (!objects.includes(toHex(object))) return { holds: false, why: 'objects' };
    const words = await digest(utf8(opening.envelope) as Uint8Array<ArrayBuffer>);
    const commitment = envelopeCommitment(sha256Pure, fromHex(opening.envelopeSalt), words);
    return { holds: toHex(commitment) === toHex(decodeLeaf(fromHex(entry.leaf)).commit) };
  } catch (error) {
    return { holds: false, why: String(error) };
  }
}

function checkEntry(
  entry: Provenance['entry'],
  proof: Provenance['proof'],
  head: { size: number; root: Uint8Array },
): Check {
  try {
    const leaf = fromHex(entry.leaf);
    if (toHex(decodeLeaf(leaf).commit) !== entry.commitment) return { holds: false, why: 'commitment' };
    verifyInclusion(sha256Pure, {
      index: entry.index,
      size: head.size,
      leafHash: leafHash(sha256Pure, leaf),
      proof: proof.path.map(fromHex),
      root: head.root,
    });
    return { holds: true };
  } catch (error) {
    return { holds: false, why: String(error) };
  }
}

async function attempt<T>(make: () => Promise<T>): Promise<{ value: T } | { why: string }> {
  try {
    return { value: await make() };
  } catch (error) {
    return { why: String(error) };
  }
}

/** Browsers lend WebCrypto only to pages from this machine or over https. */
function isSigningPossible(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (!isSigningPossible()) return sha256Pure(bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
