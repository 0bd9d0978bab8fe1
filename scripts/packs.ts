import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RuleLang } from '@evenkeel/language/finding';
import { type Compilation, compilePacks } from '@evenkeel/language/rules/compile-packs';
import { type Failure, failuresOf } from '@evenkeel/language/rules/examples';
import { GROUP_NAMES } from '@evenkeel/language/rules/groups';
import type { Problem } from '@evenkeel/language/rules/pack';
import { compileProgram } from '@evenkeel/language/rules/program';
import { packsPage, readProcedurePacks, vocabularyPage } from './packs/procedure-packs.ts';
import { readPacks } from './packs/read-packs.ts';
import { referencePage } from './packs/reference.ts';

// Validates the procedure packs and writes their pages. Validates the language packs, runs the examples of every rule, and writes the compiled packs and their reference
// pages; what cannot be read is left out of them, and the command fails. With --check it writes nothing and says what is
// not as it would be written. --lang and --only (part of a file's or rule's name) narrow what is run; --only writes nothing.

const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { check: { type: 'boolean' }, lang: { type: 'string' }, only: { type: 'string' } },
});
const stale: string[] = [];

for (const lang of LANGS.filter((one) => values.lang === undefined || values.lang === one))
  compileLanguage(lang);
if (values.lang === undefined && values.only === undefined) await keepProcedures();
if (stale.length > 0) complain(`Not as compiled: ${stale.join(', ')}. Run "npm run packs" and commit.`);

function compileLanguage(lang: RuleLang): void {
  const { files, problems } = readPacks(join(root, 'packs/language'), lang);
  const compilation = compilePacks(lang, files);
  const failures = compilation.examples
    .filter(({ rule }) => isAskedFor(rule.file) || isAskedFor(rule.id))
    .flatMap((examples) => failuresOf(compilation.pack, examples));
  const faults = [...problems, ...compilation.problems];
  for (const fault of faults) complain(problemLine(fault));
  for (const failure of failures) complain(failureLines(failure));
  if (values.only === undefined) keepAll(compilation);
  console.log(countLine(lang, compilation, faults.length, failures.length));
}

async function keepProcedures(): Promise<void> {
  const { packs, problems } = await readProcedurePacks(root);
  for (const problem of problems) complain(problem);
  keep('docs/reference/procedures-vocabulary.md', vocabularyPage());
  if (problems.length === 0) keep('docs/reference/procedures-packs.md', packsPage(packs));
  console.log(`procedures: ${packs.length} packs, ${problems.length} problems`);
}

function isAskedFor(name: string): boolean {
  return values.only === undefined || name.includes(values.only);
}

function keepAll({ pack, examples }: Compilation): void {
  keep(`packages/language/packs/${pack.lang}.json`, `${JSON.stringify(pack)}\n`);
  for (const group of GROUP_NAMES)
    keep(
      `packages/language/packs/${pack.lang}.${group}.json`,
      `${JSON.stringify(compileProgram(pack, group))}\n`,
    );
  keep(`docs/reference/rules-${pack.lang}.md`, referencePage(pack, examples));
}

function keep(path: string, content: string): void {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, 'utf8') === content) return;
  if (values.check) {
    stale.push(relative(root, target));
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function complain(line: string): void {
  process.exitCode = 1;
  console.error(line);
}

function problemLine({ file, line, reason }: Problem): string {
  return `packs/language/${file}:${line}: ${reason}`;
}

function failureLines({ rule, file, line, says, example, instead }: Failure): string {
  const what =
    says === 'finds' ? 'should find, and does not' : `should ignore, and finds «${instead.join('», «')}»`;
  return `packs/language/${file}:${line}: ${rule} ${what}:\n    ${example}`;
}

function countLine(
  lang: RuleLang,
  { pack, examples }: Compilation,
  faults: number,
  failures: number,
): string {
  const sentences = examples.reduce((sum, { finds, ignores }) => sum + finds.length + ignores.length, 0);
  return `${lang}: ${pack.rules.length} rules, ${sentences} examples, ${faults} problems, ${failures} examples wrong`;
}
