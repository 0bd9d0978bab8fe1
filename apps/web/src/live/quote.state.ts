import { newStore } from '../shell/store.ts';

const words = newStore('');

/** What stands in the field goes with the next thing that is noted. */
export const quoteField = {
  ...words,
  take: (): string => {
    const taken = words.get().trim();
    words.set('');
    return taken;
  },
};
