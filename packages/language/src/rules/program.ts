import type { Anchor, CompiledStep, Pattern } from './compile.ts';
import { GROUPS, type Group } from './groups.ts';
import type { CompiledPack } from './pack.ts';
import {
  type Blocker,
  type Compiled,
  compileRules,
  type Guards,
  type RuleSet,
  ruleSetOf,
  rulesOf,
  withGuards,
} from './rule-set.ts';
import type { AtomTables } from './vocabulary.ts';

/** Changes whenever a program is written or read in another way. */
const FORMAT = 2;

/** Keys joined by line feeds, and the atoms of each. */
type Keyed = readonly [keys: string, atoms: readonly (readonly number[])[]];

/**
 * Rules of one group that were compiled beforehand, as JSON holds them. Patterns are numbers and are read when a text
 * first holds a word they begin with, so that a program starts fast however many rules there are.
 *
 * @property pack version of the pack it was compiled from
 * @property choices what an element stands for: atom, then for each row its length and its atoms
 * @property patterns see `writePattern`
 * @property anchors atom, then for each place to begin its pattern and its number among the anchors of that pattern
 * @property guards of each rule: number of contexts, contexts, then for each blocker where it looks and its pattern
 */
export type Program = Readonly<Record<'exact' | 'stems' | 'prefixes' | 'suffixes', Keyed>> &
  Pick<AtomTables, 'bits' | 'followed' | 'asked'> & {
    readonly format: number;
    readonly pack: string;
    readonly group: Group;
    readonly choices: readonly (readonly number[])[];
    readonly patterns: readonly (readonly number[])[];
    readonly anchors: readonly (readonly number[])[];
    readonly guards: readonly (readonly number[])[];
  };

/** Whether a program is of this pack and can be read; one that is not is left alone and the rules are compiled. */
export function isProgramOf(program: Program, pack: CompiledPack, group: Group): boolean {
  return program.format === FORMAT && program.pack === pack.version && program.group === group;
}

/** Compiles the rules of one group of a pack that stands alone. */
export function compileProgram(pack: CompiledPack, group: Group): Program {
  const compiled = compileRules(pack.lang, [pack], GROUPS[group]);
  const { exact, stems, prefixes, suffixes, bits, followed, asked } = compiled.tables;
  const choices = createChoices();
  const patterns = compiled.patterns.map((pattern) => writePattern(pattern, choices.numberOf));
  return {
    format: FORMAT,
    pack: pack.version,
    group,
    exact: keyed(exact),
    stems: keyed(stems),
    prefixes: keyed(prefixes),
    suffixes: keyed(suffixes),
    bits,
    followed,
    asked,
    choices: choices.all,
    patterns,
    anchors: writeAnchors(compiled),
    guards: compiled.guards.map(writeGuards),
  };
}

function keyed(table: ReadonlyMap<string, readonly number[]>): Keyed {
  return [[...table.keys()].join('\n'), [...table.values()]];
}

type Rows = readonly (readonly number[])[];
type NumberOf = (atom: number, rows: Rows) => number;

/** Numbers what elements stand for; equal ones are one. */
function createChoices(): { readonly all: number[][]; readonly numberOf: NumberOf } {
  const all: number[][] = [];
  const numbers = new Map<string, number>();
  const numberOf: NumberOf = (atom, rows) => {
    const written = [atom, ...rows.flatMap((row) => [row.length, ...row])];
    const key = written.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, all.length);
    return all.push(written) - 1;
  };
  return { all, numberOf };
}

const MARKS = ['start', 'end', 'open', 'close', 'span'] as const;
const ELEMENT = MARKS.length;
const OPTIONAL = ELEMENT + 1;
const GAP = OPTIONAL + 1;

/**
 * A pattern as numbers: rule; number of steps, and of each its sign with, for an element, its choice, and for a gap, its
 * width and choice; number of needs, and of each its length and atoms; then atom, step, row and offset of each anchor.
 */
function writePattern({ rule, steps, needs, anchors }: Pattern, numberOf: NumberOf): number[] {
  return [
    rule,
    steps.length,
    ...steps.flatMap((step) => writeStep(step, numberOf)),
    needs.length,
    ...needs.flatMap((atoms) => [atoms.length, ...atoms]),
    ...anchors.flatMap(({ atom, step, row, offset }) => [atom, step, row, offset]),
  ];
}

function writeStep(step: CompiledStep, numberOf: NumberOf): number[] {
  if (step.is === 'element') return [step.isOptional ? OPTIONAL : ELEMENT, numberOf(step.atom, step.rows)];
  if (step.is === 'gap') return [GAP, step.most, numberOf(step.atom, step.rows)];
  return [MARKS.indexOf(step.is)];
}

