import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, test } from 'vitest';

type Rules = NonNullable<NonNullable<ICruiseOptions['ruleSet']>['forbidden']>;
type Config = { readonly forbidden: Rules; readonly options: ICruiseOptions };

const config: Config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
const river = config.forbidden.flatMap(({ name }) => (name?.startsWith('river-') ? [name.slice(6)] : []));
const modules = 'apps/evenkeel/src/modules';

/** A rule, and an import that it forbids: from file, to file. */
const forbidden: readonly (readonly [string, string, string])[] = [
  ...river.map((name, place) => {
    const next = river[place + 1] ?? 'desk';
    return [`river-${name}`, `${modules}/${name}/${name}.ts`, `${modules}/${next}/${next}.ts`] as const;
  }),
  ['kernel-knows-no-module', 'apps/evenkeel/src/kernel/instant.ts', `${modules}/party/party.ts`],
  ['module-knows-no-surface', `${modules}/party/party.ts`, 'apps/evenkeel/src/app.ts'],
  ['unknown-module', 'apps/evenkeel/src/app.ts', `${modules}/shared/shared.ts`],
  ['cli-uses-no-store', 'apps/evenkeel/src/cli/import.ts', `${modules}/party/party.store.ts`],
  ['package-knows-no-app', 'packages/proof/src/tree.ts', 'apps/evenkeel/src/kernel/instant.ts'],
  ['package-knows-no-other-package', 'packages/proof/src/tree.ts', 'packages/records/src/eml.ts'],
  ['web-knows-no-server', 'apps/web/src/today.tsx', 'apps/evenkeel/src/kernel/instant.ts'],
  ['web-reads-no-records', 'apps/web/src/today.tsx', 'packages/records/src/eml.ts'],
  ['source-knows-no-test', 'packages/proof/src/tree.ts', 'packages/proof/test/vectors.ts'],
  ['pure-stays-pure', `${modules}/party/party.ts`, `${modules}/party/party.store.ts`],
  ['store-is-the-bottom', `${modules}/party/party.store.ts`, `${modules}/ledger/ledger.store.ts`],
  ['store-is-the-bottom', `${modules}/party/party.store.ts`, `${modules}/party/party.actions.ts`],
  ['actions-use-their-own-store', `${modules}/source/source.actions.ts`, `${modules}/party/party.store.ts`],
  ['actions-know-no-door', `${modules}/party/party.actions.ts`, `${modules}/party/party.routes.ts`],
  ['routes-use-actions', `${modules}/party/party.routes.ts`, `${modules}/party/party.store.ts`],
  [
    'followers-use-their-own-store',
    `${modules}/source/source.follower.ts`,
    `${modules}/party/party.store.ts`,
  ],
];

const allowed: readonly (readonly [string, string])[] = [
  [`${modules}/party/party.ts`, 'apps/evenkeel/src/kernel/instant.ts'],
  [`${modules}/desk/desk.actions.ts`, `${modules}/vault/vault.actions.ts`],
  [`${modules}/party/party.actions.ts`, `${modules}/party/party.store.ts`],
  [`${modules}/party/party.actions.ts`, `${modules}/ledger/ledger.store.ts`],
  [`${modules}/party/party.routes.ts`, `${modules}/party/party.actions.ts`],
  [`${modules}/party/party.follower.ts`, `${modules}/party/party.store.ts`],
  [`${modules}/ledger/tree.store.ts`, `${modules}/ledger/ledger.store.ts`],
  ['apps/evenkeel/src/cli/import.ts', `${modules}/party/party.actions.ts`],
  ['apps/web/src/verify.tsx', 'packages/proof/src/tree.ts'],
  ['packages/proof/test/tree.test.ts', 'packages/proof/test/vectors.ts'],
];

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'evenkeel-rules-'));
});

afterEach(() => rmSync(tree, { recursive: true }));

test.each(forbidden)('%s: %s may not import %s', async (rule, from, to) => {
  addFile(to, 'export const answer = 42;\n');
  addFile(from, importOf(from, to));
  expect(await brokenRules()).toContain(rule);
});

test.each(allowed)('%s may import %s', async (from, to) => {
  addFile(to, 'export const answer = 42;\n');
  addFile(from, importOf(from, to));
  expect(await brokenRules()).toEqual([]);
});

test('a route may name the types of another role', async () => {
  const [from, to] = [`${modules}/party/party.routes.ts`, `${modules}/party/party.store.ts`];
  addFile(to, 'export type Row = { readonly id: string };\n');
  addFile(from, "import type { Row } from './party.store.ts';\nexport const row: Row = { id: '' };\n");
  expect(await brokenRules()).toEqual([]);
});

test('no-circles: two files that import each other', async () => {
  addFile('packages/proof/src/a.ts', importOf('packages/proof/src/a.ts', 'packages/proof/src/b.ts'));
  addFile('packages/proof/src/b.ts', importOf('packages/proof/src/b.ts', 'packages/proof/src/a.ts'));
  expect(await brokenRules()).toContain('no-circles');
});

test('resolvable: an import of something that is not there', async () => {
  addFile('packages/proof/src/a.ts', "import { answer } from './missing.ts';\nexport { answer };\n");
  expect(await brokenRules()).toContain('resolvable');
});

test('each rule is seen to fail in this file', () => {
  const seen = new Set([...forbidden.map(([rule]) => rule), 'no-circles', 'resolvable']);
  expect(config.forbidden.map(({ name }) => name).filter((name) => !seen.has(name ?? ''))).toEqual([]);
});

function addFile(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function importOf(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return `import { answer } from '${path.startsWith('.') ? path : `./${path}`}';\nexport const again = answer;\n`;
}

async function brokenRules(): Promise<readonly string[]> {
  const roots = ['apps', 'packages'].filter((folder) => existsSync(join(tree, folder)));
  const ruleSet = { forbidden: config.forbidden };
  const { output } = await cruise(roots, { ...config.options, baseDir: tree, validate: true, ruleSet });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
}
