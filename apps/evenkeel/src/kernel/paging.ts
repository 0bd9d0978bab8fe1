import { z } from '@hono/zod-openapi';

const PAGE_LIMIT = 200;

/** Query of every list: where the last page ended, and how much is wanted. */
export const PageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).default(50),
});

/** Keyset paging by time, then id: stays right while new rows arrive. */
export type TimeKey = { readonly at: string; readonly id: string };

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/;

/** Reads a cursor; one that is not ours means the beginning. */
export function readTimeKey(cursor: string | undefined): TimeKey | null {
  const match = cursor?.match(CURSOR);
  return match ? { at: match[1]!, id: match[2]! } : null;
}

/** A page of rows out of one more than was asked for. */
export function pageOf<Row extends TimeKey>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? keyText(last) : null };
}

export function keyText({ at, id }: TimeKey): string {
  return `${at}_${id}`;
}
