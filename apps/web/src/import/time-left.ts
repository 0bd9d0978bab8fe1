const SAYS_NOTHING_MS = 5000;

/** Whole minutes that are left at the pace so far; null while that says nothing yet. */
export function minutesLeft(
  startedAt: string,
  bytes: number,
  ofBytes: number,
  now = Date.now(),
): number | null {
  const spentMs = now - Date.parse(startedAt);
  if (bytes <= 0 || ofBytes <= bytes || spentMs < SAYS_NOTHING_MS) return null;
  return Math.round(((ofBytes - bytes) * spentMs) / bytes / 60_000);
}
