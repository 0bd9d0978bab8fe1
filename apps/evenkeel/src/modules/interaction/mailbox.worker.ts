import { answer } from '../../kernel/thread.ts';
import { type Reading, readMailOriginal } from './reading.ts';

/** Mails as a server gave them; each is read by itself. */
answer<readonly Uint8Array[], readonly Reading[]>(async (mails) => ({
  value: mails.map((bytes) => readMailOriginal(bytes, null)),
}));
