import { startThread } from '../../kernel/workers.ts';
import type { IcalRead, IcalWish } from './ical.ts';

const LONGEST_MS = 10_000;

/**
 * Reads a calendar file in a thread of its own, which is ended when it does not come to an end by itself.
 *
 * @returns 'endless' for a file that cannot be read in ten seconds
 */
export async function readCalendarFile(wish: IcalWish): Promise<IcalRead | 'endless'> {
  const thread = startThread<IcalWish, IcalRead>(new URL('./ical.worker.ts', import.meta.url));
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'endless'>((done) => {
    timer = setTimeout(() => done('endless'), LONGEST_MS);
  });
  try {
    return await Promise.race([thread.ask(wish), tooLong]);
  } finally {
    clearTimeout(timer);
    await thread.close();
  }
}
