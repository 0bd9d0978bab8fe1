import type { ByteRange, Issue } from './issue.ts';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isBlank,
  MAX_DEPTH,
  OPEN_LIST,
  OPEN_OBJECT,
  type PassFault,
  type Passing,
  pass,
  QUOTE,
  startPassing,
} from './json-pass.ts';
import { type Json, readJson } from './json-value.ts';
import type { ByteSource } from './source.ts';
import { openWindow, type WindowReader } from './window.ts';

/**
 * What is wanted of a JSON file. Paths are keys joined by dots, `*` is any place in an array, '' the root.
 *
 * @property elements Arrays whose elements are given one by one, as verbatim bytes: `chats.list.*.messages`.
 * @property values Small values that are read whole when they are met: `name`, `chats.list.*.id`.
 */
export type JsonPlan = { readonly elements: readonly string[]; readonly values: readonly string[] };

/**
 * What the walk meets, in the file's order. `open` says that an object or array on the way to an element begins.
 * `unreadable` ranges and elements never overlap; all other bytes are structure, or members nobody asked for.
 */
export type JsonEvent =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'value'; readonly path: string; readonly value: Json }
  | {
      readonly type: 'element';
      readonly path: string;
      readonly range: ByteRange;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'unreadable'; readonly range: ByteRange; readonly issue: Issue }
  /** The file's true size, and whether it stops before its outermost bracket is closed. */
  | { readonly type: 'end'; readonly at: number; readonly isCut: boolean };

type Visit = 'enter' | 'elements' | 'value';
/** An object or array that the walk is inside of. `anchor` is where its next member is found again after damage. */
type Frame = {
  readonly path: string;
  readonly isArray: boolean;
  readonly isElements: boolean;
  readonly openedAt: number;
  anchors: readonly Anchor[];
};
type Anchor = { readonly mark: Buffer; readonly offset: number };
type Fault = PassFault | 'cut' | 'large';
type Walk = {
  readonly reader: WindowReader;
  readonly visits: ReadonlyMap<string, Visit>;
  readonly limits: JsonLimits;
  readonly frames: Frame[];
  readonly told: JsonEvent[];
  readonly open: Uint8Array;
  at: number;
  /** Bytes looked at more than once because of damage. */
  wasted: number;
  isDone: boolean;
};
export type JsonLimits = { readonly elementBytes: number; readonly valueBytes: number };

export const JSON_LIMITS: JsonLimits = { elementBytes: 32 * 1024 ** 2, valueBytes: 4 * 1024 ** 2 };
const LOOK = 64 * 1024;
const STEP = 1024 * 1024;
const BATCH = 256;
const WASTE_BYTES = 512 * 1024 ** 2;

/**
 * Walks JSON in windows of a few megabytes, without building its tree: a file of a gigabyte needs no more memory than one
 * of its elements. A byte order mark is passed over. Damage gives one unreadable range, up to where the next element
 * begins in the manner of the first one; the rest goes on. Linear in the file's size, also when it is hostile.
 *
 * @throws Whatever `source.read` throws, and nothing else.
 */
export async function* scanJson(
  source: ByteSource,
  plan: JsonPlan,
  limits: JsonLimits = JSON_LIMITS,
): AsyncGenerator<JsonEvent> {
  const reader = openWindow(source);
  const walk = begun(reader, plan, limits);
  await reader.ensure(0, LOOK);
  if (reader.window.bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) walk.at = 3;
  while (await hasMore(walk)) {
    source.release?.(walk.at - LOOK);
    await step(walk);
    takeWhole(walk);
    for (const event of walk.told) yield event;
    walk.told.length = 0;
  }
  yield { type: 'end', at: await sizeFrom(reader, walk.at), isCut: !walk.isDone };
}

function begun(reader: WindowReader, plan: JsonPlan, limits: JsonLimits): Walk {
  const open = new Uint8Array(MAX_DEPTH);
  const visits = visitsOf(plan);
  return { reader, visits, limits, open, frames: [], told: [], at: 0, wasted: 0, isDone: false };
}

/** Every path on the way to something wanted is entered. */
function visitsOf(plan: JsonPlan): ReadonlyMap<string, Visit> {
  const visits = new Map<string, Visit>();
  for (const path of [...plan.elements, ...plan.values]) {
    const parts = path === '' ? [] : path.split('.');
    for (let length = 0; length < parts.length; length++)
      visits.set(parts.slice(0, length).join('.'), 'enter');
  }
  for (const path of plan.values) visits.set(path, 'value');
  for (const path of plan.elements) visits.set(path, 'elements');
  return visits;
}

/** Moves past blanks, and past commas between members; false at the end of what is to be read. */
async function hasMore(walk: Walk): Promise<boolean> {
  while (!walk.isDone) {
    const window = await near(walk, walk.at);
    let i = walk.at - window.base;
    const isInside = walk.frames.length > 0;
    while (i < window.bytes.length && (isBlank(window.bytes[i]!) || (isInside && window.bytes[i] === COMMA)))
      i++;
    walk.at = window.base + i;
    if (i < window.bytes.length) return true;
    if (window.isLast) return false;
  }
  return false;
}

