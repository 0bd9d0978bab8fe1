import { isStopWord } from '../evidence.ts';
import type { RuleLang } from '../finding.ts';
import { COMMON_WORDS } from './common-words.ts';
import { type Choice, createPatternReader, type Step, type Test, type WordLists } from './pattern.ts';
import { type AtomTables, createNumbering } from './vocabulary.ts';

/** A step whose tests are numbers. `atom` -1: no single token passes; `rows`: sequences of atoms. */
export type CompiledStep =
  | {
      readonly is: 'element';
      readonly atom: number;
      readonly rows: readonly (readonly number[])[];
      readonly isOptional: boolean;
    }
  | {
      readonly is: 'gap';
      readonly most: number;
      readonly atom: number;
      readonly rows: readonly (readonly number[])[];
    }
  | { readonly is: 'start' | 'end' | 'open' | 'close' | 'span' };
export type CompiledElement = CompiledStep & { readonly is: 'element' };

/** A place to begin: the token that passes an anchor's atom is token `offset` of row `row` (-1: a single) of `step`. */
export type Anchor = {
  readonly pattern: Pattern;
  readonly atom: number;
  readonly step: number;
  readonly row: number;
  readonly offset: number;
};

/** @property spanAt the place of `@` in a blocker's pattern; -1 if there is none. @property number unique in its vocabulary */
export type Pattern = {
  readonly number: number;
  readonly steps: readonly CompiledStep[];
  readonly spanAt: number;
  readonly anchors: readonly Anchor[];
  /** A line without any atom of one of these cannot match: rarest first. */
  readonly needs: readonly (readonly number[])[];
  /** The rule that the pattern finds, as a number; -1 for a context or a blocker. */
  readonly rule: number;
};

export type Compiler = {
  readonly tables: AtomTables;
  /** For each atom where the patterns of rules may begin to be looked for. */
  readonly anchors: ReadonlyMap<number, readonly Anchor[]>;
  /** @param rule number of the rule that the pattern finds; -1 for a context or a blocker */
  readonly pattern: (written: string, rule: number) => Pattern;
  /** Reads a word list, to see that it can be read. */
  readonly list: (name: string) => void;
};

/** @property cost how often texts hold it, by a rough guess. */
type CompiledChoice = { readonly atom: number; readonly rows: readonly Row[]; readonly cost: number };
type Row = readonly number[];

const MAX_ROWS = 4_000;
/** An element of more rows than this is not looked for beforehand. */
const MAX_NEEDED = 8;

