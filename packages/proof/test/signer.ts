import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { concat, utf8 } from '../src/bytes.ts';
import type { Signer } from '../src/note.ts';
import { formatVkey, newVkey } from '../src/vkey.ts';
import { hex, sha256 } from './vectors.ts';

const DER_HEAD = hex('302e020100300506032b657004220420');

/** A signer whose private key is the SHA-256 of a seed: public, for tests only. */
export function testSigner(name: string, seed: string): Signer & { vkey: string } {
  const der = Buffer.from(concat(DER_HEAD, sha256(utf8(seed))));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const vkey = newVkey({ name, publicKey: new Uint8Array(publicKey) });
  return { name, keyId: vkey.keyId, vkey: formatVkey(vkey), sign: (message) => sign(null, message, key) };
}
