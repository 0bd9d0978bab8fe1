import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLadder } from './ladder.ts';
import { type Letter, LetterHead, SuggestionFile } from './suggestions.ts';
import { fieldsOf } from './wording.ts';

/** Where the packs lie that ship; at the same place beside the sources and beside the built form. */
const SHIPPED = fileURLToPath(new URL('../../../../../packs/', import.meta.url));

export type Broken = { readonly file: string; readonly reason: string };
export type Suggestions = {
  readonly ladders: NonNullable<SuggestionFile['ladders']>;
  readonly clauses: NonNullable<SuggestionFile['clauses']>;
  readonly ways: NonNullable<SuggestionFile['ways']>;
  /** What a text calls the clause it stands on. */
  readonly basis: NonNullable<SuggestionFile['basis']>;
  /** Files that cannot be used; the others stand. */
  readonly broken: readonly Broken[];
};

/**
 * What is suggested when an agreement or a boundary is written down: ours, and the user's own.
 *
 * @param dataDir the user's own lie in `packs/boundaries` there; the folder need not exist
 */
export async function readSuggestions(dataDir: string): Promise<Suggestions> {
  const [ours, yours] = await Promise.all(
    [SHIPPED, join(dataDir, 'packs')].map((root) => readFolder(join(root, 'boundaries'))),
  );
  const files = [...yours!, ...ours!];
  const good = files.flatMap(({ content }) => (content ? [content] : []));
  return {
    ladders: good.flatMap(({ ladders }) => ladders ?? []),
    clauses: good.flatMap(({ clauses }) => clauses ?? []),
    ways: Object.assign({}, ...good.toReversed().map(({ ways }) => ways ?? {})),
    basis: Object.assign({}, ...good.toReversed().map(({ basis }) => basis ?? {})),
    broken: files.flatMap(({ file, reason }) => (reason === null ? [] : [{ file, reason }])),
  };
}

type ReadFile = {
  readonly file: string;
  readonly content: SuggestionFile | null;
  readonly reason: string | null;
};

async function readFolder(folder: string): Promise<readonly ReadFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(
    names.map(async (file) => {
      try {
        const { parse } = await import('yaml');
        const content = SuggestionFile.parse(parse(await readFile(join(folder, file), 'utf8')));
        const reason = ladderProblem(content);
        return { file, content: reason === null ? content : null, reason };
      } catch (error) {
        return { file, content: null, reason: (error as Error).message.split('\n')[0]! };
      }
    }),
  );
}

function ladderProblem({ ladders = [] }: SuggestionFile): string | null {
  for (const [i, ladder] of ladders.entries()) {
    const checked = checkLadder(ladder);
    if (!checked.ok) return `ladder ${i + 1}: ${checked.reason} at ${String(checked.params?.at)}`;
  }
  return null;
}

/** The letter for a purpose in a language, as the letters themselves say; null when there is none. */
export async function letterFor(dataDir: string, serves: string, lang: string): Promise<Letter | null> {
  for (const root of [join(dataDir, 'packs'), SHIPPED]) {
    const folder = join(root, 'letters');
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
    const letters = await Promise.all(
      names.map(async (name) => letterOf(await readFile(join(folder, name), 'utf8'))),
    );
    const found = letters.find((letter) => letter?.serves === serves && letter.lang === lang);
    if (found) return found;
  }
  return null;
}

/** A letter whose head names every field of its text; null for a file that is none. */
async function letterOf(content: string): Promise<Letter | null> {
  const { parse } = await import('yaml');
  const [, head, text] = content.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  const read = LetterHead.safeParse(head === undefined ? null : parse(head));
  if (!read.success || text === undefined) return null;
  const isWhole = fieldsOf(text).every((field) => read.data.fields.includes(field));
  return isWhole ? { ...read.data, text } : null;
}
