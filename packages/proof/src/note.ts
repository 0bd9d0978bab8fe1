import { concat, equalBytes, fromBase64, toBase64, toHex, utf8 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { isKeyName } from './vkey.ts';

/** A text with its signature lines, read but not checked. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** A key we know. `message` is the note's text as UTF-8, its last line feed included. */
export type Verifier = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly verify: (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
};

export type Signer = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array;
};

/** More than any honest log gathers; the specification asks for at least 16. */
export const MAX_SIGNATURES = 100;
const MAX_NOTE_LENGTH = 1_000_000;
const LINE = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/u;

/**
 * Reads a signed note without checking any signature.
 *
 * @throws ProofError `malformed-note`
 * @source C2SP signed-note v1.0.0
 */
export function parseNote(note: string): Note {
  checkCharacters(note);
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) malformed('text and signatures are not divided by an empty line');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) malformed(`it has more than ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/**
 * Opens a signed note: every signature by a known key must hold, and there must be one.
 *
 * Unknown keys are ignored, so that a note may gather signatures we have never heard of.
 *
 * @returns The text, and the names of the keys whose signatures were checked.
 * @throws ProofError `malformed-note`, `unknown-key`, `bad-signature`, `ambiguous-key` if two of `known` cannot be
 *   told apart.
 */
export async function verifyNote(
  note: string,
  known: readonly Verifier[],
): Promise<{ text: string; verified: readonly string[] }> {
  checkDistinct(known);
  const { text, signatures } = parseNote(note);
  const message = utf8(text);
  const verified = new Set<string>();
  for (const line of signatures) {
    const verifier = known.find((key) => isSameKey(key, line));
    if (verifier === undefined) continue;
    if (!(await verifier.verify(message, line.signature))) {
      throw new ProofError('bad-signature', `The signature of ${line.name} does not hold.`);
    }
    verified.add(line.name);
  }
  if (verified.size === 0) throw new ProofError('unknown-key', 'The note bears no signature of a known key.');
  return { text, verified: [...verified] };
}

/**
 * Signs a text.
 *
 * @param text Ends with a line feed; no other control character.
 * @returns The whole note.
 * @throws ProofError `malformed-note`
 */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  checkCharacters(text);
  if (!text.endsWith('\n')) malformed('its text does not end with a line feed');
  if (signers.length === 0) malformed('nobody signs it');
  const message = utf8(text);
  const lines: string[] = [];
  for (const signer of signers) lines.push(signatureLine(signer, await signer.sign(message)));
  return `${text}\n${lines.join('')}`;
}

/** One signature line, its line feed included. */
export function signatureLine(key: { name: string; keyId: Uint8Array }, signature: Uint8Array): string {
  return `— ${key.name} ${toBase64(concat(key.keyId, signature))}\n`;
}

function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = LINE.exec(line) ?? malformed('a signature line is not "— name base64"');
  const bytes = decode(encoded!);
  if (!isKeyName(name!) || bytes.length < 5)
    malformed('a signature line is too short or its name is not allowed');
  return { name: name!, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function decode(encoded: string): Uint8Array {
  try {
    return fromBase64(encoded);
  } catch {
    return malformed('the base64 of a signature is not canonical');
  }
}

function checkCharacters(text: string): void {
  if (text.length > MAX_NOTE_LENGTH) malformed('it is longer than a megabyte');
  if (!text.isWellFormed()) malformed('it is not well-formed Unicode');
  if (/[\x00-\x09\x0b-\x1f]/.test(text)) malformed('it holds a control character');
}

function checkDistinct(known: readonly Verifier[]): void {
  const keys = known.map((key) => `${key.name}+${toHex(key.keyId)}`);
  if (new Set(keys).size < keys.length)
    throw new ProofError('ambiguous-key', 'Two known keys have one name and id.');
}

function isSameKey(key: Verifier, line: NoteSignature): boolean {
  return key.name === line.name && equalBytes(key.keyId, line.keyId);
}

function malformed(why: string): never {
  throw new ProofError('malformed-note', `The signed note cannot be read: ${why}.`);
}
