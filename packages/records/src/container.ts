import { readEmlx } from './apple/emlx.ts';
import { inMemory, type Run } from './archive.ts';
import {
  CONTAINER_LIMITS,
  type ContainerEvent,
  type ContainerLimits,
  type Place,
  type ResumePoint,
} from './event.ts';
import { readExport } from './export-member.ts';
import { type Beside, type ExportReader, type ExportSettings, NOTHING_STATED } from './exported.ts';
import { EXPORT_READERS } from './exports.ts';
import { readGzip } from './gzip.ts';
import type { Issue } from './issue.ts';
import { leadingFromLine, readMbox } from './mbox.ts';
import { readMmdf } from './mmdf.ts';
import { looksLike } from './near-miss.ts';
import { isMsg } from './outlook/msg.ts';
import { readPst } from './outlook/pst.ts';
import { isTnef } from './outlook/tnef.ts';
import { recognised } from './recognise.ts';
import { asBuffer, type ByteSource } from './source.ts';
import { readTar } from './tar.ts';
import { readZip } from './zip.ts';

export type {
  ContainerEvent,
  ContainerLimits,
  ExportItem,
  Format,
  ItemEvent,
  MailFormat,
  MailItem,
  ResumePoint,
} from './event.ts';
export { isMailItem } from './event.ts';
export { sniff } from './sniff.ts';

const HEAD_BYTES = 16 * 1024;

/**
 * @property from An item's place, from which to go on: an offset, or with an archive its member too. That item is given
 *   again, then everything after it; nothing before it.
 */
export type ReadContainerOptions = {
  readonly from?: number | ResumePoint;
  readonly limits?: Partial<ContainerLimits>;
  /** What a person stated about exports: the zone of their local times, the order of day and month. */
  readonly settings?: ExportSettings;
  /** The files that lie beside the source; an archive's members find their neighbours by themselves. */
  readonly beside?: Beside;
  /** The kinds of export to ask; all of them unless a test has its own. */
  readonly readers?: readonly ExportReader[];
};

const ALONE: Beside = async () => null;

/**
 * Reads whatever holds correspondence: a message, an mbox of any dialect, an MMDF folder, an export of a chat, a calendar;
 * a zip, tar or gzip of these.
 *
 * Every byte ends up in exactly one item, gap or unreadable range (see {@link ContainerEvent}). One bad member does not
 * stop the rest.
 *
 * @param source Read in windows of a few megabytes; a message that is larger is held once.
 * @throws Whatever `source.read` throws, and nothing else.
 */
export async function* readContainer(
  source: ByteSource,
  options: ReadContainerOptions = {},
): AsyncGenerator<ContainerEvent> {
  const limits = { ...CONTAINER_LIMITS, ...options.limits };
  const resume =
    typeof options.from === 'number' ? { member: null, start: options.from } : (options.from ?? null);
  const run: Run = {
    limits,
    budget: { unpackedBytes: limits.unpackedBytes },
    resume,
    labels: new Set(),
    settings: options.settings ?? NOTHING_STATED,
    readers: options.readers ?? EXPORT_READERS,
  };
  yield* readAny(source, null, 0, run, options.beside ?? ALONE);
}

async function* readAny(
  source: ByteSource,
  member: string | null,
  depth: number,
  run: Run,
  beside: Beside,
): AsyncGenerator<ContainerEvent> {
  const head = asBuffer(await source.read(0, HEAD_BYTES));
  const { format, reader } = recognised(head, source.name, run.readers);
  if (isArchive(format)) {
    yield* readArchive(source, format, member, depth, run);
    return;
  }
  const place = placeIn(run, member);
  if (place === null) return;
  if (reader) yield* readWhole(reader, source, place, run, beside);
  else if (format === 'mbox') yield* readMbox(source, place);
  else if (format === 'mmdf') yield* readMmdf(source, place);
  else if (format === 'eml') yield* readOne(source, member, head, place.from);
  else if (format === 'emlx') yield* readEmlx(source, place);
  else if (format === 'pst') yield* readRandomly(readPst, source, place, run);
  else if (isTnef(head) || (await isMsg(source))) yield* readFile(source, place);
  else yield unknown(source.name, head, member, place.from, await sizeOf(source, head));
}

/** An export in an archive is unpacked first: its reader may look anywhere in it. */
async function* readWhole(
  reader: ExportReader,
  source: ByteSource,
  place: Place,
  run: Run,
  beside: Beside,
): AsyncGenerator<ContainerEvent> {
  const { member } = place;
  const whole = member === null ? source : await inMemory(source, run.limits.exportBytes);
  if (whole) yield* readExport(reader, whole, place, run.settings, beside);
  else {
    const range = { start: place.from, end: await sizeOf(source, Buffer.alloc(0)) };
    yield { type: 'unreadable', member, range, issue: tooLarge('An export') };
  }
}

