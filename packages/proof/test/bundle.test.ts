import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { buildBundle } from '../src/bundle.ts';
import { concat, toHex, utf8 } from '../src/bytes.ts';
import { sha256Pure } from '../src/sha256.ts';
import { verifyBundle } from '../src/verify.ts';
import { openZip, writeZip, zipEntryOf } from '../src/zip.ts';
import { accessTo, bytesOf, gather, keyOf, PARTY, signer, zipOf } from './bundle-story.ts';
import { compare } from './differential.ts';
import { editText, filesOf, forge } from './forging.ts';
import { SecondVerifier, secondIsMissing } from './second.ts';
import { testSigner } from './signer.ts';
import { sha256 } from './vectors.ts';

const second = secondIsMissing() === null ? new SecondVerifier() : null;
afterAll(() => second?.close());

/** Where the second verifier can run, it must come to the same. */
async function verify(zip: Uint8Array, logKey?: string) {
  if (second) expect(await compare(second, zip, logKey === undefined ? {} : { logKey })).toBeNull();
  return verifyAlone(zip, logKey);
}

function verifyAlone(zip: Uint8Array, logKey?: string) {
  return verifyBundle(accessTo(zip), logKey === undefined ? { sha256 } : { sha256, logKey });
}

async function pathsAtFault(zip: Uint8Array): Promise<string[]> {
  const { integrity } = await verify(zip);
  expect(integrity.ok).toBe(false);
  return [...new Set(integrity.failures.map(({ path }) => path))];
}

const first = "exhibits/EVK0000001/it's a message, äö.eml";

test('a bundle holds: unchanged, complete, and silent about time', async () => {
  const zip = await zipOf({ mails: 5, withheld: [2], erased: [4] });
  expect(await verify(zip, signer.vkey)).toEqual({
    format: 'evenkeel-bundle/1',
    integrity: { ok: true, key: signer.vkey, keyExpected: true, keyChanges: [], heads: [], failures: [] },
    time: {
      ...{ ok: null, notLaterThan: null, notEarlierThan: null, failures: [] },
      ...{ anchors: [], cosignatures: [], quorum: null, blocks: [] },
      exhibits: [1, 3, 5].map((n) => ({
        bates: `EVK000000${n}`,
        notEarlierThan: null,
        notLaterThan: null,
      })),
    },
    completeness: {
      ok: true,
      streams: [
        { name: PARTY, first: 1, last: 6, exhibited: 4, withheld: 1, erased: 1, missing: 0, gaps: [] },
      ],
    },
  });
});

test('the same input gives the same bytes', async () => {
  expect(await zipOf({ mails: 3 })).toEqual(await zipOf({ mails: 3 }));
});

test('the pure SHA-256 comes to the same verdict', async () => {
  const zip = await zipOf({ mails: 2 });
  const report = await verifyBundle(accessTo(zip), { sha256: sha256Pure });
  expect(report.integrity).toMatchObject({ ok: true, keyExpected: null });
});

test('an exhibit of many megabytes is written and verified piece by piece', async () => {
  const large = new Uint8Array(34 << 20).fill(7);
  const zip = await zipOf({ mails: 2, bytesOf: (n) => (n === 1 ? large : utf8('small')) });
  expect((await verify(zip)).integrity).toMatchObject({ ok: true });
  const bent = zip.with(20 << 20, 8);
  expect(await pathsAtFault(bent)).toEqual([first]);
});

test('a bundle without exhibits or without an opened stream holds too', async () => {
  expect((await verify(await zipOf({ mails: 0 }))).integrity.failures).toEqual([]);
  const report = await verify(await zipOf({ mails: 1, bend: (input) => ({ ...input, streams: [] }) }));
  expect([report.integrity.ok, report.completeness]).toEqual([true, { ok: null, streams: [] }]);
});

test('another log key than the expected one is a failure; an unusable one is refused', async () => {
  const zip = await zipOf({ mails: 1 });
  const other = testSigner(signer.name, 'another key');
  const { integrity } = await verify(zip, other.vkey);
  expect(integrity).toMatchObject({ ok: false, keyExpected: false, failures: [{ code: 'unexpected-key' }] });
  await expect(verify(zip, 'no key')).rejects.toMatchObject({ code: 'bad-log-key' });
});

