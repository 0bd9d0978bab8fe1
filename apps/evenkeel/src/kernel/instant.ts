import type { Brand } from './brand.ts';

/** A point in time: UTC, ISO 8601 with milliseconds, `2026-05-12T06:14:00.000Z`. Sorts as text. */
export type Instant = Brand<string, 'Instant'>;

/** What somebody stated about a time, with the offset they stated and how sure we are. */
export type Stated = {
  readonly at: Instant;
  /** Minutes east of UTC as stated; null when the source named no zone. */
  readonly offsetMin: number | null;
  readonly source: string;
  readonly certainty: 'stated' | 'guessed';
};

export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

/**
 * Reads an ISO 8601 time with an offset.
 *
 * @returns null when it has no offset or is no possible date: an unknown time is never made up.
 */
export function stated(iso: string | null, source: string): Stated | null {
  const match = iso?.match(/(Z|[+-]\d\d:?\d\d)$/);
  if (!iso || !match) return null;
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) return null;
  return {
    at: instantOf(milliseconds),
    offsetMin: offsetMinutes(match[1] ?? 'Z'),
    source,
    certainty: 'stated',
  };
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}

/** Writes an instant with the offset it was stated with, `2026-05-12T09:14:00+03:00`. */
export function withOffset(at: Instant, offsetMin: number): string {
  const local = new Date(Date.parse(at) + offsetMin * 60_000).toISOString().slice(0, 19);
  const sign = offsetMin < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMin);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
