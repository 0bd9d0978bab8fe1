import { newStore } from '../shell/store.ts';

/** What is open can make a point of the words selected in it; false where nothing is selected. */
export type Maker = () => boolean;

/** The message that is open, if one is: `#` asks it first. */
export const maker = newStore<Maker | null>(null);
