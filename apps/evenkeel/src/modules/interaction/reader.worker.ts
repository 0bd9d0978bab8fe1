import { type ContainerEvent, type ResumePoint, readContainer } from '@evenkeel/records/container';
import { readHeaders } from '@evenkeel/records/envelope';
import type { ByteSource } from '@evenkeel/records/source';
import { type FileProblem, type FileSeen, type OpenedFile, openFile } from '../../kernel/files.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import { answer } from '../../kernel/thread.ts';
import type { NextStep, RunIssue } from '../source/source.ts';
import { type Correspondents, newCorrespondents, noteHeaders } from './correspondents.ts';
import { type Choice, filedUnder, sidesOf } from './picking.ts';
import type { ReadBatch, ReaderRequest, ReadMessage } from './reader.ts';
import { readMailOriginal, storable } from './reading.ts';

const BATCH_ITEMS = 500;
const BATCH_BYTES = 8 << 20;
const LARGE_BYTES = 16 << 20;
const HASH_STEP_BYTES = 1 << 20;
const FRAME_LIMIT_BYTES = 128 << 20;

let reading: AsyncGenerator<ReadBatch, void> | null = null;

answer<ReaderRequest, unknown>(async (request) => {
  switch (request.ask) {
    case 'survey':
      return { value: await survey(request.files, new Set(request.me)) };
    case 'open':
      reading = batches(request.files, request.from, {
        me: new Set(request.me),
        only: request.only && new Set(request.only),
      });
      return { value: null };
    case 'next': {
      const { value } = reading ? await reading.next() : { value: undefined };
      const batch = value ?? null;
      return { value: batch, transfer: batch ? transferable(batch) : [] };
    }
  }
});

/** Looks at headers only; keeps names, addresses and counts, and those only in memory. */
async function survey(files: readonly FileSeen[], me: ReadonlySet<string>): Promise<Correspondents> {
  const seen = newCorrespondents();
  for (const file of files) {
    const opened = await openFile(file);
    try {
      for await (const event of eventsIn(file, opened, null)) {
        if (event.type === 'item') noteHeaders(seen, file.name, readHeaders(event.bytes), me);
        else if (event.type === 'unreadable') seen.unreadable += 1;
      }
    } finally {
      await close(opened);
    }
  }
  return seen;
}

async function* batches(
  files: readonly FileSeen[],
  from: NextStep,
  choice: Choice,
): AsyncGenerator<ReadBatch, void> {
  let batch = newBatch();
  for (let container = from.container; container < files.length; container++) {
    const file = files[container]!;
    const resume = container === from.container ? (from.resume as Resume | null) : null;
    let place: Resume = { at: resume?.at ?? null, taken: 0, items: resume?.items ?? 0 };
    let known = resume?.taken ?? 0;
    const opened = await openFile(file);
    try {
      for await (const event of eventsIn(file, opened, pointOf(resume))) {
        if (event.type === 'gap') continue;
        place = placeAfter(place, event);
        if (known-- > 0) continue;
        if (event.type === 'note') note(batch, file, event.member, null, event.issue);
        else {
          take(batch, container, file, event, choice);
          place = { ...place, items: place.items + 1 };
        }
        batch.next = { container, resume: place };
        if (isFull(batch)) {
          yield batch;
          batch = newBatch();
        }
      }
      if ((place.items > 1 || pointOf(place)?.member) && !('code' in opened))
        batch.containers.push(await containerOf(opened, container, place.items, choice));
    } finally {
      await close(opened);
    }
    batch.next = { container: container + 1, resume: null };
    batch.ended.push(file.sizeBytes);
  }
  yield { ...batch, isLast: true };
}

type Said = { readonly code: string; readonly message: string };
type Unreadable = Omit<Extract<ContainerEvent, { type: 'unreadable' }>, 'issue'> & { readonly issue: Said };
type FileEvent = Exclude<ContainerEvent, { type: 'unreadable' }> | Unreadable;

/** What a file holds; one that cannot be read, or not to its end, has an unreadable stretch there. */
async function* eventsIn(
  file: FileSeen,
  opened: OpenedFile | FileProblem,
  from: ResumePoint | null,
): AsyncGenerator<FileEvent> {
  let start = from?.member === null ? from.start : 0;
  const unreadable = (issue: Said): FileEvent => {
    const range = { start, end: Math.max(start, file.sizeBytes) };
    return { type: 'unreadable', member: null, range, issue };
  };
  if ('code' in opened) return yield unreadable(opened);
  try {
    for await (const event of readContainer(opened, from ? { from } : {})) {
      yield event;
      if (event.type !== 'note' && event.member === null) start = event.range.end;
    }
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    yield unreadable({ code: 'file-unreadable', message: `From here on this cannot be read (${why}).` });
  }
}

