import { expect, test } from 'vitest';
import { equalBytes, toBase64, toHex, utf8 } from '../src/bytes.ts';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { cosignatureSeconds, cosignatureVerifier, ed25519Verifier } from '../src/ed25519.ts';
import { parseNote, type Signer, signNote, verifyNote } from '../src/note.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../src/tlog-proof.ts';
import { leafHash, nodeHash } from '../src/tree.ts';
import { formatVkey, newVkey, parseVkey } from '../src/vkey.ts';
import { testSigner } from './signer.ts';
import { base64, describeVectors, hex, sha256, vectors } from './vectors.ts';

const log = testSigner('log.example/a', 'note test');
const text = 'log.example/a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';

test('a note that was signed can be verified, and lines of unknown keys do not matter', async () => {
  const other = testSigner('other.example/b', 'another');
  const note = await signNote(text, [other, log, other]);
  expect(await verifyNote(note, [ed25519Verifier(log.vkey)])).toEqual({ text, verified: [log.name] });
  await expect(verifyNote(note, [])).rejects.toMatchObject({ code: 'unknown-key' });
});

test('a known key that fails rejects the note, although another known key holds', async () => {
  const forged: Signer = { ...testSigner('other.example/b', 'another'), sign: () => new Uint8Array(64) };
  const note = await signNote(text, [log, forged]);
  const known = [ed25519Verifier(log.vkey), ed25519Verifier(testSigner('other.example/b', 'another').vkey)];
  await expect(verifyNote(note, known)).rejects.toMatchObject({ code: 'bad-signature' });
});

test('a hundred signature lines are read, one more is refused', async () => {
  const crowd = Array.from({ length: 99 }, (_, i) => ({ ...log, name: `witness.example/${i}` }));
  const note = await signNote(text, [...crowd, log]);
  await verifyNote(note, [ed25519Verifier(log.vkey)]);
  expect(() => parseNote(`${note}${note.split('\n').at(-2)}\n`)).toThrow(/more than 100/);
});

test('two known keys that cannot be told apart are refused', async () => {
  const note = await signNote(text, [log]);
  const known = [ed25519Verifier(log.vkey), ed25519Verifier(log.vkey)];
  await expect(verifyNote(note, known)).rejects.toMatchObject({ code: 'ambiguous-key' });
});

test.each([
  ['no signature', 'a\n\n'],
  ['no text', '\n— n AAAAAAA=\n'],
  ['a tab', 'a\tb\n\n— n AAAAAAA=\n'],
  ['two spaces', 'a\n\n—  n AAAAAAA=\n'],
  ['a space at the end', 'a\n\n— n AAAAAAA= \n'],
  ['a plus in the name', 'a\n\n— n+m AAAAAAA=\n'],
  ['a no-break space in the name', 'a\n\n— n\u00a0m AAAAAAA=\n'],
  ['base64 that is not canonical', 'a\n\n— n AAAAAAB=\n'],
  ['a signature without bytes', 'a\n\n— n AAAAAA==\n'],
  ['an empty line among the signatures', 'a\n\n— n AAAAAAA=\n\n'],
  ['a lone surrogate', 'a\ud800\n\n— n AAAAAAA=\n'],
])('a note with %s is refused', (_what, note) => {
  expect(() => parseNote(note)).toThrow(expect.objectContaining({ code: 'malformed-note' }));
});

test.each([
  ['no final line feed', 'o\n0\nAAAA'],
  ['two lines', 'o\n0\n'],
  ['a leading zero', `o\n01\n${'A'.repeat(43)}=\n`],
  ['a sign', `o\n+1\n${'A'.repeat(43)}=\n`],
  ['a size beyond 2^53', `o\n9007199254740993\n${'A'.repeat(43)}=\n`],
  ['a root of 31 bytes', `o\n1\n${'A'.repeat(42)}==\n`],
  ['no origin', `\n1\n${'A'.repeat(43)}=\n`],
  ['an empty extension', `o\n1\n${'A'.repeat(43)}=\n\nmore\n`],
])('a checkpoint with %s is refused', (_what, body) => {
  expect(() => parseCheckpoint(body)).toThrow(expect.objectContaining({ code: 'malformed-checkpoint' }));
});

