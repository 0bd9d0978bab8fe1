import type { ByteRange } from './issue.ts';
import { type Notes, note } from './reading.ts';

const CR = 13;
const LF = 10;
const DASH = 45;

/** Boundary lines as triples: start with the line end before it, stop with its own line end, 1 if it closes. */
export function boundaryLines(
  bytes: Buffer,
  boundary: string | undefined,
  body: ByteRange,
  notes: Notes,
): readonly number[] {
  const stated = boundary?.trimEnd();
  if (stated) {
    const found = findLines(bytes, body, stated);
    if (found.length > 0) return found;
  }
  const guess = guessBoundary(bytes, body);
  if (guess === null) return [];
  const found = findLines(bytes, body, guess);
  if (found.length > 0)
    note(
      notes,
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
