import type { Session } from '../api/shapes.ts';
import { forgetDrafts } from '../by-hand/draft.store.ts';
import { lockScreen } from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';
import { dismissAll } from '../shell/toasts.tsx';
import { sessionQuery } from './session.queries.ts';

const ROOM = 'evenkeel.lock';
const TRY_AGAIN_MS = 3000;
let channel: BroadcastChannel | null = null;

/** The other windows of this browser lock with the one that was locked. */
export function listenForLocks(): () => void {
  const opened = new BroadcastChannel(ROOM);
  opened.onmessage = () => hide();
  channel = opened;
  return () => opened.close();
}

/**
 * Locks at once: what was on the screen is gone before the server is told, and stays gone if it does not answer.
 *
 * @param keepsDrafts when nobody asked for it: what was typed and not kept waits behind the lock
 */
export function lockNow(keepsDrafts = false): void {
  if (!keepsDrafts) forgetDrafts();
  hide();
  channel?.postMessage('locked');
  void tell();
}

async function tell(): Promise<void> {
  await lockScreen().catch(() => {
    if (queries.getQueryData(sessionQuery.queryKey)?.state === 'locked') setTimeout(tell, TRY_AGAIN_MS);
  });
}

/** Nothing of the record stays on the page or in its memory. */
function hide(): void {
  const known = queries.getQueryData(sessionQuery.queryKey);
  if (known?.state !== 'signed-in') return;
  const locked: Session = {
    ...known,
    state: 'locked',
    workspace: { ...known.workspace, name: null },
    member: null,
  };
  void queries.cancelQueries();
  queries.setQueryData(sessionQuery.queryKey, locked);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  dismissAll();
  document.title = '';
}
