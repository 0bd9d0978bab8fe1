import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  Beside,
  ExportContext,
  ExportEvent,
  ExportedItem,
  ExportReader,
  ExportSettings,
} from '../src/exported.ts';
import type { ByteRange } from '../src/issue.ts';
import { bytesSource } from '../src/source.ts';

const CHATS = fileURLToPath(new URL('../../../../shared/corpora/chat/', import.meta.url));
export const HAS_CHATS = existsSync(CHATS);
if (!HAS_CHATS)
  console.log('skipped: the chat corpora are not beside this checkout (../shared/corpora/chat)');

export const NOTHING: ExportSettings = { zone: null, dateOrder: null };
const ALONE: Beside = async () => null;

/** An item as its reader gives it back from bytes and context alone. */
export type ReadEntry = ExportedItem & {
  readonly noticed: readonly string[];
  readonly context: ExportContext;
  readonly bytes: Uint8Array;
};

/** Everything that a reader makes of a file. */
export type ReadExport = {
  readonly events: readonly ExportEvent[];
  readonly items: readonly ReadEntry[];
  readonly notes: readonly string[];
};

export function chatBytes(path: string): Buffer {
  return readFileSync(join(CHATS, path));
}

/** Reads a file to its end; the context goes through JSON, as it does in a record. */
export async function readAll(
  reader: ExportReader,
  bytes: Uint8Array | string,
  name = 'export',
  settings: ExportSettings = NOTHING,
  beside: Beside = ALONE,
): Promise<ReadExport> {
  const source = bytesSource(name, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  const events: ExportEvent[] = [];
  for await (const event of reader.read(source, settings, beside)) events.push(event);
  const items = events.flatMap((event) => (event.type === 'item' ? [entryOf(reader, event)] : []));
  return {
    events,
    items,
    notes: events.flatMap((event) => (event.type === 'note' ? [event.issue.code] : [])),
  };
}

function entryOf(reader: ExportReader, event: ExportEvent & { type: 'item' }): ReadEntry {
  const context = JSON.parse(JSON.stringify(event.context)) as ExportContext;
  const item = reader.readItem(Uint8Array.from(event.bytes), context);
  const noticed = [...event.issues, ...item.issues].map((issue) => issue.code);
  return { ...item, noticed, context, bytes: event.bytes };
}

/** The first hole or overlap among the ranges of a file's events; null when they tile it. Rebuilt items have none. */
export function seamIn(events: readonly ExportEvent[], sizeBytes: number): string | null {
  const ranges: ByteRange[] = [];
  for (const event of events) {
    if (event.type === 'note' || (event.type === 'item' && event.isRebuilt)) continue;
    ranges.push(event.range);
  }
  let at = 0;
  for (const { start, end } of ranges) {
    if (start !== at || end < start) return `expected ${at}, got ${start}..${end}`;
    at = end;
  }
  return at === sizeBytes ? null : `ends at ${at} of ${sizeBytes}`;
}
