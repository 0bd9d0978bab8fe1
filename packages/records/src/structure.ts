import { type HeaderBlock, type HeaderField, lineEndOf, rawValue, readHeaderBlock } from './header-block.ts';
import type { ByteRange } from './issue.ts';
import { type Parameterized, readParameterized } from './parameter.ts';
import { type Notes, note } from './reading.ts';
import { encodingNamed, type TransferEncoding } from './transfer.ts';

/** How far a hostile message may drive the reader. What lies beyond is kept as bytes and named by one issue. */
export type MailLimits = {
  /** Multiparts and messages inside each other. */
  readonly depth: number;
  readonly parts: number;
  /** Encoded bytes of one text that are decoded; a longer text is cut in the reading and kept whole as an attachment. */
  readonly textBytes: number;
};

export const MAIL_LIMITS: MailLimits = { depth: 40, parts: 10_000, textBytes: 16 * 1024 * 1024 };

/** A stretch of the message; the segments of one message follow each other without hole or overlap. */
export type Segment = {
  readonly kind: 'header' | 'body' | 'preamble' | 'epilogue' | 'boundary';
  readonly start: number;
  readonly end: number;
};

/** One MIME part. Offsets are into the bytes that were read. */
export type Part = {
  readonly mediaType: string;
  readonly params: ReadonlyMap<string, string>;
  readonly disposition: string | null;
  readonly name: string | null;
  readonly contentId: string | null;
  readonly encoding: TransferEncoding;
  readonly header: HeaderBlock;
  readonly body: ByteRange;
  readonly depth: number;
  readonly parts: readonly Part[];
};

/** What one message's reading carries along. */
export type Structuring = {
  readonly bytes: Buffer;
  readonly lineEnd: 10 | 13;
  readonly limits: MailLimits;
  readonly notes: Notes;
  readonly segments: Segment[];
  /** Shared with nested messages, so that they count against one limit. */
  readonly budget: { parts: number };
};

const CR = 13;
const LF = 10;
const DASH = 45;
const NO_PARTS: readonly Part[] = [];
const PLAIN: Parameterized = { value: 'text/plain', params: new Map() };

/** Splits a message into its parts and accounts for every byte from `start` to `end`. */
export function readStructure(
  bytes: Buffer,
  start: number,
  end: number,
  notes: Notes,
  limits: MailLimits = MAIL_LIMITS,
  depth = 0,
  budget = { parts: limits.parts },
): { readonly root: Part; readonly segments: readonly Segment[] } {
  const lineEnd = lineEndOf(bytes, start, end);
  const at: Structuring = { bytes, lineEnd, limits, notes, segments: [], budget };
  if (lineEnd === CR) note(notes, 'bare-cr', 'Lines end in a bare carriage return; they were read so.');
  const root = readPart(at, start, end, 'text/plain', depth, true);
  return { root, segments: at.segments };
}

function readPart(
  at: Structuring,
  start: number,
  end: number,
  fallback: string,
  depth: number,
  isMessage: boolean,
): Part {
  const header = readHeaderBlock(at.bytes, start, end, at.lineEnd, isMessage);
  add(at, 'header', start, header.bodyStart);
  noteHeader(at, header, isMessage);
  const body = { start: header.bodyStart, end };
  const type = contentTypeOf(at, header, body, fallback);
  const disposition = paramsOf(at, header, 'content-disposition');
  const encodingField = fieldOf(header, 'content-transfer-encoding');
  const part: Part = {
    mediaType: type.value,
    params: type.params,
    disposition: disposition?.value || null,
    name:
      disposition?.params.get('filename') ||
      type.params.get('name') ||
      disposition?.params.get('name') ||
      null,
    contentId: contentIdOf(header),
    encoding: encodingField ? encodingNamed(rawValue(header, encodingField)) : '7bit',
    header,
    body,
    depth,
    parts: NO_PARTS,
  };
  if (part.encoding === 'other')
    note(
      at.notes,
      'unknown-transfer-encoding',
      'The transfer encoding is not known; the bytes were taken as they are.',
      body,
    );
  if (!type.value.startsWith('multipart/')) {
    add(at, 'body', body.start, end);
    return part;
  }
  const parts = readMultipart(at, type, body, depth);
  return parts ? { ...part, parts } : { ...part, mediaType: 'text/plain' };
}

