import type { ByteRange } from './issue.ts';
import type { ByteSource } from './source.ts';
import { openWindow, type WindowReader } from './window.ts';

/** An element of a page, mostly a `<div>`, from its tag to the one that closes it; `bytes` is null when it is too large to be an entry. */
export type HtmlBlock = { readonly range: ByteRange; readonly bytes: Uint8Array | null };

const STEP = 64 * 1024;
const BLOCK_BYTES = 4 * 1024 ** 2;
/** How much may be looked at in vain for tags that never come. */
const WASTE_BYTES = 64 * 1024 ** 2;

/**
 * Cuts a page at elements that begin with one of these marks, as `<div class="message `. One that is never closed
 * ends where the next one begins. Linear in the page's size.
 */
export async function* divsOf(source: ByteSource, marks: readonly string[]): AsyncGenerator<HtmlBlock> {
  const reader = openWindow(source);
  let wasted = 0;
  for (let from = 0; ; ) {
    source.release?.(from);
    const start = await nextMark(reader, from, marks);
    if (start === null) return;
    const next = (await nextMark(reader, start + 1, marks)) ?? (await endOf(reader, start));
    const near = await closeOf(reader, start, next);
    const far =
      near === null && wasted < WASTE_BYTES ? await closeOf(reader, start, start + BLOCK_BYTES) : null;
    if (near === null) wasted += (far ?? start + BLOCK_BYTES) - start;
    const end = near ?? far ?? next;
    yield { range: { start, end }, bytes: end - start > BLOCK_BYTES ? null : await reader.slice(start, end) };
    from = end;
  }
}

async function nextMark(
  reader: WindowReader,
  from: number,
  marks: readonly string[],
): Promise<number | null> {
  for (let at = from; ; ) {
    const window = await reader.ensure(at, STEP);
    const rest = window.bytes.subarray(at - window.base);
    const hits = marks.map((mark) => rest.indexOf(mark)).filter((hit) => hit >= 0);
    if (hits.length > 0) return at + Math.min(...hits);
    if (window.isLast) return null;
    at = Math.max(at + 1, window.base + window.bytes.length - 256);
  }
}

/** The place after the tag that closes the element at `start`; null when it is not found before `limit`. */
async function closeOf(reader: WindowReader, start: number, limit: number): Promise<number | null> {
  const first = await reader.slice(start, start + 16);
  const name = /^<([a-z]{1,10})/i.exec(Buffer.from(first).toString('latin1'))?.[1]?.toLowerCase() ?? 'div';
  const [opens, closes] = [`<${name}`, `</${name}>`];
  let depth = 0;
  for (let at = start; at < limit; ) {
    const window = await reader.ensure(at, 16);
    const hit = window.bytes.indexOf('<', at - window.base);
    if (hit < 0 || window.base + hit >= limit) {
      if (window.isLast || hit >= 0) return null;
      at = window.base + window.bytes.length;
      continue;
    }
    const tag = (await reader.ensure(window.base + hit, 16)).bytes;
    const place = window.base + hit - reader.window.base;
    const word = tag.toString('latin1', place, place + closes.length).toLowerCase();
    at = reader.window.base + place + 1;
    if (word.startsWith(opens) && /[\s>]/.test(word[opens.length] ?? '')) depth++;
    else if (word === closes && --depth === 0) return at + closes.length - 1;
  }
  return null;
}

async function endOf(reader: WindowReader, from: number): Promise<number> {
  let window = await reader.ensure(from, 0);
  while (!window.isLast) window = await reader.ensure(window.base + window.bytes.length, STEP);
  return window.base + window.bytes.length;
}
