import type { ContainerEvent, Place } from './event.ts';
import type { Issue } from './issue.ts';
import type { ByteSource } from './source.ts';
import { openWindow, type WindowReader } from './window.ts';

const CR = 13;
const LF = 10;
const LOOK_AHEAD = 4096;
const HEADER_LOOK = 64 * 1024;
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
/** Sender and date, as writers of mbox files have put them; `-` stands for a sender (Thunderbird). */
const STRICT = new RegExp(
  `^From +(?:[^ ]+ +){0,4}?${DAY},? +(?:${MONTH} +\\d{1,2}|\\d{1,2} +${MONTH}(?: +\\d{2,4})?),? +\\d{1,2}:\\d{2}(?::\\d{2})?(?: +(?:[A-Z][A-Za-z]{0,4}|[+-]\\d{4}|\\d{2,4}))*(?: +remote from [^ ]+)? *$`,
);
/** Exports of web mail write the date as ISO 8601 does. */
const ISO =
  /^From +[^ ]+@[^ ]+ +\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? *(?:Z|[+-]\d{2}:?\d{2})? *$/;
/** A separator without a date; only believed in a file whose first line is of this kind. */
const WEAK = /^From *(?:-|[^ ]+@[^ ]+)? *$/;
const FIELD = /^(?:>From |[!-9;-~]+[ \t]*:)/;
const USUAL_FIELD =
  /^(?:>From |(?:from|to|cc|date|subject|received|return-path|message-id|mime-version|content-type|sender|reply-to|delivered-to|status|x-[!-9;-~]+|list-[a-z-]+|dkim-signature|authentication-results)[ \t]*:)/i;

/** A `From ` line in the file. All offsets are absolute; `bodyEnd` is before the blank line that belongs to it. */
type Separator = {
  readonly bodyEnd: number;
  readonly lineStart: number;
  readonly lineStop: number;
  readonly line: string;
};
type Dialect = { readonly eol: 10 | 13; readonly allowsWeak: boolean };
type Next = { readonly separator: Separator | null; readonly issues: readonly Issue[] };

/**
 * Splits an mbox of any dialect, reading a few megabytes at a time.
 *
 * A separator is a `From ` line after a blank line that holds sender and date and is followed by a header field. Other
 * `From ` lines are body, with a warning. Content-Length is believed only when it leads to a separator or the end.
 */
export async function* readMbox(source: ByteSource, place: Place): AsyncGenerator<ContainerEvent> {
  const reader = openWindow(source);
  const { member } = place;
  const first = await firstSeparator(reader);
  let start = place.from;
  let line: string | undefined;
  if (start === 0) {
    if (first.separator.lineStop > 0)
      yield { type: 'gap', member, range: { start: 0, end: first.separator.lineStop } };
    start = first.separator.lineStop;
    line = first.separator.line;
  }
  for (let isMore = true; isMore; ) {
    source.release?.(start);
    const { separator, issues } = await nextSeparator(reader, start, first.dialect);
    const stop = separator?.lineStop ?? (await endOf(reader, start));
    const bodyEnd = separator?.bodyEnd ?? (await withoutLastBlank(reader, start, stop));
    if (bodyEnd > start || separator) {
      const bytes = await reader.slice(start, bodyEnd);
      source.release?.(stop);
      yield item(member, start, bodyEnd, bytes, line, issues);
    }
    if (stop > bodyEnd) yield { type: 'gap', member, range: { start: bodyEnd, end: stop } };
    start = stop;
    line = separator?.line;
    isMore = separator !== null;
  }
}

function item(
  member: string | null,
  start: number,
  end: number,
  bytes: Uint8Array,
  separator: string | undefined,
  issues: readonly Issue[],
): ContainerEvent {
  const known = { type: 'item', format: 'mbox', member, range: { start, end }, bytes, issues } as const;
  return separator === undefined ? known : { ...known, separator };
}

/** True if a file that begins with these bytes begins with a separator; a byte order mark and blank lines may come first. */
export function startsWithSeparator(head: Buffer): boolean {
  const line = leadingFromLine(head);
  if (!line) return false;
  return STRICT.test(line.text) || FIELD.test(head.toString('latin1', line.stop, line.stop + 200));
}

