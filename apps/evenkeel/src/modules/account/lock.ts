import type { Instant } from '../../kernel/instant.ts';

/** Keys that nobody needs for writing: one of them covers the page, wherever the cursor is. */
export const COVER_KEYS = ['none', 'F2', 'F4', 'F8', 'F9', 'Pause', 'Insert', '§', '`'] as const;
export type CoverKey = (typeof COVER_KEYS)[number];

/** How a member's screen hides what is on it; Escape twice covers it whatever is chosen. */
export type ScreenSettings = {
  /** Minutes without a touch; null: only when it is locked by hand. */
  readonly lockAfterMin: number | null;
  readonly coverKey: CoverKey;
};

export const FIRST_SETTINGS: ScreenSettings = { lockAfterMin: null, coverKey: 'none' };
export const LOCK_AFTER = { least: 1, most: 240 } as const;

export type LockRefusal = 'unlock-refused';

/** What is remembered of sessions while the program runs. */
export type Screens = {
  /** Null until it was read. */
  locked: Set<string> | null;
  readonly seen: Map<string, Instant>;
  readonly settings: Map<string, ScreenSettings>;
};

export function newScreens(): Screens {
  return { locked: null, seen: new Map(), settings: new Map() };
}

const LONGEST_SESSION_MS = 31 * 24 * 3_600_000;

/** Whether a session was left alone for so long that its screen locks by itself. */
export function isLeftAlone({ lockAfterMin }: ScreenSettings, lastSeen: Instant, now: Instant): boolean {
  const awayMs = Date.parse(now) - Date.parse(lastSeen);
  // In the story the clock is another one than that of the session.
  return lockAfterMin !== null && awayMs > lockAfterMin * 60_000 && awayMs < LONGEST_SESSION_MS;
}
