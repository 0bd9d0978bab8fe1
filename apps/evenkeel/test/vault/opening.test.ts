import { randomBytes } from 'node:crypto';
import { deriveOpening } from '@evenkeel/proof/leaf';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/sha256.ts';
import { openingOf } from '../../src/modules/vault/opening.ts';

test('a slot opens to the same salt and key as in the proof package, also one after another', () => {
  for (const secret of [
    Buffer.alloc(32),
    Buffer.alloc(32, 0xff),
    ...Array.from({ length: 50 }, () => randomBytes(32)),
  ]) {
    const { r, cek } = openingOf(secret);
    const known = deriveOpening(sha256, secret);
    expect(Buffer.from(r)).toEqual(Buffer.from(known.r));
    expect(Buffer.from(cek)).toEqual(Buffer.from(known.cek));
  }
});
