import type { ByteRange } from './issue.ts';
import type { ByteSource } from './source.ts';
import { openWindow } from './window.ts';

/** A line with its end; `bytes` is null when it is too long to be looked at. */
export type Line = { readonly range: ByteRange; readonly bytes: Uint8Array | null };

const LF = 10;
const STEP = 64 * 1024;
export const LINE_BYTES = 16 * 1024 ** 2;

/** Gives a file line by line; the lines follow each other without hole. */
export async function* linesOf(source: ByteSource): AsyncGenerator<Line> {
  const reader = openWindow(source);
  for (let start = 0; ; ) {
    source.release?.(start);
    const end = await lineEnd(reader, start);
    if (end === start) return;
    const isTooLong = end - start > LINE_BYTES;
    yield { range: { start, end }, bytes: isTooLong ? null : await reader.slice(start, end) };
    start = end;
  }
}

/** The place after the next line end, or the end of the file. */
async function lineEnd(reader: ReturnType<typeof openWindow>, start: number): Promise<number> {
  for (let at = start; ; ) {
    const window = await reader.ensure(at, STEP);
    const hit = window.bytes.indexOf(LF, at - window.base);
    if (hit >= 0) return window.base + hit + 1;
    at = window.base + window.bytes.length;
    if (window.isLast) return at;
  }
}
