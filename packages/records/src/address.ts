import { readUnstructured, unfold } from './encoded-word.ts';
import type { ByteRange } from './issue.ts';
import { type Notes, newNotes } from './reading.ts';

/** Somebody as a header names them; either half may be missing. */
export type Mailbox = { readonly name: string | null; readonly address: string | null };

const BARE = /^<?([^\s<>"(),;:\\@[\]]+@[^\s<>"(),;:\\@[\]]+)>?$/;
const NAMED = /^("?)([^"<>(),;:\\@=]*?)\1\s*<([^\s<>"(),;:\\@[\]]+@[^\s<>"(),;:\\@[\]]+)>$/;
/** A local part in quotes may hold blanks. */
const QUOTED = /^"[^"]*"@[^\s@"]+$/;
const NOT_ASCII = /[\x80-\xff]/;
const WORD = /=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=/y;
const cache = new Map<string, readonly Mailbox[]>();
const MOST_CACHED = 5000;

/**
 * Reads an address list: names, comments, groups (flattened), obsolete routes, encoded words, raw 8-bit names, and the
 * damage found in the wild.
 *
 * @param latin1 The raw header value, one character per byte.
 * @returns One entry per mailbox, in order; a phrase without an address keeps its name.
 * @source RFC 5322 3.4, 4.4
 */
export function readAddresses(latin1: string, notes: Notes, where?: ByteRange): readonly Mailbox[] {
  const known = cache.get(latin1);
  if (known) return known;
  const value = unfold(latin1);
  const list = simple(value) ?? scanned(value, notes, where);
  if (latin1.length < 300 && !NOT_ASCII.test(latin1) && !latin1.includes('=?')) {
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(Buffer.from(latin1, 'latin1').toString('latin1'), list);
  }
  return list;
}

/** The same without a place to note anything, for surveys. */
export function readAddressesQuietly(latin1: string): readonly Mailbox[] {
  return readAddresses(latin1, newNotes());
}

function simple(value: string): readonly Mailbox[] | null {
  if (value.length > 200 || NOT_ASCII.test(value)) return null;
  const bare = BARE.exec(value);
  if (bare) return [{ name: null, address: bare[1]! }];
  const named = NAMED.exec(value);
  if (!named) return null;
  return [{ name: named[2]!.trim() || null, address: named[3]! }];
}

type Open = { phrase: string; comment: string; angle: string | null };
/** What was looked for in vain up to the end need not be looked for again: a hostile header is read in linear time. */
type Closers = { comment: boolean; angle: boolean };

function scanned(value: string, notes: Notes, where?: ByteRange): readonly Mailbox[] {
  const list: Mailbox[] = [];
  const closers: Closers = { comment: true, angle: true };
  let open: Open = { phrase: '', comment: '', angle: null };
  const finish = (): void => {
    const mailbox = mailboxOf(open, notes, where);
    if (mailbox) list.push(mailbox);
    open = { phrase: '', comment: '', angle: null };
  };
  for (let i = 0; i < value.length; ) {
    const c = value[i]!;
    if (c === ',' || c === ';') {
      finish();
      i++;
    } else if (c === '"') {
      i = takeQuoted(value, i, open);
    } else if (c === '(') {
      i = takeComment(value, i, open, closers);
    } else if (c === '<') {
      i = takeAngle(value, i, open, closers);
    } else if (c === ':' && isGroupName(open)) {
      open = { phrase: '', comment: '', angle: null };
      i++;
    } else if (c === '\\' && i + 1 < value.length) {
      open.phrase += value[i + 1]!;
      i += 2;
    } else {
      i = takeText(value, i, open);
    }
  }
  finish();
  return list;
}

function isGroupName(open: Open): boolean {
  return open.angle === null && !open.phrase.includes('@');
}

/** An encoded word is taken whole: it may hold commas and brackets that are not structure. */
function takeText(value: string, at: number, open: Open): number {
  if (value.startsWith('=?', at)) {
    WORD.lastIndex = at;
    const word = WORD.exec(value);
    if (word) {
      open.phrase += word[0];
      return at + word[0].length;
    }
  }
  open.phrase += value[at]!;
  return at + 1;
}

function takeQuoted(value: string, at: number, open: Open): number {
  let text = '';
  for (let i = at + 1; i < value.length; i++) {
    const c = value[i]!;
    if (c === '\\' && i + 1 < value.length) {
      text += value[++i]!;
    } else if (c === '"') {
      // Inside a local part the quotes are part of the address.
      open.phrase += value[i + 1] === '@' ? `"${text}"` : text;
      return i + 1;
    } else {
      text += c;
    }
  }
  return at + 1;
}

