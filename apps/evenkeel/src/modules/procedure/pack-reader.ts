import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import {
  LANGS,
  letterPath,
  PACK_FILE,
  type Pack,
  type PackFiles,
  PackSchema,
  packOf,
  type Words3,
} from './pack.ts';
import { checkLetters } from './pack-letters.ts';
import type { Complain, PackProblem } from './pack-problem.ts';
import { checkSteps } from './pack-steps.ts';

export type PackRead = { readonly pack: Pack | null; readonly problems: readonly PackProblem[] };

/**
 * Reads a pack from its files and checks all of it. Never throws: whatever is wrong is said with file and line.
 *
 * @param files attacker-controlled when they are a user's own
 * @returns the pack when nothing is wrong with it
 */
export function readPack(files: PackFiles): PackRead {
  const problems: PackProblem[] = [];
  const text = files[PACK_FILE];
  if (text === undefined)
    return { pack: null, problems: [{ file: PACK_FILE, line: 1, reason: 'is missing' }] };
  const { content, lineOf, error } = parse(text);
  if (error) return { pack: null, problems: [error] };
  const complain: Complain = (path, reason) => {
    problems.push({ file: PACK_FILE, line: lineOf(path), reason });
  };
  const written = PackSchema.safeParse(content);
  if (!written.success) {
    for (const { path, reason } of written.error.issues.flatMap((issue) => plainIssues(issue)))
      complain(path, `${path.join('.') || 'the pack'} ${reason}`);
    return { pack: null, problems };
  }
  const pack = packOf(written.data, letterTexts(Object.keys(written.data.letters), files, problems, lineOf));
  checkSteps(pack, complain);
  checkLetters(pack, complain, (file, line, reason) => problems.push({ file, line, reason }));
  return { pack: problems.length > 0 ? null : pack, problems };
}

type Parsed = {
  readonly content: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number;
  readonly error: PackProblem | null;
};

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const lineOf: Parsed['lineOf'] = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const at = offsetOf(document, path.slice(0, length));
      if (at !== null) return lineAt(at);
    }
    return 1;
  };
  const [first] = document.errors;
  const broken = (line: number, reason: string) => ({
    content: null,
    lineOf,
    error: { file: PACK_FILE, line, reason },
  });
  if (first) return broken(lineAt(first.pos[0]), first.message.split('\n')[0] as string);
  try {
    return { content: document.toJS(), lineOf, error: null };
  } catch {
    return broken(1, 'its aliases grow beyond bounds');
  }
}

/** Where a key stands, not where its value begins. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
): number | null {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((one) => isPair(one) && isScalar(one.key) && one.key.value === key);
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    return null;
  }
  const node = document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : null;
}

type Issue = {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
};
type Plain = { readonly path: readonly (string | number)[]; readonly reason: string };

/** An unknown key is named; of the ways in which something could be written, the nearest says what is wrong. */
function plainIssues(issue: Issue, above: readonly PropertyKey[] = []): readonly Plain[] {
  const path = [...above, ...issue.path] as (string | number)[];
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ path: [...path, key], reason: 'is no key of a pack' }));
  if (issue.code === 'invalid_union' && issue.errors && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((best, one) => (one.length < best.length ? one : best));
    return nearest.slice(0, 1).flatMap((one) => plainIssues(one, path));
  }
  const isMissing = issue.message.includes('received undefined');
  const missing = LANGS.some((lang) => lang === path.at(-1)) ? 'is missing: a translation' : 'is missing';
  return [{ path, reason: isMissing ? missing : issue.message }];
}

function letterTexts(
  letters: readonly string[],
  files: PackFiles,
  problems: PackProblem[],
  lineOf: Parsed['lineOf'],
): Pack['letterTexts'] {
  const entries = letters.map((letter): [string, Words3] => {
    const texts = LANGS.map((lang) => {
      const text = files[letterPath(letter, lang)];
      if (text === undefined) {
        const reason = `the letter ${letter} has no ${letterPath(letter, lang)}: a translation is missing`;
        problems.push({ file: PACK_FILE, line: lineOf(['letters', letter]), reason });
      }
      return [lang, text ?? ''];
    });
    return [letter, Object.fromEntries(texts) as Words3];
  });
  return Object.fromEntries(entries);
}
