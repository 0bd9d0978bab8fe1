import { isUtf8 } from 'node:buffer';
import { decodeAs } from './charset.ts';
import { charsetNamed } from './charset-name.ts';
import { readUnstructured, unfold } from './encoded-word.ts';
import type { ByteRange } from './issue.ts';
import { type Notes, note } from './reading.ts';

/** A header value with parameters, such as Content-Type: `value` in lower case, parameter names in lower case. */
export type Parameterized = { readonly value: string; readonly params: ReadonlyMap<string, string> };

const NONE: ReadonlyMap<string, string> = new Map();
const cache = new Map<string, Parameterized>();
const MOST_CACHED = 500;
const LONGEST = 16 * 1024;
const PARAMETER_BEFORE_ANOTHER =
  /^\s*[^\s;="]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;"]+)(?=\s+[A-Za-z][\w-]*(?:\*\d*){0,2}=["\w%])/;
/** The usual shape; anything else goes the careful way. */
const SIMPLE = /^[A-Za-z0-9.+/_-]+(?:;\s*(?:charset|format|delsp)=(?:"[A-Za-z0-9_.-]*"|[A-Za-z0-9_.-]+))*;?$/;

/**
 * Reads `value; name=value; …` as found in the wild: missing quotes, comments, continuations and charsets of RFC 2231,
 * encoded words where none are allowed, a whole value hidden in an encoded word.
 *
 * @param latin1 The raw header value, one character per byte.
 * @param where Its place, for issues.
 */
export function readParameterized(latin1: string, notes: Notes, where?: ByteRange): Parameterized {
  const known = cache.get(latin1);
  if (known) return known;
  let raw = unfold(latin1);
  if (raw.length > LONGEST) {
    note(
      notes,
      'parameter-broken',
      'A field with parameters is longer than any honest one; only its beginning was read.',
      where,
    );
    raw = raw.slice(0, LONGEST);
  }
  if (/^=\?[^?]+\?[bBqQ]\?/.test(raw))
    raw = Buffer.from(readUnstructured(raw, notes, where), 'utf8').toString('latin1');
  const read = split(raw, notes, where);
  if (cache.size < MOST_CACHED && latin1.length < 100 && SIMPLE.test(raw)) cache.set(latin1, read);
  return read;
}

type Piece = { name: string; value: string };

function split(raw: string, notes: Notes, where?: ByteRange): Parameterized {
  const semi = endOfValue(raw);
  const value = withoutComments(raw.slice(0, semi)).replace(/\s+/g, '').toLowerCase();
  if (semi >= raw.length) return { value, params: NONE };
  const pieces: Piece[] = [];
  let at = raw[semi] === ';' ? semi + 1 : semi;
  while (at < raw.length) {
    const stop = endOfParameter(raw, at);
    const piece = readPiece(raw.slice(at, stop));
    if (piece) pieces.push(piece);
    at = raw[stop] === ';' ? stop + 1 : stop;
  }
  return { value, params: assemble(pieces, notes, where) };
}

/** Where the value ends: at its semicolon, or where a parameter begins that has none before it. */
function endOfValue(raw: string): number {
  const semi = endOfToken(raw, 0);
  const bare = /^[^\s;="()]+(?=\s+[A-Za-z][\w-]*(?:\*\d*){0,2}=)/.exec(raw);
  return bare ? Math.min(semi, bare[0].length) : semi;
}

/** The same for a parameter with a bare or quoted value. */
function endOfParameter(raw: string, from: number): number {
  const semi = endOfToken(raw, from);
  const next = PARAMETER_BEFORE_ANOTHER.exec(raw.slice(from, semi));
  return next ? from + next[0].length : semi;
}

/** The next semicolon outside quotes and comments; a quote that is never closed does not count as one. */
function endOfToken(raw: string, from: number): number {
  let mayClose = true;
  for (let i = from; i < raw.length; i++) {
    const c = raw.charCodeAt(i);
    if (c === 59) return i;
    if (c === 34) i = closeOf(raw, i);
    if (c !== 40 || !mayClose) continue;
    const close = closeOfComment(raw, i);
    mayClose = close > i;
    i = close;
  }
  return raw.length;
}

function closeOf(raw: string, open: number): number {
  for (let i = open + 1; i < raw.length; i++) {
    const c = raw.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 34) return i;
  }
  return open;
}

function closeOfComment(raw: string, open: number): number {
  let depth = 0;
  for (let i = open; i < raw.length; i++) {
    const c = raw.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 40) depth++;
    else if (c === 41 && --depth === 0) return i;
  }
  return open;
}

function withoutComments(text: string): string {
  return text.includes('(') ? text.replace(/\((?:[^()\\]|\\.)*\)/g, ' ') : text;
}

function readPiece(text: string): Piece | null {
  const equals = text.indexOf('=');
  if (equals < 0) return null;
  const name = withoutComments(text.slice(0, equals)).trim().toLowerCase();
  const rest = text.slice(equals + 1).trim();
  return name === '' ? null : { name, value: rest.startsWith('"') ? unquote(rest) : unquoted(rest) };
}

function unquote(rest: string): string {
  const close = closeOf(rest, 0);
  const inner = close > 0 ? rest.slice(1, close) : rest.slice(1);
  return inner.includes('\\') ? inner.replace(/\\(["\\])/g, '$1') : inner;
}

/** Bare values keep their spaces (`name=my file.pdf`), but not a comment behind them. */
function unquoted(rest: string): string {
  return rest.replace(/\s+\([^()]*\)\s*$/, '').trim();
}

function assemble(pieces: readonly Piece[], notes: Notes, where?: ByteRange): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  const parts = new Map<string, Continuation[]>();
  for (const { name, value } of pieces) {
    const star = name.indexOf('*');
    if (star < 0) {
      if (!params.has(name)) params.set(name, readUnstructured(value, notes, where));
      continue;
    }
    const base = name.slice(0, star);
    const index = Number.parseInt(name.slice(star + 1), 10);
    const list = parts.get(base) ?? [];
    list.push({ index: Number.isNaN(index) ? 0 : index, value, isEncoded: name.endsWith('*') });
    parts.set(base, list);
  }
  for (const [base, list] of parts) {
    const value = continued(inSequence(list, notes, where), notes, where);
    if (value !== '') params.set(base, value);
  }
  return params;
}

type Continuation = { readonly index: number; readonly value: string; readonly isEncoded: boolean };

/** RFC 2231 3: numbered from zero, none twice, none missing. Beyond a gap nobody knows what the words were. */
function inSequence(list: readonly Continuation[], notes: Notes, where?: ByteRange): readonly Continuation[] {
  const sorted = list.toSorted((a, b) => a.index - b.index);
  const once = sorted.filter(({ index }, place) => index !== sorted[place - 1]?.index);
  const first = once[0]?.index ?? 0;
  const gap = once.findIndex(({ index }, place) => index !== first + place);
  if (gap < 0) return once;
  const message = 'A piece of a parameter that came in several is missing; what stands before it was read.';
  note(notes, 'parameter-broken', message, where);
  return once.slice(0, gap);
}

/** RFC 2231: continuations in their order, each percent-encoded or not; the first names the charset. */
function continued(list: readonly Continuation[], notes: Notes, where?: ByteRange): string {
  let charset: string | null = null;
  let isAnyEncoded = false;
  let latin1 = '';
  for (const [place, piece] of list.entries()) {
    let value = piece.value;
    const prefix = piece.isEncoded && place === 0 ? /^([^']*)'[^']*'/.exec(value) : null;
    if (prefix) {
      charset = prefix[1]!;
      value = value.slice(prefix[0].length);
    }
    isAnyEncoded ||= piece.isEncoded;
    if (place > 0 && charset) value = withoutRepeat(value, charset);
    latin1 += piece.isEncoded ? percentDecoded(value) : value;
  }
  if (!isAnyEncoded || latin1.includes('=?')) return readUnstructured(latin1, notes, where);
  return underCharset(latin1, charset, notes, where);
}

/** Some programs write the charset again before each piece. */
function withoutRepeat(value: string, charset: string): string {
  return value.toLowerCase().startsWith(`${charset.toLowerCase()}'`)
    ? value.slice(charset.length + 1).replace(/^[A-Za-z-]*'/, '')
    : value;
}

function percentDecoded(value: string): string {
  return value.replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function underCharset(latin1: string, label: string | null, notes: Notes, where?: ByteRange): string {
  if (!/[^\x00-\x7f]/.test(latin1) && !latin1.includes('\x1b')) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  const charset = label ? charsetNamed(label) : null;
  if (charset && charset.label !== 'us-ascii') {
    const text = decodeAs(bytes, charset);
    if (!text.includes('\ufffd')) return text;
  }
  note(
    notes,
    'parameter-broken',
    label
      ? `A parameter states the charset ${JSON.stringify(label)}, which its bytes do not fit.`
      : 'A parameter states no charset for what it packs; it was read as a guess.',
    where,
  );
  return isUtf8(bytes) ? bytes.toString('utf8') : readUnstructured(latin1, notes, where);
}