test('extension lines are read in a foreign checkpoint and refused in one of our own', async () => {
  const extended = `${text}more\n`;
  expect(parseCheckpoint(extended).extensions).toEqual(['more']);
  await expect(openCheckpoint(await signNote(extended, [log]), log.vkey)).rejects.toMatchObject({
    code: 'malformed-checkpoint',
  });
});

test('a checkpoint signed by the right key under another origin is refused', async () => {
  const note = await signCheckpoint({ origin: 'else.example', size: 0, root: sha256(utf8('')) }, log);
  await expect(openCheckpoint(note, log.vkey)).rejects.toMatchObject({ code: 'origin-mismatch' });
});

test('a proof file of one leaf of a small log holds, and none of its lines can be bent', async () => {
  const leaves = ['a', 'b'].map((entry) => leafHash(sha256, utf8(entry)));
  const head = { origin: log.name, size: 2, root: nodeHash(sha256, leaves[0]!, leaves[1]!) };
  const checkpoint = await signCheckpoint(head, log);
  const file = formatTlogProof({ index: 1, hashes: [leaves[0]!], checkpoint, extra: utf8('x') });
  const mine = { leafHash: leaves[1]!, vkey: log.vkey };
  expect((await verifyTlogProof(sha256, file, mine)).checkpoint).toEqual(head);
  for (const [from, to] of [
    ['index 1', 'index 0'],
    ['index 1', 'index 2'],
    ['@v1', '@v2'],
    ['\n2\n', '\n3\n'],
  ]) {
    await expect(verifyTlogProof(sha256, file.replace(from!, to!), mine)).rejects.toThrow();
  }
  const longer = formatTlogProof({ index: 1, hashes: [leaves[0]!, leaves[0]!], checkpoint });
  await expect(verifyTlogProof(sha256, longer, mine)).rejects.toMatchObject({ code: 'wrong-proof-length' });
});

test.each([
  'c2sp.org/tlog-proof@v1\nindex 01\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 9007199254740993\n\nx',
  'c2sp.org/tlog-proof@v1\n\nindex 1\n',
  `c2sp.org/tlog-proof@v1\nindex 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx`,
])('a proof file that is not one is refused: %j', (file) => {
  expect(() => parseTlogProof(file)).toThrow(expect.objectContaining({ code: 'malformed-proof' }));
});

