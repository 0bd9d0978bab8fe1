import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bitsOf, inside, readDer } from '../src/der.ts';
import { isRsaSignature, type RsaKey, readRsaKey } from './rsa.ts';

// What the verifier asks of WebCrypto, for browsers that lack it or lack Ed25519. Verifying only: no secret is here.

type How = { readonly name: string; readonly hash?: string; readonly namedCurve?: string };

/** The three of its functions that the verifier calls. */
export type Verifying = {
  readonly digest: (name: string, bytes: Uint8Array) => Promise<ArrayBuffer>;
  readonly importKey: (
    format: 'raw' | 'spki',
    bytes: Uint8Array,
    how: How | string,
    isExtractable: boolean,
    uses: readonly string[],
  ) => Promise<unknown>;
  readonly verify: (
    how: How | string,
    key: unknown,
    signature: Uint8Array,
    message: Uint8Array,
  ) => Promise<boolean>;
};

const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};
const CURVES: Readonly<Record<string, typeof p256>> = { 'P-256': p256, 'P-384': p384, 'P-521': p521 };

/** A key as it was handed over: what it is good for shows when it is used. */
type OwnKey = { readonly how: How; readonly bytes: Uint8Array; readonly rsa: RsaKey | null };

const own: Verifying = { digest: ownDigest, importKey: ownImport, verify: ownVerify };

/**
 * Sees to it that `crypto.subtle` can do what the verifier asks of it: with the browser's own where it can, with ours
 * where it cannot.
 *
 * @returns Whose it is now.
 */
export async function completeCrypto(): Promise<'browser' | 'mixed' | 'ours'> {
  const native = globalThis.crypto?.subtle as unknown as Verifying | undefined;
  if (native === undefined) install(own);
  else if (await knowsEd25519(native)) return 'browser';
  else install(withOwnEd25519(native));
  return native === undefined ? 'ours' : 'mixed';
}

/** All of it ours, whatever the browser can. */
export function ownCrypto(): Verifying {
  return own;
}

function install(subtle: Verifying): void {
  if (globalThis.crypto === undefined)
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  Object.defineProperty(globalThis.crypto, 'subtle', { value: subtle, configurable: true });
}

/** RFC 8032, section 7.1, test 1: the empty message. */
const KNOWN_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const KNOWN_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

async function knowsEd25519(subtle: Verifying): Promise<boolean> {
  try {
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    const key = await subtle.importKey('raw', bytes(KNOWN_KEY), 'Ed25519', false, ['verify']);
    return await subtle.verify('Ed25519', key, bytes(KNOWN_SIGNATURE), new Uint8Array());
  } catch {
    return false;
  }
}

function withOwnEd25519(native: Verifying): Verifying {
  const whose = (how: How | string) => (nameOf(how) === 'Ed25519' ? own : native);
  return {
    digest: (name, bytes) => native.digest(name, bytes),
    importKey: (format, bytes, how, ...rest) => whose(how).importKey(format, bytes, how, ...rest),
    verify: (how, ...given) => whose(how).verify(how, ...given),
  };
}

function nameOf(how: How | string): string {
  return typeof how === 'string' ? how : how.name;
}

async function ownDigest(name: string, bytes: Uint8Array): Promise<ArrayBuffer> {
  return HASHES[name]!(bytes).slice().buffer as ArrayBuffer;
}

async function ownImport(format: 'raw' | 'spki', bytes: Uint8Array, how: How | string): Promise<OwnKey> {
  const asked = typeof how === 'string' ? { name: how } : how;
  const key = format === 'raw' ? bytes : bitsOf(inside(readDer(bytes))[1]);
  return { how: asked, bytes: key, rsa: asked.name === 'RSASSA-PKCS1-v1_5' ? readRsaKey(key) : null };
}

async function ownVerify(
  _how: How | string,
  key: unknown,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  const { how, bytes, rsa } = key as OwnKey;
  try {
    // As strict as RFC 8032: ZIP 215 takes signatures that others refuse.
    if (how.name === 'Ed25519') return ed25519.verify(signature, message, bytes, { zip215: false });
    const hash = HASHES[how.hash ?? '']!(message);
    if (rsa !== null) return isRsaSignature(rsa, how.hash!, hash, signature);
    const curve = CURVES[how.namedCurve ?? '']!;
    return curve.verify(signature, hash, bytes, { prehash: false, lowS: false, format: 'compact' });
  } catch {
    return false;
  }
}
