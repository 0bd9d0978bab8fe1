import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, u64be } from '../src/bytes.ts';
import { hkdfExpand, hkdfExtract, hmac, hmacKey } from '../src/hmac.ts';
import { sha256Pure, startSha256 } from '../src/sha256.ts';
import { describeVectors, hex, sha256, vectors } from './vectors.ts';

type Wycheproof<T> = { testGroups: { tagSize: number; publicKey: { pk: string }; tests: T[] }[] };
type HmacCase = { tcId: number; key: string; msg: string; tag: string; result: string };
type HkdfCase = {
  tcId: number;
  ikm: string;
  salt: string;
  info: string;
  size: number;
  okm: string;
  result: string;
};

test('the pure SHA-256 agrees with the platform for every length around the block size and for any bytes', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).fill(length);
    expect(toHex(sha256Pure(bytes))).toBe(toHex(sha256(bytes)));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => equalBytes(sha256Pure(bytes), sha256(bytes))),
  );
});

test('a running SHA-256 does not depend on how the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 12 }), (parts) => {
      const running = startSha256();
      const native = createHash('sha256');
      for (const part of parts) {
        running.update(part);
        native.update(part);
      }
      return toHex(running.digest()) === native.digest('hex');
    }),
  );
});

test('hexadecimal and base64 round-trip, and agree with the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(equalBytes(fromHex(toHex(bytes)), bytes) && equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(
        true,
      );
    }),
  );
});

test.each([
  'A',
  'AA',
  'AAA',
  'AB==',
  'AAB=',
  '=AAA',
  'A===',
  'AA=A',
  'AAAA====',
  'AA A',
  'AAA\n',
  'AA-_',
  'AÀAA',
])('base64 that is not canonical is refused: %j', (text) =>
  expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'bad-encoding' })),
);

test.each(['a', 'AB', '0g', '0x'])('hexadecimal that is not canonical is refused: %j', (text) =>
  expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'bad-encoding' })),
);

test('UTF-8 is read strictly and keeps a byte order mark', () => {
  expect(fromUtf8(hex('efbbbf41'))).toBe('\ufeffA');
  expect(() => fromUtf8(hex('c3'))).toThrow(expect.objectContaining({ code: 'bad-encoding' }));
});

test('a count is written as eight bytes beyond 32 bits too, and nothing else is a count', () => {
  expect(toHex(u64be(2 ** 53 - 1))).toBe('001fffffffffffff');
  for (const bad of [-1, 1.5, 2 ** 53, Number.NaN]) {
    expect(() => u64be(bad)).toThrow(expect.objectContaining({ code: 'bad-size' }));
  }
});

describeVectors('Wycheproof HMAC and HKDF', () => {
  describe.each([
    ['node', sha256],
    ['pure', sha256Pure],
  ] as const)('with the %s SHA-256', (_name, hash) => {
    test('HMAC gives every valid tag and no invalid one', () => {
      const { testGroups } = vectors<Wycheproof<HmacCase>>('wycheproof-hmac_sha256_test.json');
      for (const group of testGroups) {
        for (const { tcId, key, msg, tag, result } of group.tests) {
          const ours = hmac(hash, hmacKey(hash, hex(key)), hex(msg)).subarray(0, group.tagSize / 8);
          expect([tcId, toHex(ours) === tag]).toEqual([tcId, result === 'valid']);
        }
      }
    });

    test('HKDF gives every output key and refuses what is too long', () => {
      const { testGroups } = vectors<Wycheproof<HkdfCase>>('wycheproof-hkdf_sha256_test.json');
      for (const { ikm, salt, info, size, okm, result } of testGroups.flatMap((group) => group.tests)) {
        const make = () => hkdfExpand(hash, hkdfExtract(hash, hex(salt), hex(ikm)), hex(info), size);
        if (result === 'valid') expect(toHex(make())).toBe(okm);
        else expect(make).toThrow(expect.objectContaining({ code: 'bad-size' }));
      }
    });
  });
});