/** Compiles patterns over one vocabulary. @throws PatternError when a pattern cannot be read */
export function createCompiler(lang: RuleLang, words: WordLists): Compiler {
  const { tables, addAtom, ask } = createNumbering(lang);
  const byAtom = new Map<number, Anchor[]>();
  const reader = createPatternReader(words, lang);
  const choices = new Map<Choice, CompiledChoice>();
  const costs: number[] = [];
  let count = 0;

  function pattern(written: string, rule: number): Pattern {
    const read = reader.pattern(written);
    const steps = read.map(compileStep);
    const anchors: Anchor[] = [];
    const spanAt = steps.findIndex(({ is }) => is === 'span');
    const best = spanAt < 0 ? rarestElement(read) : -1;
    const compiled = { number: count, steps, spanAt, anchors, needs: needsOf(read, best), rule };
    count += 1;
    if (best >= 0) anchors.push(...waysOf(steps[best] as CompiledElement, best, compiled));
    if (rule < 0) return compiled;
    for (const anchor of anchors) place(anchor);
    for (const atoms of [...compiled.needs, ...rowsBegun(compiled)]) ask(atoms);
    return compiled;
  }

  /** The rows in one of whose words a pattern begins to be looked for. */
  function rowsBegun({ anchors, steps }: Pattern): readonly Row[] {
    return anchors.flatMap(({ step, row }) =>
      row < 0 ? [] : [(steps[step] as CompiledElement).rows[row] as Row],
    );
  }

  function place(anchor: Anchor): void {
    const placed = byAtom.get(anchor.atom);
    if (placed) placed.push(anchor);
    else byAtom.set(anchor.atom, [anchor]);
  }

  function compileStep(step: Step): CompiledStep {
    if (step.is === 'element')
      return { is: 'element', ...compileChoice(step.choice), isOptional: step.isOptional };
    if (step.is !== 'gap') return step;
    const { atom, rows } = step.without ? compileChoice(step.without) : { atom: -1, rows: [] };
    return { is: 'gap', most: step.most, atom, rows };
  }

  function compileChoice(choice: Choice): CompiledChoice {
    const known = choices.get(choice);
    if (known) return known;
    const others = choice.others.map(compileChoice);
    const compiled = {
      atom: atomOf(choice, others),
      rows: [...choice.rows.flatMap(rowsOf), ...others.flatMap(({ rows }) => rows)].slice(0, MAX_ROWS),
      cost: costOf(choice, others),
    };
    choices.set(choice, compiled);
    return compiled;
  }

  function atomOf({ singles }: Choice, others: readonly CompiledChoice[]): number {
    const atoms = others.map(({ atom }) => atom).filter((atom) => atom >= 0);
    if (singles.length === 0 && atoms.length <= 1) return atoms[0] ?? -1;
    const atom = addAtom(singles, atoms);
    costs[atom] = costOfTests(singles) + atoms.reduce((sum, other) => sum + (costs[other] as number), 0);
    return atom;
  }

  /** Every sequence of atoms a row of choices stands for. */
  function rowsOf(row: readonly Choice[]): readonly Row[] {
    let found: readonly Row[] = [[]];
    for (const choice of row) {
      const { atom, rows } = compileChoice(choice);
      const ways = atom < 0 ? rows : [[atom], ...rows];
      found = found.flatMap((before) => ways.map((way) => [...before, ...way])).slice(0, MAX_ROWS);
    }
    return found;
  }

  function costOf({ singles, rows }: Choice, others: readonly CompiledChoice[]): number {
    const ofRows = rows.map((row) => Math.min(...row.map((choice) => compileChoice(choice).cost)));
    return (
      costOfTests(singles) +
      [...ofRows, ...others.map(({ cost }) => cost)].reduce((sum, cost) => sum + cost, 0)
    );
  }

  /** The place of the element that texts hold least often; each of its ways is a place to begin. */
  function rarestElement(read: readonly Step[]): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    read.forEach((step, at) => {
      if (step.is !== 'element' || step.isOptional) return;
      const { cost } = compileChoice(step.choice);
      if (cost < least) [best, least] = [at, cost];
    });
    return best;
  }

  /** Of each element that must be met the atoms of which a line holds at least one; where it began is met already. */
  function needsOf(read: readonly Step[], begun: number): readonly (readonly number[])[] {
    return read
      .filter((step, at) => step.is === 'element' && !step.isOptional && at !== begun)
      .map((step) => compileChoice((step as Step & { is: 'element' }).choice))
      .filter(({ rows }) => rows.length <= MAX_NEEDED)
      .sort((a, b) => a.cost - b.cost)
      .map(({ atom, rows }) => [
        ...(atom < 0 ? [] : [atom]),
        ...rows.map((row) => row[rarest(row)] as number),
      ]);
  }

  function waysOf(step: CompiledElement, at: number, pattern: Pattern): Anchor[] {
    const ways: Anchor[] = step.atom < 0 ? [] : [{ pattern, atom: step.atom, step: at, row: -1, offset: 0 }];
    step.rows.forEach((row, number) => {
      const offset = rarest(row);
      ways.push({ pattern, atom: row[offset] as number, step: at, row: number, offset });
    });
    return ways;
  }

  function rarest(row: Row): number {
    let best = 0;
    row.forEach((atom, at) => {
      if ((costs[atom] as number) < (costs[row[best] as number] as number)) best = at;
    });
    return best;
  }

  return { tables, anchors: byAtom, pattern, list: (name) => void reader.list(name) };
}

function costOfTests(tests: readonly Test[]): number {
  return tests.reduce((sum, test) => sum + COST[test.how] * frequencyOf(test), 0);
}

const COST = { exact: 1, stem: 2, prefix: 3, suffix: 60, class: 1_000_000 } as const;
const FREQUENT = 200;
const COMMON = 20;

function frequencyOf({ how, word }: Test): number {
  if (how === 'class') return 1;
  if (isStopWord(word) || !/\p{L}{2}/u.test(word)) return FREQUENT;
  return COMMON_WORDS.has(word) ? COMMON : 1;
}
