import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { signCheckpoint } from '@evenkeel/proof/checkpoint';
import { encodeLeaf, envelopeCommitment, objectCommitment } from '@evenkeel/proof/leaf';
import { leafHash, nodeHash } from '@evenkeel/proof/tree';
import { formatVkey, newVkey } from '@evenkeel/proof/vkey';
import { expect, test } from 'vitest';
import type { Provenance } from '../src/api/shapes.ts';
import { recompute } from '../src/interaction/proof.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const SALT = sha256(Uint8Array.of(7));
const BYTES = new TextEncoder().encode('Subject: refund\r\n\r\nI want the refund.\r\n');

test('bytes, entry and head that belong together hold', async () => {
  const checks = await recompute(BYTES, await provenance());
  const { bytes, opening, entry, head } = checks;
  expect([bytes.holds, opening.holds, entry.holds, head.holds]).toEqual([true, true, true, true]);
  expect(checks.keyId).toMatch(/^[0-9a-f]{8}$/);
});

test('one other byte is not the recorded original', async () => {
  const other = BYTES.slice();
  other[0]! ^= 1;
  const checks = await recompute(other, await provenance());
  expect([checks.bytes.holds, checks.opening.holds, checks.entry.holds]).toEqual([false, false, true]);
});

test('an entry that names other bytes, or says other words, was not made from these', async () => {
  const mine = await provenance();
  const opening = mine.opening!;
  const others = [
    { ...opening, envelope: opening.envelope.replace('recorded', 'invented') },
    { ...opening, objectSalt: hex(sha256(SALT)) },
    { ...opening, envelopeSalt: hex(sha256(SALT)) },
  ];
  for (const other of others)
    expect((await recompute(BYTES, { ...mine, opening: other })).opening.holds).toBe(false);
  expect((await recompute(BYTES, { ...mine, opening: null })).opening.holds).toBe('unchecked');
});

test('an entry at another place, with another leaf or another path is not in the log', async () => {
  const { entry, proof, ...rest } = await provenance();
  const wrong: readonly Provenance[] = [
    { ...rest, proof, entry: { ...entry, index: 0 } },
    {
      ...rest,
      proof,
      entry: {
        ...entry,
        leaf: `${entry.leaf.slice(0, -2)}00`,
        commitment: `${entry.commitment.slice(0, -2)}00`,
      },
    },
    { ...rest, entry, proof: { ...proof, path: [hex(sha256(BYTES))] } },
    { ...rest, proof, entry: { ...entry, commitment: hex(sha256(BYTES)) } },
  ];
  for (const each of wrong) expect((await recompute(BYTES, each)).entry.holds).toBe(false);
});

test('a head that another key signed proves nothing, whatever the server says of it', async () => {
  const mine = await provenance();
  const theirs = await provenance();
  const checks = await recompute(BYTES, { ...mine, proof: { ...mine.proof, vkey: theirs.proof.vkey } });
  expect([checks.head.holds, checks.entry.holds]).toEqual([false, false]);
});

/** A log of two entries, of which the second is asked about; the key is new each time. */
async function provenance(): Promise<Provenance> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const key = newVkey({ name: 'evenkeel.example/test', publicKey: raw });
  const object = objectCommitment(sha256, SALT, BYTES.length, sha256(BYTES));
  const envelope = JSON.stringify({ v: 1, kind: 'interaction.recorded', objects: [hex(object)] });
  const commit = envelopeCommitment(sha256, SALT, sha256(new TextEncoder().encode(envelope)));
  const leaves = [1, 2].map((n) => encodeLeaf({ kind: 'record', tag: sha256(Uint8Array.of(n)), commit }));
  const [before, ours] = leaves.map((leaf) => leafHash(sha256, leaf));
  const root = nodeHash(sha256, before!, ours!);
  const signer = { ...key, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) };
  const checkpoint = await signCheckpoint({ origin: key.name, size: 2, root }, signer);
  return {
    entry: {
      index: 1,
      id: 'e1',
      kind: 'interaction.recorded',
      actor: 'a',
      recordedAt: '2026-05-12T06:14:00Z',
      leaf: hex(leaves[1]!),
      commitment: hex(commit),
    },
    filed: [],
    opening: { envelope, envelopeSalt: hex(SALT), objectSalt: hex(SALT) },
    object: { commitment: hex(object), sizeBytes: BYTES.length, sha256: hex(sha256(BYTES)) },
    proof: {
      treeSize: 2,
      leafHash: hex(ours!),
      root: hex(root),
      path: [hex(before!)],
      checkpoint,
      vkey: formatVkey(key),
    },
    time: { notEarlierThan: null, notLaterThan: null },
    recomputed: { bytesAreTheRecorded: true, isErased: false, entryIsInTheLog: true, headIsSigned: true },
  };
}
