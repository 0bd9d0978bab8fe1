import type { ContainerEvent, Place } from '../event.ts';
import type { Issue } from '../issue.ts';
import { asBuffer, type ByteSource } from '../source.ts';

const FIRST_LINE = /^[ \t]{0,16}(\d{1,12})[ \t]{0,16}\r?\n/;
const FIELD = /^[!-9;-~]{1,100}[ \t]*:/;
const LARGEST_PROPERTIES = 1024 * 1024;
const READ = 1;
const DELETED = 2;
const ANSWERED = 4;
const FLAGGED = 16;

/** What Apple Mail notes beside a message: evidence of that program's, not of the message. */
export type EmlxProperties = {
  /** When the message came in here. ISO 8601 in UTC; null when it is not stated. */
  readonly receivedAt: string | null;
  readonly flags: readonly ('read' | 'deleted' | 'answered' | 'flagged')[];
};

/** True when the bytes begin with a count of bytes and a header after it. */
export function recognisesEmlx(head: Uint8Array, _name: string): boolean {
  const text = asBuffer(head).toString('latin1', 0, Math.min(head.length, 512));
  const line = FIRST_LINE.exec(text);
  return line !== null && FIELD.test(text.slice(line[0].length));
}

/**
 * Reads a message of Apple Mail: a line with its length, the message, a property list.
 *
 * The item is exactly the message; the line and the list are gaps, and what the list says is in the item's context.
 * A length that is wrong is noted: then the message ends where the property list begins.
 */
export async function* readEmlx(source: ByteSource, { member, from }: Place): AsyncGenerator<ContainerEvent> {
  const bytes = asBuffer(await source.read(0, source.sizeBytes));
  const line = FIRST_LINE.exec(bytes.toString('latin1', 0, Math.min(bytes.length, 64)));
  const start = line ? line[0].length : 0;
  const stated = start + Number(line?.[1] ?? 0);
  const list = bytes.lastIndexOf('<?xml');
  const isRight = stated <= bytes.length && endsAt(bytes, stated, list);
  const end = isRight ? stated : list > start ? list : bytes.length;
  const properties = readEmlxProperties(bytes.subarray(end));
  if (start > from) yield { type: 'gap', member, range: { start: from, end: start } };
  const conversation = { id: '', name: null, isGroup: null };
  const item = { type: 'item', format: 'emlx', member, range: { start, end } } as const;
  const issues: readonly Issue[] = isRight ? [] : [wrongLength({ start: 0, end: start })];
  yield {
    ...item,
    bytes: bytes.subarray(start, end),
    context: { conversation, appleMail: properties },
    issues,
  };
  if (end < bytes.length) yield { type: 'gap', member, range: { start: end, end: bytes.length } };
}

/** Whether a message may end there: nothing but blanks before the property list, and no part of the list inside it. */
function endsAt(bytes: Buffer, stated: number, list: number): boolean {
  if (list >= stated) return bytes.subarray(stated, list).toString('latin1').trim() === '';
  return list < 0 || stated === bytes.length || !bytes.subarray(stated).includes('</plist>');
}

function wrongLength(range: { start: number; end: number }): Issue {
  const message = 'The stated length of the message is wrong; it was read up to what follows it.';
  return { code: 'content-length-wrong', message, range };
}

/** Reads the property list after a message. */
export function readEmlxProperties(bytes: Uint8Array): EmlxProperties {
  const text = asBuffer(bytes).toString('utf8', 0, Math.min(bytes.length, LARGEST_PROPERTIES));
  const numberOf = (key: string): number | null => {
    const found = new RegExp(`<key>${key}</key>\\s{0,20}<(?:integer|real)>\\s{0,5}(\\d{1,15})`).exec(text);
    return found ? Number(found[1]) : null;
  };
  const seconds = numberOf('date-received');
  const flags = numberOf('flags') ?? 0;
  // JavaScript's bit operators see the low 32 bits, where these flags are.
  const isSet = (bit: number): boolean => (flags & bit) !== 0;
  return {
    receivedAt: seconds ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : null,
    flags: [
      ...(isSet(READ) ? (['read'] as const) : []),
      ...(isSet(DELETED) ? (['deleted'] as const) : []),
      ...(isSet(ANSWERED) ? (['answered'] as const) : []),
      ...(isSet(FLAGGED) ? (['flagged'] as const) : []),
    ],
  };
}
