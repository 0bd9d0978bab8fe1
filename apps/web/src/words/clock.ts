let aheadMs = 0;

/** Sets this page's clock by the program's: in the story it is not today. @param now UTC ISO */
export function setClock(now: string): void {
  aheadMs = Date.parse(now) - Date.now();
}

/** The time as the program counts it. */
export function clockNow(): Date {
  return new Date(Date.now() + aheadMs);
}

/** UTC ISO */
export function nowIso(): string {
  return clockNow().toISOString();
}
