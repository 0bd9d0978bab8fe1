import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recipeOf } from '@evenkeel/proof/bundle-readme';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare } from '../../../../packages/proof/test/differential.ts';
import { SecondVerifier, secondIsMissing } from '../../../../packages/proof/test/second.ts';
import { instantOf } from '../../src/kernel/instant.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { hasOpenssl, startTimeAuthority, type TestAuthority } from '../support/time-authority.ts';
import { has, lookedAt, unpacked } from './unpacked.ts';
import { writeMail } from './written-mail.ts';

// Time authorities tell the real time, and ours must not be far from it.
const chance = {
  now: () => instantOf(Date.now()),
  bytes: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
};
const app = await testApp(await testDatabase(), { chance });
const folder = temporaryFolder();
let authority: TestAuthority | undefined;
let party = '';
let vkey = '';
let zip = new Uint8Array();
let files: ReadonlyMap<string, Uint8Array> = new Map();

const subjects = ['Лендинг', 'Refund', 'Kokous'];
const bringIn = (number: number) =>
  app.bringIn({
    paths: [writeMail({ number, subject: subjects[number - 1]!, text: `Words of mail ${number}.` })],
    me: ['alex@lumenworks.example'],
    only: ['orlov@baltika.example'],
  });

/** A program over a PDF of the bundle. */
const over = (pdf: Uint8Array, program: string, ...args: readonly string[]) =>
  lookedAt(pdf, program, ...args, 'FILE');

function inBundle(command: string): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  return { ok: status === 0, output: stdout + stderr };
}

beforeAll(async () => {
  const added = { name: 'Baltika Oy', identifiers: ['orlov@baltika.example'] };
  party = (await app.ask<{ id: string }>('POST', '/api/parties', added)).id;
  if (hasOpenssl) {
    authority = await startTimeAuthority();
    const named = { name: 'own', url: authority.url, roots: authority.roots };
    await app.ask('PUT', '/api/log/authorities', { items: [named] });
  }
  for (const number of [1, 2, 3]) {
    await bringIn(number);
    if (authority) await app.ask('POST', '/api/log/anchor');
  }
  vkey = (await app.ask<{ vkey: string }>('GET', '/api/log/checkpoint')).vkey;
  const made = await app.call('POST', '/api/bundles', { party, withRenditions: true });
  expect(made.status).toBe(200);
  zip = new Uint8Array(await made.arrayBuffer());
  files = await unpacked(zip);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
});

afterAll(() => authority?.close());

const missing = secondIsMissing();
if (missing !== null) console.info(`SKIPPED the second verifier: ${missing}.`);
describe.runIf(missing === null)('the second verifier', () => {
  let second: SecondVerifier;
  beforeAll(() => {
    second = new SecondVerifier();
  });
  afterAll(() => second.close());

  test('comes to the same about a bundle of the program, with and without what its reader brings', async () => {
    const roots = authority?.roots;
    for (const brought of [{}, { logKey: vkey }, { logKey: vkey, ...(roots ? { tsaRoots: roots } : {}) }])
      expect(await compare(second, zip, brought)).toBeNull();
    const said = await second.verify(zip, { logKey: vkey, ...(roots ? { tsaRoots: roots } : {}) });
    expect(said).toMatchObject({
      integrity: { ok: true, keyExpected: true },
      time: { ok: roots ? true : null, failures: [] },
      completeness: { ok: true },
    });
  });

  test('names the file in which a byte was changed, and so do we', async () => {
    const bent = Uint8Array.from(zip);
    const at = Buffer.from(zip).indexOf('Words of mail 2.');
    bent[at]! ^= 1;
    expect(await compare(second, bent, { logKey: vkey })).toBeNull();
    expect(await second.verify(bent)).toMatchObject({ integrity: { ok: false } });
  });
});

describe.runIf(hasOpenssl && has('xxd'))('by hand, as README.txt says', () => {
  test('the recipe holds, and each line that it prints says so', () => {
    writeFileSync(join(folder, 'check.sh'), recipeOf(Buffer.from(files.get('README.txt')!).toString()));
    const { ok, output } = inBundle('bash check.sh');
    expect([ok, output]).toEqual([true, expect.stringContaining('All of it holds.')]);
    expect(output).not.toContain('WRONG');
  });

  test('openssl says of each time-stamp that it holds, by the very line that is printed', () => {
    const readme = Buffer.from(files.get('README.txt')!).toString();
    const [line] = /openssl ts -verify [^,]*/.exec(readme.replace(/\n/g, ' '))!;
    writeFileSync(join(folder, 'ROOTS.pem'), authority!.roots);
    const numbers = [...files.keys()].flatMap((path) => /^time\/([0-9]+)\.tsr$/.exec(path)?.[1] ?? []);
    expect(numbers.length).toBeGreaterThanOrEqual(2);
    for (const number of numbers) {
      const command = line.replaceAll('time/N.', `time/${number}.`);
      expect(inBundle(command)).toMatchObject({
        ok: true,
        output: expect.stringContaining('Verification: OK'),
      });
    }
    const [one, other] = numbers;
    const swapped = line.replace('time/N.', `time/${other}.`).replaceAll('time/N.', `time/${one}.`);
    expect(inBundle(swapped)).toMatchObject({ ok: false });
  });
});

const hasTools = ['pdfinfo', 'pdftotext', 'pdffonts', 'qpdf'].every(has);
if (!hasTools) console.info('SKIPPED the PDFs of a bundle: poppler-utils or qpdf is not installed.');
describe.runIf(hasTools)('the PDFs of a bundle, as other programs see them', () => {
  test('are whole PDF/A-2u files with every font in them, and nothing that runs, hides or opens', () => {
    const pdfs = [...files].filter(([path]) => path.endsWith('.pdf'));
    expect(pdfs.map(([path]) => path)).toEqual(expect.arrayContaining(['chronology.pdf']));
    expect(pdfs.length).toBe(4);
    for (const [path, pdf] of pdfs) {
      expect([path, over(pdf, 'qpdf', '--check')]).toEqual([
        path,
        expect.stringContaining('No syntax or stream'),
      ]);
      expect(over(pdf, 'pdfinfo', '-meta')).toMatch(/<pdfaid:part>2<[\s\S]*<pdfaid:conformance>U</);
      expect(over(pdf, 'pdfinfo')).toMatch(/JavaScript:\s+no[\s\S]*Encrypted:\s+no/);
      const fonts = over(pdf, 'pdffonts').trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect([path, font]).toEqual([path, expect.stringMatching(/ yes yes yes /)]);
      const objects = lookedAt(pdf, 'qpdf', '--qdf', '--object-streams=disable', 'FILE', '-');
      expect(objects).toContain('/OutputIntents');
      expect(objects).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFiles|Encrypt|OpenAction|AA)\b/);
    }
  });

  test('say what the mails say', () => {
    const text = lookedAt(files.get('chronology.pdf')!, 'pdftotext', 'FILE', '-');
    for (const subject of subjects) expect(text).toContain(subject);
  });
});
