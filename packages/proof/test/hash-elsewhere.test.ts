import { isUtf8 as isUtf8Native } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { isUtf8 } from '../src/bytes.ts';
import { verifyBundle } from '../src/verify.ts';
import { type Hashing, hashFiles } from '../src/verify-files.ts';
import { accessTo, signer, zipOf } from './bundle-story.ts';
import { diceOf, mutate } from './mutations.ts';
import { sha256 } from './vectors.ts';

/** Hashes as a second thread does, and notes for which files. */
function another(zip: Uint8Array, asked: string[] = []): NonNullable<Hashing['hashElsewhere']> {
  return (paths) => {
    asked.push(...paths);
    return hashFiles(accessTo(zip), paths, { sha256 });
  };
}

const verify = (zip: Uint8Array, hashing: Partial<Hashing> = {}) =>
  verifyBundle(accessTo(zip), { sha256, logKey: signer.vkey, ...hashing }).catch(
    ({ code }: { code: string }) => code,
  );

describe('files that are only hashed, hashed elsewhere', () => {
  test('come to the same report, over bundles that were bent in every way', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const dice = diceOf(seed);
      const { what, zip } = await mutate(dice, { mails: 3, withheld: [2], erased: [3] });
      expect([what, await verify(zip, { hashElsewhere: another(zip) })]).toEqual([what, await verify(zip)]);
    }
  });

  test('a changed exhibit is named, the one beside it and what proves them are not', async () => {
    const zip = await zipOf({ mails: 3 });
    const bent = zip.with(Buffer.from(zip).indexOf('mail 2'), 0);
    const asked: string[] = [];
    const report = await verify(bent, { hashElsewhere: another(bent, asked) });
    expect(report).toMatchObject({
      integrity: { failures: [{ path: 'exhibits/EVK0000002/message.eml', code: 'changed-bytes' }] },
    });
    expect(asked).toContain('exhibits/EVK0000002/message.eml');
    expect(asked.filter((path) => /^(openings|proofs|keys|log|manifest)/.test(path))).toEqual([]);
    expect(await verify(zip, { hashElsewhere: another(zip) })).toMatchObject({ integrity: { ok: true } });
  });

  test('are hashed here where the other thread comes to nothing', async () => {
    const zip = await zipOf({ mails: 3 });
    const bent = zip.with(Buffer.from(zip).indexOf('mail 2'), 0);
    const none = async () => null;
    expect(await verify(zip, { hashElsewhere: none })).toEqual(await verify(zip));
    expect(await verify(bent, { hashElsewhere: none })).toEqual(await verify(bent));
  });

  test('a file that is not there is no hash of nothing', async () => {
    const zip = await zipOf({ mails: 1 });
    await expect(hashFiles(accessTo(zip), ['exhibits/other.eml'], { sha256 })).rejects.toThrow(
      'exhibits/other.eml is not there any more.',
    );
  });
});

test('bytes are UTF-8 exactly where others say so', () => {
  const first = [
    0x00, 0x7f, 0x80, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5,
  ];
  const next = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const seen = { yes: 0, no: 0 };
  for (const [a, b, c, d] of every(first, next, next, [...next, 0xe0])) {
    for (const bytes of [
      Uint8Array.of(a!, b!, c!, d!),
      Uint8Array.of(a!, b!, c!),
      Uint8Array.of(0x41, a!, b!),
    ]) {
      const is = isUtf8(bytes);
      seen[is ? 'yes' : 'no']++;
      if (is !== isUtf8Native(bytes)) expect([...bytes]).toBe(!is);
    }
  }
  expect(seen.yes).toBeGreaterThan(500);
  expect(isUtf8(new Uint8Array(0))).toBe(true);
});

function every(...choices: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return choices.reduce<readonly (readonly number[])[]>(
    (made, choice) => made.flatMap((before) => choice.map((one) => [...before, one])),
    [[]],
  );
}