/** The `From ` line that a file begins with, if any. */
export function leadingFromLine(head: Buffer): { readonly stop: number; readonly text: string } | null {
  const lead = /^(?:\xef\xbb\xbf)?[\r\n]*(?=From )/.exec(head.toString('latin1', 0, 64));
  if (!lead) return null;
  const eol = eolOf(head);
  const at = lead[0].length;
  const stop = head.indexOf(eol, at);
  const end = stop < 0 ? head.length : stop;
  return {
    stop: stop < 0 ? head.length : stop + 1,
    text: head.toString('latin1', at, end).replace(/\r+$/, ''),
  };
}

function eolOf(head: Buffer): 10 | 13 {
  return !head.includes(LF) && head.includes(CR) ? CR : LF;
}

async function firstSeparator(reader: WindowReader): Promise<{ separator: Separator; dialect: Dialect }> {
  const { bytes } = await reader.ensure(0, HEADER_LOOK);
  const head = bytes.subarray(0, HEADER_LOOK);
  const line = leadingFromLine(head);
  const text = line?.text ?? '';
  const separator = { bodyEnd: 0, lineStart: 0, lineStop: line?.stop ?? 0, line: text };
  return { separator, dialect: { eol: eolOf(head), allowsWeak: line !== null && !STRICT.test(text) } };
}

async function nextSeparator(reader: WindowReader, start: number, dialect: Dialect): Promise<Next> {
  const byLength = await separatorByLength(reader, start, dialect);
  if (byLength !== undefined) return { separator: byLength, issues: [] };
  const issues: Issue[] = [];
  const needle = dialect.eol === CR ? '\rFrom ' : '\nFrom ';
  for (let at = start; ; ) {
    // Four bytes before the place are kept in the window, to see the blank line.
    const window = await reader.ensure(Math.max(start, at - 4), LOOK_AHEAD);
    const hit = window.bytes.indexOf(needle, at - window.base, 'latin1');
    if (hit < 0) {
      if (window.isLast) return { separator: null, issues };
      at = Math.max(at, window.base + window.bytes.length - needle.length);
      await reader.ensure(Math.max(start, at - 4), LOOK_AHEAD);
      continue;
    }
    const found = window.base + hit;
    const separator = await separatorAt(reader, start, found, dialect);
    if (separator) return { separator, issues };
    if (issues.length < 20) issues.push(unquoted(found + 1 - start));
    at = found + 1;
  }
}

function unquoted(at: number): Issue {
  const message = 'A line begins with "From " but is no separator; it was read as text.';
  return { code: 'unquoted-from-line', message, range: { start: at, end: at + 5 } };
}

/** Looks at the `From ` line that follows the line end at `eolAt`. */
async function separatorAt(
  reader: WindowReader,
  start: number,
  eolAt: number,
  dialect: Dialect,
): Promise<Separator | null> {
  const { bytes, base } = await reader.ensure(Math.max(start, eolAt - 4), LOOK_AHEAD + 4);
  const bodyEnd = blankLineBefore(bytes, start - base, eolAt - base, dialect.eol);
  if (bodyEnd >= 0) return readSeparator(bytes, base, eolAt + 1, base + bodyEnd, dialect);
  // Netscape left the blank line out. Then only a whole header can show that this is no quotation.
  const bold = readSeparator(bytes, base, eolAt + 1, eolAt + 1, dialect);
  return bold && beginsMessage(bytes, bold.lineStop - base, dialect.eol) ? bold : null;
}

/** True if the next lines are all header fields, two of them such as every message has. */
function beginsMessage(bytes: Buffer, at: number, eol: 10 | 13): boolean {
  const text = bytes.toString('latin1', at, at + LOOK_AHEAD - 1200);
  let usual = 0;
  for (const line of text.split(eol === CR ? '\r' : '\n', 40)) {
    if (line.trim() === '') break;
    if (/^[ \t]/.test(line)) continue;
    if (!FIELD.test(line)) return false;
    if (/^(?:message-id|date|from|received|return-path|x-mozilla-status)[ \t]*:/i.test(line)) usual++;
    if (usual >= 2) return true;
  }
  return false;
}

