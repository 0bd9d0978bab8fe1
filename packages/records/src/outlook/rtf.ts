import { decodeAs } from '../charset.ts';
import { type Charset, charsetNamed } from '../charset-name.ts';
import { charsetOfCodePage, codePageOfFont } from './code-page.ts';

/** What an RTF body says: the HTML or the plain text it was made from, else its words. */
export type RtfReading = { readonly from: 'html' | 'text' | 'rtf'; readonly words: string };

type Group = {
  /** Nothing in it is shown. */
  skips: boolean;
  /** RTF that stands beside the HTML it was made from (`\htmlrtf`). */
  isTwin: boolean;
  isTag: boolean;
  isFontTable: boolean;
  font: number;
  /** How many characters stand in for a `\u`. */
  standIns: number;
};

type Reading = {
  readonly bytes: Buffer;
  from: RtfReading['from'];
  codePage: number;
  /** In what its own code page is read, when a person says so. */
  readonly said: Charset | null;
  readonly fonts: Map<number, number>;
  /** The font that the font table is speaking of. */
  defining: number;
  readonly out: string[];
  /** Bytes that wait to be decoded together, so that double-byte characters are not cut. */
  readonly run: number[];
  runCodePage: number;
  group: Group;
  readonly stack: Group[];
  /** A `\*` came: the next word opens a destination that may be passed over. */
  isStarred: boolean;
  toSkip: number;
};

const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const CR = 13;
const LF = 10;
const SKIPPED = new Set(
  'fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf filetbl listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore latentstyles xmlnstbl nonshppict objdata fldinst bkmkstart bkmkend generator mhtmltag pntext template'.split(
    ' ',
  ),
);
const SYMBOLS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  tab: '\t',
  cell: '\t',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  bullet: '\u2022',
  endash: '\u2013',
  emdash: '\u2014',
  enspace: '\u2002',
  emspace: '\u2003',
};

/**
 * Reads RTF: gives back the HTML or text that a mail program wrapped in it, or else its words.
 *
 * @param bytes Attacker-controlled; read once from front to back. Never throws.
 * @param charset What a person says it is written in, where no font says otherwise.
 * @source MS-OXRTFEX 2 and 3, RTF 1.9.1
 */
export function readRtf(bytes: Buffer, charset: string | null = null): RtfReading {
  const reading = { ...newReading(bytes), said: charset === null ? null : charsetNamed(charset) };
  for (let at = 0; at < bytes.length; ) at = readToken(reading, at);
  flush(reading);
  const words = reading.out.join('');
  return { from: reading.from, words: reading.from === 'html' ? words : words.replace(/\r\n?/g, '\n') };
}

function newReading(bytes: Buffer): Omit<Reading, 'said'> {
  const head = bytes.toString('latin1', 0, Math.min(bytes.length, 1024));
  const from = /\\fromhtml1?(?![0-9])/.test(head) ? 'html' : /\\fromtext/.test(head) ? 'text' : 'rtf';
  return {
    bytes,
    from,
    codePage: 1252,
    fonts: new Map(),
    defining: -1,
    out: [],
    run: [],
    runCodePage: 1252,
    group: { skips: false, isTwin: false, isTag: false, isFontTable: false, font: -1, standIns: 1 },
    stack: [],
    isStarred: false,
    toSkip: 0,
  };
}

function readToken(reading: Reading, at: number): number {
  const byte = reading.bytes[at]!;
  if (byte === OPEN) {
    reading.stack.push(reading.group);
    reading.group = { ...reading.group };
    reading.isStarred = false;
    reading.toSkip = 0;
  } else if (byte === CLOSE) {
    reading.group = reading.stack.pop() ?? reading.group;
    reading.isStarred = false;
    reading.toSkip = 0;
  } else if (byte === BACKSLASH) {
    return readControl(reading, at + 1);
  } else if (byte !== CR && byte !== LF && byte !== 0) {
    putByte(reading, byte);
  }
  return at + 1;
}

