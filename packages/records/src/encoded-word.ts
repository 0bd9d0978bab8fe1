import { isAscii, isUtf8 } from 'node:buffer';
import { decodeAs, decodeRaw } from './charset.ts';
import { guessCharset } from './charset-guess.ts';
import { charsetNamed } from './charset-name.ts';
import type { ByteRange } from './issue.ts';
import { type Notes, note, noteCharset } from './reading.ts';

/** One encoded word; a word that is never closed is accepted at the very end of the field. */
const WORD = /=\?([^?\s]{1,80})\?([bBqQ])\?((?:(?!=\?[^?\s]{2,80}\?[bBqQ]\?).)*?)(?:\?=|$)/gs;
const NOT_ASCII = /[\x80-\xff]/;

/**
 * Reads an unstructured header value: unfolds it and decodes its encoded words (RFC 2047) and raw 8-bit bytes.
 *
 * Adjacent words are joined before their charset is taken off, so that a character cut in two is whole again.
 *
 * @param latin1 The raw value, one character per byte.
 */
export function readUnstructured(latin1: string, notes: Notes, where?: ByteRange): string {
  const unfolded = unfold(latin1);
  if (!unfolded.includes('=?')) return rawText(unfolded, notes, where);
  return decodeWords(unfolded, notes, where);
}

/** Takes out line ends and the spaces around them, leaving one space (RFC 5322 2.2.3). */
export function unfold(latin1: string): string {
  const trimmed = latin1.trim();
  if (!trimmed.includes('\n') && !trimmed.includes('\r')) return trimmed;
  const lines = trimmed.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

type Run = { charset: string; encoding: string; codes: string[]; end: number };

function decodeWords(value: string, notes: Notes, where?: ByteRange): string {
  let text = '';
  let run: Run | null = null;
  let at = 0;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(value); match; match = WORD.exec(value)) {
    const between = value.slice(at, match.index);
    const charset = match[1]!.replace(/\*.*$/, '');
    const encoding = match[2]!.toUpperCase();
    if (!match[0].endsWith('?='))
      note(notes, 'encoded-word-broken', 'An encoded word is not closed; it was read to the end.', where);
    if (run && between.trim() === '') {
      if (run.charset.toLowerCase() === charset.toLowerCase() && run.encoding === encoding) {
        run.codes.push(match[3]!);
      } else {
        text += runText(run, notes, where);
        run = { charset, encoding, codes: [match[3]!], end: 0 };
      }
    } else {
      if (run) text += runText(run, notes, where);
      text += rawText(between, notes, where);
      run = { charset, encoding, codes: [match[3]!], end: 0 };
    }
    at = match.index + match[0].length;
  }
  if (run) text += runText(run, notes, where);
  return text + rawText(value.slice(at), notes, where);
}

function runText(run: Run, notes: Notes, where?: ByteRange): string {
  const bytes = run.encoding === 'B' ? fromBase64Words(run.codes) : Buffer.concat(run.codes.map(fromQ));
  const charset = charsetNamed(run.charset);
  if (charset && charset.label !== 'us-ascii') {
    notes.hint ??= charset.label;
    const text = decodeAs(bytes, charset);
    if (!text.includes('\ufffd') && !isUtf8Instead(bytes, charset.label)) {
      noteCharset(notes, {
        where: 'header',
        declared: run.charset,
        used: charset.label,
        certainty: 'declared',
      });
      return oneLine(text);
    }
  }
  return guessedRun(bytes, run.charset, charset !== null, notes, where);
}

/** Letters of a charset of single bytes are hardly ever valid UTF-8 by chance. */
function isUtf8Instead(bytes: Buffer, label: string): boolean {
  return /^(?:windows-125|koi8|iso-8859|ibm866)/.test(label) && !isAscii(bytes) && isUtf8(bytes);
}

function guessedRun(
  bytes: Buffer,
  declared: string,
  isKnown: boolean,
  notes: Notes,
  where?: ByteRange,
): string {
  const isUtf = isUtf8(bytes);
  const used = isUtf ? 'utf-8' : guessCharset(bytes, notes.hint);
  noteCharset(notes, { where: 'header', declared, used, certainty: isUtf ? 'detected' : 'guessed' });
  const text = oneLine(decodeAs(bytes, { label: used, by: 'platform' }));
  // Bytes may say U+FFFD themselves: then they are read as stated.
  if (!/[^\x00-\x7f]/.test(text) || charsetNamed(declared)?.label === used) return text;
  const code = isKnown ? 'charset-contradicted' : 'charset-unknown';
  note(notes, code, `An encoded word states ${JSON.stringify(declared)}; it was read as ${used}.`, where);
  return text;
}

/** An encoded line break would let a header value pose as several. */
function oneLine(text: string): string {
  return /[\r\n\0]/.test(text) ? text.replace(/[\r\n\0]+/g, ' ') : text;
}

/** Words that were padded stand alone; words cut inside a group of four belong together. */
function fromBase64Words(codes: readonly string[]): Buffer {
  const clean = codes.map((code) => code.replace(/[^A-Za-z0-9+/=]/g, ''));
  const chunks: Buffer[] = [];
  let open = '';
  for (const code of clean) {
    open += code;
    if (open.length % 4 === 0 || code.endsWith('=')) {
      chunks.push(Buffer.from(open, 'base64'));
      open = '';
    }
  }
  if (open) chunks.push(Buffer.from(open, 'base64'));
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function fromQ(code: string): Buffer {
  const plain = code
    .replace(/_/g, ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

/** Text outside encoded words: ASCII as it is, 8-bit bytes by guess. */
function rawText(latin1: string, notes: Notes, where?: ByteRange): string {
  if (!NOT_ASCII.test(latin1)) return latin1.includes('\x1b$') ? rawBytes(latin1) : latin1;
  return decodeRaw(Buffer.from(latin1, 'latin1'), notes, where);
}

/** Raw ISO-2022-JP in a header names itself by its escapes. */
function rawBytes(latin1: string): string {
  return decodeAs(Buffer.from(latin1, 'latin1'), { label: 'iso-2022-jp', by: 'platform' });
}
