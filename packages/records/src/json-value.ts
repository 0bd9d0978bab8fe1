import { asBuffer } from './source.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A JSON text read, with what had to be mended for that; `value` is undefined when it is beyond mending. */
export type JsonReading = { readonly value: Json | undefined; readonly isRepaired: boolean };

/** A string with whatever stands in it; each turn of the loop ends at a backslash, so it is linear. */
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;
const FAULT = /\\(?:x([0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4})|[^"\\/bfnrtu])|\\[\s\S]|[\x00-\x1f]/g;
const MARK = '\ufeff';
const GLIMPSE_DEPTH = 12;

/**
 * Reads JSON text. The `\x0C` that Telegram Desktop writes, control characters and unknown escapes inside strings are
 * mended for reading; the bytes stay as they are.
 */
export function readJson(bytes: Uint8Array): JsonReading {
  const text = asBuffer(bytes).toString('utf8');
  const plain = text.startsWith(MARK) ? text.slice(1) : text;
  const value = parsed(plain);
  if (value !== undefined) return { value, isRepaired: false };
  const mended = parsed(plain.replace(STRING, mendString));
  return { value: mended, isRepaired: mended !== undefined };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function mendString(quoted: string): string {
  return quoted.replace(FAULT, (found: string, hex?: string) => {
    if (hex !== undefined) return `\\u00${hex}`;
    if (found.length === 1) return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return /^\\["\\/bfnrtu]/.test(found) && found !== '\\u' ? found : `\\${found}`;
  });
}

/** The member at a path of keys, or undefined. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found = value;
  for (const key of keys) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listAt(value: Json | undefined, ...keys: readonly string[]): readonly Json[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** A text that is not empty, else null. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string | null {
  const found = at(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** A number, also one that was written as text, else null. */
export function numberAt(value: Json | undefined, ...keys: readonly string[]): number | null {
  const found = at(value, ...keys);
  const number = typeof found === 'string' && /^-?\d{1,20}(?:\.\d+)?$/.test(found) ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** An id as text, whether it was written as text or as a number. */
export function idAt(value: Json | undefined, ...keys: readonly string[]): string | null {
  const found = at(value, ...keys);
  return typeof found === 'number' ? String(found) : typeof found === 'string' && found !== '' ? found : null;
}

/**
 * What the beginning of a JSON file says: as much of the tree as the bytes hold, the rest left out. For telling formats
 * apart; undefined when it does not begin as JSON.
 */
export function glimpse(head: Uint8Array): Json | undefined {
  const text = asBuffer(head)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (!/^\s*[[{]/.test(text)) return undefined;
  return glimpsed({ text, at: 0 }, 0);
}

type Place = { readonly text: string; at: number };

function glimpsed(place: Place, depth: number): Json | undefined {
  skipBlanks(place);
  const first = place.text[place.at];
  if (depth > GLIMPSE_DEPTH || first === undefined) return undefined;
  if (first === '{') return glimpsedObject(place, depth);
  if (first === '[') return glimpsedList(place, depth);
  if (first === '"') return glimpsedString(place);
  return glimpsedWord(place);
}

function glimpsedObject(place: Place, depth: number): JsonObject {
  const members: [string, Json][] = [];
  place.at++;
  for (;;) {
    skipBlanks(place, ',');
    if (place.text[place.at] !== '"') break;
    const key = glimpsedString(place);
    skipBlanks(place, ':');
    const value = key === undefined ? undefined : glimpsed(place, depth + 1);
    if (key === undefined || value === undefined) break;
    members.push([key, value]);
  }
  if (place.text[place.at] === '}') place.at++;
  return Object.fromEntries(members);
}

function glimpsedList(place: Place, depth: number): readonly Json[] {
  const members: Json[] = [];
  place.at++;
  for (;;) {
    skipBlanks(place, ',');
    if (place.text[place.at] === ']' || place.at >= place.text.length) break;
    const value = glimpsed(place, depth + 1);
    if (value === undefined) break;
    members.push(value);
  }
  if (place.text[place.at] === ']') place.at++;
  return members;
}

function glimpsedString(place: Place): string | undefined {
  const string = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
  string.lastIndex = place.at;
  const found = string.exec(place.text);
  if (!found) {
    place.at = place.text.length;
    return undefined;
  }
  place.at = string.lastIndex;
  const value = parsed(found[0]) ?? parsed(mendString(found[0]));
  return typeof value === 'string' ? value : '';
}

function glimpsedWord(place: Place): Json | undefined {
  const word = /[-+.\w]+/y;
  word.lastIndex = place.at;
  const found = word.exec(place.text);
  if (!found) return undefined;
  place.at = word.lastIndex;
  return parsed(found[0]);
}

function skipBlanks(place: Place, also = ''): void {
  while (place.at < place.text.length && ` \t\r\n${also}`.includes(place.text[place.at]!)) place.at++;
}
