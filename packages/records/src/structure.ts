import { boundaryLines } from './boundary.ts';
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
const NO_PARTS: readonly Part[] = [];
const SEVERAL_TYPES = 'There are several Content-Type fields; the one that fits the body was used.';
const TOO_DEEP = 'Parts are nested too deep; the inner ones were kept as bytes.';
const TOO_MANY = 'There are too many parts; the rest was kept as bytes.';
const NO_BOUNDARY = 'The boundary of a multipart does not occur; its body was read as text.';
const AFTER_CLOSE = 'Parts follow after the closing boundary; they were read too.';
const NOT_CLOSED = 'The closing boundary is missing; the last part was read to the end.';
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
  if (lineEnd === CR)
    note(notes, 'bare-cr', 'Lines end in a bare carriage return; they were read so.', { start, end });
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
  const stated = contentTypeOf(at, header, body, fallback);
  const { type } = stated;
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
  const parts = readMultipart(at, stated, body, depth);
  if (parts === 'text') return { ...part, mediaType: 'text/plain' };
  return parts === 'bytes' ? part : { ...part, parts };
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
    note(at.notes, 'no-header', 'There is no header; all of it was read as text.', {
      start: header.start,
      end: header.bodyStart,
    });
}

/** The first field of that name, whose name is given in lower case. */
export function fieldOf(header: HeaderBlock, key: string): HeaderField | undefined {
  for (const field of header.fields) if (field.key === key) return field;
  return undefined;
}

function paramsOf(at: Structuring, header: HeaderBlock, key: string): Parameterized | null {
  const field = fieldOf(header, key);
  return field ? readParameterized(rawValue(header, field), at.notes, placeOf(field)) : null;
}

function placeOf({ valueStart, end }: HeaderField): ByteRange {
  return { start: valueStart, end };
}

function contentIdOf(header: HeaderBlock): string | null {
  const field = fieldOf(header, 'content-id');
  if (!field) return null;
  const value = rawValue(header, field).trim();
  return (/<([^<>]+)>/.exec(value)?.[1] ?? value).trim() || null;
}

/** The Content-Type that counts, and the one beside it if the header has two. */
type Stated = { readonly type: Parameterized; readonly spare: Parameterized | null };

/** Of several Content-Type fields the one that fits the body wins: a multipart whose boundary occurs. */
function contentTypeOf(at: Structuring, header: HeaderBlock, body: ByteRange, fallback: string): Stated {
  let type: Parameterized | null = null;
  let spare: Parameterized | null = null;
  for (const field of header.fields) {
    if (field.key !== 'content-type') continue;
    const stated = named(readParameterized(rawValue(header, field), at.notes, placeOf(field)), fallback);
    if (type === null) {
      type = stated;
    } else if (occurs(at, stated, body) && !occurs(at, type, body)) {
      spare = type;
      type = stated;
    } else {
      spare ??= stated;
    }
  }
  if (spare) note(at.notes, 'duplicate-content-type', SEVERAL_TYPES, body);
  return {
    type: type ?? (fallback === 'text/plain' ? PLAIN : { value: fallback, params: new Map() }),
    spare,
  };
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

/** The parts between the boundary lines; `text` or `bytes` says how to take a body that cannot be parted. */
function readMultipart(
  at: Structuring,
  stated: Stated,
  body: ByteRange,
  depth: number,
): readonly Part[] | 'text' | 'bytes' {
  const isTooDeep = depth >= at.limits.depth;
  const { type } = stated;
  const lines = isTooDeep ? [] : boundaryLines(at.bytes, type.params.get('boundary'), body, at.notes);
  if (lines.length === 0) {
    add(at, 'body', body.start, body.end);
    note(at.notes, isTooDeep ? 'too-deep' : 'boundary-missing', isTooDeep ? TOO_DEEP : NO_BOUNDARY, body);
    return isTooDeep ? 'bytes' : 'text';
  }
  const fallback = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const parts: Part[] = [];
  add(at, 'preamble', body.start, lines[0]!);
  if (stated.spare) addUnparted(at, parts, stated.spare, { start: body.start, end: lines[0]! }, depth);
  for (let i = 0; i < lines.length; i += 3) {
    const [lineStart, lineStop, isClose] = [lines[i]!, lines[i + 1]!, lines[i + 2]! === 1];
    const isLast = i + 3 >= lines.length;
    const next = isLast ? body.end : lines[i + 3]!;
    add(at, 'boundary', lineStart, lineStop);
    if (isClose) {
      add(at, 'epilogue', lineStop, next);
      if (!isLast) note(at.notes, 'parts-after-close', AFTER_CLOSE, { start: next, end: body.end });
    } else if (at.budget.parts-- <= 0) {
      const rest = { start: lineStop, end: body.end };
      add(at, 'body', rest.start, rest.end);
      note(at.notes, 'too-many-parts', TOO_MANY, rest);
      parts.push(barePart('application/octet-stream', rest, depth + 1));
      break;
    } else {
      parts.push(readPart(at, lineStop, next, fallback, depth + 1, false));
      if (isLast) note(at.notes, 'boundary-not-closed', NOT_CLOSED, { start: lineStop, end: body.end });
    }
  }
  return parts.length > 0 ? parts : 'text';
}

/** Where two headers ran into one, the words before the first boundary are the second one's body. */
function addUnparted(
  at: Structuring,
  parts: Part[],
  type: Parameterized,
  body: ByteRange,
  depth: number,
): void {
  if (!type.value.startsWith('text/') || body.end - body.start < 2) return;
  const words = at.bytes.toString('latin1', body.start, Math.min(body.end, body.start + 300)).trim();
  if (words === '' || (words.length < 250 && /multi-?part|MIME/i.test(words))) return;
  parts.push({ ...barePart(type.value, body, depth + 1), params: type.params });
}

/** A part without a header of its own. */
function barePart(mediaType: string, body: ByteRange, depth: number): Part {
  const header = {
    fields: [],
    latin1: '',
    start: body.start,
    bodyStart: body.start,
    garbage: [],
    unparted: false,
  };
  return {
    mediaType,
    params: PLAIN.params,
    disposition: null,
    name: null,
    contentId: null,
    encoding: '7bit',
    header,
    body,
    depth,
    parts: NO_PARTS,
  };
}
