import { setImmediate } from 'node:timers/promises';

/** Lets everything that waits go first: a request would otherwise wait for the end of a long loop. */
export function giveWay(): Promise<void> {
  return setImmediate();
}
