import { concat, utf8 } from './bytes.ts';
import type { Verifier } from './note.ts';
import { ProofError } from './proof-error.ts';
import { parseVkey, type Vkey } from './vkey.ts';

const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

/**
 * Checks plain Ed25519 signatures over a note's text, by WebCrypto.
 *
 * @param vkey The key, or its text; type 0x01.
 * @throws ProofError `malformed-key`
 */
export function ed25519Verifier(vkey: string | Vkey): Verifier {
  const key = typeof vkey === 'string' ? parseVkey(vkey) : vkey;
  if (key.type !== 0x01) throw new ProofError('malformed-key', 'This key signs as a witness, not as a log.');
  const check = checker(key.publicKey);
  return { name: key.name, keyId: key.keyId, verify: check };
}

/**
 * Checks a witness's cosignature: 8 bytes of time, then Ed25519 over that time and the checkpoint's text.
 *
 * @param vkey The key, or its text; type 0x04.
 * @throws ProofError `malformed-key`
 * @source C2SP tlog-cosignature v1.0.1
 */
export function cosignatureVerifier(vkey: string | Vkey): Verifier {
  const key = typeof vkey === 'string' ? parseVkey(vkey) : vkey;
  if (key.type !== 0x04) throw new ProofError('malformed-key', 'This key signs as a log, not as a witness.');
  const check = checker(key.publicKey);
  return {
    name: key.name,
    keyId: key.keyId,
    verify: async (message, signature) => {
      if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return false;
      const signed = concat(cosignatureHead(cosignatureSeconds(signature)), message);
      return check(signed, signature.subarray(TIME_BYTES));
    },
  };
}

/** The time a witness claims, in seconds since 1970. */
export function cosignatureSeconds(signature: Uint8Array): bigint {
  return new DataView(signature.buffer, signature.byteOffset, signature.byteLength).getBigUint64(0);
}

function cosignatureHead(seconds: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n`);
}

/** The key is imported once, at the first signature. */
function checker(publicKey: Uint8Array): (message: Uint8Array, signature: Uint8Array) => Promise<boolean> {
  let imported: ReturnType<typeof importKey> | undefined;
  return async (message, signature) => {
    if (signature.length !== SIGNATURE_BYTES) return false;
    imported ??= importKey(publicKey);
    const key = await imported;
    if (key === null) return false;
    return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
  };
}

/** Some engines look at the point when a key is imported and refuse what is none: nothing verifies under such a key. */
async function importKey(publicKey: Uint8Array) {
  try {
    return await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return null;
    throw error;
  }
}
