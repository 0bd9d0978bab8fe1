import { sendJson } from '../api/http.ts';
import type { PastedInteraction } from './paste.ts';

export type Looked = { lang: string | null; asks: { text: string }[] };

/** Looks at a text; nothing of it is kept. */
export const lookAtPaste = (text: string) => sendJson<Looked>('POST', '/paste/look', { text });
export const keepPaste = (pasted: PastedInteraction) =>
  sendJson<{ id: string }>('POST', '/interactions', pasted);
