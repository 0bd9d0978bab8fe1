import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { afterEach, describe, expect, test } from 'vitest';
import { Problem } from '../src/api/problem.ts';
import english from '../src/words/en.json' with { type: 'json' };
import { issueWords, problemWords } from '../src/words/problem-words.ts';
import { named, speak, t } from '../src/words/t.ts';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const catalogue: Readonly<Record<string, string>> = english;
const sources = globSync('**/*.{ts,tsx}', { cwd: SRC })
  .filter((path) => !path.startsWith('generated/'))
  .map((path) => ({ path, tree: treeOf(path) }));

/** Attributes whose text is read by people. */
const SPOKEN = new Set(['label', 'placeholder', 'title', 'alt', 'description', 'aria-label', 'says']);

test('no words for people stand in the code: all are in the catalogue', () => {
  const found = sources.flatMap(({ path, tree }) => literalWords(tree).map((words) => `${path}: ${words}`));
  expect(found).toEqual([]);
});

test('a page that says something of its own would be found', () => {
  const tree = parse('x.tsx', '<p title="Hello" className="hello">Some words {"and more"} · 2</p>');
  expect(literalWords(tree)).toEqual(['Hello', 'Some words', 'and more']);
});

test('every key that is used is in the catalogue, and every key of the catalogue is used', () => {
  const { exact, patterns } = usedKeys();
  const isUsed = (key: string) => exact.has(key) || patterns.some((pattern) => pattern.test(key));
  expect([...exact].filter((key) => !(key in catalogue))).toEqual([]);
  expect(Object.keys(catalogue).filter((key) => !isUsed(key))).toEqual([]);
});

test('every call hands in the values that its message names', () => {
  const wrong = sources.flatMap(({ path, tree }) =>
    calls(tree).flatMap(({ key, values }) => {
      const needed = key === undefined ? [] : valuesOf(catalogue[key] ?? '');
      return needed.filter((name) => !values?.includes(name)).map((name) => `${path}: ${key} lacks ${name}`);
    }),
  );
  expect(wrong).toEqual([]);
});

test('the catalogue is in order, so that a translation can be laid beside it', () => {
  const rooms = Object.keys(catalogue).map((key) => key.split('.')[0]!);
  expect(rooms.filter((room, at) => at > 0 && room < rooms[at - 1]!)).toEqual([]);
});

describe.each(['ru', 'fi'])('the catalogue in %s', (tag) => {
  const translated: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(`${SRC}words/${tag}.json`, 'utf8'),
  );

  test('has each key of the English one, in its order, and no other but issues', () => {
    const keys = Object.keys(translated).filter((key) => !key.startsWith('issue.'));
    expect(keys).toEqual(Object.keys(catalogue));
  });

  test('has a sentence for every issue that a reader may find, which English has from the reader itself', () => {
    const source = readFileSync(`${SRC}../../../packages/records/src/issue.ts`, 'utf8');
    const codes = [...source.matchAll(/\| '([a-z0-9-]+)'/g)].map(([, code]) => `issue.${code}`);
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((key) => !(key in translated))).toEqual([]);
  });

  afterEach(() => speak('en', catalogue));

  test('says what an unknown file looks like, and what to do', () => {
    const source = readFileSync(`${SRC}../../../packages/records/src/near-miss.ts`, 'utf8');
    const looks = [...source.matchAll(/says:\s*(?:'([^'\n]+)'|"([^"\n]+)")/g)].map(
      ([, plain, quoted]) => `issue.This looks like ${plain ?? quoted}. Its bytes were left alone.`,
    );
    const whole = [...source.matchAll(/'(This looks like [^'\n]+)'/g)].map(([, says]) => `issue.${says}`);
    expect([looks.length > 30, whole.length]).toEqual([true, 2]);
    expect([...looks, ...whole].filter((key) => !(key in translated))).toEqual([]);
    const said = Object.keys(translated).filter((key) => key.endsWith('Its bytes were left alone.'));
    speak(tag, translated);
    for (const key of said)
      expect(issueWords({ code: 'unknown-format', message: key.replace('issue.', '') })).toBe(
        translated[key],
      );
    expect(said.filter((key) => !looks.includes(key) && !whole.includes(key))).toEqual([]);
  });

  test('puts in the values that the English one puts in', () => {
    const differ = Object.keys(catalogue).filter(
      (key) => valuesOf(translated[key]!).sort().join() !== valuesOf(catalogue[key]!).sort().join(),
    );
    expect(differ).toEqual([]);
  });

  test('has every plural form that its language asks for', () => {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const asked = forms.filter((form) => form !== 'many');
    const lacking = Object.entries(translated).filter(
      ([, message]) => message.includes(', plural,') && !asked.every((form) => message.includes(`${form} {`)),
    );
    expect(lacking.map(([key]) => key)).toEqual([]);
  });
});

