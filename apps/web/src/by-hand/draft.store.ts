import type { Draft } from './draft.ts';

const ROOM = 'evenkeel.by-hand.';

/**
 * A draft stays in this tab only, under who types it, and no longer than the session. What is corrected and what is
 * new are two drafts.
 */
export function draftKey(member: string, corrects: string | null): string {
  return `${ROOM}${member}.${corrects ?? 'new'}`;
}

export function keepDraft(key: string, draft: Draft): void {
  sessionStorage.setItem(key, JSON.stringify(draft));
}

/** @returns null when there is none, or when it was written by another version of this page */
export function keptDraft(key: string): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Draft | null;
    return kept && typeof kept.text === 'string' && Array.isArray(kept.quotes) && Array.isArray(kept.on)
      ? kept
      : null;
  } catch {
    return null;
  }
}

export function forgetDraft(key: string): void {
  sessionStorage.removeItem(key);
}

/** At the end of a session nothing that was typed stays. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(ROOM)) sessionStorage.removeItem(key);
}