function near(walk: Walk, at: number): WindowReader['window'] | Promise<WindowReader['window']> {
  const { window } = walk.reader;
  const holds = at >= window.base && (window.isLast || at + LOOK <= window.base + window.bytes.length);
  return holds ? window : walk.reader.ensure(at, LOOK);
}

/** One member or closing bracket; the window holds what follows `walk.at`. */
async function step(walk: Walk): Promise<void> {
  const frame = walk.frames.at(-1);
  const { bytes, base } = walk.reader.window;
  if (!frame) {
    await member(walk, '', undefined);
    walk.isDone ||= walk.frames.length === 0;
  } else if (bytes[walk.at - base] === (frame.isArray ? CLOSE_LIST : CLOSE_OBJECT)) {
    walk.at++;
    walk.frames.pop();
    walk.isDone = walk.frames.length === 0;
  } else if (frame.isArray) {
    await member(walk, joined(frame.path, '*'), frame);
  } else {
    const key = keyAt(bytes, walk.at - base);
    if (!key) return damage(walk, walk.at, walk.at, 'damaged');
    walk.at = base + key.end;
    if (await hasMore(walk)) await member(walk, joined(frame.path, key.name), undefined);
  }
}

/** Takes the elements that lie whole in the window, without waiting for each; what is left over is for {@link step}. */
function takeWhole(walk: Walk): void {
  const frame = walk.frames.at(-1);
  if (!frame?.isElements || frame.anchors.length === 0) return;
  const { bytes, base } = walk.reader.window;
  const path = joined(frame.path, '*');
  while (walk.told.length < BATCH) {
    let start = walk.at - base;
    while (isBlank(bytes[start] ?? 0) || bytes[start] === COMMA) start++;
    if (start >= bytes.length || bytes[start] === CLOSE_LIST) return;
    const passing = startPassing(walk.open);
    const stop = pass(bytes, start, passing);
    if (!passing.done || stop === start || stop - start > walk.limits.elementBytes) return;
    walk.at = base + stop;
    const range = { start: base + start, end: walk.at };
    walk.told.push({ type: 'element', path, range, bytes: bytes.subarray(start, stop) });
  }
}

function joined(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}

/** A key and its colon; null for anything else. */
function keyAt(bytes: Buffer, start: number): { readonly name: string; readonly end: number } | null {
  if (bytes[start] !== QUOTE) return null;
  let end = start + 1;
  while (end < bytes.length && end - start < LOOK / 2 && bytes[end] !== QUOTE) {
    end += bytes[end] === BACKSLASH ? 2 : 1;
  }
  if (bytes[end] !== QUOTE) return null;
  let colon = end + 1;
  while (colon < bytes.length && isBlank(bytes[colon]!)) colon++;
  if (bytes[colon] !== COLON) return null;
  return { name: bytes.toString('utf8', start + 1, end), end: colon + 1 };
}

/** A value at a path: entered, given, or passed over. */
async function member(walk: Walk, path: string, list: Frame | undefined): Promise<void> {
  const start = walk.at;
  const first = walk.reader.window.bytes[start - walk.reader.window.base]!;
  if (list && list.anchors.length === 0) list.anchors = await anchorOf(walk, list, start);
  const visit = list?.isElements ? undefined : walk.visits.get(path);
  const isBracket = first === OPEN_LIST || first === OPEN_OBJECT;
  if (isBracket && (visit === 'enter' || visit === 'elements')) {
    enter(walk, path, first === OPEN_LIST, first === OPEN_LIST && visit === 'elements');
    walk.told.push({ type: 'open', path });
    return;
  }
  const limit = list?.isElements
    ? walk.limits.elementBytes
    : visit === 'value'
      ? walk.limits.valueBytes
      : null;
  const { end, fault } = await passValue(walk, start, limit);
  if (fault || end === start) return damage(walk, start, end, fault ?? 'damaged');
  walk.at = end;
  if (list?.isElements) {
    walk.told.push({
      type: 'element',
      path,
      range: { start, end },
      bytes: await walk.reader.slice(start, end),
    });
  } else if (visit === 'value') {
    const { value } = readJson(await walk.reader.slice(start, end));
    if (value !== undefined) walk.told.push({ type: 'value', path, value });
  }
}

function enter(walk: Walk, path: string, isArray: boolean, isElements: boolean): void {
  const wanted = isArray ? [] : [...walk.visits].filter(([known]) => isChild(known, path) && known !== '');
  const anchors = wanted
    .filter(([, visit]) => visit !== 'value')
    .map(([known]) => ({ mark: Buffer.from(`"${known.slice(known.lastIndexOf('.') + 1)}"`), offset: 0 }));
  walk.frames.push({ path, isArray, isElements, openedAt: walk.at, anchors });
  walk.at++;
}

