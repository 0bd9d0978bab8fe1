import type { Beside, ExportContext, ExportEvent, ExportReader, ExportSettings } from './exported.ts';
import type { ByteRange, Issue } from './issue.ts';
import { asBuffer, type ByteSource, bytesSource } from './source.ts';

/** Text of two bytes a character: "Unicode" in Notepad, and in what old phones and spreadsheets write. */
export type Wide = 'utf-16le' | 'utf-16be';

const LOOK_BYTES = 512;
/** The first characters of an export are a date, a mark or a name in ASCII. */
const PLAIN_FIRST = /^[\t\r\n -~]{4}/;
/** Such a text is turned into another as a whole. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Which of the two a file begins as, with its mark or without; null for anything else. */
export function wideOf(head: Uint8Array): Wide | null {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return head[2] === 0 && head[3] === 0 ? null : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (second === 0 && isWide(head, 'utf-16le')) return 'utf-16le';
  return first === 0 && isWide(head, 'utf-16be') ? 'utf-16be' : null;
}

/** Every two bytes are a character that stands in texts. */
function isWide(head: Uint8Array, wide: Wide): boolean {
  const text = decoded(head.subarray(0, Math.min(LOOK_BYTES, head.length & ~1)), wide);
  return PLAIN_FIRST.test(text) && !/[\0-\x08\x0e-\x1f\ufffe\uffff]/.test(text);
}

function decoded(bytes: Uint8Array, wide: Wide): string {
  return new TextDecoder(wide, { ignoreBOM: true }).decode(bytes);
}

/** The same text in UTF-8. */
export function narrowed(bytes: Uint8Array, wide: Wide): Uint8Array {
  return Buffer.from(decoded(bytes, wide));
}

/**
 * A reader that also reads its files where they were saved as UTF-16. Entries keep the bytes of the file as they are; what
 * they were written in stands in their context.
 */
export function alsoWide(reader: ExportReader): ExportReader {
  return {
    ...reader,
    recognises: (head, name) => {
      const wide = wideOf(head);
      return reader.recognises(wide ? narrowed(head, wide) : head, name);
    },
    read: (source, settings, beside) => readEither(reader, source, settings, beside),
    readItem: (bytes, context) => {
      const wide = context.wide === 'utf-16le' || context.wide === 'utf-16be' ? context.wide : null;
      return reader.readItem(wide ? narrowed(bytes, wide) : bytes, context);
    },
  };
}

async function* readEither(
  reader: ExportReader,
  source: ByteSource,
  settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<ExportEvent> {
  const wide = wideOf(await source.read(0, LOOK_BYTES));
  if (!wide) yield* reader.read(source, settings, beside);
  else if (source.sizeBytes > MOST_BYTES)
    yield { type: 'unreadable', range: { start: 0, end: source.sizeBytes }, issue: TOO_LARGE };
  else yield* readWide(reader, source, wide, settings, beside);
}

async function* readWide(
  reader: ExportReader,
  source: ByteSource,
  wide: Wide,
  settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<ExportEvent> {
  const bytes = await source.read(0, source.sizeBytes);
  const text = narrowed(bytes, wide);
  const placeOf = places(text, bytes.length);
  for await (const event of reader.read(bytesSource(source.name, text), settings, beside)) {
    if (event.type === 'note') yield event;
    else if (event.type === 'item' && !event.isRebuilt) {
      const range = rangeOf(event.range, placeOf);
      const context: ExportContext = { ...event.context, wide };
      const issues = event.issues.map((issue) =>
        issue.range ? { ...issue, range: rangeOf(issue.range, placeOf) } : issue,
      );
      yield { ...event, range, bytes: bytes.subarray(range.start, range.end), context, issues };
    } else yield { ...event, range: rangeOf(event.range, placeOf) };
  }
}

function rangeOf({ start, end }: ByteRange, placeOf: (at: number) => number): ByteRange {
  return { start: placeOf(start), end: placeOf(end) };
}

/** Where an offset of the UTF-8 text lies in the file. Readers go forward, so it counts on from where it was. */
function places(text: Uint8Array, sizeBytes: number): (at: number) => number {
  let known = { at: 0, units: 0 };
  return (at) => {
    const from = at < known.at ? { at: 0, units: 0 } : known;
    const units = from.units + asBuffer(text).toString('utf8', from.at, at).length;
    known = { at, units };
    return at >= text.length ? sizeBytes : Math.min(units * 2, sizeBytes);
  };
}

const TOO_LARGE: Issue = {
  code: 'entry-too-large',
  message: 'The file is text in UTF-16 and too large to be turned into UTF-8 here: save it again as UTF-8.',
};
