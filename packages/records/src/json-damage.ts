import type { Issue } from './issue.ts';
import { MAX_DEPTH, OPEN_OBJECT } from './json-pass.ts';
import { type Anchor, type Fault, type Frame, LOOK, near, sizeFrom, type Walk } from './json-walk.ts';

const WASTE_BYTES = 512 * 1024 ** 2;

/**
 * How elements of this array begin, told from its first one: in a file with line breaks by its indentation, else by its
 * first key.
 */
export async function anchorOf(walk: Walk, list: Frame, start: number): Promise<readonly Anchor[]> {
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

/**
 * Tells of a damaged stretch and goes on where the next member begins, in this array or in one around it.
 *
 * @param seen How far the walk had come when it saw the damage; what lies between is looked at again.
 */
export async function damage(walk: Walk, start: number, seen: number, fault: Fault): Promise<void> {
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
