import { setImmediate } from 'node:timers/promises';

/** Longer than this no loop holds the thread: recording one thing takes some ten turns of it, and waits at each. */
const TURN_MS = 2;
let turnBeganAt = 0;

/**
 * Lets everything that waits go first, once the turn has lasted long enough; a request would otherwise wait for the end of
 * a long loop. It costs next to nothing before, so that loops may call it at every step.
 */
export async function giveWay(): Promise<void> {
  if (performance.now() - turnBeganAt < TURN_MS) return;
  await setImmediate();
  turnBeganAt = performance.now();
}
