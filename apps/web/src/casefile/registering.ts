import type { Point } from '../generated/types.gen.ts';
import { nowIso } from '../words/clock.ts';

type Cite = { interactionId: string; start: number; end: number; quote: string };
/** The words in which a point was asked. */
export type Asked = { readonly number: number; readonly at: string | null; readonly cite: Cite };

export const WAYS = ['mail', 'chat', 'call', 'meeting', 'letter', 'form', 'other'] as const;
export type Way = (typeof WAYS)[number];

export function askedOf({ number, cites }: Pick<Point, 'number' | 'cites'>): readonly Asked[] {
  return cites
    .filter(({ role }) => role === 'asked')
    .map(({ interactionId, start, end, quote, at }) => ({
      number,
      at,
      cite: { interactionId, start, end, quote },
    }));
}

/** When the first of these words came; now, if none says. */
export function startsWith(asked: readonly Asked[]): string {
  const times = asked.flatMap(({ at }) => at ?? []).toSorted();
  return times[0] ?? nowIso();
}

/** Where words stand in those that were quoted; null when they are put otherwise. */
export function citeIn(asked: readonly Asked[], words: string): Cite | null {
  const wanted = words.trim();
  const found = asked.find(({ cite }) => wanted !== '' && cite.quote.includes(wanted));
  if (!found) return null;
  const { interactionId, start, quote } = found.cite;
  const from = start + quote.indexOf(wanted);
  return { interactionId, start: from, end: from + wanted.length, quote: wanted };
}

/** As a field for date and time wants it, on the clock of this reader. */
export function localMinute(at: string): string {
  const date = new Date(at);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
