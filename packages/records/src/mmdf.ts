import type { ContainerEvent, Place } from './event.ts';
import type { ByteSource } from './source.ts';
import { openWindow, type WindowReader } from './window.ts';

/** Four control-A on a line of their own stand before and after each message. */
const MARK = '\x01\x01\x01\x01';
const LF = 10;

/** Splits an MMDF folder: what stands between two marks and is not blank is a message. */
export async function* readMmdf(source: ByteSource, place: Place): AsyncGenerator<ContainerEvent> {
  const reader = openWindow(source);
  const { member } = place;
  let start = place.from;
  for (;;) {
    source.release?.(start);
    const mark = await nextMark(reader, start);
    const end = mark?.start ?? (await lastByte(reader, start));
    if (end > start) yield await between(reader, member, start, end);
    if (!mark) return;
    yield { type: 'gap', member, range: { start: mark.start, end: mark.stop } };
    start = mark.stop;
  }
}

async function between(
  reader: WindowReader,
  member: string | null,
  start: number,
  end: number,
): Promise<ContainerEvent> {
  const bytes = await reader.slice(start, end);
  const range = { start, end };
  const isBlank = bytes.length < 1000 && Buffer.from(bytes).toString('latin1').trim() === '';
  return isBlank
    ? { type: 'gap', member, range }
    : { type: 'item', format: 'mmdf', member, range, bytes, issues: [] };
}

/** The next line that is a mark; a last one without line end counts too. */
async function nextMark(reader: WindowReader, from: number): Promise<{ start: number; stop: number } | null> {
  for (let at = from; ; ) {
    const window = await reader.ensure(Math.max(from, at - 1), 4096);
    const hit = window.bytes.indexOf(MARK, at - window.base, 'latin1');
    if (hit < 0) {
      if (window.isLast) return null;
      at = window.base + window.bytes.length - MARK.length;
      await reader.ensure(Math.max(from, at - 1), 4096);
      continue;
    }
    const start = window.base + hit;
    const { bytes, base } = await reader.ensure(Math.max(from, start - 1), 16);
    const isAtLine = start === from || bytes[start - base - 1] === LF;
    const stop = afterMark(bytes, start - base + MARK.length);
    if (isAtLine && stop >= 0) return { start, stop: base + stop };
    at = start + 1;
  }
}

function afterMark(bytes: Buffer, at: number): number {
  const next = bytes[at] === 13 ? at + 1 : at;
  if (next >= bytes.length) return next;
  return bytes[next] === LF ? next + 1 : -1;
}

async function lastByte(reader: WindowReader, from: number): Promise<number> {
  let window = await reader.ensure(from, 0);
  while (!window.isLast) window = await reader.ensure(window.base + window.bytes.length, 4096);
  return window.base + window.bytes.length;
}
