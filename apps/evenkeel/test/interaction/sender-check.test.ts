import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSender, type Resolve } from '../../src/modules/interaction/sender-check.auth.ts';
import { verdictOf } from '../../src/modules/interaction/sender-check.ts';

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpora/dkim');

type Zone = Readonly<Record<string, { readonly TXT?: readonly (readonly string[])[] }>>;

/** Answers from a zone of the test's own. */
function resolverOf(zone: Zone): Resolve {
  return async (name, type) => {
    const records = type === 'TXT' ? zone[name]?.TXT : undefined;
    if (!records) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    return records;
  };
}

describe.skipIf(!existsSync(CORPUS))('mails of the corpus', () => {
  const read = (name: string) => readFileSync(join(CORPUS, name));
  const zone = () => JSON.parse(read('mailauth/dkim/ec/fixtures/dns.json').toString()) as Zone;

  test('every one of them is checked with and without answers, and none is called verified without a key', async () => {
    const names = globSync('**/*.eml', { cwd: CORPUS });
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const offline = await checkSender(read(name), null, null);
      expect(offline.answers, name).toEqual([]);
      expect(verdictOf(offline), name).toBe('unverified');
      for (const signature of offline.dkim) expect(signature.result, name).not.toBe('pass');
      const online = await checkSender(read(name), resolverOf(zone()), null);
      for (const one of online.dkim.filter(({ result }) => result === 'pass'))
        expect(online.answers, name).toContainEqual(
          expect.objectContaining({ name: `${one.selector}._domainkey.${one.domain}`, error: null }),
        );
    }
  });

  test('a signature that fits passes with the answers that it was checked with; a changed body does not', async () => {
    const names = globSync('**/*.eml', { cwd: CORPUS });
    const passed: string[] = [];
    for (const name of names) {
      const bytes = read(name);
      const result = await checkSender(bytes, resolverOf(zone()), null);
      if (verdictOf(result) !== 'pass') continue;
      passed.push(name);
      const changed = await checkSender(
        Buffer.concat([bytes, Buffer.from('One more line.\r\n')]),
        resolverOf(zone()),
        null,
      );
      expect(verdictOf(changed), name).toBe('unverified');
      expect(
        changed.dkim.every(({ bodyHashFits }) => !bodyHashFits),
        name,
      ).toBe(true);
    }
    expect(passed.length).toBeGreaterThan(0);
  });

  test('chains of the ARC test suite come out as it says', async () => {
    const suites = JSON.parse(read('mailauth/fixtures/arc/arc-draft-validation-tests.json').toString()) as {
      tests: Record<string, { message: string; cv: string; spec: string }>;
      'txt-records': Record<string, string>;
    }[];
    const outcome = { agrees: 0, differs: [] as string[] };
    for (const suite of suites) {
      const zoned = Object.fromEntries(
        Object.entries(suite['txt-records']).map(([name, text]) => [name, { TXT: [[text]] }]),
      );
      for (const [name, { message, cv }] of Object.entries(suite.tests)) {
        const { arc } = await checkSender(Buffer.from(message), resolverOf(zoned), null);
        if (arc.result === cv.toLowerCase() || (cv === '' && arc.result !== 'pass')) outcome.agrees += 1;
        else outcome.differs.push(`${name}: ${cv} ${arc.result}`);
      }
    }
    // Four chains break rules of how tags are spelled that the library does not hold against them.
    expect(outcome.differs.map((one) => one.split(':')[0]).sort()).toEqual([
      'as_format_inv_tag_key',
      'as_format_tags_dup',
      'as_format_tags_key_case',
      'as_format_tags_sc',
    ]);
    expect(outcome.agrees).toBe(167);
  });
});