/** Where the blank line that ends at `eol` begins, or -1 if that line is not blank. Offsets in the window. */
function blankLineBefore(bytes: Buffer, floor: number, eol: number, eolByte: 10 | 13): number {
  let at = eol;
  if (eolByte === LF && at > floor && bytes[at - 1] === CR) at--;
  if (at === floor) return at;
  return at > floor && bytes[at - 1] === eolByte ? at : -1;
}

function readSeparator(
  bytes: Buffer,
  base: number,
  lineStart: number,
  bodyEnd: number,
  dialect: Dialect,
): Separator | null {
  const stop = bytes.indexOf(dialect.eol, lineStart - base);
  if (stop < 0 || stop - (lineStart - base) > 1000) return null;
  const line = bytes.toString('latin1', lineStart - base, stop).replace(/\r+$/, '');
  const next = bytes.toString('latin1', stop + 1, stop + 200);
  const isSeparator =
    STRICT.test(line) || ISO.test(line)
      ? FIELD.test(next)
      : dialect.allowsWeak && WEAK.test(line) && USUAL_FIELD.test(next);
  return isSeparator ? { bodyEnd, lineStart, lineStop: base + stop + 1, line } : null;
}

/**
 * The separator that the message's own Content-Length leads to: null for the end of the file, undefined when there is
 * no such field or it leads nowhere.
 */
async function separatorByLength(
  reader: WindowReader,
  start: number,
  dialect: Dialect,
): Promise<Separator | null | undefined> {
  const { bytes, base } = await reader.ensure(start, HEADER_LOOK);
  const near = bytes.subarray(start - base, start - base + HEADER_LOOK);
  const length = contentLength(near, dialect.eol);
  if (!length) return undefined;
  const end = start + length.bodyStart + length.bytes;
  const window = await reader.ensure(Math.max(start, end - 4), LOOK_AHEAD);
  const at = end - window.base;
  if (at > window.bytes.length) return undefined;
  const after = window.bytes.toString('latin1', at, at + 7);
  if (window.isLast && /^[\r\n]{0,2}$/.test(window.bytes.toString('latin1', at))) return null;
  const gap = /^(?:\r\n|\n|\r)?(?=From )/.exec(after);
  if (!gap) return undefined;
  const weak: Dialect = { ...dialect, allowsWeak: true };
  return readSeparator(window.bytes, window.base, end + gap[0].length, end, weak) ?? undefined;
}

function contentLength(
  near: Buffer,
  eol: 10 | 13,
): { readonly bodyStart: number; readonly bytes: number } | null {
  const lf = near.indexOf(eol);
  const blank = eol === CR ? '\r\r' : near[lf - 1] === CR ? '\r\n\r\n' : '\n\n';
  const end = near.indexOf(blank, 0, 'latin1');
  if (end < 0 || !near.subarray(0, end).includes('ontent-', 0, 'latin1')) return null;
  const field = /(?:^|[\r\n])content-length:[ \t]*(\d{1,12})[ \t]*(?=[\r\n]|$)/i.exec(
    near.toString('latin1', 0, end),
  );
  return field ? { bodyStart: end + blank.length, bytes: Number(field[1]) } : null;
}

/** The source's end, found by reading on: a packed source does not know its size. */
async function endOf(reader: WindowReader, from: number): Promise<number> {
  let window = await reader.ensure(from, 0);
  while (!window.isLast) {
    const end = window.base + window.bytes.length;
    window = await reader.ensure(end, LOOK_AHEAD);
  }
  return window.base + window.bytes.length;
}

/** The blank line after the last message is the writer's, as after every other. */
async function withoutLastBlank(reader: WindowReader, start: number, end: number): Promise<number> {
  const tail = Buffer.from(await reader.slice(Math.max(start, end - 4), end)).toString('latin1');
  const blank = /(?:\r\n(\r\n)|\n(\n)|\r(\r))$/.exec(tail);
  return blank ? end - (blank[1] ?? blank[2] ?? blank[3]!).length : end;
}
