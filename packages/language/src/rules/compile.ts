import { isStopWord } from '../evidence.ts';
import type { RuleLang } from '../finding.ts';
import { type Choice, parsePattern, type Step, type Test, type WordLists } from './pattern.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

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
  /** The rule that the pattern finds, as a number; -1 for a context or a blocker. */
  readonly rule: number;
};

export type Compiler = {
  readonly vocabulary: Vocabulary<Anchor>;
  readonly pattern: (written: string, rule: number) => Pattern;
};

const MAX_ROWS = 4_000;

/** Compiles patterns over one vocabulary. @throws PatternError when a pattern cannot be read */
export function createCompiler(lang: RuleLang, words: WordLists): Compiler {
  const vocabulary = createVocabulary<Anchor>(lang);
  let count = 0;

  function pattern(written: string, rule: number): Pattern {
    const parsed = parsePattern(written, words, lang);
    const steps = parsed.map(compileStep);
    const anchors: Anchor[] = [];
    const spanAt = steps.findIndex(({ is }) => is === 'span');
    const compiled = { number: count, steps, spanAt, anchors, rule };
    count += 1;
    if (spanAt < 0) anchors.push(...anchorsOf(parsed, compiled));
    if (rule >= 0) for (const anchor of anchors) vocabulary.anchors[anchor.atom]?.push(anchor);
    return compiled;
  }

  function compileStep(step: Step): CompiledStep {
    if (step.is === 'element')
      return { is: 'element', ...compileChoice(step.choice), isOptional: step.isOptional };
    if (step.is === 'gap') {
      const { atom, rows } = step.without ? compileChoice(step.without) : { atom: -1, rows: [] };
      return { is: 'gap', most: step.most, atom, rows };
    }
    return step;
  }

  function compileChoice({ singles, rows }: Choice): { atom: number; rows: readonly (readonly number[])[] } {
    return {
      atom: singles.length === 0 ? -1 : vocabulary.atomOf(singles),
      rows: rows.flatMap((row) => rowsOf(row)).slice(0, MAX_ROWS),
    };
  }

  /** Every sequence of atoms a row of choices stands for. */
  function rowsOf(row: readonly Choice[]): readonly (readonly number[])[] {
    let found: readonly (readonly number[])[] = [[]];
    for (const choice of row) {
      const { atom, rows } = compileChoice(choice);
      const ways = atom < 0 ? rows : [[atom], ...rows];
      found = found.flatMap((before) => ways.map((way) => [...before, ...way])).slice(0, MAX_ROWS);
    }
    return found;
  }

  /** The element that texts hold least often, by a rough guess; each of its ways is a place to begin. */
  function anchorsOf(parsed: readonly Step[], compiled: Pattern): readonly Anchor[] {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    parsed.forEach((step, at) => {
      if (step.is !== 'element' || step.isOptional) return;
      const cost = costOf(step.choice);
      if (cost < least) [best, least] = [at, cost];
    });
    const step = compiled.steps[best];
    return step?.is === 'element'
      ? waysOf(step, best, compiled, parsed[best] as Step & { is: 'element' })
      : [];
  }

  function waysOf(
    step: CompiledStep & { is: 'element' },
    at: number,
    compiled: Pattern,
    parsed: Step & { is: 'element' },
  ): Anchor[] {
    const ways: Anchor[] = [];
    if (step.atom >= 0) ways.push({ pattern: compiled, atom: step.atom, step: at, row: -1, offset: 0 });
    const costs = costsOfAtoms(parsed.choice);
    step.rows.forEach((row, number) => {
      const offset = rarest(row, costs);
      ways.push({ pattern: compiled, atom: row[offset] as number, step: at, row: number, offset });
    });
    return ways;
  }

  function costsOfAtoms(choice: Choice): Map<number, number> {
    const costs = new Map<number, number>();
    const visit = ({ singles, rows }: Choice): void => {
      if (singles.length > 0) costs.set(vocabulary.atomOf(singles), costOfTests(singles));
      for (const row of rows) row.forEach(visit);
    };
    visit(choice);
    return costs;
  }

  return { vocabulary, pattern };
}

function rarest(row: readonly number[], costs: ReadonlyMap<number, number>): number {
  let best = 0;
  row.forEach((atom, at) => {
    if (cost(atom) < cost(row[best] as number)) best = at;
  });
  return best;

  function cost(atom: number): number {
    return costs.get(atom) ?? 1;
  }
}

/** How often texts hold what a choice stands for: function words and signs often, other words seldom. */
function costOf({ singles, rows }: Choice): number {
  const ofRows = rows.map((row) => Math.min(...row.map(costOf)));
  return costOfTests(singles) + ofRows.reduce((sum, cost) => sum + cost, 0);
}

function costOfTests(tests: readonly Test[]): number {
  return tests.reduce((sum, test) => sum + COST[test.how] * (isFrequent(test) ? FREQUENT : 1), 0);
}

const COST = { exact: 1, stem: 2, prefix: 3, suffix: 6, class: 1_000_000 } as const;
const FREQUENT = 200;

function isFrequent({ how, word }: Test): boolean {
  return how !== 'class' && (isStopWord(word) || !/\p{L}{2}/u.test(word));
}
