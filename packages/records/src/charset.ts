import { isAscii, isUtf8 } from 'node:buffer';
import { guessCharset, russianInstead } from './charset-guess.ts';
import { type Charset, charsetNamed } from './charset-name.ts';
import { ownDecode } from './charset-own.ts';
import { platformDecode, platformDecodeStrictly } from './charset-platform.ts';
import type { ByteRange } from './issue.ts';
import { type Notes, note, noteCharset } from './reading.ts';

const ESC = 27;
/** Charsets in which ASCII bytes may mean something else. */
const SHIFTING = /^(?:iso-2022-|utf-7|hz-|utf-16|utf-32)/;

/**
 * Decodes the bytes of one text under its stated charset, unless the bytes contradict it.
 *
 * What was stated and what was used is recorded in `notes`; a guess is also an issue. Never throws.
 *
 * @param bytes After the transfer encoding was taken off.
 * @param declared The charset parameter as written, or null.
 * @param isHtml Then a charset in a `<meta>` counts as stated by the bytes.
 * @param where The text's encoded bytes, for issues.
 */
export function decodeText(
  bytes: Buffer,
  declared: string | null,
  isHtml: boolean,
  notes: Notes,
  where: ByteRange,
): string {
  const charset = declared === null ? null : charsetNamed(declared);
  const isPlain = isAscii(bytes);
  if (isPlain && !(charset && SHIFTING.test(charset.label)) && !bytes.includes(ESC)) {
    const used = charset?.label ?? 'us-ascii';
    noteCharset(notes, { where: 'text', declared, used, certainty: charset ? 'declared' : 'detected' });
    if (declared && !charset) note(notes, 'charset-unknown', unknownName(declared), where);
    return bytes.toString('latin1');
  }
  const chosen = corrected(choose(bytes, declared, charset, isHtml, notes, where), bytes, notes);
  noteOther(bytes, chosen, charset, notes, where);
  noteCharset(notes, { where: 'text', declared, used: chosen.charset.label, certainty: chosen.certainty });
  const text = decodeAs(bytes, chosen.charset);
  if (text.includes('\ufffd'))
    note(notes, 'undecodable-bytes', 'Some bytes do not fit the charset; the original keeps them.', where);
  return text;
}

/**
 * A person's word counts for more than a label and a guess. What bytes and label agree on, and what names its charset
 * inside, stays: another part of the same message may be written otherwise.
 */
function corrected(chosen: Choice, bytes: Buffer, notes: Notes): Choice {
  const said = notes.charset === null ? null : charsetNamed(notes.charset);
  const isProven =
    (chosen.certainty === 'declared' && chosen.charset.label === 'utf-8' && isUtf8(bytes)) ||
    chosen.charset.label.startsWith('iso-2022');
  return said && !isProven ? { charset: said, certainty: 'corrected' } : chosen;
}

const LONGEST_OTHER = 16 * 1024;
const MOST_OTHER = 20;

/** Where the reading is not as stated, the other one is kept beside it: a person may see which is right. */
function noteOther(
  bytes: Buffer,
  chosen: Choice,
  stated: Charset | null,
  notes: Notes,
  where: ByteRange,
): void {
  if (chosen.certainty === 'declared' || notes.otherReadings.length >= MOST_OTHER) return;
  const other = stated ?? WESTERN;
  const isSame = (label: string) =>
    label === (chosen.charset.label === 'us-ascii' ? 'windows-1252' : chosen.charset.label);
  if (isSame(other.label === 'us-ascii' ? 'windows-1252' : other.label)) return;
  const text = decodeAs(bytes.subarray(0, LONGEST_OTHER), other);
  notes.otherReadings.push({ charset: other.label, text, range: where });
}

const WESTERN: Charset = { label: 'windows-1252', by: 'platform' };

/** Decodes under a known charset; undecodable bytes become U+FFFD. */
export function decodeAs(bytes: Buffer, charset: Charset): string {
  if (charset.by === 'own') return ownDecode(bytes, charset.label);
  if (charset.label === 'utf-8') {
    const hasMark = bytes.length > 2 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return hasMark ? bytes.toString('utf8', 3) : bytes.toString('utf8');
  }
  if (charset.label === 'us-ascii') return platformDecode(bytes, 'windows-1252');
  if (charset.label === 'utf-16le' && bytes[0] === 0xfe && bytes[1] === 0xff)
    return platformDecode(bytes, 'utf-16be');
  if (charset.label === 'iso-2022-jp') return platformDecode(withoutEmptyShifts(bytes), charset.label);
  return platformDecode(bytes, charset.label);
}

/** Joined encoded words shift back and forth with nothing between, which the platform takes for an attack. */
function withoutEmptyShifts(bytes: Buffer): Buffer {
  if (!bytes.includes('\x1b(B\x1b', 0, 'latin1')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\x1b\(B(?=\x1b)/g, ''), 'latin1');
}

/** Decodes raw 8-bit header bytes, for which nothing is stated. */
export function decodeRaw(bytes: Buffer, notes: Notes, where?: ByteRange): string {
  const guess = isUtf8(bytes) ? { label: 'utf-8', certainty: 'detected' as const } : rawGuess(bytes, notes);
  noteCharset(notes, { where: 'header', declared: null, used: guess.label, certainty: guess.certainty });
  note(
    notes,
    'raw-8bit-header',
    `A header holds unencoded bytes; they were read as ${guess.label} (${guess.certainty}).`,
    where,
  );
  return decodeAs(bytes, { label: guess.label, by: 'platform' });
}

