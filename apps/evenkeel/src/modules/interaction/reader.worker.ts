import { type ContainerEvent, type ResumePoint, readContainer } from '@evenkeel/records/container';
import { readHeaders } from '@evenkeel/records/envelope';
import { type FileSeen, openFile } from '../../kernel/files.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import { answer } from '../../kernel/thread.ts';
import type { NextStep, RunIssue } from '../source/source.ts';
import { type Correspondents, newCorrespondents, noteHeaders } from './correspondents.ts';
import { type Choice, filedUnder, sidesOf } from './picking.ts';
import type { ReadBatch, ReaderRequest, ReadMessage } from './reader.ts';
import { readMailOriginal } from './reading.ts';

const BATCH_ITEMS = 500;
const BATCH_BYTES = 8 << 20;
const HASH_STEP_BYTES = 1 << 20;

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
    const source = await openFile(file);
    try {
      for await (const event of readContainer(source)) {
        if (event.type === 'item') noteHeaders(seen, file.name, readHeaders(event.bytes), me);
        else if (event.type === 'unreadable') seen.unreadable += 1;
      }
    } finally {
      await source.close();
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
    const source = await openFile(file);
    const resume = container === from.container ? (from.resume as Resume | null) : null;
    let place = { at: resume?.at ?? null, taken: 0 };
    let items = 0;
    try {
      for await (const event of readContainer(source, resume?.at ? { from: resume.at } : {})) {
        if (event.type === 'note') note(batch, file, event.member, null, event.issue);
        if (event.type !== 'item' && event.type !== 'unreadable') continue;
        place =
          event.type === 'item'
            ? { at: { member: event.member, start: event.range.start }, taken: 1 }
            : { ...place, taken: place.taken + 1 };
        items += 1;
        if (resume && items <= resume.taken) continue;
        take(batch, container, file, event, choice);
        batch.next = { container, resume: place };
        if (isFull(batch)) {
          yield batch;
          batch = newBatch();
        }
      }
      if (items > 1)
        batch.containers.push({
          name: file.name,
          sizeBytes: file.sizeBytes,
          sha256: await hashOf(source),
          items,
        });
    } finally {
      await source.close();
    }
    batch.next = { container: container + 1, resume: null };
    batch.ended.push(file.sizeBytes);
  }
  yield { ...batch, isLast: true };
}

/** The last item that was taken, and how many items and unreadable stretches were taken from it on. */
type Resume = { readonly at: ResumePoint | null; readonly taken: number };

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

type Found = Extract<ContainerEvent, { type: 'item' | 'unreadable' }>;

function note(
  batch: ReadBatch,
  file: FileSeen,
  member: string | null,
  range: RunIssue['range'],
  issue: { code: string; message: string },
): void {
  batch.issues.push({ code: issue.code, message: issue.message, container: file.name, member, range });
}

function take(batch: ReadBatch, container: number, file: FileSeen, event: Found, choice: Choice): void {
  const place = {
    container,
    name: file.name,
    member: event.member,
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
  const items = batch.items.filter((item): item is ReadMessage => item.outcome === 'item');
  const joined = new Uint8Array(items.reduce((sum, item) => sum + item.bytes.length, 0));
  let offset = 0;
  for (const item of items) {
    joined.set(item.bytes, offset);
    item.bytes = joined.subarray(offset, offset + item.bytes.length);
    offset += item.bytes.length;
  }
  return [joined.buffer];
}

async function hashOf(source: {
  sizeBytes: number;
  read: (start: number, end: number) => Promise<Uint8Array>;
}): Promise<string> {
  const hash = sha256Stream();
  for (let at = 0; at < source.sizeBytes; at += HASH_STEP_BYTES)
    hash.update(await source.read(at, Math.min(source.sizeBytes, at + HASH_STEP_BYTES)));
  return hash.hex();
}
