import type { Format } from './event.ts';
import type { ExportReader } from './exported.ts';
import { sniff } from './sniff.ts';
import { asBuffer } from './source.ts';

/** What a file is: a form of mail or an archive, or an export with the reader that knows it. */
export type Recognised = { readonly format: Format; readonly reader: ExportReader | null };

/** A saved page is written as a letter is. */
const SAVED_PAGE = /^(?:Snapshot-Content-Location|From: <Saved by )/im;
const FIRST_FIELD = /^(?:\xef\xbb\xbf)?[\r\n]*[!-9;-~]+[ \t]*:/;
const FIELDS_BYTES = 2048;

/** Asks the readers of exports about everything that is not plainly mail or an archive. */
export function recognised(head: Uint8Array, name: string, readers: readonly ExportReader[]): Recognised {
  const format = sniff(head, name);
  if (format !== 'unknown' && !mayBeExport(format, head)) return { format, reader: null };
  return { format, reader: readers.find((reader) => doesRecognise(reader, head, name)) ?? null };
}

/** A letter begins with a field; what only looks like one further down may be a talk about letters. */
function mayBeExport(format: Format, head: Uint8Array): boolean {
  if (format !== 'eml') return false;
  const fields = asBuffer(head).toString('latin1', 0, FIELDS_BYTES);
  return !FIRST_FIELD.test(fields) || SAVED_PAGE.test(fields);
}

function doesRecognise(reader: ExportReader, head: Uint8Array, name: string): boolean {
  try {
    return reader.recognises(head, name);
  } catch {
    return false;
  }
}