describe('what was changed is named', () => {
  test('one bit flipped in any file names that file', async () => {
    const zip = await zipOf({ mails: 3, withheld: [3] });
    const { entries } = await openZip(accessTo(zip));
    for (const entry of entries) {
      const start = entry.offset + 30 + utf8(entry.path).length;
      for (const at of [start, start + Math.floor(entry.sizeBytes / 2), start + entry.sizeBytes - 1]) {
        const report = await verify(zip.with(at, zip[at]! ^ 4)).catch((error) => error);
        if (report.code === 'newer-format') continue;
        expect([entry.path, report.integrity.failures]).toEqual([
          entry.path,
          expect.arrayContaining([expect.objectContaining({ path: entry.path })]),
        ]);
      }
    }
  });

  test('one bit flipped in any file by a forger who makes every checksum anew is found', async () => {
    const zip = await zipOf({ mails: 3 });
    for (const path of (await filesOf(zip)).keys()) {
      if (path === 'SHA256SUMS') continue;
      const files = await filesOf(zip);
      const bytes = files.get(path)!;
      const middle = Math.floor(bytes.length / 2);
      files.set(path, bytes.with(middle, bytes[middle]! ^ 1));
      expect([path, await pathsAtFault(await forge(files))]).toEqual([path, expect.arrayContaining([path])]);
    }
  });

  test('no bit anywhere in the zip can be flipped unseen', async () => {
    const zip = await zipOf({ mails: 1 });
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(7), async (at, bit) => {
        const bent = zip.with(at, zip[at]! ^ (1 << bit));
        const ok = await verifyAlone(bent).then(
          ({ integrity }) => integrity.ok,
          ({ name }) => name !== 'BundleError',
        );
        expect(ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('any byte of any file replaced by a forger is found, and nothing breaks', async () => {
    const zip = await zipOf({ mails: 2 });
    const paths = [...(await filesOf(zip)).keys()].filter((path) => path !== 'SHA256SUMS');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat(255), async (path, place, byte) => {
        const files = await filesOf(zip);
        const bytes = files.get(path)!;
        const at = place % bytes.length;
        if (bytes[at] === byte) return;
        files.set(path, bytes.with(at, byte));
        const report = await verifyAlone(await forge(files)).catch((error) => error);
        if (report.name !== 'BundleError') expect([path, at, report.integrity.ok]).toEqual([path, at, false]);
      }),
      { numRuns: 400 },
    );
  });

  test('a file that was taken away is named', async () => {
    const zip = await zipOf({ mails: 2 });
    for (const path of (await filesOf(zip)).keys()) {
      const files = await filesOf(zip);
      files.delete(path);
      const taken = bytesOf(writeZip([...files].map(([name, bytes]) => zipEntryOf(name, bytes))));
      expect(await pathsAtFault(await taken)).toContain(path);
    }
  });

  test.each([
    'notes.txt',
    'exhibits/EVK0000009/x.eml',
    'seal/extra',
    'openings/00.json',
    'proofs/99.tlog-proof',
  ])('a file that was added is named: %s', async (path) => {
    const files = await filesOf(await zipOf({ mails: 2 }));
    files.set(path, utf8('added'));
    expect(await pathsAtFault(await forge(files))).toContain(path);
  });

  test('a file that was renamed is named under both names', async () => {
    const files = await filesOf(await zipOf({ mails: 2 }));
    files.set('exhibits/EVK0000002/other.eml', files.get('exhibits/EVK0000002/message.eml')!);
    files.delete('exhibits/EVK0000002/message.eml');
    const paths = await pathsAtFault(await forge(files));
    expect(paths).toContain('exhibits/EVK0000002/other.eml');
    expect(paths).toContain('exhibits/EVK0000002/message.eml');
  });

  test('two exhibits that changed places are both named, also when the manifest was made anew', async () => {
    const files = await filesOf(await zipOf({ mails: 3, bytesOf: (n) => utf8(`same length ${n}`) }));
    const paths = ['exhibits/EVK0000002/message.eml', 'exhibits/EVK0000003/message.eml'];
    const [two, three] = paths.map((path) => files.get(path)!);
    files.set(paths[0]!, three!);
    files.set(paths[1]!, two!);
    expect(await pathsAtFault(await forge(files))).toEqual(expect.arrayContaining(paths));
    const sums = [toHex(sha256(two!)), toHex(sha256(three!))];
    const manifest = Buffer.from(files.get('manifest.json')!).toString();
    const swapped = manifest
      .replaceAll(sums[0]!, '?')
      .replaceAll(sums[1]!, sums[0]!)
      .replaceAll('?', sums[1]!);
    files.set('manifest.json', utf8(swapped));
    expect(await pathsAtFault(await forge(files))).toEqual(
      expect.arrayContaining([...paths, 'manifest.json']),
    );
  });

  test('the reading goes on after the first fault: two changed files are both named, and no third', async () => {
    const files = await filesOf(await zipOf({ mails: 3 }));
    const paths = [first, 'chronology.pdf'];
    for (const path of paths) files.set(path, concat(files.get(path)!, utf8(' ')));
    expect((await pathsAtFault(await forge(files))).toSorted()).toEqual(paths.toSorted());
  });
});

describe('lies that need the log key or the server', () => {
  test('an opening with another envelope, as a second decryption would give, is refused', async () => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    const [other] = (await gather({ mails: 1 })).openings;
    const envelope = Buffer.from(other!.envelope).toString().replace('"i1"', '"i9"');
    editText(
      files,
      'openings/0.json',
      /"envelope": ".*"/,
      `"envelope": "${Buffer.from(envelope).toString('base64')}"`,
    );
    const { integrity } = await verify(await forge(files));
    expect(integrity.failures).toContainEqual(
      expect.objectContaining({ path: 'openings/0.json', code: 'changed-bytes' }),
    );
  });

  test('a server that opens an entry with another plaintext than it logged is caught by the leaf', async () => {
    const zip = await zipOf({
      mails: 2,
      bend: (input) => ({
        ...input,
        openings: input.openings.map((opening) =>
          opening.index === 1
            ? { ...opening, envelope: utf8(Buffer.from(opening.envelope).toString().replace('i1', 'i2')) }
            : opening,
        ),
      }),
    });
    const { integrity } = await verify(zip);
    expect(integrity.failures).toEqual([
      expect.objectContaining({ path: 'openings/1.json', code: 'wrong-envelope' }),
    ]);
  });

  test('an exhibit whose bytes rotted on disk is never sealed', async () => {
    const input = await gather({ mails: 1 });
    const rotten = {
      ...input,
      exhibits: input.exhibits.map((exhibit) => ({ ...exhibit, chunks: () => [utf8('rot')] })),
    };
    await expect(bytesOf(writeZip(buildBundle(sha256, rotten)))).rejects.toMatchObject({
      code: 'exhibit-changed',
    });
  });

  test('a wrong number of a stream entry is caught by its tag', async () => {
    const zip = await zipOf({
      mails: 2,
      bend: (input) => ({
        ...input,
        openings: input.openings.map((opening) => (opening.index === 1 ? { ...opening, seq: 2 } : opening)),
      }),
    });
    expect((await verify(zip)).integrity.failures).toContainEqual(
      expect.objectContaining({ path: 'openings/1.json', code: 'wrong-tag' }),
    );
  });

  test('an entry that is neither opened nor named as kept back or erased is missing', async () => {
    const zip = await zipOf({
      mails: 3,
      bend: (input) => ({ ...input, openings: input.openings.filter(({ index }) => index !== 3) }),
    });
    const { integrity, completeness } = await verify(zip);
    expect(integrity.ok).toBe(true);
    expect(completeness).toMatchObject({
      ok: false,
      streams: [{ exhibited: 3, missing: 1, gaps: [{ seq: 2, code: 'not-opened' }] }],
    });
  });

  test('a filed record whose original is left out without a word is missing', async () => {
    const zip = await zipOf({
      mails: 2,
      bend: (input) => ({
        ...input,
        exhibits: input.exhibits.slice(1),
        openings: input.openings.filter(({ index }) => index !== 0),
      }),
    });
    expect((await verify(zip)).completeness).toMatchObject({
      ok: false,
      streams: [{ missing: 1, gaps: [{ seq: 1, code: 'no-exhibit' }] }],
    });
  });

  test('a stream that is said to end before its last entry is found out', async () => {
    const zip = await zipOf({
      mails: 3,
      bend: (input) => ({ ...input, streams: [{ name: PARTY, key: keyOf(PARTY), count: 2 }] }),
    });
    const { completeness } = await verify(zip);
    expect(completeness).toMatchObject({
      ok: false,
      streams: [{ missing: 0, gaps: [{ seq: 3, code: 'beyond-the-end' }, { seq: 4 }] }],
    });
  });

  test('a stream that is said to be longer than the log is missing the rest, at once', async () => {
    const zip = await zipOf({
      mails: 1,
      bend: (input) => ({ ...input, streams: [{ name: PARTY, key: keyOf(PARTY), count: 2 ** 50 }] }),
    });
    expect((await verify(zip)).completeness).toMatchObject({
      ok: false,
      streams: [{ missing: 2 ** 50 - 2 }],
    });
  });

  test('leaves that were taken out of the log contradict its signed head', async () => {
    const zip = await zipOf({
      mails: 3,
      bend: (input) => ({ ...input, leaves: input.leaves.slice(0, -69) }),
    });
    expect((await verify(zip)).integrity.failures).toContainEqual(
      expect.objectContaining({ path: 'log/leaves.bin', code: 'wrong-root' }),
    );
  });

  test('a seal made for another manifest is refused', async () => {
    const zip = await zipOf({
      mails: 1,
      bend: (input) => ({ ...input, seal: () => input.seal(sha256(utf8('another manifest'))) }),
    });
    expect((await verify(zip)).integrity.failures).toEqual([
      expect.objectContaining({ path: 'manifest.json', code: 'wrong-seal' }),
    ]);
  });

  test('a head that does not extend the one of the bundle is refused', async () => {
    const zip = await zipOf({
      mails: 4,
      bend: (input) => ({
        ...input,
        seal: async (hash) => ({
          ...(await (await gather({ mails: 7, bytesOf: utf8of })).seal(hash)),
          consistency: [],
        }),
      }),
    });
    expect((await verify(zip)).integrity.failures).toContainEqual(
      expect.objectContaining({ path: 'seal/consistency', code: 'wrong-proof' }),
    );
  });
});

function utf8of(n: number): Uint8Array {
  return utf8(`other ${n}`);
}

describe('what is no bundle of this format', () => {
  test('a newer format is refused in one sentence', async () => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    editText(files, 'manifest.json', 'evenkeel-bundle/1', 'evenkeel-bundle/2');
    await expect(verify(await forge(files))).rejects.toMatchObject({
      code: 'newer-format',
      message: expect.stringContaining('evenkeel-bundle/2'),
    });
  });

  test('a format that does not exist is refused', async () => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    editText(files, 'manifest.json', 'evenkeel-bundle/1', 'other-bundle/1');
    await expect(verify(await forge(files))).rejects.toMatchObject({ code: 'unknown-format' });
  });

  test('what is no zip, a cut zip and a zip of something else are told apart', async () => {
    const zip = await zipOf({ mails: 1 });
    await expect(verify(utf8('From: someone'))).rejects.toMatchObject({ code: 'not-a-zip' });
    await expect(verify(new Uint8Array(0))).rejects.toMatchObject({ code: 'not-a-zip' });
    await expect(verify(zip.subarray(0, zip.length - 500))).rejects.toMatchObject({ code: 'truncated-zip' });
    const other = await bytesOf(writeZip([zipEntryOf('a.txt', utf8('a'))]));
    await expect(verify(other)).rejects.toMatchObject({ code: 'not-a-bundle' });
  });

  test('JSON nested by the hundred thousand is refused like any other malformed file', async () => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    files.set('openings/0.json', utf8('['.repeat(200_000) + ']'.repeat(200_000)));
    files.set('manifest.json', utf8('['.repeat(200_000) + ']'.repeat(200_000)));
    expect(await pathsAtFault(await forge(files))).toContain('manifest.json');
  });

  test('JSON that says a thing twice is refused, whoever sealed it', async () => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    editText(files, 'manifest.json', '  "zone"', '  "party": "Someone else",\n  "zone"');
    expect(await pathsAtFault(await forge(files))).toContain('manifest.json');
  });
});