function isChild(path: string, parent: string): boolean {
  const dot = path.lastIndexOf('.');
  return (dot < 0 ? '' : path.slice(0, dot)) === parent;
}

/**
 * How elements of this array begin, told from its first one: in a file with line breaks by its indentation, else by its
 * first key.
 */
async function anchorOf(walk: Walk, list: Frame, start: number): Promise<readonly Anchor[]> {
  const head = Buffer.from(await walk.reader.slice(Math.max(list.openedAt + 1, start - 200), start + 200));
  await near(walk, start);
  const lead = Math.min(200, start - list.openedAt - 1);
  const indent = head.subarray(head.lastIndexOf(0x0a, Math.max(0, lead - 1)), lead);
  if (head[lead] === OPEN_OBJECT && lead > 0 && indent[0] === 0x0a) {
    return [{ mark: head.subarray(lead - indent.length, lead + 1), offset: indent.length }];
  }
  const key = /^\{\s{0,40}"[^"\\]{1,60}"/.exec(head.toString('latin1', lead));
  return key ? [{ mark: Buffer.from(key[0], 'latin1'), offset: 0 }] : [];
}

/** Finds the end of the value that begins at `start`. */
async function passValue(
  walk: Walk,
  start: number,
  limit: number | null,
): Promise<{ readonly end: number; readonly fault: Fault | null }> {
  const passing = startPassing(walk.open);
  let at = start;
  for (;;) {
    const window = walk.reader.window;
    at = window.base + pass(window.bytes, at - window.base, passing);
    if (passing.fault || passing.done) return { end: at, fault: passing.fault };
    if (window.isLast) return { end: at, fault: isScalarEnd(walk, passing) ? null : 'cut' };
    if (limit !== null && at - start > limit) return { end: at, fault: 'large' };
    await walk.reader.ensure(at, STEP);
  }
}

/** A bare number or word may end with the file. */
function isScalarEnd(walk: Walk, passing: Passing): boolean {
  return passing.depth === 0 && !passing.inString && walk.frames.length === 0;
}

/**
 * Tells of a damaged stretch and goes on where the next member begins, in this array or in one around it.
 *
 * @param seen How far the walk had come when it saw the damage; what lies between is looked at again.
 */
async function damage(walk: Walk, start: number, seen: number, fault: Fault): Promise<void> {
  const found = await findAgain(walk, start + 1);
  walk.wasted += Math.max(0, seen - found.at) + found.looked / 16;
  const isHopeless = found.frames === 0 || walk.wasted > WASTE_BYTES;
  const stop = isHopeless ? await sizeFrom(walk.reader, start) : found.at;
  walk.frames.length = isHopeless ? 0 : found.frames;
  walk.at = stop;
  walk.told.push({ type: 'unreadable', range: { start, end: stop }, issue: issueOf(fault) });
}

/** @property frames How many frames stay open there; 0 when no such place was found. */
type Found = { readonly at: number; readonly frames: number; readonly looked: number };

/** The nearest place where a member of an open frame begins. */
async function findAgain(walk: Walk, from: number): Promise<Found> {
  for (let at = from; ; ) {
    const window = await walk.reader.ensure(at, LOOK);
    const found = nearestIn(walk.frames, window.bytes, at - window.base);
    if (found || window.isLast)
      return { at: 0, frames: 0, looked: 0, ...(found && movedBy(found, window.base)) };
    at = Math.max(at + 1, window.base + window.bytes.length - LOOK / 8);
  }
}

function movedBy(found: Found, base: number): Found {
  return { ...found, at: found.at + base };
}

function nearestIn(frames: readonly Frame[], bytes: Buffer, from: number): Found | null {
  const nearest = { at: 0, frames: 0, looked: 0 };
  let stop = bytes.length;
  for (let open = frames.length; open > 0; open--) {
    for (const { mark, offset } of frames[open - 1]!.anchors) {
      nearest.looked = Math.max(nearest.looked, stop - from);
      const hit = bytes.subarray(from, stop).indexOf(mark);
      if (hit < 0) continue;
      nearest.at = from + hit + offset;
      nearest.frames = open;
      stop = from + hit + mark.length - 1;
    }
  }
  return nearest.frames > 0 ? nearest : null;
}

function issueOf(fault: Fault): Issue {
  if (fault === 'deep')
    return { code: 'too-deep', message: `Brackets are nested more than ${MAX_DEPTH} deep.` };
  if (fault === 'large')
    return { code: 'entry-too-large', message: 'One entry is larger than any real one; it was not read.' };
  const message =
    fault === 'cut'
      ? 'The file stops in the middle of an entry.'
      : 'The JSON is damaged here; reading went on at the next entry that could be found.';
  return { code: 'json-damaged', message };
}

/** The source's true size; a packed one knows it only at its end. */
async function sizeFrom(reader: WindowReader, from: number): Promise<number> {
  let window = await reader.ensure(from, 0);
  while (!window.isLast) window = await reader.ensure(window.base + window.bytes.length, LOOK);
  return window.base + window.bytes.length;
}
