import { crc32 } from 'node:zlib';
import type { ContainerEvent, Place } from './event.ts';
import type { Beside, ExportEvent, ExportReader, ExportSettings } from './exported.ts';
import type { Issue } from './issue.ts';
import type { ByteSource } from './source.ts';

/** Reads an export to its end, whatever its reader makes of it. */
export async function* readExport(
  reader: ExportReader,
  source: ByteSource,
  place: Place,
  settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<ContainerEvent> {
  const { member } = place;
  const lost: { cause: unknown } = { cause: null };
  let done = place.from;
  const events = numbered(reader.read(watched(source, lost), settings, beside));
  try {
    for await (const event of from(place, events)) {
      yield placed(reader, member, event, beside);
      if ('range' in event && !isRebuilt(event)) done = event.range.end;
    }
  } catch (error) {
    if (lost.cause) throw lost.cause;
    yield { type: 'unreadable', member, range: { start: done, end: source.sizeBytes }, issue: failed(error) };
  }
}

/**
 * Somebody who says "ok" twice in a minute said it twice: entries of equal bytes are told apart by their number, which is
 * the same whenever the export is read.
 */
async function* numbered(events: AsyncGenerator<ExportEvent>): AsyncGenerator<ExportEvent> {
  const seen = new Map<string, number>();
  for await (const event of events) {
    if (event.type === 'item') {
      const key = `${event.context.conversation.id} ${event.bytes.length} ${crc32(event.bytes)}`;
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      yield nth > 1 ? { ...event, context: { ...event.context, nth } } : event;
    } else yield event;
  }
}

/** A run that goes on begins with the item it stopped at. */
async function* from(place: Place, events: AsyncGenerator<ExportEvent>): AsyncGenerator<ExportEvent> {
  let isReached = !place.isResumed;
  for await (const event of events) {
    isReached ||= event.type === 'item' && event.range.start >= place.from;
    if (isReached) yield event;
  }
}

function placed(
  { format }: ExportReader,
  member: string | null,
  event: ExportEvent,
  beside: Beside,
): ContainerEvent {
  if (event.type !== 'item') return { ...event, member };
  return { ...event, format, member, isRebuilt: isRebuilt(event), beside };
}

function isRebuilt(event: ExportEvent): boolean {
  return event.type === 'item' && event.isRebuilt === true;
}

/** What the disk refuses is no fault of the export, and is thrown on. */
function watched(source: ByteSource, lost: { cause: unknown }): ByteSource {
  return {
    ...source,
    sizeBytes: source.sizeBytes,
    read: (start, end) =>
      source.read(start, end).catch((error: unknown) => {
        lost.cause = error;
        throw error;
      }),
  };
}

function failed(error: unknown): Issue {
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'reader-failed',
    message: `From here on the export could not be read: ${why.slice(0, 200)}`,
  };
}