/** A PST in an archive is unpacked first. */
async function* readRandomly(
  read: (source: ByteSource, place: Place) => AsyncGenerator<ContainerEvent>,
  source: ByteSource,
  place: Place,
  run: Run,
): AsyncGenerator<ContainerEvent> {
  const whole = place.member === null ? source : await inMemory(source, run.limits.exportBytes);
  if (whole) yield* read(whole, place);
  else {
    const range = { start: place.from, end: await sizeOf(source, Buffer.alloc(0)) };
    yield { type: 'unreadable', member: place.member, range, issue: tooLarge('A PST') };
  }
}

/** A file of Outlook's is one message. */
async function* readFile(source: ByteSource, { member, from }: Place): AsyncGenerator<ContainerEvent> {
  const bytes = await source.read(from, source.sizeBytes);
  const range = { start: from, end: from + bytes.length };
  yield { type: 'item', format: 'msg', member, range, bytes, issues: [] };
}

/** Where to begin in this member: 0, the resumed offset, or null while the run has not come to it. */
function placeIn(run: Run, member: string | null): Place | null {
  if (run.resume === null) return { member, from: 0, isResumed: false };
  if (run.resume.member !== member) return null;
  const { start } = run.resume;
  run.resume = null;
  return { member, from: start, isResumed: true };
}

type Archive = 'zip' | 'gzip' | 'tar';
const READ_ARCHIVE = { zip: readZip, gzip: readGzip, tar: readTar } as const;

function isArchive(format: string): format is Archive {
  return format in READ_ARCHIVE;
}

async function* readArchive(
  source: ByteSource,
  format: Archive,
  member: string | null,
  depth: number,
  run: Run,
): AsyncGenerator<ContainerEvent> {
  if (depth >= run.limits.depth) {
    const end = await sizeOf(source, Buffer.alloc(0));
    yield { type: 'unreadable', member, range: { start: 0, end }, issue: tooDeep(run.limits.depth) };
    return;
  }
  const random = member === null ? source : await inMemory(source, run.limits.innerArchiveBytes);
  if (!random) {
    const end = await sizeOf(source, Buffer.alloc(0));
    yield { type: 'unreadable', member, range: { start: 0, end }, issue: tooLarge('An archive') };
    return;
  }
  yield* READ_ARCHIVE[format](random, member, depth, run, (inner, label, at, beside) =>
    readAny(inner, label, at, run, beside ?? ALONE),
  );
}

/** One message in a file of its own; a leading `From ` line is no part of it. */
async function* readOne(
  source: ByteSource,
  member: string | null,
  head: Buffer,
  from: number,
): AsyncGenerator<ContainerEvent> {
  const line = leadingFromLine(head);
  const start = Math.max(from, line?.stop ?? 0);
  if (start > from) yield { type: 'gap', member, range: { start: from, end: start } };
  const bytes = await source.read(start, source.sizeBytes);
  if (bytes.length === 0) return;
  const range = { start, end: start + bytes.length };
  const known = { type: 'item', format: 'eml', member, range, bytes, issues: [] } as const;
  yield line ? { ...known, separator: line.text } : known;
}

/** The true size of a source, which a packed one knows only at its end. */
async function sizeOf(source: ByteSource, head: Buffer): Promise<number> {
  let at = head.length;
  while (source.sizeBytes === Number.POSITIVE_INFINITY) {
    source.release?.(at);
    const more = await source.read(at, at + 1024 * 1024);
    if (more.length === 0) break;
    at += more.length;
  }
  return Number.isFinite(source.sizeBytes) ? source.sizeBytes : at;
}

function unknown(
  name: string,
  head: Buffer,
  member: string | null,
  start: number,
  end: number,
): ContainerEvent {
  const message =
    end === 0
      ? 'The file is empty.'
      : (looksLike(head, name) ?? 'This is no kind of file that is known here; its bytes were left alone.');
  return { type: 'unreadable', member, range: { start, end }, issue: { code: 'unknown-format', message } };
}

function tooDeep(depth: number): Issue {
  return {
    code: 'archive-too-deep',
    message: `Archives are nested more than ${depth} deep; the inner one was not opened.`,
  };
}

function tooLarge(what: string): Issue {
  return {
    code: 'archive-limit',
    message: `${what} inside the archive is too large to open; it was not read.`,
  };
}
