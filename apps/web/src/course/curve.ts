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
