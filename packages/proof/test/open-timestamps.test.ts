import { expect, test } from 'vitest';
import { concat, toHex, utf8 } from '../src/bytes.ts';
import { type Attestation, readOpenTimestamp } from '../src/open-timestamps.ts';
import { ripemd160 } from '../src/ripemd160.ts';
import { base64, describeVectors, sha256, vectors } from './vectors.ts';

const MAGIC = Buffer.from('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294', 'hex');
const BITCOIN = Buffer.from('0588960d73d71901', 'hex');
const digest = sha256(utf8('a head'));

/** A proof of our own making: what follows the digest. */
const proof = (...steps: readonly (readonly number[] | Uint8Array)[]) =>
  concat(MAGIC, Uint8Array.of(1, 0x08), digest, ...steps.map((part) => Uint8Array.from(part)));
const block = (height: number) => [0x00, ...BITCOIN, 1, height];

describeVectors('OpenTimestamps proofs of the reference client', () => {
  const { files } = vectors<{ files: Record<string, { base64: string }> }>('opentimestamps-examples.json');
  const proofs = Object.keys(files).filter((name) => name.endsWith('.ots'));
  const read = (name: string) => readOpenTimestamp(base64(files[name]!.base64));
  const blocks = (name: string) =>
    read(name).attestations.flatMap((one) => (one.kind === 'bitcoin' ? [one.height] : []));

  test.each(proofs.filter((name) => !name.startsWith('invalid/')))('%s is read', (name) => {
    const { hash, digest, attestations } = read(name);
    expect(attestations.length).toBeGreaterThan(0);
    const stamped = files[name.slice(0, -4)];
    if (stamped && hash === 'sha256') expect(toHex(digest)).toBe(toHex(sha256(base64(stamped.base64))));
  });

  test.each(proofs.filter((name) => name.startsWith('invalid/')))('%s is refused', (name) => {
    expect(() => read(name)).toThrow(expect.objectContaining({ code: 'malformed-proof' }));
  });

  test('the first one leads to block 358391, whose Merkle root anybody can look up', () => {
    const [found] = read('hello-world.txt.ots').attestations;
    expect(found).toMatchObject({ kind: 'bitcoin', merkleRoot: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(blocks('hello-world.txt.ots')).toEqual([358391]);
  });

  test('one that waits for its block names its calendar', () => {
    expect(read('incomplete.txt.ots').attestations).toEqual([
      { kind: 'pending', calendar: 'https://alice.btc.calendar.opentimestamps.org' },
    ]);
  });

  test('a notary that nobody knows is kept apart from one that is known', () => {
    const kinds = read('known-and-unknown-notary.txt.ots').attestations.map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['pending', 'unknown']);
  });

  test('a single byte that is cut off, or stands behind, is noticed', () => {
    const whole = base64(files['hello-world.txt.ots']!.base64);
    for (const spoiled of [whole.subarray(0, -1), concat(whole, Uint8Array.of(0))])
      expect(() => readOpenTimestamp(spoiled)).toThrow(expect.objectContaining({ code: 'malformed-proof' }));
  });
});

test.each([
  ['', '9c1185a5c5e9fc54612808977ee8f548b2258d31'],
  ['abc', '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
  ['abcdefghijklmnopqrstuvwxyz', 'f71c27109c692c1b56bbdceb5b9d2865b3708dbc'],
  ['1234567890'.repeat(8), '9b752e45573d4b39f4dbd3323cab82bf63326bfb'],
])('RIPEMD-160 of "%s" is the published one', (text, digest) => {
  expect(toHex(ripemd160(utf8(text)))).toBe(digest);
});

test('what is computed is SHA-256 over what was put before and behind', () => {
  const [found] = readOpenTimestamp(proof([0xf0, 1, 7], [0xf1, 1, 9], [0x08], block(5))).attestations;
  const root = sha256(concat(Uint8Array.of(9), digest, Uint8Array.of(7)));
  expect(found).toEqual({ kind: 'bitcoin', height: 5, merkleRoot: toHex(root.toReversed()) });
});

test('behind a hash that is not computed here the root is not known, and is not made up', () => {
  const [found] = readOpenTimestamp(proof([0x67], block(5))).attestations;
  expect(found).toEqual({ kind: 'bitcoin', height: 5, merkleRoot: null } satisfies Attestation);
});

test.each([
  ['doubled to exactly 4,096 bytes, and hashed', [...Array(7).fill(0xf3), 0x08], true],
  ['doubled once more', [...Array(8).fill(0xf3), 0x08], false],
  ['made longer by one byte on the way, and hashed again', [...Array(7).fill(0xf3), 0xf0, 1, 1, 0x08], false],
])('a message that is %s', (_what, steps, isRead) => {
  const reading = () => readOpenTimestamp(proof(steps, block(5)));
  if (isRead) expect(reading().attestations).toHaveLength(1);
  else expect(reading).toThrow(expect.objectContaining({ code: 'malformed-proof' }));
});

test.each([
  ['a root that is no hash', proof([0xf0, 1, 1], block(5))],
  ['a step that adds nothing', proof([0xf0, 0], block(5))],
  ['a step that nobody knows', proof([0x55], block(5))],
  ['no end', proof([0x08])],
  ['paths without end', proof(...Array(300).fill([0x08]), block(5))],
  ['a height without end', proof([0x00, ...BITCOIN, 12, ...Array(12).fill(0xff)])],
  ['bytes behind the height', proof([0x00, ...BITCOIN, 2, 5, 5])],
  [
    'an address with a space',
    proof([0x00, 0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e, 3, 2, 0x61, 0x20]),
  ],
  ['more than 64 KiB', concat(proof(block(5)), new Uint8Array(1 << 16))],
  ['another beginning', utf8('not a proof')],
  ['nothing in it', new Uint8Array()],
])('a proof with %s is refused', (_what, bytes) => {
  expect(() => readOpenTimestamp(bytes)).toThrow(expect.objectContaining({ code: 'malformed-proof' }));
});