function readControl(reading: Reading, at: number): number {
  const byte = reading.bytes[at] ?? 0;
  const isLetter = (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
  if (isLetter) return readWord(reading, at);
  if (byte === 39) {
    const value = Number.parseInt(reading.bytes.toString('latin1', at + 1, at + 3), 16);
    if (Number.isNaN(value)) return at + 1;
    putByte(reading, value);
    return at + 3;
  }
  if (byte === 42) reading.isStarred = true;
  else if (byte === 126) put(reading, reading.from === 'html' && !reading.group.isTag ? '&nbsp;' : '\u00a0');
  else if (byte === 95) put(reading, '\u2011');
  else if (byte === BACKSLASH || byte === OPEN || byte === CLOSE) putByte(reading, byte);
  else if (byte === CR || byte === LF) put(reading, '\n');
  return at + 1;
}

function readWord(reading: Reading, start: number): number {
  const { bytes } = reading;
  let at = start;
  while (at < bytes.length && at - start < 40 && isLetterAt(bytes, at)) at++;
  const word = bytes.toString('latin1', start, at);
  const from = at;
  if (bytes[at] === 45) at++;
  while (at < bytes.length && at - from < 12 && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  const digits = bytes.toString('latin1', from, at);
  const value = digits === '' || digits === '-' ? null : Number(digits);
  if (bytes[at] === 32) at++;
  if (word === 'bin') return Math.min(bytes.length, at + Math.max(0, value ?? 0));
  takeWord(reading, word, value);
  return at;
}

function isLetterAt(bytes: Buffer, at: number): boolean {
  const byte = bytes[at]! | 32;
  return byte >= 97 && byte <= 122;
}

function takeWord(reading: Reading, word: string, value: number | null): void {
  const { group } = reading;
  const isStarred = reading.isStarred;
  reading.isStarred = false;
  if (word === 'htmltag') {
    group.isTag = true;
  } else if (word === 'htmlrtf') {
    group.isTwin = value !== 0;
  } else if (word === 'ansicpg') {
    reading.codePage = value && value > 0 ? value : 1252;
  } else if (word === 'f') {
    if (group.isFontTable) reading.defining = value ?? -1;
    else group.font = value ?? -1;
  } else if (word === 'fcharset' || word === 'cpg') {
    noteFont(reading, word, value);
  } else if (word === 'plain') {
    group.font = -1;
  } else if (word === 'uc') {
    group.standIns = Math.min(Math.max(value ?? 1, 0), 16);
  } else if (word === 'u') {
    putUnit(reading, value ?? 0);
  } else if (isStarred || SKIPPED.has(word)) {
    group.skips = true;
    group.isFontTable ||= word === 'fonttbl';
  } else {
    putSymbol(reading, word);
  }
}

function noteFont(reading: Reading, word: 'fcharset' | 'cpg', value: number | null): void {
  if (reading.defining < 0 || value === null) return;
  const codePage = word === 'cpg' ? value : codePageOfFont(value);
  if (codePage !== null) reading.fonts.set(reading.defining, codePage);
}

function putSymbol(reading: Reading, word: string): void {
  if (!Object.hasOwn(SYMBOLS, word)) return;
  const symbol = SYMBOLS[word]!;
  put(reading, reading.from === 'html' && symbol === '\n' ? '\r\n' : symbol);
}

/** A UTF-16 unit; the characters after it stand in for readers that know none. */
function putUnit(reading: Reading, value: number): void {
  put(reading, String.fromCharCode(value & 0xffff));
  reading.toSkip = reading.group.standIns;
}

function isShown({ group, from }: Reading): boolean {
  if (group.skips) return false;
  return from !== 'html' || group.isTag || !group.isTwin;
}

function putByte(reading: Reading, byte: number): void {
  if (reading.toSkip > 0) {
    reading.toSkip--;
    return;
  }
  if (!isShown(reading)) return;
  const codePage = reading.fonts.get(reading.group.font) ?? reading.codePage;
  if (codePage !== reading.runCodePage) flush(reading);
  reading.runCodePage = codePage;
  reading.run.push(byte);
}

function put(reading: Reading, text: string): void {
  if (!isShown(reading)) return;
  flush(reading);
  reading.out.push(text);
}

function flush(reading: Reading): void {
  if (reading.run.length === 0) return;
  const bytes = Buffer.from(reading.run);
  reading.run.length = 0;
  const isOwn = reading.runCodePage === reading.codePage;
  const charset = (isOwn && reading.said) || charsetNamed(charsetOfCodePage(reading.runCodePage));
  reading.out.push(decodeAs(bytes, charset ?? { label: 'windows-1252', by: 'platform' }));
}
