import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

// No program text names a pack, a step, a letter or a rule: what they do is data, and a pack that nobody shipped works
// like one that ships. Says every place that does, and fails.

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts'];

/** Every id that packs give, with the pack it is from. */
function idsOfPacks() {
  const ids = new Map();
  const add = (id, from) => ids.set(id, from);
  for (const file of globSync('{packs,fixtures/packs}/**/pack.yaml', { cwd: root })) {
    const { pack, steps, letters, outcomes, fields, stops } = parse(readFileSync(`${root}/${file}`, 'utf8'));
    add(pack, file);
    for (const each of [letters, outcomes, fields, stops])
      for (const id of Object.keys(each ?? {})) add(id, file);
    for (const { id, choices } of steps)
      for (const one of [id, ...Object.keys(choices ?? {})]) add(one, file);
  }
  for (const file of globSync('packs/letters/*.md', { cwd: root })) add(basename(file).split('.')[0], file);
  for (const file of globSync('packs/language/**/*.yaml', { cwd: root }))
    for (const { id } of parse(readFileSync(`${root}/${file}`, 'utf8')).rules ?? []) add(id, file);
  return ids;
}

/** Quoted texts, with their line. */
function* quotedIn(text) {
  for (const [index, line] of text.split('\n').entries())
    for (const [, , quoted] of line.matchAll(/(['"`])([a-z0-9_/-]{3,80})\1/g))
      yield { quoted, line: index + 1 };
}

const ids = idsOfPacks();
const found = globSync(SOURCES, { cwd: root }).flatMap((file) => {
  if (file.includes('/generated/')) return [];
  const named = [...quotedIn(readFileSync(`${root}/${file}`, 'utf8'))].filter(({ quoted }) =>
    ids.has(quoted),
  );
  return named.map(({ quoted, line }) => `${file}:${line} names "${quoted}" of ${ids.get(quoted)}`);
});
for (const place of found) console.error(place);
if (ids.size === 0) console.error('There are no packs to look for.');
if (found.length > 0 || ids.size === 0) process.exitCode = 1;
