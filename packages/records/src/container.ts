import { inMemory, type Run, readGzip, readZip } from './archive.ts';
import { CONTAINER_LIMITS, type ContainerEvent, type ContainerLimits, type ResumePoint } from './event.ts';
import type { Issue } from './issue.ts';
import { leadingFromLine, readMbox } from './mbox.ts';
import { readMmdf } from './mmdf.ts';
import { sniff } from './sniff.ts';
import { asBuffer, type ByteSource } from './source.ts';

export type { ContainerEvent, ContainerLimits, Format, ResumePoint } from './event.ts';
export { sniff } from './sniff.ts';

const HEAD_BYTES = 16 * 1024;

/**
 * @property from An item's place, from which to go on: an offset, or with an archive its member too. That item is given
 *   again, then everything after it; nothing before it.
 */
export type ReadContainerOptions = {
  readonly from?: number | ResumePoint;
  readonly limits?: Partial<ContainerLimits>;
};

/**
 * Reads whatever holds mail: a message, an mbox of any dialect, an MMDF folder, a zip or gzip of these.
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
  const run: Run = { limits, budget: { unpackedBytes: limits.unpackedBytes }, resume, labels: new Set() };
  yield* readAny(source, null, 0, run);
}

async function* readAny(
  source: ByteSource,
  member: string | null,
  depth: number,
  run: Run,
): AsyncGenerator<ContainerEvent> {
  const head = asBuffer(await source.read(0, HEAD_BYTES));
  const format = sniff(head, source.name);
  const readMember = (inner: ByteSource, label: string, at: number) => readAny(inner, label, at, run);
  if (format === 'zip' || format === 'gzip') {
    yield* readArchive(source, format, member, depth, run, readMember);
    return;
  }
  const from = resumeIn(run, member);
  if (from === null) return;
  const place = { member, from };
  if (format === 'mbox') yield* readMbox(source, place);
  else if (format === 'mmdf') yield* readMmdf(source, place);
  else if (format === 'eml') yield* readOne(source, member, head, from);
  else yield unknown(member, from, await sizeOf(source, head));
}

/** Where to begin in this member: 0, the resumed offset, or null while the run has not come to it. */
function resumeIn(run: Run, member: string | null): number | null {
  if (run.resume === null) return 0;
  if (run.resume.member !== member) return null;
  const { start } = run.resume;
  run.resume = null;
  return start;
}

async function* readArchive(
  source: ByteSource,
  format: 'zip' | 'gzip',
  member: string | null,
  depth: number,
  run: Run,
  readMember: (inner: ByteSource, label: string, depth: number) => AsyncGenerator<ContainerEvent>,
): AsyncGenerator<ContainerEvent> {
  if (depth >= run.limits.depth) {
    const end = await sizeOf(source, Buffer.alloc(0));
    yield { type: 'unreadable', member, range: { start: 0, end }, issue: tooDeep(run.limits.depth) };
    return;
  }
  const random = member === null ? source : await inMemory(source, run.limits.innerArchiveBytes);
  if (!random) {
    const end = await sizeOf(source, Buffer.alloc(0));
    yield { type: 'unreadable', member, range: { start: 0, end }, issue: tooLarge() };
    return;
  }
  yield* (format === 'zip' ? readZip : readGzip)(random, member, depth, run, readMember);
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

function unknown(member: string | null, start: number, end: number): ContainerEvent {
  const message =
    end === 0
      ? 'The file is empty.'
      : 'This is not a kind of file that is read as mail; its bytes were left alone.';
  return { type: 'unreadable', member, range: { start, end }, issue: { code: 'unknown-format', message } };
}

function tooDeep(depth: number): Issue {
  return {
    code: 'archive-too-deep',
    message: `Archives are nested more than ${depth} deep; the inner one was not opened.`,
  };
}

function tooLarge(): Issue {
  return {
    code: 'archive-limit',
    message: 'An archive inside the archive is too large to open; it was not read.',
  };
}