function writeAnchors({ anchors }: Compiled): number[][] {
  return [...anchors].map(([atom, places]) => [
    atom,
    ...places.flatMap((anchor) => [anchor.pattern.number, anchor.pattern.anchors.indexOf(anchor)]),
  ]);
}

const PLACES = ['around', 'inside', 'anywhere'] as const;

function writeGuards({ blockers, contexts }: Guards): number[] {
  return [
    contexts.length,
    ...contexts.map(({ number }) => number),
    ...blockers.flatMap(({ where, pattern }) => [PLACES.indexOf(where), pattern.number]),
  ];
}

/** Makes a program ready to run. Only a program that `isProgramOf` the pack may be read. */
export function readProgram(program: Program, pack: CompiledPack): RuleSet {
  const patternOf = createPatternReader(program);
  const guards = program.guards.map((written) => remembered(() => readGuards(written, patternOf)));
  const rules = rulesOf([pack], GROUPS[program.group]).map(({ rule, pack: name }, at) => {
    const guardsOf = guards[at] as () => Guards;
    return withGuards(
      rule,
      name,
      () => guardsOf().blockers,
      () => guardsOf().contexts,
    );
  });
  const anchors = new Map(program.anchors.map((written) => [written[0], written]));
  return ruleSetOf(pack.lang, rules, program.patterns.length, tablesOf(program), (atom) =>
    readAnchors(anchors.get(atom), patternOf),
  );
}

function remembered<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

function tablesOf({ exact, stems, prefixes, suffixes, bits, followed, asked }: Program): AtomTables {
  return {
    exact: mapOf(exact),
    stems: mapOf(stems),
    prefixes: mapOf(prefixes),
    suffixes: mapOf(suffixes),
    bits,
    followed,
    asked,
  };
}

function mapOf([keys, atoms]: Keyed): ReadonlyMap<string, readonly number[]> {
  const names = keys.split('\n');
  return new Map(atoms.map((held, at) => [names[at] as string, held]));
}

type PatternOf = (number: number) => Pattern;
type Choice = { readonly atom: number; readonly rows: Rows };

/** Reads each pattern and choice once, when it is asked for. */
function createPatternReader({ patterns, choices }: Program): PatternOf {
  const known: (Pattern | undefined)[] = new Array<undefined>(patterns.length).fill(undefined);
  const knownChoices: (Choice | undefined)[] = new Array<undefined>(choices.length).fill(undefined);
  const choiceOf = (number: number): Choice => {
    const choice = knownChoices[number] ?? readChoice(choices[number] as readonly number[]);
    knownChoices[number] = choice;
    return choice;
  };
  return (number) => {
    const pattern = known[number] ?? readPattern(number, patterns[number] as readonly number[], choiceOf);
    known[number] = pattern;
    return pattern;
  };
}

function readChoice(written: readonly number[]): Choice {
  const rows: number[][] = [];
  for (let at = 1; at < written.length; at += 1 + (written[at] as number))
    rows.push(written.slice(at + 1, at + 1 + (written[at] as number)));
  return { atom: written[0] as number, rows };
}

function readPattern(
  number: number,
  written: readonly number[],
  choiceOf: (number: number) => Choice,
): Pattern {
  let at = 0;
  const next = (): number => written[at++] as number;
  const times = <Value>(count: number, read: () => Value): Value[] => Array.from({ length: count }, read);
  const rule = next();
  const steps = times(next(), () => readStep(next, choiceOf));
  const needs = times(next(), () => times(next(), next));
  const anchors: Anchor[] = [];
  const spanAt = steps.findIndex(({ is }) => is === 'span');
  const pattern = { number, steps, spanAt, anchors, needs, rule };
  while (at < written.length)
    anchors.push({ pattern, atom: next(), step: next(), row: next(), offset: next() });
  return pattern;
}

function readStep(next: () => number, choiceOf: (number: number) => Choice): CompiledStep {
  const sign = next();
  if (sign === GAP) return { is: 'gap', most: next(), ...choiceOf(next()) };
  if (sign >= ELEMENT) return { is: 'element', ...choiceOf(next()), isOptional: sign === OPTIONAL };
  return { is: MARKS[sign] as (typeof MARKS)[number] };
}

function readAnchors(written: readonly number[] | undefined, patternOf: PatternOf): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (let at = 1; at < (written?.length ?? 0); at += 2)
    anchors.push(patternOf(written?.[at] as number).anchors[written?.[at + 1] as number] as Anchor);
  return anchors;
}

function readGuards(written: readonly number[], patternOf: PatternOf): Guards {
  const first = 1 + (written[0] as number);
  const blockers: Blocker[] = [];
  for (let at = first; at < written.length; at += 2) {
    const where = PLACES[written[at] as number] as (typeof PLACES)[number];
    blockers.push({ where, pattern: patternOf(written[at + 1] as number) });
  }
  return { contexts: written.slice(1, first).map(patternOf), blockers };
}
