import { PUNCTUATION } from '../text/tokens.ts';
import type { Anchor, CompiledStep, Pattern } from './compile.ts';
import type { Line } from './line.ts';

/** What a pattern covers, in tokens; `from` and `to` are the part that is quoted. `end` and `to` lie behind it. */
export type Match = {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
};

const MAX_STEPS = 48;
const MAX_TOKENS = 600;

/** For each step and token the number of the search that failed there: what failed once is not tried again. */
const failed = new Uint32Array(MAX_STEPS * 2 * MAX_TOKENS);
let search = 0;

/** Steps taken since the program began: what the time of matching grows with. */
export const effort = { steps: 0 };

type Found = { start: number; end: number; open: number; close: number };
const found: Found = { start: 0, end: 0, open: -1, close: -1 };

/** Matches a pattern around a token that passes its anchor, in time bounded by the pattern's size. */
export function matchAt(line: Line, bits: readonly number[], anchor: Anchor, at: number): Match | undefined {
  const { pattern, step, row, offset } = anchor;
  const first = at - offset;
  const element = pattern.steps[step] as CompiledStep & { is: 'element' };
  const atoms = row < 0 ? undefined : (element.rows[row] as readonly number[]);
  if (atoms && !rowAt(line, bits, atoms, first)) return undefined;
  return around(line, bits, pattern, step, first, first + (atoms?.length ?? 1));
}

/** Whether a blocker's pattern holds around a span of tokens, which stands at its `@`. */
export function matchAround(
  line: Line,
  bits: readonly number[],
  pattern: Pattern,
  start: number,
  end: number,
): boolean {
  return around(line, bits, pattern, pattern.spanAt, start, end) !== undefined;
}

function around(
  line: Line,
  bits: readonly number[],
  pattern: Pattern,
  step: number,
  start: number,
  end: number,
): Match | undefined {
  if (line.entries.length > MAX_TOKENS - 1 || pattern.steps.length > MAX_STEPS) return undefined;
  search += 1;
  if (search === 0xffffffff) {
    failed.fill(0);
    search = 1;
  }
  found.open = -1;
  found.close = -1;
  if (!walk(line, bits, pattern.steps, step + 1, end, 1)) return undefined;
  if (!walk(line, bits, pattern.steps, step - 1, start, -1)) return undefined;
  const from = found.open < 0 ? found.start : found.open;
  const to = found.close < 0 ? found.end : found.close;
  return from < to ? { start: found.start, end: found.end, from, to } : undefined;
}

function has(line: Line, bits: readonly number[], at: number, atom: number): boolean {
  if (((bits[atom] as number) & (line.kinds[at] as number)) !== 0) return true;
  const { atoms } = line.entries[at] as { atoms: readonly number[] };
  let low = 0;
  let high = atoms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = atoms[middle] as number;
    if (value === atom) return true;
    if (value < atom) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function rowAt(line: Line, bits: readonly number[], row: readonly number[], first: number): boolean {
  if (first < 0 || first + row.length > line.entries.length) return false;
  for (let at = 0; at < row.length; at += 1)
    if (!has(line, bits, first + at, row[at] as number)) return false;
  return true;
}

/** Away from the anchor: forwards, or back towards the beginning. */
type Way = 1 | -1;

/** The steps from `step` on in one way, beginning at the place before token `at`; the nearest way first. */
function walk(
  line: Line,
  bits: readonly number[],
  steps: readonly CompiledStep[],
  step: number,
  at: number,
  way: Way,
): boolean {
  if (step === steps.length) found.end = at;
  if (step < 0) found.start = at;
  if (step < 0 || step === steps.length) return true;
  effort.steps += 1;
  const mark = (way > 0 ? MAX_STEPS + step : step) * MAX_TOKENS + at;
  if (failed[mark] === search) return false;
  if (stepFrom(line, bits, steps, step, at, way)) return true;
  failed[mark] = search;
  return false;
}

function stepFrom(
  line: Line,
  bits: readonly number[],
  steps: readonly CompiledStep[],
  number: number,
  at: number,
  way: Way,
): boolean {
  const step = steps[number] as CompiledStep;
  const next = number + way;
  switch (step.is) {
    case 'element': {
      const near = nextTo(at, way);
      const isNear = step.atom >= 0 && isIn(line, near) && has(line, bits, near, step.atom);
      if (isNear && walk(line, bits, steps, next, at + way, way)) return true;
      for (const row of step.rows) {
        const first = way > 0 ? at : at - row.length;
        if (rowAt(line, bits, row, first) && walk(line, bits, steps, next, at + way * row.length, way))
          return true;
      }
      return step.isOptional && walk(line, bits, steps, next, at, way);
    }
    case 'gap': {
      let left = step.most;
      for (let to = at; ; to += way) {
        if (walk(line, bits, steps, next, to, way)) return true;
        const over = nextTo(to, way);
        if (!isIn(line, over) || isHeld(line, bits, step, over)) return false;
        if (((line.kinds[over] as number) & PUNCTUATION) === 0) left -= 1;
        if (left < 0 || (to - at) * way >= step.most * 2) return false;
      }
    }
    case 'open':
    case 'close':
      if (!walk(line, bits, steps, next, at, way)) return false;
      found[step.is] = at;
      return true;
    case 'start':
      return at <= firstWord(line) && walk(line, bits, steps, next, at, way);
    case 'end':
      return isLast(line, at) && walk(line, bits, steps, next, at, way);
    case 'span':
      return false;
  }
}

/** The token that is passed first from a place between tokens. */
function nextTo(at: number, way: Way): number {
  return way > 0 ? at : at - 1;
}

function isIn(line: Line, at: number): boolean {
  return at >= 0 && at < line.entries.length;
}

/** Whether a gap may not go over this token. */
function isHeld(
  line: Line,
  bits: readonly number[],
  { atom, rows }: { atom: number; rows: readonly (readonly number[])[] },
  at: number,
): boolean {
  return (atom >= 0 && has(line, bits, at, atom)) || rows.some((row) => rowAt(line, bits, row, at));
}

function firstWord(line: Line): number {
  let at = 0;
  while (at < line.kinds.length && ((line.kinds[at] as number) & PUNCTUATION) !== 0) at += 1;
  return at;
}

function isLast(line: Line, from: number): boolean {
  for (let at = from; at < line.kinds.length; at += 1)
    if (((line.kinds[at] as number) & PUNCTUATION) === 0) return false;
  return true;
}
