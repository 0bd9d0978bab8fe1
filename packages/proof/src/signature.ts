import { type Der, inside, oidOf, readDer, TAG } from './der.ts';
import { ProofError } from './proof-error.ts';

export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

const HASHES: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
export const SHA256_OID = '2.16.840.1.101.3.4.2.1';

const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';
const ED25519 = '1.3.101.112';
const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
};

/** Signature algorithms that name their hash; weaker ones are not among them. */
const SIGNATURES: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};
const LEAST_RSA_BITS = 2048;

/** The hash an AlgorithmIdentifier names; null for one that is too weak or unknown. */
export function hashNamed(algorithm: Der): HashName | null {
  return HASHES[oidOf(inside(algorithm)[0])] ?? null;
}

export async function digest(hash: HashName | 'SHA-1', bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, new Uint8Array(bytes)));
}

/**
 * Checks a signature as certificates and CMS have it: RSA (PKCS #1 v1.5, 2,048 bits or more), ECDSA on P-256, P-384 and
 * P-521, Ed25519; with SHA-256 or longer.
 *
 * @param algorithm The AlgorithmIdentifier of the signature.
 * @param stated The hash that is stated beside it, where the algorithm names none (`rsaEncryption` in CMS).
 * @param key The SubjectPublicKeyInfo, DER.
 * @throws ProofError `weak-algorithm`, `malformed-der`
 */
export async function isSignedBy(
  signed: Uint8Array,
  signature: Uint8Array,
  algorithm: Der,
  stated: HashName | null,
  key: Uint8Array,
): Promise<boolean> {
  const name = oidOf(inside(algorithm)[0]);
  const hash = SIGNATURES[name] ?? (name === RSA ? stated : null);
  const [keyAlgorithm] = inside(readDer(key));
  const [kind, curveName] = inside(keyAlgorithm);
  const keyKind = oidOf(kind);
  const check = (how: Check, made: Uint8Array) => verified(how, key, made, signed);
  if (keyKind === ED25519 && name === ED25519) return check({ name: 'Ed25519' }, signature);
  if (hash === null) throw weak(`The signature algorithm ${name} is not accepted.`);
  if (keyKind === RSA) {
    checkRsaSize(key);
    return check({ name: 'RSASSA-PKCS1-v1_5', hash }, signature);
  }
  const curve = keyKind === EC ? CURVES[oidOf(curveName)] : undefined;
  if (!curve) throw weak(`Keys of kind ${keyKind} are not accepted.`);
  const plain = plainEcdsa(signature, curve.bytes);
  return plain !== null && check({ name: 'ECDSA', hash, namedCurve: curve.name }, plain);
}

/** What WebCrypto wants to know, at import and at the check, in one. */
type Check =
  | { readonly name: 'Ed25519' }
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: HashName }
  | { readonly name: 'ECDSA'; readonly hash: HashName; readonly namedCurve: string };

/** A key that an engine refuses to import is one under which nothing verifies. */
async function verified(how: Check, key: Uint8Array, made: Uint8Array, signed: Uint8Array): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('spki', new Uint8Array(key), how, false, ['verify']);
    return await crypto.subtle.verify(how, imported, new Uint8Array(made), new Uint8Array(signed));
  } catch {
    return false;
  }
}

function checkRsaSize(key: Uint8Array): void {
  const bits = inside(readDer(key))[1];
  const [modulus] = inside(readDer((bits?.body ?? new Uint8Array()).subarray(1)));
  const size = (modulus?.body.length ?? 0) * 8;
  if (size < LEAST_RSA_BITS) throw weak(`An RSA key of ${size} bits is too short.`);
}

/** r and s side by side, as WebCrypto wants them; certificates hold them as two numbers of DER. */
function plainEcdsa(signature: Uint8Array, bytes: number): Uint8Array | null {
  try {
    const [r, s, ...more] = inside(readDer(signature));
    if (r?.tag !== TAG.integer || s?.tag !== TAG.integer || more.length > 0) return null;
    const plain = new Uint8Array(2 * bytes);
    for (const [i, { body }] of [r, s].entries()) {
      const digits = body[0] === 0 ? body.subarray(1) : body;
      if (digits.length > bytes) return null;
      plain.set(digits, (i + 1) * bytes - digits.length);
    }
    return plain;
  } catch {
    return null;
  }
}

function weak(message: string): ProofError {
  return new ProofError('weak-algorithm', message);
}
