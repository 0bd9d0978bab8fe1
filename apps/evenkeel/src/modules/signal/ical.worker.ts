import { answer } from '../../kernel/thread.ts';
import { type IcalRead, type IcalWish, readIcal } from './ical.ts';

/** Calendar files in, their times out. */
answer<IcalWish, IcalRead>(async (wish) => ({ value: readIcal(wish) }));
