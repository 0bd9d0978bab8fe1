import type { Brand } from '../../kernel/brand.ts';

/** The place of one 32-byte secret in DATA/keys/slots. Overwriting it erases what it opened. */
export type SlotId = Brand<number, 'SlotId'>;

export type Slot = { readonly id: SlotId; readonly secret: Uint8Array };

/** Where the ciphertext of an object lies. */
export type Place = { readonly pack: number; readonly start: number; readonly length: number };

/** The file of a pack in DATA/objects. */
export function nameOf(pack: number): string {
  return `${String(pack).padStart(6, '0')}.pack`;
}

/** An original under seal: what the record keeps of it. */
export type SealedObject = Place & {
  readonly slot: SlotId;
  readonly sizeBytes: number;
  /** 32 bytes; binds the plaintext. @source DESIGN.md section 6 */
  readonly commitment: Uint8Array;
};

/** Plaintext is sealed in pieces of this size, so that 100 MB need no 100 MB beside them. */
export const CHUNK_BYTES = 1 << 20;
export const TAG_BYTES = 16;

export function sealedLength(sizeBytes: number): number {
  return sizeBytes + TAG_BYTES * Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));
}

/**
 * The nonce of one chunk: eleven bytes of counter, one byte that says "last". Cutting the end off, or changing the
 * order, makes opening fail. The key is used for one object only, so no nonce repeats.
 *
 * @source the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015)
 */
export function chunkNonce(chunk: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, chunk);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
