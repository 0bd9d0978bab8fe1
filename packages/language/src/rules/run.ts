import { PUNCTUATION, QUOTED } from '../text/tokens.ts';
import type { Anchor, CompiledElement, Pattern } from './compile.ts';
import type { Line } from './line.ts';
import { type Match, matchAround, matchAt } from './match.ts';
import type { PackRule } from './pack.ts';
import type { Blocker, CompiledRule, RuleSet } from './rule-set.ts';

/** A rule that holds; offsets count units of the folded text. */
export type Hit = { readonly rule: CompiledRule; readonly start: number; readonly end: number };

/** @param isOff rules that are not asked for */
export function runRules(set: RuleSet, lines: readonly Line[], isOff: (rule: PackRule) => boolean): Hit[] {
  const hits: Hit[] = [];
  const contexts = new Map<Line | readonly Line[], Map<number, boolean>>();

  const holdsIn = (pattern: Pattern, line: Line): boolean =>
    remembered(contexts, line, pattern, () => isAnywhere(set, line, pattern));
  const holdsInAny = (pattern: Pattern): boolean =>
    remembered(contexts, lines, pattern, () => lines.some((line) => holdsIn(pattern, line)));
  const holds = (pattern: Pattern, line: Line, rule: PackRule): boolean =>
    rule.within === 'message' ? holdsInAny(pattern) : holdsIn(pattern, line);

  const isBlocked = ({ where, pattern }: Blocker, line: Line, match: Match, rule: PackRule): boolean => {
    if (where === 'anywhere') return holds(pattern, line, rule);
    if (where === 'around') return matchAround(line, set.vocabulary.bits, pattern, match.start, match.end);
    return isInside(set, line, pattern, match);
  };

  const stands = (compiled: CompiledRule, line: Line, match: Match): boolean => {
    const { rule } = compiled;
    if (isOff(rule)) return false;
    if (compiled.isBlockedByQuestion && line.isQuestion) return false;
    if (compiled.isBlockedByQuotation && isQuotation(line, match)) return false;
    const needed = compiled.contexts();
    if (needed.length > 0 && !needed.some((pattern) => holds(pattern, line, rule))) return false;
    return !compiled.blockers().some((blocker) => isBlocked(blocker, line, match, rule));
  };

  const { marks } = set.seen;
  for (const line of lines) {
    let isMarked = false;
    for (let at = 0; at < line.entries.length; at += 1) {
      const { anchors, keys } = line.entries[at] as Line['entries'][number];
      if (anchors.length > 0 && !isMarked) {
        mark(set, line);
        isMarked = true;
      }
      for (let one = 0; one < keys.length; one += 1) {
        const key = keys[one] as number;
        if (key >= 0 && marks[key] !== set.seen.number) continue;
        const anchor = anchors[one] as Anchor;
        if (!holdsRow(set, line, anchor) || !holdsNeeds(set, line, anchor.pattern)) continue;
        const match = matchAt(line, set.vocabulary.bits, anchor, at);
        if (!match) continue;
        const rule = set.rules[anchor.pattern.rule] as CompiledRule;
        if (stands(rule, line, match))
          hits.push({ rule, ...quoteOf(line, match, rule.rule.quote ?? 'match') });
      }
    }
  }
  return hits;
}

const LAST = 0xffff_ffff;

/** Marks what a line is asked for by its number, so that nothing has to be cleared before the numbers begin anew. */
function mark({ seen }: RuleSet, line: Line): void {
  if (seen.number === LAST) {
    seen.marks.fill(0);
    seen.number = 0;
  }
  seen.number += 1;
  const { marks, number } = seen;
  for (const { asked } of line.entries) for (const atom of asked) marks[atom] = number;
}

/** Whether the line that was marked last holds, anywhere, every word of the row that an anchor stands in. */
function holdsRow(set: RuleSet, line: Line, { pattern, step, row }: Anchor): boolean {
  if (row < 0) return true;
  const atoms = (pattern.steps[step] as CompiledElement).rows[row] as readonly number[];
  for (let at = 0; at < atoms.length; at += 1) if (!holdsAtom(set, line, atoms[at] as number)) return false;
  return true;
}

/** Whether the line that was marked last holds one of each of the atoms that a pattern needs; asked most of all. */
function holdsNeeds(set: RuleSet, line: Line, { needs }: Pattern): boolean {
  for (let at = 0; at < needs.length; at += 1)
    if (!holdsOne(set, line, needs[at] as readonly number[])) return false;
  return true;
}

function holdsOne(set: RuleSet, line: Line, atoms: readonly number[]): boolean {
  for (let at = 0; at < atoms.length; at += 1) if (holdsAtom(set, line, atoms[at] as number)) return true;
  return false;
}

function holdsAtom({ seen, vocabulary }: RuleSet, line: Line, atom: number): boolean {
  return seen.marks[atom] === seen.number || ((vocabulary.bits[atom] as number) & line.kindsOfAll) !== 0;
}

/** Whether a pattern is found in a line, wherever; asked once for each line and pattern. */
function remembered(
  known: Map<Line | readonly Line[], Map<number, boolean>>,
  where: Line | readonly Line[],
  pattern: Pattern,
  look: () => boolean,
): boolean {
  const answers = known.get(where) ?? new Map<number, boolean>();
  known.set(where, answers);
  const before = answers.get(pattern.number);
  if (before !== undefined) return before;
  const answer = look();
  answers.set(pattern.number, answer);
  return answer;
}

function isAnywhere(set: RuleSet, line: Line, pattern: Pattern): boolean {
  return line.entries.some(({ atoms }, at) =>
    pattern.anchors.some(
      (anchor) => atoms.includes(anchor.atom) && matchAt(line, set.vocabulary.bits, anchor, at) !== undefined,
    ),
  );
}

function isInside(set: RuleSet, line: Line, pattern: Pattern, { start, end }: Match): boolean {
  for (let at = start; at < end; at += 1) {
    const { atoms } = line.entries[at] as Line['entries'][number];
    const isFound = pattern.anchors.some((anchor) => {
      const match = atoms.includes(anchor.atom) ? matchAt(line, set.vocabulary.bits, anchor, at) : undefined;
      return match !== undefined && match.start >= start && match.end <= end;
    });
    if (isFound) return true;
  }
  return false;
}

function isQuotation(line: Line, { from, to }: Match): boolean {
  for (let at = from; at < to; at += 1) if (((line.kinds[at] as number) & QUOTED) === 0) return false;
  return true;
}

/** The offsets of what is quoted: the match, its clause between commas, or its sentence. */
function quoteOf(
  line: Line,
  { from, to }: Match,
  width: 'match' | 'clause' | 'sentence',
): { start: number; end: number } {
  let [first, last] = width === 'sentence' ? [0, line.entries.length] : [from, to];
  if (width === 'clause') {
    while (first > 0 && !isBoundary(line, first - 1)) first -= 1;
    while (last < line.entries.length && !isBoundary(line, last)) last += 1;
  }
  while (width !== 'match' && first < from && isPunctuation(line, first)) first += 1;
  return { start: line.starts[first] as number, end: line.ends[last - 1] as number };
}

function isPunctuation(line: Line, at: number): boolean {
  return ((line.kinds[at] as number) & PUNCTUATION) !== 0;
}

function isBoundary(line: Line, at: number): boolean {
  return (
    isPunctuation(line, at) &&
    /^(?:[,;:().…-]|[!?]+|-{2,})$/.test((line.entries[at] as { form: string }).form)
  );
}
