import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { CHUNK_BYTES, chunkNonce, TAG_BYTES } from './vault.ts';

const ALGORITHM = 'aes-256-gcm';
/** Without it a tag cut to four bytes would be taken, and could be guessed. */
const TAG = { authTagLength: TAG_BYTES };

/** Seals bytes under a key that is used once; yields ciphertext and tag chunk by chunk. */
export function* seal(key: Uint8Array, bytes: Uint8Array): Generator<Uint8Array> {
  const chunks = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES));
  // Node takes bytes as a key too, but looks at them three times longer than at a key object.
  const secret = createSecretKey(key);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const cipher = createCipheriv(ALGORITHM, secret, chunkNonce(chunk, chunk === chunks - 1), TAG);
    yield cipher.update(bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES));
    cipher.final();
    yield cipher.getAuthTag();
  }
}

/** @throws BrokenPromise `object-damaged` when a byte was changed, cut off or moved. */
export function open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const step = CHUNK_BYTES + TAG_BYTES;
  const chunks = Math.max(1, Math.ceil(sealed.length / step));
  try {
    const secret = createSecretKey(key);
    const plain = Buffer.allocUnsafe(sealed.length - chunks * TAG_BYTES);
    for (let chunk = 0, written = 0; chunk < chunks; chunk++) {
      const piece = sealed.subarray(chunk * step, (chunk + 1) * step);
      const decipher = createDecipheriv(ALGORITHM, secret, chunkNonce(chunk, chunk === chunks - 1), TAG);
      decipher.setAuthTag(piece.subarray(piece.length - TAG_BYTES));
      written += decipher.update(piece.subarray(0, piece.length - TAG_BYTES)).copy(plain, written);
      decipher.final();
    }
    return plain;
  } catch {
    throw new BrokenPromise('object-damaged', 'The stored bytes do not open: they were changed or cut off.');
  }
}
