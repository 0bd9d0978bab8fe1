import type { ByteRange } from '../issue.ts';
import type { ByteSource } from '../source.ts';
import { openWindow, type WindowReader } from '../window.ts';

/** Stretches of a backup in its order, without hole or overlap. */
export type Stretch =
  | { readonly type: 'element'; readonly range: ByteRange; readonly bytes: Uint8Array }
  | { readonly type: 'gap'; readonly range: ByteRange }
  | { readonly type: 'damaged' | 'too-large'; readonly range: ByteRange };

/** Where an element ends in a buffer; `more` when the buffer ends first; `broken` when it is not closed as it should be. */
type End = { readonly end: number } | 'more' | 'broken';

const FIRST_LOOK_BYTES = 64 * 1024;
/** Comments and a document type stand at the beginning; further on nobody writes any. */
const PROLOGUE_BYTES = 16 * 1024;
const COMMENT_BYTES = 4 * 1024;
/** A message with pictures is tens of megabytes as text; carriers allow far less. */
const MOST_ELEMENT_BYTES = 128 * 1024 * 1024;
const NAME_BYTES = 6;
const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const QUOTES = [0x22, 0x27];
const BEGINS = /^<(?:sms|mms|call)[ \t\r\n]/;

/** Splits a backup of any size, also one of a single line. Nothing is expanded or fetched: entities are never declared. */
export async function* stretchesOf(source: ByteSource): AsyncGenerator<Stretch> {
  const reader = openWindow(source);
  let done = 0;
  for (let at = await nextElement(reader, 0); at !== null; at = await nextElement(reader, done)) {
    if (at > done) yield { type: 'gap', range: { start: done, end: at } };
    const found = await elementAt(reader, at);
    yield found;
    done = found.range.end;
    source.release?.(done);
  }
  const end = await endOf(reader, done);
  if (end > done) yield { type: 'gap', range: { start: done, end } };
}

/** The start of the next message or call outside of comments and declarations, or null. */
async function nextElement(reader: WindowReader, from: number): Promise<number | null> {
  for (let at = from; ; ) {
    const { bytes, base, isLast } = await reader.ensure(at, FIRST_LOOK_BYTES);
    const hit = bytes.indexOf(LT, at - base);
    if (hit < 0 && isLast) return null;
    if (hit < 0 || (!isLast && hit + FIRST_LOOK_BYTES > bytes.length)) {
      // Moves on, so that the next look has all of the markup in sight.
      const next = hit < 0 ? base + bytes.length : base + hit;
      if (next > at) {
        at = next;
        continue;
      }
    }
    if (begins(bytes, hit)) return base + hit;
    at = base + (base + hit < PROLOGUE_BYTES ? afterMarkup(bytes, hit) : hit + 1);
  }
}

function begins(bytes: Buffer, at: number): boolean {
  return BEGINS.test(bytes.toString('latin1', at, at + NAME_BYTES));
}

/** Comments and a document type are passed whole, so that what stands in them is no message. */
function afterMarkup(bytes: Buffer, at: number): number {
  const start = bytes.toString('latin1', at, at + 9);
  const close = start.startsWith('<!--') ? '-->' : start === '<!DOCTYPE' ? docTypeEnd(bytes, at) : null;
  if (close === null) return at + 1;
  const end = bytes.subarray(at, at + COMMENT_BYTES).indexOf(close, 4, 'latin1');
  return end < 0 ? at + 1 : at + end + close.length;
}

function docTypeEnd(bytes: Buffer, at: number): string {
  const bracket = bytes.indexOf('[', at, 'latin1');
  const close = bytes.indexOf(GT, at);
  return bracket >= 0 && bracket < close ? ']>' : '>';
}

async function elementAt(reader: WindowReader, start: number): Promise<Stretch> {
  for (let ahead = FIRST_LOOK_BYTES; ; ahead *= 2) {
    const { bytes, base, isLast } = await reader.ensure(start, ahead);
    const found = elementEnd(bytes, start - base);
    if (typeof found === 'object') {
      const end = base + found.end;
      return { type: 'element', range: { start, end }, bytes: bytes.subarray(start - base, found.end) };
    }
    const isBroken = found === 'broken' || isLast;
    if (!isBroken && ahead < MOST_ELEMENT_BYTES) continue;
    const end = (await nextElement(reader, start + 1)) ?? (await endOf(reader, start));
    return { type: isBroken ? 'damaged' : 'too-large', range: { start, end } };
  }
}

function elementEnd(bytes: Buffer, at: number): End {
  const start = tagEnd(bytes, at);
  if (typeof start === 'string' || bytes[start.end - 2] === SLASH) return start;
  const isMms = bytes[at + 1] === 0x6d;
  return isMms ? childrenEnd(bytes, start.end) : closing(bytes, start.end);
}

/** `<sms …></sms>`: nothing stands between. */
function closing(bytes: Buffer, from: number): End {
  const close = bytes.indexOf(GT, from);
  return close < 0 ? 'more' : { end: close + 1 };
}

function childrenEnd(bytes: Buffer, from: number): End {
  for (let at = from; ; ) {
    const hit = bytes.indexOf(LT, at);
    if (hit < 0 || hit + NAME_BYTES >= bytes.length + 1) return 'more';
    if (bytes.toString('latin1', hit, hit + 6) === '</mms>') return { end: hit + 6 };
    if (begins(bytes, hit)) return 'broken';
    const tag = tagEnd(bytes, hit);
    if (typeof tag === 'string') return tag;
    at = tag.end;
  }
}

/** The end of one tag: `>` counts only outside of quotes. */
function tagEnd(bytes: Buffer, start: number): End {
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === GT) return { end: at + 1 };
    if (byte === LT) return 'broken';
    if (!QUOTES.includes(byte)) continue;
    const close = bytes.indexOf(byte, at + 1);
    const value = bytes.subarray(at + 1, close < 0 ? bytes.length : close);
    if (holdsElement(value)) return 'broken';
    if (close < 0) return 'more';
    at = close;
  }
  return 'more';
}

/** A message inside a quoted value: the quote was never closed. */
function holdsElement(value: Buffer): boolean {
  for (let at = value.indexOf(LT); at >= 0; at = value.indexOf(LT, at + 1))
    if (begins(value, at)) return true;
  return false;
}

async function endOf(reader: WindowReader, from: number): Promise<number> {
  for (let at = from; ; ) {
    const { bytes, base, isLast } = await reader.ensure(at, FIRST_LOOK_BYTES);
    if (isLast) return Math.max(from, base + bytes.length);
    at = base + bytes.length;
  }
}
