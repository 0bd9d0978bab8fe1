import type { TimelineRow } from '../api/shapes.ts';
import { dayNumber, monthNumber } from '../words/when.ts';

/** What the timeline draws, from top to bottom: a month's name, or a message. */
export type TimelineItem =
  | { readonly kind: 'month'; readonly key: string; readonly at: string; readonly place: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly row: TimelineRow;
      readonly startsDay: boolean;
      /** From 1, the newest. */
      readonly place: number;
    };

export const MONTH_PX = 30;
export const MESSAGE_PX = 46;

/** Puts the names of months between rows; both run from the newest to the oldest. */
export function timelineItems(rows: readonly TimelineRow[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let place = 0;
  let dayBefore = Number.NaN;
  let monthBefore = Number.NaN;
  for (const row of rows) {
    const [day, month] = [dayNumber(row.at), monthNumber(row.at)];
    if (month !== monthBefore) items.push({ kind: 'month', key: `month-${row.id}`, at: row.at, place });
    items.push({ kind: 'message', key: row.id, row, startsDay: day !== dayBefore, place: ++place });
    [dayBefore, monthBefore] = [day, month];
  }
  return items;
}

export function heightOf(item: TimelineItem): number {
  return item.kind === 'month' ? MONTH_PX : MESSAGE_PX;
}

/** The month under which an item stands. */
export function monthAbove(items: readonly TimelineItem[], index: number): string | undefined {
  const item = items[index];
  return item?.kind === 'message' ? item.row.at : item?.at;
}

/** The next (1) or previous (−1) message from an item; the first one if there is none yet. */
export function stepMessage(
  items: readonly TimelineItem[],
  key: string | undefined,
  step: 1 | -1,
): TimelineRow | undefined {
  let at = items.findIndex((item) => item.key === key);
  do at += step;
  while (items[at]?.kind === 'month');
  const item = items[Math.max(0, at)];
  return item?.kind === 'message' ? item.row : undefined;
}