async function close(opened: OpenedFile | FileProblem): Promise<void> {
  if (!('code' in opened)) await opened.close();
}

/** The file as a whole: its hash, and its frame unless something in it was left out by choice. */
async function containerOf(
  source: ByteSource,
  position: number,
  items: number,
  choice: Choice,
): Promise<ReadBatch['containers'][number]> {
  const frame = choice.only === null ? await frameOf(source) : null;
  const { sizeBytes } = source;
  return { position, name: storable(source.name), sizeBytes, sha256: await hashOf(source), items, frame };
}

/** Every byte of a file that lies in no item, in order; null when that is too much to be worth keeping twice. */
async function frameOf(source: ByteSource): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const event of readContainer(source)) {
    if (event.type === 'note' || event.type === 'item' || event.member !== null) continue;
    sizeBytes += event.range.end - event.range.start;
    if (sizeBytes > FRAME_LIMIT_BYTES) return null;
    pieces.push(await source.read(event.range.start, event.range.end));
  }
  return Buffer.concat(pieces);
}

/**
 * The last item that was taken, how many events were taken from it on, and how many items of the container in all. The
 * place is JSON of its own: names inside archives may hold what a database cannot.
 */
type Resume = { readonly at: string | null; readonly taken: number; readonly items: number };

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
  return batch.items.length >= BATCH_ITEMS || batch.sizeBytes >= BATCH_BYTES;
}

type Found = Extract<FileEvent, { type: 'item' | 'unreadable' }>;

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

function take(batch: ReadBatch, container: number, file: FileSeen, event: Found, choice: Choice): void {
  const place = {
    container,
    name: storable(file.name),
    member: event.member === null ? null : storable(event.member),
    start: event.range.start,
    until: event.range.end,
  };
  batch.bytesDone = event.range.end;
  if (event.type === 'unreadable') {
    note(batch, file, event.member, event.range, event.issue);
    batch.items.push({ ...place, outcome: 'unreadable' });
    return;
  }
  if (choice.only && filedUnder(sidesOf(readHeaders(event.bytes)), choice) === null) {
    batch.items.push({ ...place, outcome: 'left-out' });
    return;
  }
  const reading = readMailOriginal(event.bytes, event.format === 'mbox');
  for (const issue of [...event.issues, ...reading.issues])
    note(batch, file, event.member, event.range, issue);
  const { bytes, format } = event;
  batch.items.push({ ...place, outcome: 'item', format, bytes, reading, modifiedMs: file.modifiedMs });
  batch.sizeBytes += event.bytes.length;
}

/** Moves the items' bytes out of the reader's windows, which they share, into one buffer that can travel. */
function transferable(batch: ReadBatch): readonly ArrayBuffer[] {
  const all = batch.items.filter((item): item is ReadMessage => item.outcome === 'item');
  const own = all.filter(ownsItsBytes);
  const shared = all.filter((item) => !ownsItsBytes(item));
  const joined = new Uint8Array(shared.reduce((sum, item) => sum + item.bytes.length, 0));
  let offset = 0;
  for (const item of shared) {
    joined.set(item.bytes, offset);
    item.bytes = joined.subarray(offset, offset + item.bytes.length);
    offset += item.bytes.length;
  }
  return [joined.buffer, ...own.map((item) => item.bytes.buffer as ArrayBuffer)];
}

/**
 * A large message in a file was read by itself, larger than any window: its bytes travel as they are, for a copy would
 * be as large again.
 */
function ownsItsBytes({ bytes, member }: ReadMessage): boolean {
  return member === null && bytes.length > LARGE_BYTES && bytes.length === bytes.buffer.byteLength;
}

async function hashOf(source: ByteSource): Promise<string> {
  const hash = sha256Stream();
  for (let at = 0; at < source.sizeBytes; at += HASH_STEP_BYTES)
    hash.update(await source.read(at, Math.min(source.sizeBytes, at + HASH_STEP_BYTES)));
  return hash.hex();
}
