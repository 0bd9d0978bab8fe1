import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleLang } from '@evenkeel/language/finding';
import { compilePacks } from '@evenkeel/language/rules/compile-packs';
import { type Failure, failuresOf } from '@evenkeel/language/rules/examples';
import type { CompiledPack, Problem } from '@evenkeel/language/rules/pack';
import type { PackFile } from '@evenkeel/language/rules/pack-file';
import { isNode, LineCounter, parseDocument } from 'yaml';

export type UserPacks = {
  readonly packs: readonly CompiledPack[];
  /** Files that cannot be used, each with the place and the reason; the others stand. */
  readonly broken: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly reason: string;
  }[];
};

const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];
const MOST_BYTES = 4 << 20;

/**
 * Reads the user's own packs, `*.yaml` in a folder, through the same checks as those that ship. They may use the words,
 * blockers and phrases of those, and add rules; a file with a mistake is named and left out, and so is a rule that fails
 * its own examples.
 *
 * @param below the packs that ship
 */
export async function readUserPacks(folder: string, below: readonly CompiledPack[]): Promise<UserPacks> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const read = await Promise.all(names.map((name) => readPack(folder, name)));
  const broken: UserPacks['broken'][number][] = read.flatMap(({ problems }) => problems);
  const packs: CompiledPack[] = [];
  for (const lang of LANGS) {
    const files = read.flatMap(({ file }) => (file && langOf(file) === lang ? [file] : []));
    if (files.length === 0) continue;
    const shipped = below.filter((one) => one.lang === lang);
    const { pack, problems, examples } = compilePacks(lang, files, shipped);
    const failures = examples.flatMap((one) => failuresOf(pack, one, shipped).slice(0, 1));
    broken.push(...problems, ...failures.map(failureProblem));
    packs.push(withoutRules(pack, new Set(failures.map(({ rule }) => rule))));
  }
  broken.push(...read.flatMap(({ file }) => (file && langOf(file) === null ? [unknownLanguage(file)] : [])));
  return {
    packs: packs.filter(({ rules, phrases }) => rules.length + Object.keys(phrases).length > 0),
    broken,
  };
}

/** A rule that does not do what its own examples say is not used; the others of its file are. */
function withoutRules(pack: CompiledPack, refused: ReadonlySet<string>): CompiledPack {
  return refused.size === 0 ? pack : { ...pack, rules: pack.rules.filter(({ id }) => !refused.has(id)) };
}

function failureProblem({ rule, file, line, says, example, instead }: Failure): Problem {
  const what =
    says === 'finds' ? 'should find, and does not' : `should ignore, and finds «${instead.join('», «')}»`;
  return { file, line, reason: `${rule} ${what}: ${example}` };
}

type ReadFile = { readonly file: PackFile | null; readonly problems: UserPacks['broken'] };

async function readPack(folder: string, name: string): Promise<ReadFile> {
  const unreadable = (reason: string) => ({ file: null, problems: [{ file: name, line: null, reason }] });
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) return unreadable('it cannot be read');
  if (bytes.length > MOST_BYTES) return unreadable('it is larger than 4 MB');
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString('utf8'), { lineCounter: lines });
  // The first mistake makes the others.
  const problems = document.errors.slice(0, 1).map(
    ({ pos, message }): Problem => ({
      file: name,
      line: lines.linePos(pos[0]).line,
      reason: message.split('\n')[0]!,
    }),
  );
  const lineOf: PackFile['lineOf'] = (keys) => {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return problems.length > 0
    ? { file: null, problems }
    : { file: { file: name, document: contentOf(document), lineOf }, problems };
}

/** A document whose aliases grow beyond bounds is no pack. */
function contentOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch {
    return null;
  }
}

function langOf({ document }: PackFile): RuleLang | null {
  const name = (document as { pack?: unknown } | null)?.pack;
  return LANGS.find((lang) => typeof name === 'string' && name.startsWith(`${lang}/`)) ?? null;
}

function unknownLanguage({ file, lineOf }: PackFile): Problem {
  return { file, line: lineOf(['pack']), reason: 'pack is en/<name>, ru/<name> or fi/<name>' };
}
