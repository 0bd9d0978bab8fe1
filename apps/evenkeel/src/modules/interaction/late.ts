import type { Times } from './interaction.ts';

/** Notes of the day weigh more than later ones; what was entered after a day and more says by how much. */
const LATE_AFTER_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

/** The source of a time that only a person stated: no bytes speak for it. */
export const BY_PERSON = 'stated-by-person';

/**
 * How much later than it happened something was entered, in minutes.
 *
 * Only where a person stated the time: what a mail says of itself was written then, whenever it is brought in here.
 *
 * @returns null within a day
 */
export function lateByMin({ sent, recorded }: Times): number | null {
  if (sent?.source !== BY_PERSON) return null;
  const lateMs = Date.parse(recorded.at) - Date.parse(sent.at);
  return lateMs <= LATE_AFTER_MS ? null : Math.floor(lateMs / MINUTE_MS);
}