function rawGuess(bytes: Buffer, notes: Notes): { label: string; certainty: 'guessed' | 'corrected' } {
  const said = notes.charset === null ? null : charsetNamed(notes.charset);
  if (said?.by === 'platform') return { label: said.label, certainty: 'corrected' };
  return { label: guessCharset(bytes, notes.hint), certainty: 'guessed' };
}

/** A byte order mark, and the zero bytes without which no text is UTF-16: two letters of Russian look like the mark alone. */
function isMarkedUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const isMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMark && bytes.length % 2 === 0 && bytes.includes(0);
}

type Choice = {
  readonly charset: Charset;
  readonly certainty: 'declared' | 'detected' | 'guessed' | 'corrected';
};

function choose(
  bytes: Buffer,
  declared: string | null,
  charset: Charset | null,
  isHtml: boolean,
  notes: Notes,
  where: ByteRange,
): Choice {
  const shifting = isoEscape(bytes);
  if (shifting && (!charset || /^(?:us-ascii|utf-8|windows-1252|iso-8859-1)$/.test(charset.label))) {
    if (charset)
      note(notes, 'charset-contradicted', `Stated ${declared}, but the bytes are ${shifting.label}.`, where);
    return { charset: shifting, certainty: 'detected' };
  }
  if (isMarkedUtf16(bytes) && !charset?.label.startsWith('utf-16')) {
    if (charset)
      note(notes, 'charset-contradicted', `Stated ${declared}, but the bytes are marked as UTF-16.`, where);
    return platform('utf-16le', 'detected');
  }
  if (charset && charset.label !== 'us-ascii')
    return checkDeclared(bytes, declared ?? '', charset, notes, where);
  if (declared && !charset) note(notes, 'charset-unknown', unknownName(declared), where);
  if (isUtf8(bytes)) {
    if (charset && !isAscii(bytes))
      note(notes, 'charset-contradicted', 'Stated US-ASCII, but the bytes are UTF-8.', where);
    return platform('utf-8', 'detected');
  }
  const meta = isHtml ? metaCharset(bytes) : null;
  if (meta) return { charset: meta, certainty: 'detected' };
  const guess = guessCharset(bytes, notes.hint);
  note(
    notes,
    'charset-guessed',
    `No usable charset is stated; the text was read as ${guess}, a guess.`,
    where,
  );
  return platform(guess, 'guessed');
}

/** A stated charset holds unless the bytes say otherwise more strongly than a label can. */
function checkDeclared(
  bytes: Buffer,
  declared: string,
  charset: Charset,
  notes: Notes,
  where: ByteRange,
): Choice {
  const asDeclared: Choice = { charset, certainty: 'declared' };
  if (charset.by === 'own' || /^(?:utf-16|iso-2022)/.test(charset.label)) return asDeclared;
  if (charset.label === 'utf-8') {
    if (isUtf8(bytes) || isMostlyUtf8(bytes)) return asDeclared;
    const guess = guessCharset(bytes, notes.hint);
    note(
      notes,
      'charset-contradicted',
      `Stated ${declared}, but the bytes are no UTF-8; they were read as ${guess}, a guess.`,
      where,
    );
    return platform(guess, 'guessed');
  }
  const russian = /^(?:windows-1252|iso-8859-15?)$/.test(charset.label) ? russianInstead(bytes) : null;
  if (russian && !isUtf8(bytes)) {
    const said = `Stated ${declared}, but the letters are Russian ones; they were read as ${russian}, a guess.`;
    note(notes, 'charset-contradicted', said, where);
    return platform(russian, 'guessed');
  }
  const isMultiByte = /^(?:gb|big5|shift_jis|euc-)/.test(charset.label);
  if (isMultiByte && platformDecodeStrictly(bytes, charset.label) !== null) return asDeclared;
  if (!isUtf8(bytes) || isAscii(bytes)) return asDeclared;
  note(
    notes,
    'charset-contradicted',
    `Stated ${declared}, but the bytes are valid UTF-8 and were read so.`,
    where,
  );
  return platform('utf-8', 'detected');
}

function platform(label: string, certainty: Choice['certainty']): Choice {
  return { charset: { label, by: 'platform' }, certainty };
}

/** A few broken sequences in a long text are damage, not another charset. */
function isMostlyUtf8(bytes: Buffer): boolean {
  let good = 0;
  let bad = 0;
  for (const char of bytes.toString('utf8', 0, 20_000)) {
    if (char === '\ufffd') bad++;
    else if (char > '\x7f') good++;
  }
  return good > bad * 4;
}

/** ISO-2022 names its charset inside the text (RFC 1468, 1557, 1922). */
function isoEscape(bytes: Buffer): Charset | null {
  const at = bytes.indexOf(ESC);
  if (at < 0) return null;
  if (bytes.includes('\x1b$)C', at, 'latin1')) return { label: 'iso-2022-kr', by: 'own' };
  if (bytes.includes('\x1b$)A', at, 'latin1')) return { label: 'iso-2022-cn', by: 'own' };
  if (bytes.includes('\x1b$B', at, 'latin1') || bytes.includes('\x1b$@', at, 'latin1')) {
    return { label: 'iso-2022-jp', by: 'platform' };
  }
  return null;
}

function metaCharset(bytes: Buffer): Charset | null {
  const head = bytes.toString('latin1', 0, 4096);
  const named = /<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})/i.exec(head);
  return named ? charsetNamed(named[1]!) : null;
}

function unknownName(declared: string): string {
  return `The stated charset ${JSON.stringify(declared.slice(0, 40))} is not known; the text was read by its bytes.`;
}