test('nothing that is said judges a person or promises too much', () => {
  const banned =
    /tamper.?proof|immutable|court.approved|legally binding|qualified|difficult|aggressive|unreasonable/i;
  expect(Object.values(catalogue).filter((message) => banned.test(message))).toEqual([]);
});

describe('a language', () => {
  afterEach(() => speak('en', english));

  test('has plural forms of its own', () => {
    speak('ru', { 'count.issues': '{count, plural, one {# вопрос} few {# вопроса} other {# вопросов}}' });
    expect([1, 3, 5, 21].map((count) => t('count.issues', { count }))).toEqual([
      '1 вопрос',
      '3 вопроса',
      '5 вопросов',
      '21 вопрос',
    ]);
  });

  test('that lacks a word shows it in English', () => {
    speak('fi', { 'room.today': 'Tänään' });
    expect([t('room.today'), t('room.clients')]).toEqual(['Tänään', 'Clients']);
  });
});

test('a refusal is put into words by its code and values', () => {
  expect(problemWords(refusal('password-too-short', { minLength: 10 }))).toContain('at least 10 characters');
});

test('a refusal that no catalogue knows is shown in the words of the server', () => {
  expect(problemWords(refusal('brand-new', {}))).toBe('As the server says it.');
});

test('a refusal without the values its sentence needs is shown in the words of the server', () => {
  expect(problemWords(refusal('password-too-short', {}))).toBe('As the server says it.');
});

test('a value newer than the page is shown as it is', () => {
  expect([named('kind', 'call'), named('kind', 'hologram')]).toEqual(['Call', 'hologram']);
});

function refusal(code: string, params: Record<string, number>): Problem {
  return new Problem({ code, title: 'As the server says it.', status: 422, params });
}

function treeOf(path: string): ts.SourceFile {
  return parse(path, readFileSync(`${SRC}${path}`, 'utf8'));
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** Letters between tags, in spoken attributes, and in strings that stand between tags. */
function literalWords(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    const text = literalOf(node);
    if (text !== undefined && /\p{L}{2}/u.test(text)) found.push(text.trim());
  });
  return found;
}

function literalOf(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text;
  if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer))
    return SPOKEN.has(node.name.getText()) ? node.initializer.text : undefined;
  if (!ts.isJsxExpression(node) || ts.isJsxAttribute(node.parent) || !node.expression) return undefined;
  return ts.isStringLiteral(node.expression) ? node.expression.text : undefined;
}

/** What is said: by `t`, `say` and `named`, and as a `says` that is handed on. */
function usedKeys(): { exact: Set<string>; patterns: RegExp[] } {
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { tree } of sources) {
    walk(tree, (node) => {
      if (ts.isStringLiteralLike(node) && node.text in catalogue) exact.add(node.text);
      if (!ts.isCallExpression(node)) return;
      const [first] = node.arguments;
      const name = node.expression.getText();
      if (name === 't' && first && ts.isStringLiteral(first)) exact.add(first.text);
      if (name === 'named' && first && ts.isStringLiteral(first))
        patterns.push(new RegExp(`^${first.text}\\.`));
      if ((name === 't' || name === 'say') && first && ts.isTemplateExpression(first))
        patterns.push(patternOf(first));
    });
  }
  return { exact, patterns };
}

function patternOf(template: ts.TemplateExpression): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rest = template.templateSpans.map((span) => `.+${escaped(span.literal.text)}`);
  return new RegExp(`^${escaped(template.head.text)}${rest.join('')}$`);
}

type Call = { key: string | undefined; values: string[] | undefined };

function calls(tree: ts.SourceFile): Call[] {
  const found: Call[] = [];
  walk(tree, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 't') return;
    const [first, second] = node.arguments;
    const key = first && ts.isStringLiteral(first) ? first.text : undefined;
    if (second && !ts.isObjectLiteralExpression(second)) return;
    found.push({ key, values: second?.properties.map((property) => property.name?.getText() ?? '...') });
  });
  return found.filter(({ values }) => !values?.includes('...'));
}

/** The names of the values that a message asks for. */
function valuesOf(message: string): string[] {
  const names = new Set<string>();
  const read = (parts: readonly unknown[]): void => {
    for (const part of parts as {
      type: number;
      value: string;
      options?: Record<string, { value: unknown[] }>;
    }[]) {
      // 0 is plain text, 7 the number sign of a plural.
      if (part.type !== 0 && part.type !== 7) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) read(option.value);
    }
  };
  read(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names];
}
