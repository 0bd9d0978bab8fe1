import type { CourseWeek } from '../api/shapes.ts';

/** A value of each week; null where there was nothing to measure. */
export type Values = readonly (number | null)[];
export type Box = { readonly width: number; readonly height: number };

/** The top of a scale that holds these values, a round number. */
export function topOf(...curves: readonly Values[]): number {
  const most = Math.max(0, ...curves.flat().filter((value) => value !== null));
  if (most === 0) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((times) => times * step).find((top) => top >= most)!;
}

/** Where week `at` of `count` stands. */
export function xOf(at: number, count: number, { width }: Box): number {
  return count < 2 ? width / 2 : (at * width) / (count - 1);
}

export function yOf(value: number, top: number, { height }: Box): number {
  return height - (value / top) * height;
}

/** The line of a curve as an SVG path; a gap stays a gap, for nothing was measured there. */
export function pathOf(values: Values, top: number, box: Box): string {
  let isDrawing = false;
  return values
    .map((value, at) => {
      if (value === null) {
        isDrawing = false;
        return '';
      }
      const move = isDrawing ? 'L' : 'M';
      isDrawing = true;
      return `${move}${xOf(at, values.length, box).toFixed(1)} ${yOf(value, top, box).toFixed(1)}`;
    })
    .join('');
}

/** So many points a curve of this width can carry and still be pointed at. */
const MOST_POINTS = 60;
type SideOfWeek = CourseWeek['theirs'];

/** The weeks as they are, or months when there are too many to point at one; named by their first week. */
export function readable(weeks: readonly CourseWeek[]): readonly CourseWeek[] {
  if (weeks.length <= MOST_POINTS) return weeks;
  const months = Map.groupBy(weeks, ({ week }) => week.slice(0, 'YYYY-MM'.length));
  return [...months.values()].map((inMonth) => ({
    week: inMonth[0]!.week,
    theirs: together(inMonth.map(({ theirs }) => theirs)),
    ours: together(inMonth.map(({ ours }) => ours)),
  }));
}

/** Counts are added, means are means over the messages. */
function together(sides: readonly SideOfWeek[]): SideOfWeek {
  const sum = (measureOf: (side: SideOfWeek) => number) =>
    sides.reduce((total, side) => total + measureOf(side), 0);
  const mean = (name: 'recipients' | 'replyHours' | 'marked' | 'toxicity') => {
    const known = sides.filter((side) => side[name] !== null);
    const messages = known.reduce((total, side) => total + side.messages, 0);
    if (messages === 0) return null;
    return known.reduce((total, side) => total + side[name]! * side.messages, 0) / messages;
  };
  return {
    messages: sum(({ messages }) => messages),
    threats: sum(({ threats }) => threats),
    recipients: mean('recipients'),
    replyHours: mean('replyHours'),
    marked: mean('marked'),
    toxicity: mean('toxicity'),
    behind: sides.flatMap(({ behind }) => behind),
  };
}
