import { fromBase64, HASH_BYTES, type Sha256, toBase64 } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { verifyInclusion } from './inclusion.ts';
import { ProofError } from './proof-error.ts';

/** What proves one leaf to a stranger: where it stands, its siblings, and the signed head they lead to. */
export type TlogProof = {
  readonly index: number;
  /** 32 bytes each, from the leaf upward. */
  readonly hashes: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Free bytes of the application's own, covered by nothing. */
  readonly extra?: Uint8Array;
};

const HEADER = 'c2sp.org/tlog-proof@v1';
const INDEX = /^index (0|[1-9][0-9]{0,15})$/;
const MAX_HASHES = 63;

/**
 * Writes a `.tlog-proof` file.
 *
 * @source C2SP tlog-proof
 */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = hashes.map((hash) => toBase64(hash));
  return tlogProofText({ index, lines, checkpoint, ...(extra === undefined ? {} : { extra }) });
}

/** {@link formatTlogProof} of hashes that are base64 already. */
export function tlogProofText({
  index,
  lines,
  checkpoint,
  extra,
}: Omit<TlogProof, 'hashes'> & { readonly lines: readonly string[] }): string {
  const head = extra === undefined ? HEADER : `${HEADER}\nextra ${toBase64(extra)}`;
  return `${head}\nindex ${index}\n${lines.map((line) => `${line}\n`).join('')}\n${checkpoint}`;
}

/**
 * Reads a `.tlog-proof` file; proves nothing yet.
 *
 * @throws ProofError `malformed-proof`
 */
export function parseTlogProof(text: string): TlogProof {
  const divider = text.indexOf('\n\n');
  if (divider < 0) malformed('no empty line divides proof and checkpoint');
  const lines = text.slice(0, divider).split('\n');
  if (lines.shift() !== HEADER) malformed(`its first line is not ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? decode(lines.shift()!.slice('extra '.length)) : undefined;
  const [, digits] = INDEX.exec(lines.shift() ?? '') ?? malformed('it names no index');
  const index = Number(digits);
  if (!Number.isSafeInteger(index)) malformed('its index is too large');
  if (lines.length > MAX_HASHES) malformed('it has more hashes than any tree is high');
  const proof = { index, hashes: lines.map(decodeHash), checkpoint: text.slice(divider + 2) };
  return extra === undefined ? proof : { ...proof, extra };
}

/**
 * Verifies a `.tlog-proof` file for one leaf.
 *
 * @param leafHash 32 bytes, computed by the caller from the leaf it holds.
 * @param vkey The log's key, known by another road than the file.
 * @returns The signed head and the leaf's place.
 * @throws ProofError
 */
export async function verifyTlogProof(
  sha256: Sha256,
  text: string,
  { leafHash, vkey }: { leafHash: Uint8Array; vkey: string },
): Promise<{ index: number; checkpoint: Checkpoint }> {
  const proof = parseTlogProof(text);
  const checkpoint = await openCheckpoint(proof.checkpoint, vkey);
  const { index, hashes } = proof;
  verifyInclusion(sha256, { index, size: checkpoint.size, root: checkpoint.root, leafHash, proof: hashes });
  return { index, checkpoint };
}

function decodeHash(line: string): Uint8Array {
  const hash = decode(line);
  return hash.length === HASH_BYTES ? hash : malformed('a hash is not 32 bytes long');
}

function decode(line: string): Uint8Array {
  try {
    return fromBase64(line);
  } catch {
    return malformed('a line is not canonical base64');
  }
}

function malformed(why: string): never {
  throw new ProofError('malformed-proof', `The proof cannot be read: ${why}.`);
}