function takeComment(value: string, at: number, open: Open, closers: Closers): number {
  if (!closers.comment) {
    open.phrase += '(';
    return at + 1;
  }
  let depth = 1;
  let text = '';
  let i = at + 1;
  for (; i < value.length; i++) {
    const c = value[i]!;
    if (c === '\\' && i + 1 < value.length) {
      text += value[++i]!;
      continue;
    }
    if (c === '(') depth++;
    if (c === ')' && --depth === 0) break;
    text += c;
  }
  if (depth > 0) {
    closers.comment = false;
    open.phrase += '(';
    return at + 1;
  }
  if (text.trim() !== '') open.comment = text.trim();
  return i + 1;
}

function takeAngle(value: string, at: number, open: Open, closers: Closers): number {
  let stop = closers.angle ? value.indexOf('>', at) : -1;
  if (stop < 0) closers.angle = false;
  const again = stop < 0 ? -1 : value.slice(at + 1, stop).indexOf('<');
  const isNested = again >= 0 && !value.slice(at + 1, at + 1 + again).includes('@');
  if (isNested) {
    open.phrase += '<';
    return at + 1;
  }
  if (stop < 0) stop = commaOrEnd(value, at);
  const inside = value.slice(at + 1, stop);
  if (open.angle !== null && !inside.includes('@')) {
    open.phrase += `<${inside}>`;
  } else {
    open.angle = inside;
  }
  return value[stop] === '>' ? stop + 1 : stop;
}

function commaOrEnd(value: string, at: number): number {
  const comma = value.indexOf(',', at);
  return comma < 0 ? value.length : comma;
}

function mailboxOf(open: Open, notes: Notes, where?: ByteRange): Mailbox | null {
  const phrase = open.phrase.trim();
  if (open.angle !== null) {
    const address = addressOf(open.angle, notes, where);
    const name = nameOf(phrase || open.comment, notes, where);
    return address === null && name === null ? null : { name, address };
  }
  if (phrase === '') return null;
  if (phrase.includes('@') && !phrase.startsWith('=?')) {
    const words = QUOTED.test(phrase) ? [phrase] : phrase.split(/\s+/);
    const address = words.length > 1 ? loose(phrase, words) : phrase;
    const rest = words.length > 1 && !address.includes(' ') ? phrase.replace(address, ' ').trim() : '';
    const joined = phrase.replace(/\s+/g, '');
    const isSpaced = rest !== '' && /^[^\s@]*@?[^\s@]*$/.test(joined) && /[.@]\s|\s[.@]/.test(phrase);
    const whole = isSpaced ? joined : address;
    const name = isSpaced || rest === '' ? namingComment(open.comment, whole) : rest;
    return { name: nameOf(name, notes, where), address: addressOf(whole, notes, where) };
  }
  // `nsb (Nathaniel Borenstein)`: a name behind a bare word says that the word is where mail was put.
  if (open.comment !== '' && /^[^\s"@=?]+$/.test(phrase))
    return { name: nameOf(open.comment, notes, where), address: phrase };
  return { name: nameOf(phrase, notes, where), address: null };
}

/** `a@example.com (Anna Berg)` names somebody; `a@example.com ('a@example.com')` says the address twice. */
function namingComment(comment: string, address: string): string {
  return comment.replace(/^'(.*)'$/, '$1').toLowerCase() === address.toLowerCase() ? '' : comment;
}

/** `Anna Berg anna@example.com` without brackets: the word with the at sign is the address. */
function loose(phrase: string, words: readonly string[]): string {
  return words.find((word) => /^[^@]+@[^@]+$/.test(word)) ?? phrase;
}

/** Drops spaces, comments and the obsolete route `@one,@two:`. */
function addressOf(latin1: string, notes: Notes, where?: ByteRange): string | null {
  const plain = latin1.includes('(') ? latin1.replace(/\([^()]*\)/g, '') : latin1;
  const address = plain.replace(/^\s*@[^:]*:/, '');
  const text = readUnstructured(
    address.includes('"') ? address.trim() : address.replace(/\s+/g, ''),
    notes,
    where,
  );
  return text === '' ? null : text;
}

function nameOf(latin1: string, notes: Notes, where?: ByteRange): string | null {
  if (latin1 === '') return null;
  const name = readUnstructured(latin1, notes, where).replace(/\s+/g, ' ').trim();
  return name === '' ? null : name;
}
