import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ExitCode, type Options, textOf, UsageError } from './command.ts';
import type { Output } from './output.ts';

/** Flags of the commands that read texts. */
export const TEXT_OPTIONS = {
  lang: { type: 'string', value: 'LANG', says: 'en, ru or fi; without it the text tells' },
  jsonl: { type: 'boolean', says: 'a line of JSON for each line of JSON that comes in, in order' },
} as const satisfies Options;

const LANGS = ['en', 'ru', 'fi'] as const;
type TextLang = (typeof LANGS)[number];

/** @throws UsageError for a language that has no rules */
export function langOf(value: string | boolean | string[] | undefined): TextLang | null {
  const text = textOf(value);
  if (text === null) return null;
  const lang = LANGS.find((one) => one === text);
  if (!lang) throw new UsageError(`--lang cannot be "${text}": it is en, ru or fi`);
  return lang;
}

/** @param name the file; null means standard input */
function openInput(name: string | null): Readable {
  return name === null ? process.stdin : createReadStream(name);
}

/** The whole of a file or of standard input, as UTF-8. */
export async function readAll(name: string | null): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of openInput(name)) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch (error) {
    throw unreadable(name, error);
  }
  return withoutMark(Buffer.concat(chunks).toString('utf8'));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function unreadable(name: string | null, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(`${name ?? 'standard input'} cannot be read (${why})`);
}

/** Something wrong with one line; the others are not touched by it. */
class LineError extends Error {}

/** A line that was read as JSON. */
export type Line = Readonly<Record<string, unknown>>;

/**
 * Answers each line of JSON with one, in order and as they come. A line that cannot be used is answered with its error
 * in its place, and the command ends with exit code 2.
 */
export async function answerLines(
  name: string | null,
  out: Output,
  answer: (line: Line) => Line,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  let number = 0;
  try {
    for await (const line of createInterface({
      input: openInput(name),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number += 1;
      const text = number === 1 ? withoutMark(line) : line;
      if (text.trim() === '') continue;
      const read = readLine(text);
      try {
        if (typeof read === 'string') throw new LineError(read);
        out.result(JSON.stringify({ id: read.id ?? null, ...answer(read) }));
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        code = 2;
        out.message(`Line ${number}: ${error.message}.`);
        const id = typeof read === 'string' ? null : (read.id ?? null);
        out.result(JSON.stringify({ id, error: error.message }));
      }
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error ? unreadable(name, error) : error;
  }
  return code;
}

/** The line as JSON, or what is wrong with it. */
function readLine(text: string): Line | string {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Line)
      : 'it is no JSON object';
  } catch {
    return 'it is no JSON';
  }
}

/** The text of a line, and the language it says it is in. */
export function textIn(line: Line, lang: TextLang | null): { text: string; lang: TextLang | undefined } {
  if (typeof line.text !== 'string') throw new LineError('it has no text');
  const said = LANGS.find((one) => one === line.lang);
  return { text: line.text, lang: said ?? lang ?? undefined };
}

export function wrongLine(reason: string): Error {
  return new LineError(reason);
}
