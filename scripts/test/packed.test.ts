import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The packed program, installed as a stranger would install it. It takes a minute and needs the registry. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const LIMIT_MS = 300_000;

const MAIL = [
  'From: Pavel Orlov <pavel@baltika.example>',
  'To: Alex <alex@studio.example>',
  'Date: Tue, 12 May 2026 09:14:00 +0300',
  'Message-ID: <first@baltika.example>',
  'Subject: The login',
  '',
  'You never told me about the login.',
  '',
].join('\r\n');

let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'evenkeel-packed-'));
  const { stdout } = await run(process.execPath, ['scripts/pack.mjs', '--to', home], { cwd: root });
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', stdout.trim()], { cwd: home });
}, LIMIT_MS);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test('the installed program says what it can do', async () => {
  const { stdout } = await evenkeel('--help');
  expect(stdout).toContain('import');
  expect(stdout).toContain('bundle');
});

test('the installed program holds nothing of the repository but what it runs', () => {
  const manifest = JSON.parse(readFileSync(join(home, 'node_modules/evenkeel/package.json'), 'utf8'));
  expect(manifest.scripts).toBeUndefined();
  expect(Object.keys(manifest.dependencies).filter((name) => name.startsWith('@evenkeel/'))).toEqual([]);
  const versions = Object.values<string>({ ...manifest.dependencies, ...manifest.optionalDependencies });
  expect(versions.filter((version) => !/^\d/.test(version))).toEqual([]);
});

test(
  'the installed program reads a mail, makes a bundle, and verifies it elsewhere without the database',
  async () => {
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(join(home, 'first.eml'), MAIL);
    const imported = await evenkeel(
      'import',
      'first.eml',
      '--data',
      'data',
      '--me',
      'alex@studio.example',
      '--json',
    );
    expect(JSON.parse(imported.stdout).totals).toMatchObject({ items: 1, imported: 1, unreadable: 0 });
    await evenkeel(
      'bundle',
      'create',
      '--data',
      'data',
      '--client',
      'pavel@baltika.example',
      '--out',
      'elsewhere/b.zip',
    );
    rmSync(join(home, 'data'), { recursive: true });
    const verified = await evenkeel('bundle', 'verify', 'elsewhere/b.zip', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ integrity: { ok: true, failures: [] } });
  },
  LIMIT_MS,
);

function evenkeel(...args: readonly string[]) {
  return run('npx', ['--no-install', 'evenkeel', ...args], { cwd: home });
}
