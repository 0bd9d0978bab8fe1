/** One header field. All offsets are into the bytes that were read. */
export type HeaderField = {
  /** As written. */
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  readonly start: number;
  /** Just after the colon. */
  readonly valueStart: number;
  /** Before the line end that closes the field. */
  readonly end: number;
};

/** The header of a message or part, with every byte up to the body inside `start`..`bodyStart`. */
export type HeaderBlock = {
  readonly fields: readonly HeaderField[];
  /** The block as one character per byte: a window on the bytes, not a decoding. `latin1[0]` is byte `start`. */
  readonly latin1: string;
  readonly start: number;
  readonly bodyStart: number;
  /** Lines inside the header that are no field: [start, end] pairs. */
  readonly garbage: readonly number[];
  /** True when no blank line parts header and body. */
  readonly unparted: boolean;
};

/** A field's value as it stands, one character per byte. */
export function rawValue(header: HeaderBlock, field: HeaderField): string {
  return header.latin1.slice(field.valueStart - header.start, field.end - header.start);
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const DASH = 45;
const FIRST_WINDOW = 64 * 1024;
const MOST_NAMES = 4000;
const keys = new Map<string, string>();

/** The character that ends lines here: LF (also for CRLF), or CR in files from old Macs. */
export function lineEndOf(bytes: Buffer, start: number, end: number): 10 | 13 {
  const near = bytes.subarray(start, Math.min(end, start + 8192));
  if (near.includes(LF)) return LF;
  return near.includes(CR) && !bytes.subarray(start, end).includes(LF) ? CR : LF;
}

/**
 * Splits a header into its fields.
 *
 * @param isMessage Leading blank lines, a byte order mark and an mbox `From ` line before the first field are then
 *   taken as part of the header; in a MIME part a leading blank line means that it has none.
 */
export function readHeaderBlock(
  bytes: Buffer,
  start: number,
  end: number,
  lineEnd: 10 | 13,
  isMessage: boolean,
): HeaderBlock {
  let window = firstWindow(bytes, start, end, lineEnd);
  for (;;) {
    const latin1 = bytes.toString('latin1', start, window);
    const block = scan(latin1, start, window === end, lineEnd, isMessage);
    if (block) return block;
    window = Math.min(end, start + (window - start) * 4);
  }
}

function firstWindow(bytes: Buffer, start: number, end: number, lineEnd: 10 | 13): number {
  const cap = Math.min(end, start + FIRST_WINDOW);
  const near = bytes.subarray(start, cap);
  const blank = near.indexOf(
    lineEnd === CR ? '\r\r' : firstLineIsCrlf(near) ? '\r\n\r\n' : '\n\n',
    afterLineEnds(near),
    'latin1',
  );
  return blank < 0 ? cap : Math.min(end, start + blank + 4);
}

/** Blank lines before a header do not end it. */
function afterLineEnds(near: Buffer): number {
  let at = 0;
  while (near[at] === CR || near[at] === LF) at++;
  return at;
}

function firstLineIsCrlf(near: Buffer): boolean {
  const lf = near.indexOf(LF);
  return lf > 0 && near[lf - 1] === CR;
}

/** Returns null when the header does not end inside the window and there is more to read. */
function scan(
  latin1: string,
  start: number,
  isAll: boolean,
  lineEnd: 10 | 13,
  isMessage: boolean,
): HeaderBlock | null {
  const eol = lineEnd === CR ? '\r' : '\n';
  const size = latin1.length;
  const fields: HeaderField[] = [];
  const garbage: number[] = [];
  let at = isMessage ? afterLead(latin1, eol) : 0;
  let open: { -readonly [K in keyof HeaderField]: HeaderField[K] } | null = null;
  while (at < size) {
    let lineStop = latin1.indexOf(eol, at);
    if (lineStop < 0) {
      if (!isAll) return null;
      lineStop = size;
    }
    const next = lineStop < size ? lineStop + 1 : size;
    let stop = lineStop;
    while (stop > at && latin1.charCodeAt(stop - 1) === CR) stop--;
    if (stop === at) {
      return { fields, latin1, start, bodyStart: start + next, garbage, unparted: false };
    }
    const first = latin1.charCodeAt(at);
    if ((first === SPACE || first === TAB) && open) {
      open.end = start + stop;
    } else {
      const colon = colonOf(latin1, at, stop);
      if (colon > 0 && !(first === DASH && latin1.charCodeAt(at + 1) === DASH)) {
        const name = nameBefore(latin1, at, colon);
        open = {
          name,
          key: keyOf(name),
          start: start + at,
          valueStart: start + colon + 1,
          end: start + stop,
        };
        fields.push(open);
      } else if (isBodyStart(latin1, at, next, eol, isAll, fields.length)) {
        return { fields, latin1, start, bodyStart: start + at, garbage, unparted: true };
      } else {
        garbage.push(start + at, start + next);
        open = null;
      }
    }
    at = next;
  }
  if (!isAll) return null;
  return { fields, latin1, start, bodyStart: start + size, garbage, unparted: false };
}

/** Skips what may stand before the first field of a message, if a field does follow. */
function afterLead(latin1: string, eol: string): number {
  const first = latin1.charCodeAt(0);
  if (first > SPACE && first !== 0xef && first !== 70 && first !== 62) return 0;
  const lead =
    /^(?:\xef\xbb\xbf)?(?:[ \t]*[\r\n]+)*(?:>?From [^\r\n]*(?:\r\n|[\r\n])(?:>From [^\r\n]*(?:\r\n|[\r\n]))?)?/.exec(
      latin1,
    );
  const at = lead ? lead[0].length : 0;
  const stop = latin1.indexOf(eol, at);
  return colonOf(latin1, at, stop < 0 ? latin1.length : stop) > 0 ? at : 0;
}

/** The colon after a field name, or -1. Spaces before the colon are obsolete but legal (RFC 5322 4.5). */
function colonOf(latin1: string, at: number, stop: number): number {
  let i = at;
  for (; i < stop; i++) {
    const c = latin1.charCodeAt(i);
    if (c === COLON) return i > at ? i : -1;
    if (c <= SPACE || c > 126) break;
  }
  if (i === at) return -1;
  while (i < stop && (latin1.charCodeAt(i) === SPACE || latin1.charCodeAt(i) === TAB)) i++;
  return i < stop && latin1.charCodeAt(i) === COLON ? i : -1;
}

function nameBefore(latin1: string, at: number, colon: number): string {
  let stop = colon;
  while (latin1.charCodeAt(stop - 1) <= SPACE) stop--;
  return latin1.slice(at, stop);
}

function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase();
  if (keys.size < MOST_NAMES && name.length < 80) keys.set(ownCopy(name), key);
  return key;
}

