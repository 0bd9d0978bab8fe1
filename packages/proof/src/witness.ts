import { toBase64 } from './bytes.ts';
import { cosignatureSeconds, cosignatureVerifier } from './ed25519.ts';
import { type NoteSignature, parseNote, signatureLine, verifyNote } from './note.ts';
import { ProofError } from './proof-error.ts';
import { parseVkey } from './vkey.ts';

/** What a witness signed: at that time this was the largest head of the log that it had seen, and none contradicts it. */
export type Cosignature = {
  readonly name: string;
  /** Milliseconds since 1970, by the witness's clock. */
  readonly time: number;
};

const MOST_HASHES = 63;

/**
 * What is posted to a witness's `add-checkpoint`.
 *
 * @param old How many leaves the head has that the witness knows already; 0 the first time, and then nothing is proved.
 * @param proof From that head to this one.
 * @param note The signed head.
 * @source C2SP tlog-witness v1.0.0
 */
export function addCheckpointBody(old: number, proof: readonly Uint8Array[], note: string): string {
  if (proof.length > MOST_HASHES) throw new ProofError('wrong-proof-length', 'The proof is too long.');
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/**
 * Puts what a witness answered below the head it was asked to sign, and checks it.
 *
 * @param answer Signature lines. Other keys than the witness's are left out: nobody here could check them.
 * @returns The head with the witness's line, and what it says.
 * @throws ProofError `malformed-note`, `malformed-key`, `unknown-key` when the witness did not sign, `bad-signature`
 */
export async function cosignedNote(
  note: string,
  answer: string,
  vkey: string,
): Promise<{ readonly note: string; readonly cosignature: Cosignature }> {
  const lines = answer.endsWith('\n') ? answer : `${answer}\n`;
  const { text, signatures } = parseNote(`${note}${lines}`);
  const key = parseVkey(vkey);
  const line = signatures.find((one) => isBy(one, key));
  if (!line) throw new ProofError('unknown-key', 'The answer bears no signature of this witness.');
  const whole = `${note}${signatureLine(line, line.signature)}`;
  if (parseNote(whole).text !== text) throw new ProofError('malformed-note', 'The answer changes the head.');
  return { note: whole, cosignature: await readCosignature(whole, vkey) };
}

/** @throws ProofError `malformed-note`, `malformed-key`, `unknown-key`, `bad-signature` */
export async function readCosignature(note: string, vkey: string): Promise<Cosignature> {
  const key = parseVkey(vkey);
  await verifyNote(note, [cosignatureVerifier(key)]);
  const line = parseNote(note).signatures.find((one) => isBy(one, key));
  const seconds = Number(cosignatureSeconds(line!.signature));
  // Later than that no calendar of ours goes.
  if (seconds === 0 || seconds > 8_640_000_000_000)
    throw new ProofError('bad-signature', 'A witness signed at no time.');
  return { name: key.name, time: seconds * 1000 };
}

function isBy(line: NoteSignature, key: { readonly name: string; readonly keyId: Uint8Array }): boolean {
  return line.name === key.name && line.keyId.every((byte, i) => byte === key.keyId[i]);
}
