import { createDecipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { concat, equalBytes, toHex, utf8 } from '../src/bytes.ts';
import {
  decodeLeaf,
  deriveOpening,
  encodeLeaf,
  envelopeCommitment,
  objectCommitment,
  streamTag,
  tagMaker,
} from '../src/leaf.ts';
import { leafHash } from '../src/tree.ts';
import { describeVectors, hex, sha256, vectors } from './vectors.ts';

const leaf = { kind: 'record', tag: new Uint8Array(32).fill(1), commit: new Uint8Array(32).fill(2) } as const;

test.each(['record', 'anchor', 'key', 'erasure'] as const)(
  'a leaf of kind %s is 69 bytes and reads back',
  (kind) => {
    const bytes = encodeLeaf({ ...leaf, kind });
    expect(bytes).toHaveLength(69);
    expect(decodeLeaf(bytes)).toEqual({ ...leaf, kind });
  },
);

test('what is not a leaf is refused', () => {
  const good = encodeLeaf(leaf);
  const bad = [good.subarray(1), concat(good, good), good.with(0, 0x46), good.with(4, 0x04), good.with(4, 0)];
  for (const bytes of bad) {
    expect(() => decodeLeaf(bytes)).toThrow(expect.objectContaining({ code: 'malformed-leaf' }));
  }
  expect(() => encodeLeaf({ ...leaf, tag: new Uint8Array(31) })).toThrow(
    expect.objectContaining({ code: 'bad-hash-length' }),
  );
});

test('tags of one stream differ by number, also beyond 32 bits, and a maker gives the same as a single call', () => {
  const key = new Uint8Array(32).fill(7);
  const make = tagMaker(sha256, key);
  const tags = [1, 2, 2 ** 32 + 1, 2 ** 53 - 1].map((seq) => [
    toHex(make(seq)),
    toHex(streamTag(sha256, key, seq)),
  ]);
  for (const [made, single] of tags) expect(made).toBe(single);
  expect(new Set(tags.map(([made]) => made)).size).toBe(4);
});

describeVectors('leaf proposal and two keys', () => {
  test('the worked leaf comes out byte for byte', () => {
    const vector = vectors<Record<string, string>>('leaf-proposal.json');
    const bytes = utf8(vector.objectUtf8!);
    const objectR = deriveOpening(sha256, hex(vector.So_hex!)).r;
    expect(toHex(objectR)).toBe(vector.object_r);
    expect(toHex(sha256(bytes))).toBe(vector.objectSha256);
    const object = objectCommitment(sha256, objectR, bytes.length, sha256(bytes));
    expect(toHex(object)).toBe(vector.objectCommitment);

    const { r, cek } = deriveOpening(sha256, hex(vector.S_hex!));
    expect([toHex(r), toHex(cek)]).toEqual([vector.r, vector.cek]);
    const commit = envelopeCommitment(sha256, r, sha256(utf8(vector.envelopeUtf8!)));
    expect(toHex(commit)).toBe(vector.commitment);
    const tag = streamTag(sha256, hex(vector.Ktag_hex!), 1);
    expect(toHex(tag)).toBe(vector.tag);
    const encoded = encodeLeaf({ kind: 'record', tag, commit });
    expect(toHex(encoded)).toBe(vector.leafHex);
    expect(toHex(leafHash(sha256, encoded))).toBe(vector.leafHash);
  });

  test('one ciphertext that opens to two texts gives two commitments: the log has room for one', () => {
    const vector = vectors<Record<string, string>>('aesgcm-two-keys.json');
    const r = new Uint8Array(32);
    const [a, b] = [vector.keyA!, vector.keyB!].map((key) => {
      const decipher = createDecipheriv('aes-256-gcm', hex(key), hex(vector.ivHex!));
      decipher.setAuthTag(hex(vector.tagHex!));
      const text = concat(decipher.update(hex(vector.ciphertextHex!)), decipher.final());
      return objectCommitment(sha256, r, text.length, sha256(text));
    });
    expect(equalBytes(a!, b!)).toBe(false);
  });
});
