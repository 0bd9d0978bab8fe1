import { equalBytes, toBase64 } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { ed25519Verifier } from './ed25519.ts';
import { type Signer, signNote, verifyNote } from './note.ts';
import { ProofError } from './proof-error.ts';
import { parseVkey } from './vkey.ts';

/** One key hands the log over to the next; both sign the same statement. */
export type Rotation = {
  readonly from: string;
  readonly to: string;
  /** The last head that the old key signed: the statement holds it, so it is of this log and no other. */
  readonly checkpoint: string;
  /** The signed note of both. */
  readonly statement: string;
};

/** What both keys sign. */
function statementText({ from, to, head }: { from: string; to: string; head: Checkpoint }): string {
  return `evenkeel log key rotation v1\n${from}\n${to}\n${head.origin}\n${head.size}\n${toBase64(head.root)}\n`;
}

/** Has both keys sign that the log goes on under the second. */
export async function signRotation(
  { from, to, checkpoint }: Omit<Rotation, 'statement'>,
  signers: readonly [old: Signer, next: Signer],
): Promise<Rotation> {
  const head = await openCheckpoint(checkpoint, from);
  const statement = await signNote(statementText({ from, to, head }), signers);
  return { from, to, checkpoint, statement };
}

/**
 * Checks that a log's key handed it over to another.
 *
 * @returns The last head that the old key signed.
 * @throws ProofError of the notes; `origin-mismatch` when the new key is of another log; `malformed-note` when the
 *   statement says something else
 */
export async function checkRotation(rotation: Rotation): Promise<Checkpoint> {
  const { from, to, checkpoint, statement } = rotation;
  const [old, next] = [parseVkey(from), parseVkey(to)];
  if (old.name !== next.name) throw new ProofError('origin-mismatch', 'The new key is of another log.');
  if (equalBytes(old.publicKey, next.publicKey))
    throw new ProofError('malformed-key', 'The new key is the old one.');
  const head = await openCheckpoint(checkpoint, from);
  for (const key of [old, next]) {
    const { text } = await verifyNote(statement, [ed25519Verifier(key)]);
    if (text !== statementText({ from, to, head }))
      throw new ProofError('malformed-note', 'The statement of both keys says something else.');
  }
  return head;
}
