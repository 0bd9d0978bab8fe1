import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkDraft } from '../src/engine.ts';
import type { RuleLang } from '../src/finding.ts';
import { loadEngine } from '../src/node.ts';

const engine = await loadEngine(fileURLToPath(new URL('..', import.meta.url)));
const packs = fileURLToPath(new URL('../../../packs/', import.meta.url));

test.each(['en', 'ru', 'fi'] as const)(
  'of the letters that we hand out none is warned about in %s',
  (lang) => {
    const letters = globSync(`**/*.${lang}.md`, { cwd: packs });
    expect(letters.length).toBeGreaterThan(50);
    expect(letters.flatMap((file) => warningsIn(file, lang))).toEqual([]);
  },
);

function warningsIn(file: string, lang: RuleLang): readonly string[] {
  const head = /^---[\s\S]*?---\n/;
  const text = readFileSync(`${packs}${file}`, 'utf8')
    .replace(head, '')
    .replace(/\{\{[^}]*\}\}/g, 'Olga');
  return checkDraft(engine, text, { lang })
    .findings.filter(({ level }) => level !== 'note')
    .map(({ kind, quote }) => `${basename(file)}: ${kind} “${quote}”`);
}
