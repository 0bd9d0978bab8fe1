import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { concat, toBase64, u64be, utf8 } from '../src/bytes.ts';
import { type Der, inside, readDer, TAG, writeDer, writeInteger, writeOid } from '../src/der.ts';
import { signatureLine } from '../src/note.ts';
import { formatVkey, newVkey } from '../src/vkey.ts';
import { newAuthority } from './authority.ts';
import { gather, type Outsider, type Story, signer, zipOf } from './bundle-story.ts';
import { compare, differ } from './differential.ts';
import { type Brought, first, PROGRAM, SecondVerifier, secondIsMissing } from './second.ts';
import { testSigner } from './signer.ts';
import { sha256 } from './vectors.ts';

const VECTORS = fileURLToPath(new URL('../../../../shared/vectors/ledger/', import.meta.url));
const missing = secondIsMissing();

/** A witness: it signs a time, and the head that it saw. */
function witness(name: string): { readonly vkey: string; readonly cosign: Outsider } {
  const key = testSigner(name, `witness ${name}`);
  const publicKey = Buffer.from(key.vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const vkey = newVkey({ name, publicKey: new Uint8Array(publicKey), type: 0x04 });
  const cosign: Outsider = (note) => {
    const seconds = 1_795_000_000;
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const signature = key.sign(utf8(`cosignature/v1\ntime ${seconds}\n${text}`)) as Uint8Array;
    const line = toBase64(concat(vkey.keyId, u64be(seconds), signature));
    const checkpoint = `${note}— ${name} ${line}\n`;
    return {
      kind: 'log.anchor-cosigned',
      fact: { vkey: formatVkey(vkey), size: sizeIn(note), checkpoint },
    };
  };
  return { vkey: formatVkey(vkey), cosign };
}

function sizeIn(note: string): number {
  return Number(note.split('\n')[1]);
}

/** An earlier key that handed the log over to the one that signs now. */
const old = testSigner(signer.name, 'the key before');
const handedOver: Outsider = (note) => {
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  const signedBy = (key: typeof old, words: string) =>
    signatureLine(key, key.sign(utf8(words)) as Uint8Array);
  const said = `evenkeel log key rotation v1\n${old.vkey}\n${signer.vkey}\n${text}`;
  const statement = `${said}\n${signedBy(old, said)}${signedBy(signer, said)}`;
  const checkpoint = `${text}\n${signedBy(old, text)}`;
  return {
    kind: 'log.key-rotated',
    leafKind: 'key',
    fact: { from: old.vkey, to: signer.vkey, checkpoint, statement },
  };
};

const OTS = utf8('\0OpenTimestamps\0\0Proof\0');
const OTS_END = Uint8Array.of(0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94, 1, 0x08);

/** A calendar's promise, a block that is named right, and one behind a hash that is not computed. */
const inBlock: Outsider = (note) => {
  const pending = concat(hexBytes('0083dfe30d2ef90c8e'), counted(counted(utf8('https://calendar.example'))));
  const block = concat(hexBytes('000588960d73d71901'), counted(Uint8Array.of(0xe5, 0x84, 0x35)));
  const append = concat(Uint8Array.of(0xf0), counted(utf8('more')), Uint8Array.of(0x08));
  const paths = concat(Uint8Array.of(0xff), pending, Uint8Array.of(0xff), append, block);
  const keccak = concat(Uint8Array.of(0x67), block);
  const proof = concat(OTS, OTS_END, sha256(utf8(note)), paths, keccak);
  return {
    kind: 'log.anchor-ots',
    fact: { size: sizeIn(note), checkpoint: note, proof: toBase64(proof) },
  };
};

/** The nonce stands before the wish for certificates, which takes three bytes. */
function withOtherNonce(request: string): string {
  const bytes = Buffer.from(request, 'base64');
  bytes[bytes.length - 4]! ^= 1;
  return bytes.toString('base64');
}

/** Where the time-stamp itself, the signer's certificate, what is signed and the signature lie. */
function signedBytes(response: Buffer): readonly number[] {
  const [, token] = inside(readDer(new Uint8Array(response)));
  const signed = inside(readDer(inside(token!)[1]!.body));
  const [certificate] = inside(signed.find(({ tag }) => tag === 0xa0)!);
  const [, , , attributes, , signature] = inside(inside(signed.at(-1)!)[0]!);
  const parts = [signed[2]!.bytes, certificate!.bytes, attributes!.bytes, signature!.bytes];
  return parts.flatMap((part) => Array.from(part, (_, i) => part.byteOffset + i));
}

/** The frame around what is signed: the words of the answer, SignedData's parts and SignerInfo's. */
type Frame = { readonly status: Der[]; readonly signed: Der[]; readonly signer: Der[] };

/** The same stamp in another frame. */
function reframed(response: string, bend: (frame: Frame) => Partial<Record<keyof Frame, Uint8Array[]>>) {
  const [words, token] = inside(readDer(new Uint8Array(Buffer.from(response, 'base64'))));
  const [kind, wrapped] = inside(token);
  const signed = [...inside(readDer(wrapped!.body))];
  const frame = { status: [...inside(words)], signed, signer: [...inside(inside(signed.at(-1))[0])] };
  const bytes = (part: keyof Frame) => bent[part] ?? frame[part].map((one) => one.bytes);
  const bent = bend(frame);
  const signer = writeDer(TAG.set, writeDer(TAG.sequence, ...bytes('signer')));
  const content = writeDer(0xa0, writeDer(TAG.sequence, ...bytes('signed').slice(0, -1), signer));
  return toBase64(
    writeDer(
      TAG.sequence,
      writeDer(TAG.sequence, ...bytes('status')),
      writeDer(TAG.sequence, kind!.bytes, content),
    ),
  );
}

const bytesOf = (parts: readonly Der[]) => parts.map(({ bytes }) => bytes);
const attribute = writeDer(TAG.sequence, writeOid('1.2.840.113549.1.9.16.2.14'), writeDer(TAG.set));
const junk = writeDer(TAG.octetString, utf8('not what belongs here'));

/** What no signature covers, bent. */
const FRAMES: readonly [string, Parameters<typeof reframed>[1]][] = [
  ['unsigned attributes', ({ signer }) => ({ signer: [...bytesOf(signer), writeDer(0xa1, attribute)] })],
  [
    'unsigned attributes that are none',
    ({ signer }) => ({ signer: [...bytesOf(signer), writeDer(0xa1, junk)] }),
  ],
  ['something else behind the signature', ({ signer }) => ({ signer: [...bytesOf(signer), junk] })],
  [
    'another version of the signature',
    ({ signer }) => ({ signer: [writeInteger(Uint8Array.of(9)), ...bytesOf(signer).slice(1)] }),
  ],
  [
    'another version, no hashes and a list that is none',
    ({ signed }) => {
      const [, , ...more] = bytesOf(signed);
      return { signed: [junk, writeDer(TAG.set), ...more.slice(0, -1), writeDer(0xa1, junk), more.at(-1)!] };
    },
  ],
  [
    'a certificate that cannot be read',
    ({ signed }) => {
      const given = signed.find(({ tag }) => tag === 0xa0)!;
      const more = writeDer(0xa0, given.body, writeDer(TAG.sequence, junk));
      return { signed: signed.map((one) => (one === given ? more : one.bytes)) };
    },
  ],
  ['words beside the status', ({ status }) => ({ status: [status[0]!.bytes, junk] })],
];

function counted(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(bytes.length), bytes);
}

function hexBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

if (missing !== null) {
  test(`left out: the second verifier, because ${missing}`, () => {});
} else {
  describe('a second verifier, in another language, written from the format document', () => {
    const second = new SecondVerifier();
    const authority = newAuthority();
    const other = newAuthority('other.example');
    afterAll(() => {
      second.close();
      authority.close();
      other.close();
    });

    const agree = async (story: Story, brought: Brought = { logKey: signer.vkey }) => {
      const zip = await zipOf(story);
      expect(await compare(second, zip, brought)).toBeNull();
      return first(zip, brought);
    };

    test.each<Story>([
      { mails: 0 },
      { mails: 1 },
      { mails: 40 },
      { mails: 5, withheld: [2], erased: [4] },
      { mails: 300 },
      { mails: 2, bytesOf: (n) => new Uint8Array(n === 1 ? 3 << 20 : 0) },
    ])('comes to the same verdicts about $mails mails', async (story) => {
      expect(await agree(story)).toMatchObject({ integrity: { ok: true }, completeness: { ok: true } });
    });

    test('trusts no key that it was not given, and refuses one that is none', async () => {
      const zip = await zipOf({ mails: 1 });
      const stranger = testSigner(signer.name, 'another key').vkey;
      expect(await agree({ mails: 1 }, {})).toMatchObject({ integrity: { keyExpected: null } });
      expect(await agree({ mails: 1 }, { logKey: stranger })).toMatchObject({
        integrity: { keyExpected: false },
      });
      expect(await second.verify(zip, { logKey: 'no key' })).toMatchObject({ error: 'bad-log-key' });
    });

    test('is a program of its own: one line of JSON, or words, and 0, 1 or 2', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
      const file = join(folder, 'bundle.zip');
      const run = (...args: readonly string[]) =>
        spawnSync('python3', ['-B', PROGRAM, file, ...args], { encoding: 'utf8' });
      const zip = await zipOf({ mails: 1 });
      writeFileSync(file, zip);
      const good = run('--json', '--log-key', signer.vkey);
      expect([good.status, JSON.parse(good.stdout)]).toEqual([0, await first(zip, { logKey: signer.vkey })]);
      expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('Integrity holds.') });
      writeFileSync(file, zip.with(100, zip[100]! ^ 1));
      expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining('README.txt') });
      writeFileSync(file, zip.subarray(0, 500));
      expect(run('--json')).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('cut off'),
      });
      rmSync(folder, { recursive: true });
    });

    test('reads time-stamps by openssl as we read them: of a trusted authority, of another, of nobody', async () => {
      const story: Story = { mails: 3, outsiders: [authority.stamp] };
      const stamped = await agree(story, { tsaRoots: authority.roots });
      expect(stamped).toMatchObject({
        time: { ok: true, anchors: [{ isTrusted: true }, { isTrusted: true }] },
      });
      expect(await agree(story, { tsaRoots: other.roots })).toMatchObject({ time: { ok: false } });
      expect(await agree(story, {})).toMatchObject({
        time: { ok: null, anchors: [{ isTrusted: null }, {}] },
      });
      const both: Story = { mails: 3, outsiders: [other.stamp, authority.stamp] };
      expect(await agree(both, { tsaRoots: authority.roots + other.roots })).toMatchObject({
        time: { ok: true },
      });
    });

    test.each<[string, (fact: Record<string, unknown>) => object]>([
      [
        'over another head',
        (fact) => ({ ...fact, checkpoint: String(fact.checkpoint).replace('— ', '—  ') }),
      ],
      [
        'that answers another request',
        (fact) => ({ ...fact, request: withOtherNonce(String(fact.request)) }),
      ],
      ['that claims another size', (fact) => ({ ...fact, size: Number(fact.size) - 1 })],
      ['that claims its size in words', (fact) => ({ ...fact, size: String(fact.size) })],
      ['without an authority', ({ authority: _, ...fact }) => fact],
      ['that is no answer', (fact) => ({ ...fact, response: toBase64(utf8('no')) })],
    ])('refuses a stamp %s, as we do', async (_what, bend) => {
      const forged: Outsider = (note) => {
        const { kind, fact } = authority.stamp(note);
        return { kind, fact: bend(fact as Record<string, unknown>) };
      };
      const brought = { tsaRoots: authority.roots };
      expect(await agree({ mails: 2, outsiders: [forged] }, brought)).toMatchObject({ time: { ok: false } });
    });

    test('refuses a stamp with a flipped bit in anything that is signed, as we do', async () => {
      const note = authority.stamp((await gather({ mails: 1 })).checkpoint).fact as { response: string };
      const places = signedBytes(Buffer.from(note.response, 'base64'));
      expect(places.length).toBeGreaterThan(500);
      for (let i = 0; i < places.length; i += 23) {
        const flipped: Outsider = (head) => {
          const { kind, fact } = authority.stamp(head);
          const response = Buffer.from((fact as { response: string }).response, 'base64');
          const at = signedBytes(response)[i % signedBytes(response).length]!;
          response[at]! ^= 1 << (i % 8);
          return { kind, fact: { ...fact, response: response.toString('base64') } };
        };
        const said = await agree({ mails: 1, outsiders: [flipped] }, { tsaRoots: authority.roots });
        expect([i, said]).toMatchObject([i, { time: { ok: false } }]);
      }
    });

    test.each(FRAMES)('takes a stamp for what it is under %s, as we do', async (_what, bend) => {
      const bent: Outsider = (head) => {
        const { kind, fact } = authority.stamp(head);
        return { kind, fact: { ...fact, response: reframed((fact as { response: string }).response, bend) } };
      };
      const said = await agree({ mails: 1, outsiders: [bent] }, { tsaRoots: authority.roots });
      expect(said).toMatchObject({ time: { ok: true, failures: [] } });
    });

    test.each<[string, Parameters<typeof reframed>[1]]>([
      ['of another hash', ({ signer }) => ({ signer: bytesOf(signer).with(2, junk) })],
      ['without its signature', ({ signer }) => ({ signer: bytesOf(signer).slice(0, 5) })],
      ['of a status in too many bytes', () => ({ status: [writeDer(TAG.integer, Uint8Array.of(0, 0))] })],
      ['without a status', () => ({ status: [] })],
      ['of nobody', ({ signer }) => ({ signer: bytesOf(signer).with(1, writeDer(TAG.sequence)) })],
    ])('refuses a stamp %s, as we do', async (_what, bend) => {
      const bent: Outsider = (head) => {
        const { kind, fact } = authority.stamp(head);
        return { kind, fact: { ...fact, response: reframed((fact as { response: string }).response, bend) } };
      };
      const said = await agree({ mails: 1, outsiders: [bent] }, { tsaRoots: authority.roots });
      expect(said).toMatchObject({ time: { ok: false } });
    });

    test('counts witnesses by a policy, and those that nobody named for nothing', async () => {
      const [one, two] = [witness('w.example/one'), witness('w.example/two')];
      const story: Story = { mails: 3, outsiders: [one.cosign] };
      const policy = (need: string) =>
        `log ${signer.vkey}\nwitness a ${one.vkey}\nwitness b ${two.vkey}\ngroup g ${need} a b\nquorum g\n`;
      expect(await agree(story, { policy: policy('any') })).toMatchObject({
        integrity: { keyExpected: true },
        time: { cosignatures: [{ isTrusted: true }, { isTrusted: true }], quorum: { isReached: true } },
      });
      expect(await agree(story, { policy: policy('all') })).toMatchObject({
        time: { quorum: { isReached: false } },
      });
      expect(await agree(story, { policy: 'quorum none\n' })).toMatchObject({ time: { quorum: null } });
      expect(await agree(story, {})).toMatchObject({ time: { cosignatures: [{ isTrusted: null }, {}] } });
    });

    test('follows a proof to the block that it names', async () => {
      const said = await agree({ mails: 2, outsiders: [inBlock] });
      expect(said).toMatchObject({
        time: { failures: [], blocks: [{ calendar: 'https://calendar.example' }, {}, {}, {}, {}, {}] },
      });
    });

    test('follows the log from an earlier key to the present one', async () => {
      const story: Story = { mails: 1, outsiders: [handedOver] };
      const changed = { integrity: { ok: true, keyExpected: true, keyChanges: [{ from: old.vkey }] } };
      expect(await agree(story, { logKey: old.vkey })).toMatchObject(changed);
      expect(await agree(story, { logKey: signer.vkey })).toMatchObject(changed);
      const { checkpoint } = await gather({ mails: 0 });
      expect(await agree(story, { heads: [checkpoint] })).toMatchObject({ integrity: { ok: false } });
    });

    test.each<[string, (fact: Record<string, string>) => object]>([
      [
        'that one key alone signed',
        (fact) => ({ ...fact, statement: fact.statement!.replace(/— .*\n$/, '') }),
      ],
      ['to the key itself', (fact) => ({ ...fact, from: signer.vkey })],
      ['to another key', (fact) => ({ ...fact, to: old.vkey })],
      ['with another head', (fact) => ({ ...fact, checkpoint: fact.checkpoint!.replace('\n2\n', '\n1\n') })],
      ['without a head', ({ checkpoint: _, ...fact }) => fact],
    ])('refuses a change of the key %s, as we do', async (_what, bend) => {
      const forged: Outsider = (note) => {
        const line = handedOver(note);
        return { ...line, fact: bend(line.fact as Record<string, string>) };
      };
      expect(await agree({ mails: 1, outsiders: [forged] })).toMatchObject({ integrity: { ok: false } });
      const plain: Outsider = (note) => {
        const { kind, fact } = handedOver(note);
        return { kind, fact };
      };
      expect(await agree({ mails: 1, outsiders: [plain] })).toMatchObject({ integrity: { ok: false } });
    });

    test('compares a head that the reader kept with the history of the bundle', async () => {
      const { checkpoint } = await gather({ mails: 3 });
      const foreign = (await gather({ mails: 3, bytesOf: (n) => utf8(`other ${n}`) })).checkpoint;
      const newer = (await gather({ mails: 9 })).checkpoint;
      expect(await agree({ mails: 3 }, { heads: [checkpoint] })).toMatchObject({
        integrity: { heads: [{ agrees: true }] },
      });
      expect(await agree({ mails: 3 }, { heads: [foreign] })).toMatchObject({ integrity: { ok: false } });
      expect(await agree({ mails: 3 }, { heads: [newer, 'no head'] })).toMatchObject({
        integrity: { ok: false },
      });
    });

    test('agrees on a hundred bundles that somebody tampered with', async () => {
      const { faults, refused } = await differ(second, { seed: 1, count: 100, authority });
      expect(faults).toEqual([]);
      expect(refused).toBeGreaterThan(60);
    });

    if (existsSync(VECTORS)) {
      test('refuses every proof, note, key and stamp of the test vectors that must be refused, and no other', () => {
        const program = fileURLToPath(new URL('second-vectors.py', import.meta.url));
        const said = execFileSync('python3', ['-B', program, VECTORS], { encoding: 'utf8' });
        const { checked, faults } = JSON.parse(said) as {
          checked: Record<string, number>;
          faults: unknown[];
        };
        expect(faults).toEqual([]);
        expect(checked).toEqual({
          inclusion: 98,
          consistency: 98,
          'inclusion, 1,300 leaves': 150,
          'consistency, 1,300 leaves': 150,
          notes: expect.any(Number),
          keys: expect.any(Number),
          ed25519: expect.any(Number),
          stamps: 10,
          leaf: 1,
        });
      });
    } else {
      test('left out: the vectors, because ../shared/vectors/ledger is not here', () => {});
    }
  });
}
