import type { PrintedEntry } from './chronology.entry.ts';

/** One entry in its place. `section` 0 are the exhibits, 1 is the chronology. */
export type Placed = {
  readonly section: 0 | 1;
  readonly entry: PrintedEntry;
  /** Set in the chronology where the same record is printed in full among the exhibits. */
  readonly exhibit: PrintedEntry | null;
};
export type Volume = readonly Placed[];

/**
 * Cuts the document into volumes by estimated height.
 *
 * @param pages How many pages a volume may have by the estimate; the caller measures and asks again with fewer.
 */
export function volumesOf(placed: readonly Placed[], pages: number): readonly Volume[] {
  const volumes: Placed[][] = [[]];
  let height = FIRST_PAGES;
  for (const item of placed) {
    const added = heightOf(item);
    if (height + added > pages && volumes.at(-1)?.length) {
      volumes.push([]);
      height = FIRST_PAGES;
    }
    volumes.at(-1)?.push(item);
    height += added;
  }
  return volumes;
}

/** Picked exhibits first, then every record in the order given. */
export function placedIn(
  exhibits: readonly PrintedEntry[],
  entries: readonly PrintedEntry[],
): readonly Placed[] {
  const byProof = new Map(exhibits.map((exhibit) => [exhibit.index, exhibit]));
  return [
    ...exhibits.map((entry) => ({ section: 0 as const, entry, exhibit: null })),
    ...entries.map((entry) => ({ section: 1 as const, entry, exhibit: byProof.get(entry.index) ?? null })),
  ];
}

const FIRST_PAGES = 3;
const LINES_PER_PAGE = 64;
const LINES_OF_REFERENCE = 10;
const INDEX_ROWS_PER_PAGE = 60;

function heightOf({ entry, exhibit }: Placed): number {
  const lines = exhibit === null ? entry.lines : Math.min(entry.lines, LINES_OF_REFERENCE);
  return lines / LINES_PER_PAGE + 1 / INDEX_ROWS_PER_PAGE;
}
