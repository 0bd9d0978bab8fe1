import { anchorOf, damage } from './json-damage.ts';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isBlank,
  OPEN_LIST,
  OPEN_OBJECT,
  type Passing,
  pass,
  QUOTE,
  startPassing,
} from './json-pass.ts';
import { readJson } from './json-value.ts';
import {
  begun,
  type Fault,
  type Frame,
  isChild,
  JSON_LIMITS,
  type JsonEvent,
  type JsonLimits,
  type JsonPlan,
  joined,
  LOOK,
  near,
  sizeFrom,
  type Walk,
} from './json-walk.ts';
import type { ByteSource } from './source.ts';
import { openWindow } from './window.ts';

const STEP = 1024 * 1024;
const BATCH = 256;

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
