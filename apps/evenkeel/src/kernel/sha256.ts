import { createHash, hash } from 'node:crypto';

/** 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/** For bytes that come in pieces. */
export function sha256Stream(): { update(bytes: Uint8Array): void; digest(): Uint8Array; hex(): string } {
  const state = createHash('sha256');
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    digest: () => state.digest(),
    hex: () => state.digest('hex'),
  };
}
