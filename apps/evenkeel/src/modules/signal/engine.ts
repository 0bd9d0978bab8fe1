import { fileURLToPath } from 'node:url';

/** Where the packs and weights lie that ship; at the same place beside the sources and beside the built form. */
export const LANGUAGE_FOLDER = fileURLToPath(new URL('../../../../../packages/language/', import.meta.url));