function add(at: Structuring, kind: Segment['kind'], start: number, end: number): void {
  if (end > start) at.segments.push({ kind, start, end });
}

function noteHeader(at: Structuring, header: HeaderBlock, isMessage: boolean): void {
  for (let i = 0; i < header.garbage.length; i += 2) {
    const range = { start: header.garbage[i]!, end: header.garbage[i + 1]! };
    note(at.notes, 'header-garbage', 'A line in the header is no header field; it was passed over.', range);
  }
  if (header.unparted && header.fields.length > 0) {
    note(at.notes, 'no-blank-line', 'No blank line parts the header from the body.', {
      start: header.bodyStart,
      end: header.bodyStart,
    });
  }
  if (isMessage && header.fields.length === 0)
    note(at.notes, 'no-header', 'There is no header; all of it was read as text.');
}

/** The first field of that name, whose name is given in lower case. */
export function fieldOf(header: HeaderBlock, key: string): HeaderField | undefined {
  for (const field of header.fields) if (field.key === key) return field;
  return undefined;
}

function paramsOf(at: Structuring, header: HeaderBlock, key: string): Parameterized | null {
  const field = fieldOf(header, key);
  return field ? readParameterized(rawValue(header, field), at.notes) : null;
}

function contentIdOf(header: HeaderBlock): string | null {
  const field = fieldOf(header, 'content-id');
  if (!field) return null;
  const value = rawValue(header, field).trim();
  return (/<([^<>]+)>/.exec(value)?.[1] ?? value).trim() || null;
}

/** Of several Content-Type fields the one that fits the body wins: a multipart whose boundary occurs. */
function contentTypeOf(
  at: Structuring,
  header: HeaderBlock,
  body: ByteRange,
  fallback: string,
): Parameterized {
  let first: Parameterized | null = null;
  let count = 0;
  for (const field of header.fields) {
    if (field.key !== 'content-type') continue;
    const type = named(readParameterized(rawValue(header, field), at.notes), fallback);
    count++;
    if (count === 1) first = type;
    else if (occurs(at, type, body) && first && !occurs(at, first, body)) first = type;
  }
  if (count > 1)
    note(
      at.notes,
      'duplicate-content-type',
      'There are several Content-Type fields; the one that fits the body was used.',
      body,
    );
  return first ?? (fallback === 'text/plain' ? PLAIN : { value: fallback, params: new Map() });
}

function occurs(at: Structuring, type: Parameterized, body: ByteRange): boolean {
  const boundary = type.params.get('boundary');
  if (!type.value.startsWith('multipart/') || !boundary) return false;
  return at.bytes.subarray(body.start, body.end).includes(`--${boundary}`, 0, 'utf8');
}

/** RFC 2045 5.2: a Content-Type that says nothing is the default; half of one is completed. */
function named(type: Parameterized, fallback: string): Parameterized {
  const { value, params } = type;
  if (/^[^/]+\/[^/]/.test(value)) return type;
  if (value === 'text' || value === 'text/') return { value: 'text/plain', params };
  if (value === 'html') return { value: 'text/html', params };
  if (value.startsWith('multipart') && params.has('boundary')) return { value: 'multipart/mixed', params };
  if (params.has('name')) return { value: 'application/octet-stream', params };
  return { value: fallback, params };
}

