import { Problem } from '../api/problem.ts';
import type { Live, LiveNote, LiveRules } from '../generated/types.gen.ts';
import { dropNote, waitingNotes } from './kept.store.ts';

/** Whether the program answers, and whether it knows who we are. */
export type Reach = 'there' | 'silent' | 'stranger';
export type Synced = {
  readonly reach: Reach;
  readonly waiting: readonly LiveNote[];
  /** Notes that the program did not take, by id, and why. */
  readonly refused: ReadonlyMap<string, Problem>;
};

/** @throws Problem; `unreachable` when there is no answer */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => null);
  if (!answer) throw new Problem({ code: 'unreachable', title: '', status: 0, params: {} });
  if (!answer.ok) throw await Problem.read(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

export const askLive = () => ask<Live>('/api/live');
export const askRules = (handle: string | null) =>
  ask<LiveRules>(
    handle === null ? '/api/live/rules' : `/api/live/rules?handle=${encodeURIComponent(handle)}`,
  );
export const pairHere = (code: string) => ask<void>('/api/live/pairing', { code });

export function reachOf(error: unknown): Reach | null {
  if (!(error instanceof Problem)) return null;
  if (error.status === 401 || error.status === 403) return 'stranger';
  return error.status === 0 || error.status >= 500 ? 'silent' : null;
}

/**
 * Sends what waits, oldest first, one after the other. A note leaves this device when the program says that it has it; if
 * that answer is lost, the note goes again under the same id and is kept once.
 */
export async function sendWaiting(): Promise<Synced> {
  const only = 'locks' in navigator ? navigator.locks : null;
  // Two windows of this page share one store: only one of them sends.
  return only ? only.request('evenkeel-live', sendAll) : sendAll();
}

async function sendAll(): Promise<Synced> {
  const refused = new Map<string, Problem>();
  for (const note of await waitingNotes()) {
    try {
      await ask('/api/live/notes', note);
      await dropNote(note.id);
    } catch (error) {
      const reach = reachOf(error);
      if (reach) return { reach, waiting: await waitingNotes(), refused };
      if (!(error instanceof Problem)) throw error;
      refused.set(note.id, error);
    }
  }
  return { reach: 'there', waiting: await waitingNotes(), refused };
}