describeVectors('signed notes, worked example, witness', () => {
  type NoteCase = { name: string; vkeys: string[]; note: string; ok: boolean; verified?: number };
  const { cases, badVkeys } = vectors<{ cases: NoteCase[]; badVkeys: string[] }>('signed-notes.json');

  test.each(cases)('signed note: $name', async ({ vkeys, note, ok, verified }) => {
    const opening = verifyNote(
      note,
      vkeys.map((vkey) => ed25519Verifier(vkey)),
    );
    if (!ok) return expect(opening).rejects.toThrow();
    expect((await opening).verified).toHaveLength(verified ?? vkeys.length);
  });

  test.each(badVkeys)('the key %s is refused', (vkey) => {
    expect(() => parseVkey(vkey)).toThrow(expect.objectContaining({ code: 'malformed-key' }));
  });

  test('Ed25519 accepts every valid Wycheproof signature and no other', async () => {
    type EdCase = { tcId: number; msg: string; sig: string; result: string };
    type Groups = { testGroups: { publicKey: { pk: string }; tests: EdCase[] }[] };
    for (const group of vectors<Groups>('wycheproof-ed25519_test.json').testGroups) {
      const verifier = ed25519Verifier(newVkey({ name: 'w', publicKey: hex(group.publicKey.pk) }));
      for (const { tcId, msg, sig, result } of group.tests) {
        expect([tcId, await verifier.verify(hex(msg), hex(sig))]).toEqual([tcId, result === 'valid']);
      }
    }
  });

  test('the worked example comes out byte for byte', async () => {
    const example = vectors<Record<string, string> & { entriesAscii: string[]; leafHashesHex: string[] }>(
      'worked-example.json',
    );
    const leaves = example.entriesAscii.map((entry) => leafHash(sha256, utf8(entry)));
    const node01 = nodeHash(sha256, leaves[0]!, leaves[1]!);
    const root = nodeHash(sha256, node01, leaves[2]!);
    expect(leaves.map(toHex)).toEqual(example.leafHashesHex);
    expect([toHex(node01), toHex(root)]).toEqual([example.node01Hex, example.rootHex]);

    const signer = testSigner(example.origin!, example.logKeySeedAscii!);
    expect(signer.vkey).toBe(example.logVkey);
    const head = { origin: example.origin!, size: 3, root };
    expect(formatCheckpoint(head)).toBe(example.checkpointBody);
    expect(await signCheckpoint(head, signer)).toBe(example.signedCheckpoint);

    const cosigned = example.signedCheckpoint! + example.cosignatureLine!;
    const known = [ed25519Verifier(example.logVkey!), cosignatureVerifier(example.witnessVkey!)];
    expect((await verifyNote(cosigned, known)).verified).toEqual([example.origin, example.witnessName]);
    expect(cosignatureSeconds(parseNote(cosigned).signatures[1]!.signature)).toBe(1795000000n);
    const proof = { index: 1, hashes: [leaves[0]!, leaves[2]!], checkpoint: cosigned };
    expect(formatTlogProof(proof)).toBe(example.tlogProof_index1);
    expect(parseTlogProof(example.tlogProof_index1!)).toEqual(proof);
    await verifyTlogProof(sha256, example.tlogProof_index1!, {
      leafHash: leaves[1]!,
      vkey: example.logVkey!,
    });
  });

  type Files = { files: Record<string, { utf8: string }>; vkey: string; logKeySpkiBase64: string };
  test('every signed head of the Tessera test log opens', async () => {
    const { files, vkey } = vectors<Files>('tessera-testlog.json');
    for (let size = 0; size <= 15; size++) {
      expect((await openCheckpoint(files[`checkpoint.${size}`]!.utf8, vkey)).size).toBe(size);
    }
  });

  test('the cosignatures of witness and mirror hold over their checkpoints, and not over another', async () => {
    const { files } = vectors<Files>('sunlight-witness-mirror.json');
    const keys = Object.values(files).flatMap(({ utf8: json }) =>
      json?.startsWith('{') ? [JSON.parse(json)] : [],
    );
    const known = keys
      .flatMap((file: { verifier_keys: string[] }) => file.verifier_keys)
      .map(cosignatureVerifierOf);
    const notes = Object.entries(files).filter(([path]) => path.endsWith('/checkpoint'));
    expect(notes).toHaveLength(3);
    for (const [, { utf8: note }] of notes) {
      await verifyNote(note, known);
      await expect(verifyNote(note.replace('\n300\n', '\n301\n'), known)).rejects.toMatchObject({
        code: 'bad-signature',
      });
    }
  });
});

function cosignatureVerifierOf(vkey: string) {
  return cosignatureVerifier(vkey);
}

test('a signature and a key keep their bytes through text', () => {
  const note = parseNote(`a\n\n— n ${toBase64(Uint8Array.of(1, 2, 3, 4, 5, 6))}\n`);
  expect(equalBytes(note.signatures[0]!.keyId, Uint8Array.of(1, 2, 3, 4))).toBe(true);
  expect(equalBytes(note.signatures[0]!.signature, base64('BQY='))).toBe(true);
  expect(formatVkey(parseVkey(log.vkey))).toBe(log.vkey);
});
