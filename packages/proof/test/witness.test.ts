import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { concat, fromBase64, u64be, utf8 } from '../src/bytes.ts';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { parseNote, signatureLine } from '../src/note.ts';
import { readPolicy } from '../src/policy.ts';
import { checkRotation, signRotation } from '../src/rotation.ts';
import { formatVkey, newVkey } from '../src/vkey.ts';
import { addCheckpointBody, cosignedNote, readCosignature } from '../src/witness.ts';
import { testSigner } from './signer.ts';
import { describeVectors, hex, sha256, vectors } from './vectors.ts';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'holds',
    (error: { code?: string }) => error.code,
  );

type Worked = Record<
  'signedCheckpoint' | 'cosignatureLine' | 'witnessVkey' | 'addCheckpointRequest_old2',
  string
> & {
  consistency_2_to_3: string[];
};

describeVectors('witnesses, by the vectors', () => {
  const worked = vectors<Worked>('worked-example.json');

  test('the worked request is what we would post', () => {
    const proof = worked.consistency_2_to_3.map(fromBase64);
    expect(addCheckpointBody(2, proof, worked.signedCheckpoint)).toBe(worked.addCheckpointRequest_old2);
  });

  test('the worked cosignature holds, over that head and no other', async () => {
    const { signedCheckpoint: note, cosignatureLine: line, witnessVkey: vkey } = worked;
    const { note: whole, cosignature } = await cosignedNote(note, line, vkey);
    expect(cosignature).toEqual({ name: 'witness.example/w1', time: 1795000000_000 });
    expect(whole.startsWith(note)).toBe(true);
    expect(await codeOf(cosignedNote(note.replace('\n3\n', '\n4\n'), line, vkey))).toBe('bad-signature');
    expect(await codeOf(cosignedNote(note, '— stranger.example AAAAAAAAAA==', vkey))).toBe('unknown-key');
    expect(await codeOf(cosignedNote(note, `\n\n${line}`, vkey))).toBe('malformed-note');
  });

  test('cosignatures of real witnesses and mirrors hold', async () => {
    const { files } = vectors<{ files: Record<string, { utf8?: string }> }>('sunlight-witness-mirror.json');
    const notes = Object.entries(files).filter(([name]) => name.endsWith('/checkpoint'));
    expect(notes.length).toBe(3);
    for (const [name, { utf8: note }] of notes) {
      const folder = name.replace(/[0-9a-f]{64}\/checkpoint$/, '');
      const about = Object.entries(files).find(
        ([path]) => path.startsWith(folder) && /v0\.json$/.test(path),
      )![1];
      const { verifier_keys: keys } = JSON.parse(about.utf8!) as { verifier_keys: string[] };
      const said = await Promise.all(keys.map((key) => codeOf(readCosignature(note!, key))));
      expect(said, name).toContain('holds');
    }
  });

  test('each posted body is a size, a proof and a signed head, byte for byte as we write it', () => {
    const { exchanges } = vectors<{ exchanges: { body: string; status: number }[] }>(
      'witness-add-checkpoint.json',
    );
    for (const { body, status } of exchanges) {
      // Its signature is no canonical base64.
      if (status === 403) continue;
      const [head, ...rest] = body.split('\n\n');
      const [old, ...hashes] = head!.split('\n');
      const note = rest.join('\n\n');
      expect(parseCheckpoint(parseNote(note).text).size).toBeGreaterThan(0);
      expect(addCheckpointBody(Number(old!.slice(4)), hashes.map(fromBase64), note)).toBe(body);
    }
  });
});

/** A witness with a key of its own. */
function testWitness(name: string) {
  const der = Buffer.from(concat(hex('302e020100300506032b657004220420'), sha256(utf8(name))));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(
    createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32),
  );
  const vkey = newVkey({ name, publicKey, type: 0x04 });
  const cosign = (note: string, seconds: number) => {
    const signed = utf8(`cosignature/v1\ntime ${seconds}\n${parseNote(note).text}`);
    return signatureLine(vkey, concat(u64be(seconds), sign(null, signed, key)));
  };
  return { vkey: formatVkey(vkey), cosign };
}

const log = testSigner('log.example/1', 'first key');
const next = testSigner('log.example/1', 'second key');
const head = (size: number, signer = log) =>
  signCheckpoint({ origin: 'log.example/1', size, root: sha256(utf8(`root ${size}`)) }, signer);

