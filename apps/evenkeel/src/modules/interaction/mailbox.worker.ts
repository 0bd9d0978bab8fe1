import { letGo } from '../../kernel/let-go.ts';
import { answer } from '../../kernel/thread.ts';
import { type Reading, readMailOriginal } from './reading.ts';

/** Mails as a server gave them; each is read by itself. */
answer<readonly Uint8Array[], readonly Reading[]>(async (mails) => {
  const value = mails.map((bytes) => readMailOriginal(bytes, null));
  // They are copies that came over to be read.
  letGo(mails);
  return { value };
});
