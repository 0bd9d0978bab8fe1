import { fromBase64, HASH_BYTES, toBase64 } from './bytes.ts';
import { ed25519Verifier } from './ed25519.ts';
import { type Signer, signNote, verifyNote } from './note.ts';
import { ProofError } from './proof-error.ts';
import { checkHash, checkSize } from './tree.ts';
import { parseVkey } from './vkey.ts';

/** A log's head: whose log, how many leaves, which root. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** A checkpoint as read; `extensions` are further lines that a foreign log may add and ours never does. */
export type ParsedCheckpoint = Checkpoint & { readonly extensions: readonly string[] };

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * The text that is signed.
 *
 * @throws ProofError `malformed-checkpoint`, `bad-size`, `bad-hash-length`
 * @source C2SP tlog-checkpoint v1.0.0
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin)) malformed('its origin is empty or has a control character');
  checkSize(size);
  checkHash(root);
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads a checkpoint's text. Nothing in it is to be believed before its signature was checked.
 *
 * @throws ProofError `malformed-checkpoint`
 */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') malformed('it does not end with a line feed');
  const [origin, size, root, ...extensions] = lines;
  if (origin === undefined || size === undefined || root === undefined)
    malformed('it has fewer than three lines');
  if (!isOrigin(origin)) malformed('its origin is empty or has a control character');
  if (!SIZE.test(size) || !Number.isSafeInteger(Number(size))) malformed('its size is no plain number');
  if (extensions.some((line) => line === '')) malformed('it has an empty line');
  return { origin, size: Number(size), root: parseRoot(root), extensions };
}

/** Signs a head; the note is what a log publishes. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<string> {
  return signNote(formatCheckpoint(checkpoint), [signer]);
}

/**
 * Opens a log's own signed checkpoint: signature first, then the text.
 *
 * @param vkey The log's key; its name must be the checkpoint's origin.
 * @throws ProofError any of {@link verifyNote}; `origin-mismatch`; `malformed-checkpoint`, also for extension lines.
 */
export async function openCheckpoint(note: string, vkey: string): Promise<Checkpoint> {
  const key = parseVkey(vkey);
  const { text } = await verifyNote(note, [ed25519Verifier(key)]);
  const { extensions, ...checkpoint } = parseCheckpoint(text);
  if (extensions.length > 0) malformed('it has extension lines, which our logs never write');
  if (checkpoint.origin !== key.name) {
    throw new ProofError(
      'origin-mismatch',
      `The checkpoint is of ${checkpoint.origin}, the key of ${key.name}.`,
    );
  }
  return checkpoint;
}

function isOrigin(origin: string): boolean {
  return origin !== '' && origin.isWellFormed() && !/\p{Cc}/u.test(origin);
}

function parseRoot(text: string): Uint8Array {
  try {
    const root = fromBase64(text);
    return root.length === HASH_BYTES ? root : malformed('its root is not 32 bytes long');
  } catch {
    return malformed('its root is not canonical base64 of 32 bytes');
  }
}

function malformed(why: string): never {
  throw new ProofError('malformed-checkpoint', `The checkpoint cannot be read: ${why}.`);
}
