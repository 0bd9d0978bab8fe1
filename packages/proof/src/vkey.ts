import { concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { sha256Pure } from './sha256.ts';

/** A public key as it is handed from person to person: `name+keyid+base64(type ‖ key)`. */
export type Vkey = {
  readonly name: string;
  /** 4 bytes: which of a name's keys. A hint for finding the key, not a fingerprint to compare. */
  readonly keyId: Uint8Array;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
};

/** 0x01: Ed25519 over the note's text. 0x04: Ed25519 over a time and the text, by a witness. */
export type KeyType = 0x01 | 0x04;

export const PUBLIC_KEY_BYTES = 32;
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;

/**
 * Reads a verifier key.
 *
 * @throws ProofError `malformed-key` also for a type or length that this program cannot check, and when the key id is
 *   not the one of this name and key.
 * @source C2SP signed-note v1.0.0
 */
export function parseVkey(text: string): Vkey {
  const [, name, id, encoded] = VKEY.exec(text) ?? malformed('it is not name+id+key');
  if (!isKeyName(name!)) malformed('its name has a space or control character');
  const typed = decodeKey(encoded!);
  const type = typed[0];
  if (type !== 0x01 && type !== 0x04) malformed(`its type ${type ?? 'is missing and'} is not known here`);
  const vkey = newVkey({ name: name!, type: type as KeyType, publicKey: typed.subarray(1) });
  if (!equalBytes(vkey.keyId, fromHex(id!))) malformed('its id belongs to another name or key');
  return vkey;
}

/** Makes the verifier key of a name and an Ed25519 public key of 32 bytes. */
export function newVkey(key: { name: string; publicKey: Uint8Array; type?: KeyType }): Vkey {
  const { name, publicKey, type = 0x01 } = key;
  if (!isKeyName(name)) malformed('its name is empty or has a space, plus or control character');
  if (publicKey.length !== PUBLIC_KEY_BYTES) malformed('it is not 32 bytes long');
  const keyId = sha256Pure(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4);
  return { name, keyId, type, publicKey };
}

/** The one spelling of a verifier key. */
export function formatVkey({ name, keyId, type, publicKey }: Vkey): string {
  return `${name}+${toHex(keyId)}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;
}

/** A key name is a part of a line: no white space, no plus, nothing invisible. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name);
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return fromBase64(encoded);
  } catch {
    return malformed('its base64 is not canonical');
  }
}

function malformed(why: string): never {
  throw new ProofError('malformed-key', `The log key cannot be used: ${why}.`);
}
