import { setTimeout as wait } from 'node:timers/promises';
import { cursorOf } from '../ledger/follower.store.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { readHead } from '../ledger/ledger.store.ts';

const LOOK_MS = 200;
/** So many looks without a step forward mean that the other one has stopped, and waiting would help nobody. */
const STILL_LOOKS = 5;

/** Lets another follower go first: resolves when it has handled all there is in the ledger, or has stopped. */
export async function letPass(ledger: Ledger, follower: string, leaving: AbortSignal): Promise<void> {
  let still = 0;
  for (let before = -1; still < STILL_LOOKS && !leaving.aborted; ) {
    const next = await cursorOf(ledger.db, ledger.workspaceId, follower);
    if (next >= (await readHead(ledger.db, ledger.workspaceId)).size) return;
    still = next > before ? 0 : still + 1;
    before = next;
    await wait(LOOK_MS, undefined, { signal: leaving }).catch(() => {});
  }
}