/** The parts between the boundary lines, or null when there is no boundary to be found. */
function readMultipart(
  at: Structuring,
  type: Parameterized,
  body: ByteRange,
  depth: number,
): readonly Part[] | null {
  if (depth >= at.limits.depth) {
    note(
      at.notes,
      'too-deep',
      `Parts are nested more than ${at.limits.depth} deep; the inner ones were kept as bytes.`,
      body,
    );
    return asOneBody(at, body);
  }
  const lines = boundaryLines(at, type, body);
  if (lines.length === 0) {
    note(
      at.notes,
      'boundary-missing',
      'The boundary of a multipart does not occur; its body was read as text.',
      body,
    );
    return asOneBody(at, body);
  }
  const fallback = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const parts: Part[] = [];
  add(at, 'preamble', body.start, lines[0]!);
  for (let i = 0; i < lines.length; i += 3) {
    const [lineStart, lineStop, isClose] = [lines[i]!, lines[i + 1]!, lines[i + 2]! === 1];
    const next = i + 3 < lines.length ? lines[i + 3]! : body.end;
    add(at, 'boundary', lineStart, lineStop);
    if (isClose) {
      add(at, 'epilogue', lineStop, next);
      if (i + 3 < lines.length)
        note(at.notes, 'parts-after-close', 'Parts follow after the closing boundary; they were read too.', {
          start: next,
          end: body.end,
        });
    } else if (at.budget.parts <= 0) {
      note(
        at.notes,
        'too-many-parts',
        `There are more than ${at.limits.parts} parts; the rest was kept as bytes.`,
        { start: lineStop, end: body.end },
      );
      add(at, 'epilogue', lineStop, body.end);
      break;
    } else {
      at.budget.parts--;
      parts.push(readPart(at, lineStop, next, fallback, depth + 1, false));
      if (i + 3 >= lines.length)
        note(
          at.notes,
          'boundary-not-closed',
          'The closing boundary is missing; the last part was read to the end.',
          { start: lineStop, end: body.end },
        );
    }
  }
  return parts;
}

function asOneBody(at: Structuring, body: ByteRange): null {
  add(at, 'body', body.start, body.end);
  return null;
}

/** Boundary lines as triples: start with the line end before it, stop with its own line end, 1 if it closes. */
function boundaryLines(at: Structuring, type: Parameterized, body: ByteRange): readonly number[] {
  const stated = type.params.get('boundary')?.trimEnd();
  if (stated) {
    const found = findLines(at.bytes, body, stated);
    if (found.length > 0) return found;
  }
  const guess = guessBoundary(at.bytes, body);
  if (guess === null) return [];
  const found = findLines(at.bytes, body, guess);
  if (found.length > 0)
    note(
      at.notes,
      'boundary-guessed',
      'The stated boundary does not occur; the one found in the body was used.',
      body,
    );
  return found;
}

function findLines(bytes: Buffer, body: ByteRange, boundary: string): number[] {
  const needle = Buffer.from(`--${boundary}`, /[^\x00-\xff]/.test(boundary) ? 'utf8' : 'latin1');
  const within = bytes.subarray(body.start, body.end);
  const lines: number[] = [];
  let floor = 0;
  for (let at = within.indexOf(needle); at >= 0; at = within.indexOf(needle, at + needle.length)) {
    const before = at === 0 ? LF : within[at - 1];
    if (before !== LF && before !== CR) continue;
    let stop = at + needle.length;
    const isClose = within[stop] === DASH && within[stop + 1] === DASH;
    if (isClose) stop += 2;
    while (within[stop] === 32 || within[stop] === 9) stop++;
    if (within[stop] === CR) stop++;
    if (within[stop] === LF) stop++;
    else if (stop < within.length && within[stop - 1] !== CR) continue;
    const start = Math.max(floor, lineEndBefore(within, at));
    lines.push(body.start + start, body.start + stop, isClose ? 1 : 0);
    floor = stop;
  }
  return lines;
}

/** RFC 2046 5.1.1: the line end before a boundary belongs to it. */
function lineEndBefore(within: Buffer, at: number): number {
  if (at === 0) return 0;
  if (within[at - 1] === CR) return at - 1;
  return at > 1 && within[at - 2] === CR ? at - 2 : at - 1;
}

/** A line of dashes and something, followed by a header field or a blank line, near the body's start. */
function guessBoundary(bytes: Buffer, body: ByteRange): string | null {
  const near = bytes.toString('latin1', body.start, Math.min(body.end, body.start + 64 * 1024));
  const line =
    /(?:^|[\r\n])--([^\s-][^\r\n]{0,200}?|-[^\r\n]{4,200}?)[ \t]*(?:\r\n|\n|\r)(?=[A-Za-z][A-Za-z0-9-]*:)/.exec(
      near,
    );
  return line ? line[1]! : null;
}
