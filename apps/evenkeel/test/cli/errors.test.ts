import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const text = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

/** How the sources say a word of refusal. */
const SAID = [
  /new (?:Halt|BrokenPromise|LauncherError|BundleError)\(\s*'([a-z-]+)'/g,
  /\brefuse\(\s*'([a-z-]+)'/g,
  /\bproblem\(\s*c,\s*\d+,\s*'([a-z-]+)'/g,
  /\bfail\([^;]*?,\s*'([a-z-]+)',/g,
  /\b(?:code|reason): '([a-z-]+)'/g,
];
/** Closed lists of words. */
const LISTS = [
  /type (?:\w*Refusal|MailProblem|LauncherErrorCode|BundleErrorCode|IntegrityCode) =([^;]+);/g,
  /readonly code:([^;{]+\|[^;{]+);/g,
];

function matches(source: string, patterns: readonly RegExp[]): readonly string[] {
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, found]) => found!));
}

function wordsIn(path: string): readonly string[] {
  const source = text(path);
  const listed = matches(source, LISTS).flatMap((list) => matches(list, [/'([a-z-]+)'/g]));
  return [...matches(source, SAID), ...listed];
}

const PROOF = ['bundle-format', 'verify', 'verify-files', 'verify-report'].map(
  (name) => `packages/proof/src/${name}.ts`,
);
const files = [...globSync('apps/evenkeel/src/**/*.ts', { cwd: ROOT }), ...PROOF];
/** A row explains one word, or several that are met in one place. */
const rows = matches(text('docs/errors.md'), [/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm]).flatMap((cell) =>
  matches(cell, [/`([a-z-]+)`/g]),
);

/** What is due has words of its own on the screens; it refuses nothing. */
const dues = new Set(
  Object.keys(JSON.parse(text('apps/web/src/words/en.json')) as object)
    .filter((key) => key.startsWith('due.'))
    .map((key) => key.slice(4)),
);
const used = new Set(files.flatMap(wordsIn).filter((word) => !dues.has(word) || rows.includes(word)));
test('docs/errors.md explains every word of refusal in the sources', () => {
  expect(used.size).toBeGreaterThan(80);
  expect([...used].filter((word) => !rows.includes(word)).sort()).toEqual([]);
});

test('docs/errors.md explains no word that the sources do not have', () => {
  expect(rows.filter((word) => !used.has(word))).toEqual([]);
});

test('docs/errors.md explains each word once, with what it means and what to do', () => {
  expect(rows.filter((word, i) => rows.indexOf(word) !== i)).toEqual([]);
  for (const line of text('docs/errors.md')
    .split('\n')
    .filter((one) => one.startsWith('| `')))
    expect(line).toMatch(/^\| (?:`[a-z-]+`(?:, )?)+ \| [^|]+ \| [^|]+ \|$/);
});

test('nothing we write promises what nobody can', () => {
  const documents = globSync(['docs/**/*.md', 'CHANGELOG.md'], { cwd: ROOT });
  const never = /tamper-?proof|immutable|court-approved|legally binding|\bqualified\b/i;
  for (const path of documents) expect(text(path)).not.toMatch(never);
});
