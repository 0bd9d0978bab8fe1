import { type ExportItem, isMailItem, type MailItem, type ResumePoint } from '@evenkeel/records/container';
import { readHeaders } from '@evenkeel/records/envelope';
import type { ByteSource } from '@evenkeel/records/source';
import type { FileSeen, OpenedFile } from '../../kernel/files.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import { answer, inOneBuffer } from '../../kernel/thread.ts';
import type { NextStep, RunIssue } from '../source/source.ts';
import { surveyOf } from './correspondents.ts';
import { filedUnder, sidesOf } from './picking.ts';
import {
  type FileEvent,
  type Found,
  type Input,
  inputOf,
  type Opening,
  openInput,
  type Said,
} from './reader.events.ts';
import { type EntryChoice, takeEntry } from './reader.export.ts';
import type { ReadBatch, ReaderRequest, ReadItem, ReadMessage } from './reader.ts';
import { readMailOriginal } from './reading.ts';
import { storable } from './storable.ts';

const BATCH_BYTES = 8 << 20;
const LARGE_BYTES = 16 << 20;
/** From here on handing over memory costs less than a copy. */
const WORTH_HANDING_OVER_BYTES = 64 << 10;
const HASH_STEP_BYTES = 1 << 20;
const FRAME_LIMIT_BYTES = 128 << 20;

let reading: AsyncGenerator<ReadBatch, void> | null = null;
let mostItems = 1;

answer<ReaderRequest, unknown>(async (request) => {
  switch (request.ask) {
    case 'survey':
      return { value: await surveyOf(await inputOf(request.files, request.settings), new Set(request.me)) };
    case 'open': {
      const { me, only, nameless, zone, hasClient, files, settings, from } = request;
      const choice = { me: new Set(me), only: only && new Set(only), nameless, zone, hasClient };
      reading = batches(await inputOf(files, settings), from, choice);
      return { value: null };
    }
    case 'next': {
      mostItems = request.most;
      const { value } = reading ? await reading.next() : { value: undefined };
      const batch = value ?? null;
      return { value: batch, transfer: batch ? transferable(batch) : [] };
    }
  }
});

async function* batches(input: Input, from: NextStep, choice: EntryChoice): AsyncGenerator<ReadBatch, void> {
  const { files } = input;
  let batch = newBatch();
  for (let container = from.container; container < files.length; container++) {
    const file = files[container]!;
    const resume = container === from.container ? (from.resume as Resume | null) : null;
    let place: Resume = {
      at: resume?.at ?? null,
      taken: 0,
      items: resume?.items ?? 0,
      isPart: resume?.isPart ?? (resume !== null && choice.only !== null),
    };
    let known = resume?.taken ?? 0;
    let isFramed = false;
    const opening = await openInput(input, file);
    const { opened } = opening;
    try {
      for await (const event of opening.events(pointOf(resume))) {
        if (event.type === 'gap') continue;
        place = placeAfter(place, event);
        isFramed ||= holdsMoreThanItem(event);
        if (known-- > 0) continue;
        if (event.type === 'note') note(batch, file, event.member, null, event.issue);
        else {
          const taken = await take(batch, container, opening, event, choice);
          place = { ...place, items: place.items + 1, isPart: place.isPart || taken === 'left-out' };
        }
        batch.next = { container, resume: place };
        if (isFull(batch)) {
          yield batch;
          batch = newBatch();
        }
      }
      if ((place.items > 1 || isFramed || pointOf(place)?.member) && !('code' in opened))
        batch.containers.push(await containerOf(opening, opened, container, place));
    } finally {
      await opening.close();
    }
    batch.next = { container: container + 1, resume: null };
    batch.ended.push(file.sizeBytes);
  }
  yield { ...batch, isLast: true };
}

/** What Apple Mail noted of a message stands behind it, in the same file. */
function holdsMoreThanItem(event: FileEvent): boolean {
  return event.type === 'item' && event.format === 'emlx';
}

/** The file as a whole: its hash, and its frame unless something in it was left out by choice. */
async function containerOf(
  opening: Opening,
  source: OpenedFile,
  position: number,
  { items, isPart }: Resume,
): Promise<ReadBatch['containers'][number]> {
  const frame = isPart ? null : await frameOf(opening, source);
  const { sizeBytes } = source;
  return { position, name: storable(source.name), sizeBytes, sha256: await hashOf(source), items, frame };
}

/** Every byte of a file that lies in no item, in order; null when that is too much to be worth keeping twice. */
async function frameOf(opening: Opening, source: ByteSource): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const event of opening.events(null)) {
    if (event.type === 'note' || event.type === 'item' || event.member !== null) continue;
    sizeBytes += event.range.end - event.range.start;
    if (sizeBytes > FRAME_LIMIT_BYTES) return null;
    pieces.push(await source.read(event.range.start, event.range.end));
  }
  return Buffer.concat(pieces);
}

/**
 * The last item that was taken, how many events were taken from it on, how many items of the container in all, and
 * whether any was left out. The place is JSON of its own: names inside archives may hold what a database cannot.
 */
