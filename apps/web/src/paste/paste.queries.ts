import { keepPasted, lookAtPasted } from '../generated/sdk.gen.ts';
import type { PastedInteraction } from './paste.ts';

/** Looks at a text; nothing of it is kept. */
export const lookAtPaste = (text: string) => lookAtPasted({ body: { text } });
export const keepPaste = (body: PastedInteraction) => keepPasted({ body });
