import { keepPasted } from '../generated/sdk.gen.ts';
import type { PastedInteraction } from './paste.ts';

export const keepPaste = (body: PastedInteraction) => keepPasted({ body });