type Resume = {
  readonly at: string | null;
  readonly taken: number;
  readonly items: number;
  readonly isPart: boolean;
};

function pointOf(resume: Resume | null): ResumePoint | null {
  return resume?.at ? (JSON.parse(resume.at) as ResumePoint) : null;
}

function placeAfter(place: Resume, event: Exclude<FileEvent, { type: 'gap' }>): Resume {
  if (event.type !== 'item') return { ...place, taken: place.taken + 1 };
  const at: ResumePoint = { member: event.member, start: event.range.start };
  return { ...place, at: JSON.stringify(at), taken: 1 };
}

function newBatch(): ReadBatch {
  return {
    items: [],
    issues: [],
    containers: [],
    ended: [],
    bytesDone: 0,
    sizeBytes: 0,
    next: { container: 0, resume: null },
    isLast: false,
  };
}

function isFull(batch: ReadBatch): boolean {
  return batch.items.length >= mostItems || batch.sizeBytes >= BATCH_BYTES;
}

function note(
  batch: ReadBatch,
  file: FileSeen,
  member: string | null,
  range: RunIssue['range'],
  issue: Said,
): void {
  batch.issues.push({
    code: issue.code,
    message: storable(issue.message),
    container: storable(file.name),
    member: member === null ? null : storable(member),
    range,
  });
}

async function take(
  batch: ReadBatch,
  container: number,
  opening: Opening,
  event: Found,
  choice: EntryChoice,
): Promise<ReadItem['outcome']> {
  const { file } = opening;
  const place = {
    container,
    name: storable(file.name),
    member: memberOf(event),
    start: event.range.start,
    until: event.range.end,
  };
  if (!('isRebuilt' in event && event.isRebuilt)) batch.bytesDone = event.range.end;
  const push = (item: ReadItem) => {
    batch.items.push(item);
    return item.outcome;
  };
  if (event.type === 'unreadable') {
    note(batch, file, event.member, event.range, event.issue);
    return push({ ...place, outcome: 'unreadable' });
  }
  const taken = isMailItem(event) ? takeMail(event, choice) : await takeExport(opening, event, choice);
  if (!taken) return push({ ...place, outcome: 'left-out' });
  for (const issue of [...event.issues.filter(({ code }) => code !== 'rebuilt'), ...taken.reading.issues])
    note(batch, file, event.member, event.range, issue);
  batch.sizeBytes += event.bytes.length;
  for (const { sizeBytes } of taken.exported?.files ?? []) batch.sizeBytes += sizeBytes;
  return push({ ...place, outcome: 'item', ...taken, modifiedMs: file.modifiedMs });
}

/** Where it lay inside the file: its path in an archive, or its folder in a PST, where messages have no bytes of their own. */
function memberOf(event: Found): string | null {
  const folder =
    event.type === 'item' && event.format === 'pst' ? event.context?.conversation.id || '/' : null;
  const parts = [event.member, folder].filter((part) => part !== null);
  return parts.length === 0 ? null : storable(parts.join('/'));
}

type Taken = Pick<ReadMessage, 'bytes' | 'reading' | 'format' | 'exported'>;

function takeMail({ bytes, format }: MailItem, choice: EntryChoice): Taken | null {
  if (choice.only && filedUnder(sidesOf(readHeaders(bytes)), choice) === null) return null;
  return { bytes, format, reading: readMailOriginal(bytes, format), exported: null };
}

async function takeExport(opening: Opening, event: ExportItem, choice: EntryChoice): Promise<Taken | null> {
  const taken = await takeEntry(event, await opening.talks(), choice);
  return taken && { ...taken, format: 'export' };
}

/** Moves the items' bytes out of the reader's windows, which they share, into one buffer that can travel. */
function transferable(batch: ReadBatch): readonly ArrayBuffer[] {
  const all = batch.items.filter((item): item is ReadMessage => item.outcome === 'item');
  const own = all.filter(ownsItsBytes);
  const shared = all.filter((item) => !ownsItsBytes(item));
  const { pieces, buffer } = inOneBuffer(shared.map(({ bytes }) => bytes));
  for (const [i, item] of shared.entries()) item.bytes = pieces[i]!;
  return [buffer, ...own.map((item) => item.bytes.buffer as ArrayBuffer)];
}

/**
 * A message that is a file, and a large one in a file, was read by itself: its bytes travel as they are, for a copy would
 * be as large again. Nothing else is read of them here.
 */
function ownsItsBytes({ bytes, member, format }: ReadMessage): boolean {
  if (member !== null || bytes.length !== bytes.buffer.byteLength) return false;
  return bytes.length > (format === 'eml' ? WORTH_HANDING_OVER_BYTES : LARGE_BYTES);
}

async function hashOf(source: ByteSource): Promise<string> {
  const hash = sha256Stream();
  for (let at = 0; at < source.sizeBytes; at += HASH_STEP_BYTES)
    hash.update(await source.read(at, Math.min(source.sizeBytes, at + HASH_STEP_BYTES)));
  return hash.hex();
}
