import { withoutDots } from '../characters.ts';
import type { RuleLang } from '../finding.ts';
import { type Form, madeOfForms } from '../text/forms.ts';
import { ADDRESS, CAPS, DATE, MASKED, MONEY, NUMBER, TIME } from '../text/tokens.ts';
import { askedStems, formsOf, splitForm, stemsOf } from './atoms.ts';
import type { ClassName, Test } from './pattern.ts';
import { writtenFor } from './spoken.ts';

/**
 * One form as a text holds it, with what the rules of a language make of it.
 *
 * @property atoms ascending
 * @property asked those of them that a line is asked for before a pattern is looked for in it
 * @property anchors where a pattern may begin to be looked for
 * @property split the two words that a contraction stands for
 */
export type Entry<Anchor> = {
  readonly form: string;
  readonly atoms: readonly number[];
  readonly asked: readonly number[];
  readonly anchors: readonly Anchor[];
  /** Beside each anchor an atom without which nothing is found from there; -1: none is known. */
  readonly keys: readonly number[];
  readonly split: readonly [host: string, clitic: string] | undefined;
};

const CLASS_BITS: Readonly<Record<ClassName, number>> = {
  number: NUMBER,
  money: MONEY,
  date: DATE,
  time: TIME,
  caps: CAPS,
  masked: MASKED,
  address: ADDRESS,
};

const AFFIX_KEY = 3;
const MIN_DOTLESS = 5;

type AtomsByKey = ReadonlyMap<string, readonly number[]>;

/**
 * What tells the atoms of a form: those of a form itself, of its stems, and of what it begins and ends with.
 *
 * @property bits for each atom the kinds of token that pass it whatever their form
 * @property followed for each atom those that are passed with it
 * @property asked for each atom 1 where a line is asked for it before a pattern is looked for in it
 */
export type AtomTables = {
  readonly exact: AtomsByKey;
  readonly stems: AtomsByKey;
  readonly prefixes: AtomsByKey;
  readonly suffixes: AtomsByKey;
  readonly bits: readonly number[];
  readonly followed: readonly (readonly number[])[];
  readonly asked: readonly (0 | 1)[];
};

/** Tells, for each form of a text, which atoms it passes and where patterns may begin. */
export type Vocabulary<Anchor> = {
  readonly bits: readonly number[];
  readonly entryOf: (form: Form) => Entry<Anchor>;
};

/** Numbers the tests of all patterns (atoms). */
export type Numbering = {
  readonly tables: AtomTables;
  /** Adds an atom: a token passes it by any of the tests or by passing any of the other atoms. */
  readonly addAtom: (tests: readonly Test[], others: readonly number[]) => number;
  /** A line is asked for these before a pattern is looked for in it. */
  readonly ask: (atoms: readonly number[]) => void;
};

export function createNumbering(lang: RuleLang): Numbering {
  const exact = new Map<string, number[]>();
  const stems = new Map<string, number[]>();
  const prefixes = new Map<string, number[]>();
  const suffixes = new Map<string, number[]>();
  const bits: number[] = [];
  const followed: number[][] = [];
  const asked: (0 | 1)[] = [];

  function addAtom(tests: readonly Test[], others: readonly number[]): number {
    const atom = bits.length;
    bits.push(others.reduce((sum, other) => sum | (bits[other] as number), 0));
    followed.push([]);
    asked.push(0);
    for (const test of tests) register(test, atom);
    for (const other of others) followed[other]?.push(atom);
    return atom;
  }

  function register({ how, word }: Test, atom: number): void {
    if (how === 'class') bits[atom] = (bits[atom] as number) | CLASS_BITS[word];
    else if (how === 'prefix') push(prefixes, word, atom);
    else if (how === 'suffix') push(suffixes, word, atom);
    else if (how === 'stem') for (const stem of askedStems(word, lang)) push(stems, stem, atom);
    else for (const form of exactForms(word)) push(exact, form, atom);
  }

  function exactForms(word: string): readonly string[] {
    const dotless = lang === 'fi' && word.length >= MIN_DOTLESS ? withoutDots(word) : word;
    return dotless === word ? [word] : [word, dotless];
  }

  function ask(atoms: readonly number[]): void {
    for (const atom of atoms) asked[atom] = 1;
  }

  return { tables: { exact, stems, prefixes, suffixes, bits, followed, asked }, addAtom, ask };
}

type Affix = { readonly affix: string; readonly atoms: readonly number[] };

/** @param anchorsOf the places to begin of an atom; asked when a form that passes it is first met */
export function createVocabulary<Anchor>(
  lang: RuleLang,
  tables: AtomTables,
  anchorsOf: (atom: number) => readonly Anchor[],
  keyOf: (anchor: Anchor) => number = () => -1,
): Vocabulary<Anchor> {
  const { exact, stems, followed, bits, asked } = tables;
  const prefixes = byEdge(tables.prefixes, (affix) => affix.slice(0, AFFIX_KEY));
  const suffixes = byEdge(tables.suffixes, (affix) => affix.slice(-AFFIX_KEY));
  const entryOf = madeOfForms((form) => readEntry(form.written));

  function readEntry(form: string): Entry<Anchor> {
    const found = new Set<number>();
    for (const one of readings(form, lang)) collect(one, found);
    // A set goes on over what is added while it is gone over.
    for (const atom of found) for (const more of followed[atom] as number[]) found.add(more);
    const sorted = [...found].sort((a, b) => a - b);
    const split = lang === 'en' ? splitForm(form) : undefined;
    const anchors = sorted.flatMap((atom) => anchorsOf(atom));
    return {
      ...{ form, atoms: sorted, asked: sorted.filter((atom) => asked[atom] === 1) },
      ...{ anchors, keys: anchors.map(keyOf), split },
    };
  }

  function collect(form: string, found: Set<number>): void {
    addAll(exact.get(form) ?? NONE, found);
    if (form.length >= AFFIX_KEY) {
      for (const { affix, atoms } of prefixes.get(form.slice(0, AFFIX_KEY)) ?? NONE)
        if (form.startsWith(affix)) addAll(atoms, found);
      for (const { affix, atoms } of suffixes.get(form.slice(-AFFIX_KEY)) ?? NONE)
        if (form.endsWith(affix)) addAll(atoms, found);
    }
    if (stems.size > 0 && /\p{L}/u.test(form))
      for (const stem of stemsOf(form, lang)) addAll(stems.get(stem) ?? NONE, found);
  }

  return { entryOf, bits };
}

function byEdge(affixes: AtomsByKey, edge: (affix: string) => string): ReadonlyMap<string, readonly Affix[]> {
  const found = new Map<string, Affix[]>();
  for (const [affix, atoms] of affixes) push(found, edge(affix), { affix, atoms });
  return found;
}

function addAll(atoms: readonly number[], found: Set<number>): void {
  for (const atom of atoms) found.add(atom);
}

const NONE: readonly never[] = [];

function push<Value>(table: Map<string, Value[]>, key: string, value: Value): void {
  const held = table.get(key);
  if (held) held.push(value);
  else table.set(key, [value]);
}

/** Marks of one run are met singly and as many: `?!` is a question mark, an exclamation mark and `!!`. */
function readings(form: string, lang: RuleLang): readonly string[] {
  if (!/^[!?]+$/.test(form)) return [...formsOf(form), ...writtenFor(form, lang)];
  const marks = form.includes('!') ? ['!'] : [];
  if (form.includes('?')) marks.push('?');
  return form.length > 1 ? [...marks, '!!'] : marks;
}
