import { hash } from 'node:crypto';
import type { Opening } from '@evenkeel/proof/leaf';

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const R_INFO = Buffer.from('evenkeel/r/v1\x01');
const CEK_INFO = Buffer.from('evenkeel/cek/v1\x01');

/** A block that every call fills anew: nothing is allocated but what is returned. */
function scratch(tail: number): Buffer {
  return Buffer.alloc(BLOCK_BYTES + tail);
}

const forR = scratch(R_INFO.length);
const forCek = scratch(CEK_INFO.length);
const outer = scratch(HASH_BYTES);
R_INFO.copy(forR, BLOCK_BYTES);
CEK_INFO.copy(forCek, BLOCK_BYTES);

/**
 * `deriveOpening` of the proof package, written for an import that asks for three of them a mail; a test holds the two
 * together.
 *
 * @param secret 32 bytes
 */
export function openingOf(secret: Uint8Array): Opening {
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = i < HASH_BYTES ? secret[i]! : 0;
    forR[i] = byte ^ 0x36;
    forCek[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  const opening = { r: outerOf(forR), cek: outerOf(forCek) };
  forR.fill(0, 0, BLOCK_BYTES);
  forCek.fill(0, 0, BLOCK_BYTES);
  outer.fill(0);
  return opening;
}

function outerOf(inner: Buffer): Buffer {
  outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1');
  return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
}
