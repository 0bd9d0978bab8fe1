import type { ExportSettings } from '../../src/exported.ts';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { NOTHING, readAll } from '../exports.ts';

/** What is read of a chat with these words. */
export const chat = (text: string, name = 'chat.txt', settings: ExportSettings = NOTHING) =>
  readAll(whatsapp, text, name, settings);

export const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