test('a witness that signs at no time, or that is another, is refused', async () => {
  const { vkey, cosign } = testWitness('w.example');
  const note = await head(3);
  expect((await cosignedNote(note, cosign(note, 1_795_000_000), vkey)).cosignature.time).toBe(
    1_795_000_000_000,
  );
  expect(await codeOf(cosignedNote(note, cosign(note, 0), vkey))).toBe('bad-signature');
  expect(await codeOf(cosignedNote(note, cosign(await head(4), 1_795_000_000), vkey))).toBe('bad-signature');
  expect(await codeOf(cosignedNote(note, cosign(note, 9), testWitness('other.example').vkey))).toBe(
    'unknown-key',
  );
  expect(await codeOf(cosignedNote(note, cosign(note, 9), log.vkey))).toBe('malformed-key');
});

test('what a witness answers besides its own line is not kept', async () => {
  const [one, two] = [testWitness('w.example'), testWitness('w2.example')];
  const note = await head(3);
  const { note: kept } = await cosignedNote(note, two.cosign(note, 5) + one.cosign(note, 5), one.vkey);
  expect(kept).toBe(note + one.cosign(note, 5));
});

const [w1, w2, w3] = ['w1', 'w2', 'w3'].map(
  (name) => `witness ${name} ${testWitness(`${name}.example`).vkey}`,
);

test.each([
  ['any', ['w1'], true],
  ['any', [], false],
  ['2', ['w1', 'w3'], true],
  ['2', ['w3'], false],
  ['all', ['w1', 'w2', 'w3'], true],
  ['all', ['w1', 'w2'], false],
])('a group that asks for %s is content with %s: %s', (count, seen, isEnough) => {
  const policy = readPolicy(
    `log ${log.vkey}\n${w1}\n${w2} https://w2.example/\n${w3}\ngroup g ${count} w1 w2 w3\nquorum g\n`,
  );
  expect(policy.logs.map(formatVkey)).toEqual([log.vkey]);
  expect(policy.isEnough(new Set(seen))).toBe(isEnough);
});

test('groups stand in groups; a policy may ask for nobody', () => {
  const policy = readPolicy(`# ours\n${w1}\n${w2}\n${w3}\ngroup a any w1 w2\ngroup b all a w3\nquorum b`);
  expect(policy.isEnough(new Set(['w2', 'w3']))).toBe(true);
  expect(policy.isEnough(new Set(['w1', 'w2']))).toBe(false);
  expect(readPolicy('quorum none')).toMatchObject({ asksWitnesses: false, logs: [] });
});

test.each([
  ['no quorum', `${w1}`],
  ['two quorums', 'quorum none\nquorum none'],
  ['a quorum of nobody', 'quorum w9'],
  ['a name twice', `${w1}\n${w1}\nquorum w1`],
  ['a member that comes later', `group g any w1\n${w1}\nquorum g`],
  ['more members asked for than there are', `${w1}\ngroup g 2 w1\nquorum g`],
  ['a group of nobody', 'group g all\nquorum g'],
  ['a member twice', `${w1}\ngroup g 2 w1 w1\nquorum g`],
  ['a log key where a witness stands', `witness w ${log.vkey}\nquorum w`],
  ['a word of its own', 'trust me\nquorum none'],
])('a policy with %s is refused', (_what, text) => {
  expect(() => readPolicy(text)).toThrow(expect.objectContaining({ code: 'malformed-policy' }));
});

test('a key hands the log over by a statement that both sign; nobody else can', async () => {
  const checkpoint = await head(7);
  const rotation = await signRotation({ from: log.vkey, to: next.vkey, checkpoint }, [log, next]);
  expect(await checkRotation(rotation)).toMatchObject({ size: 7 });
  await expect(openCheckpoint(await head(8, next), next.vkey)).resolves.toMatchObject({ size: 8 });

  const forOther = await signRotation({ from: log.vkey, to: next.vkey, checkpoint: await head(6) }, [
    log,
    next,
  ]);
  const onlyOld = rotation.statement.split('\n').slice(0, -2).join('\n').concat('\n');
  const thief = testSigner('log.example/1', 'a thief');
  const byThief = await signRotation({ from: log.vkey, to: thief.vkey, checkpoint }, [log, thief]);
  const elsewhere = testSigner('log.example/2', 'second key');
  for (const [spoiled, code] of [
    [{ ...rotation, statement: forOther.statement }, 'malformed-note'],
    [{ ...rotation, statement: onlyOld }, 'unknown-key'],
    [{ ...rotation, to: thief.vkey }, 'malformed-note'],
    [{ ...byThief, to: next.vkey }, 'malformed-note'],
    [{ ...rotation, to: elsewhere.vkey }, 'origin-mismatch'],
    [{ ...rotation, to: log.vkey }, 'malformed-key'],
    [{ ...rotation, checkpoint: await head(7, next) }, 'unknown-key'],
  ] as const)
    expect(await codeOf(checkRotation(spoiled))).toBe(code);
});
