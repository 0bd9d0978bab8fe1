import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Coverage } from './chronology.text.ts';

/** The fonts of the chronology: bytes for the compiler, and what they can draw. */
export type Fonts = { readonly blobs: readonly Buffer[]; readonly coverage: Coverage };

const require = createRequire(import.meta.url);
const REGULAR = require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
const BOLD = require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf');
const ITALIC = require.resolve(
  '@expo-google-fonts/noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf',
);
const MONO = require.resolve('@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf');
const EMOJI = require.resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf');

/** Reads the bundled fonts; a code point counts as drawn if every text face has it, or a face to fall back on. */
export function loadFonts(): Fonts {
  const text = [REGULAR, BOLD, ITALIC].map((path) => readFileSync(path));
  const more = [MONO, EMOJI].map((path) => readFileSync(path));
  const [inText, inMore] = [text.map(codePoints), more.map(codePoints)];
  return {
    blobs: [...text, ...more].map(withOwnFamily),
    coverage: {
      has: (code) => inText.every((codes) => codes.has(code)) || inMore.some((codes) => codes.has(code)),
    },
  };
}

type Codes = ReadonlySet<number>;

/**
 * Gives a font a family name of our own, in a copy of its bytes.
 *
 * The compiler also looks at the machine's fonts and cannot be told not to; under the usual name another version of
 * the same family could be taken, and the document would differ from machine to machine. The replacement is as long
 * as the original, so nothing moves. Only the full name and family name change, never the glyphs.
 */
function withOwnFamily(font: Buffer): Buffer {
  const copy = Buffer.from(font);
  const { offset, length } = table(copy, 'name');
  const names = copy.subarray(offset, offset + length);
  for (const encoding of ['utf16be', 'latin1'] as const) {
    const [from, to] = [encoded('Noto ', encoding), encoded('Keel ', encoding)];
    for (let at = names.indexOf(from); at >= 0; at = names.indexOf(from, at + 1)) to.copy(names, at);
  }
  return copy;
}

function encoded(text: string, encoding: 'utf16be' | 'latin1'): Buffer {
  return encoding === 'latin1' ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf16le').swap16();
}

/** @source OpenType 1.9.1, "Organization of an OpenType Font": table directory */
function table(font: Buffer, tag: string): { offset: number; length: number } {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const at = 12 + i * 16;
    if (font.toString('latin1', at, at + 4) !== tag) continue;
    return { offset: font.readUInt32BE(at + 8), length: font.readUInt32BE(at + 12) };
  }
  throw new Error(`The font has no ${tag} table.`);
}

/** Every code point that the font maps to a glyph. @source OpenType 1.9.1, "cmap", formats 4 and 12 */
function codePoints(font: Buffer): Codes {
  const { offset } = table(font, 'cmap');
  const found = new Set<number>();
  for (let i = 0; i < font.readUInt16BE(offset + 2); i++) {
    const at = offset + font.readUInt32BE(offset + 4 + i * 8 + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) readFormat4(font, at, found);
    if (format === 12) readFormat12(font, at, found);
  }
  return found;
}

function readFormat4(font: Buffer, at: number, found: Set<number>): void {
  const doubled = font.readUInt16BE(at + 6);
  for (let i = 0; i < doubled; i += 2) {
    const end = font.readUInt16BE(at + 14 + i);
    const start = font.readUInt16BE(at + 16 + doubled + i);
    for (let code = start; code <= end && code < 0xffff; code++) {
      if (glyph4(font, at, doubled, i, code, start) !== 0) found.add(code);
    }
  }
}

function glyph4(font: Buffer, at: number, doubled: number, i: number, code: number, start: number): number {
  const delta = font.readUInt16BE(at + 16 + doubled * 2 + i);
  const rangeAt = at + 16 + doubled * 3 + i;
  const range = font.readUInt16BE(rangeAt);
  if (range === 0) return (code + delta) & 0xffff;
  const glyph = font.readUInt16BE(rangeAt + range + (code - start) * 2);
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
}

function readFormat12(font: Buffer, at: number, found: Set<number>): void {
  const groups = font.readUInt32BE(at + 12);
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + i * 12;
    const [start, end, glyph] = [0, 4, 8].map((step) => font.readUInt32BE(group + step)) as [
      number,
      number,
      number,
    ];
    for (let code = start; code <= end; code++) if (glyph + code - start !== 0) found.add(code);
  }
}