/** A slice keeps its parent alive; a cache must not keep a whole header for one name. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Fields that relays and mail programs write, and people in their letters do not. */
const BY_MACHINE =
  /^(?:received|return-path|message-id|mime-version|content-[a-z-]+|dkim-signature|in-reply-to|references|delivered-to|x-[!-9;-~]+)[ \t]*:/i;

/**
 * A line that is no field: is it rubbish inside the header, or a body that nobody parted from it? It is rubbish when
 * fields follow, up to a blank line: nothing else, or among them some that only machines write.
 */
function isBodyStart(
  latin1: string,
  at: number,
  next: number,
  eol: string,
  isAll: boolean,
  fieldsBefore: number,
): boolean {
  if (latin1.startsWith('--', at)) return fieldsBefore > 0;
  if (!isAll && next >= latin1.length) return false;
  let isOnlyFields = true;
  let pos = next;
  for (let seen = 0; seen < 200 && pos < latin1.length; seen++) {
    const found = latin1.indexOf(eol, pos);
    const stop = found < 0 ? latin1.length : found;
    const c = latin1.charCodeAt(pos);
    if (stop === pos || (c === CR && stop === pos + 1)) return seen === 0 || !isOnlyFields;
    if (latin1.startsWith('--', pos)) return true;
    if (BY_MACHINE.test(latin1.slice(pos, pos + 80))) return false;
    if (c !== SPACE && c !== TAB && colonOf(latin1, pos, stop) < 0) isOnlyFields = false;
    pos = stop + 1;
  }
  return true;
}
