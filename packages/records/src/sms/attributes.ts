import { asBuffer } from '../source.ts';

/** The attributes of one tag; values are bytes until somebody asks, since one of them may be a film. */
export type Tag = { readonly name: string; readonly values: ReadonlyMap<string, Buffer> };

/** A decoded value. `wasRepaired` tells that halves of a character stood apart, as XML forbids. */
export type Decoded = { readonly text: string; readonly wasRepaired: boolean; readonly isBroken: boolean };

const MOST_ATTRIBUTES = 200;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const LT = 0x3c;
const GT = 0x3e;
const EQUALS = 0x3d;
const QUOTES = [0x22, 0x27];

/** All start tags of an element, in order. Whatever is malformed ends the list. */
export function tagsIn(element: Uint8Array): readonly Tag[] {
  const bytes = asBuffer(element);
  const tags: Tag[] = [];
  for (let at = bytes.indexOf(LT); at >= 0; ) {
    const { tag, end } = tagAt(bytes, at);
    if (tag) tags.push(tag);
    at = bytes.indexOf(LT, end);
  }
  return tags;
}

function tagAt(bytes: Buffer, start: number): { tag: Tag | null; end: number } {
  const values = new Map<string, Buffer>();
  const name = /^<([A-Za-z]{1,20})/.exec(bytes.toString('latin1', start, start + 24))?.[1];
  if (name === undefined) return { tag: null, end: start + 1 };
  let word = start + 1 + name.length;
  for (let at = word; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === GT) return { tag: { name, values }, end: at + 1 };
    if (!QUOTES.includes(byte)) continue;
    const close = bytes.indexOf(byte, at + 1);
    if (close < 0) break;
    const key = keyOf(bytes.subarray(word, at));
    if (key && values.size < MOST_ATTRIBUTES && !values.has(key))
      values.set(key, bytes.subarray(at + 1, close));
    word = close + 1;
    at = close;
  }
  return { tag: { name, values }, end: bytes.length };
}

function keyOf(before: Buffer): string | null {
  if (before.length > 100 || !before.includes(EQUALS)) return null;
  return /^\s*([\w:.-]+)\s*=\s*$/.exec(before.toString('latin1'))?.[1] ?? null;
}

/** Reads a value; the word `null` is how this app writes nothing. */
export function valueIn(tag: Tag, name: string): Decoded | null {
  const raw = tag.values.get(name)?.toString('utf8');
  return raw === undefined || raw === 'null' ? null : decoded(raw);
}

export function textIn(tag: Tag, name: string): string | null {
  return valueIn(tag, name)?.text ?? null;
}

/** References to the two halves of a character join by themselves once both are UTF-16 units. */
function decoded(raw: string): Decoded {
  let wasRepaired = false;
  const text = raw.replace(REFERENCE, (all: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    wasRepaired ||= point >= 0xd800 && point <= 0xdfff;
    return point <= 0xffff
      ? String.fromCharCode(point)
      : point <= 0x10ffff
        ? String.fromCodePoint(point)
        : all;
  });
  const isBroken = !text.isWellFormed() || raw.includes('\ufffd');
  return { text: text.toWellFormed(), wasRepaired, isBroken };
}
