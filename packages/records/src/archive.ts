import { crc32 } from 'node:zlib';
import type { ContainerEvent, ContainerLimits, ResumePoint } from './event.ts';
import type { Beside, ExportReader, ExportSettings } from './exported.ts';
import { type Budget, type InflatedSource, inflated } from './inflate.ts';
import type { Issue } from './issue.ts';
import { besideIn, companionsAmong, type Neighbour } from './neighbours.ts';
import { type ByteSource, bytesSource } from './source.ts';
import { dataStartOf, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** What all readers of one run share. */
export type Run = {
  readonly limits: ContainerLimits;
  readonly budget: Budget;
  /** Where to begin giving events again; null once that was reached. */
  resume: ResumePoint | null;
  readonly labels: Set<string>;
  readonly settings: ExportSettings;
  readonly readers: readonly ExportReader[];
};

/** Reads what is inside a member: the caller knows all formats, an archive does not. */
export type ReadMember = (
  source: ByteSource,
  member: string,
  depth: number,
  beside?: Beside,
) => AsyncGenerator<ContainerEvent>;

/** A file inside an archive, ready to be read. */
type Opened = { readonly source: ByteSource; readonly packed: InflatedSource | null };

/** Reads the members of a zip in file order; what cannot be opened is named with its range, and the rest is read. */
export async function* readZip(
  source: ByteSource,
  outer: string | null,
  depth: number,
  run: Run,
  readMember: ReadMember,
): AsyncGenerator<ContainerEvent> {
  const { entries, isTruncated } = await readZipDirectory(source);
  const neighbours = entries.map((entry) => neighbourOf(source, entry, run));
  const besideMember = besideIn(neighbours);
  const companions = await companionsAmong(neighbours, run.readers, run.settings);
  let done = 0;
  if (isTruncated) yield* told(run, { type: 'note', member: outer, issue: lostEnd(entries.length) });
  for (const [index, entry] of entries.entries()) {
    const start = await dataStartOf(source, entry);
    const end = start === null ? null : start + entry.packedBytes;
    const issue = entryFault(entry, index, start, done, source.sizeBytes, run.limits);
    if (issue || start === null || end === null) {
      const from = Math.max(done, Math.min(entry.start, source.sizeBytes));
      const to = Math.max(from, Math.min(end ?? from, source.sizeBytes));
      if (from > done) yield* told(run, { type: 'gap', member: outer, range: { start: done, end: from } });
      yield* told(run, {
        type: 'unreadable',
        member: outer,
        range: { start: from, end: to },
        issue: issue ?? damaged(entry.name),
      });
      done = to;
      continue;
    }
    const stop = Math.min(end, source.sizeBytes);
    if (start > done) yield* told(run, { type: 'gap', member: outer, range: { start: done, end: start } });
    const fault: { issue: Issue | null } = { issue: null };
    const isCompanion = companions.has(entry.name);
    const read: ReadMember = (inner, label, at) => readMember(inner, label, at, besideMember(entry.name));
    if (!entry.name.endsWith('/') && !isCompanion)
      yield* readEntry(source, outer, entry, start, stop, depth, run, read, fault);
    if (stop > start || fault.issue)
      yield* told(run, packedRange(outer, start, stop, fault.issue, isCompanion));
    done = stop;
  }
  if (source.sizeBytes > done)
    yield* told(run, { type: 'gap', member: outer, range: { start: done, end: source.sizeBytes } });
}

/** Reads a gzip file as the one member it holds. */
export async function* readGzip(
  source: ByteSource,
  outer: string | null,
  depth: number,
  run: Run,
  readMember: ReadMember,
): AsyncGenerator<ContainerEvent> {
  const label = labelFor(
    run,
    outer,
    source.name.replace(/^.*[\\/]/, '').replace(/\.(?:gz|gzip)$/i, '') || 'content',
  );
  const packed = inflated(
    { name: label, source, start: 0, end: source.sizeBytes, by: 'gzip', sizeBytes: null },
    run.limits,
    run.budget,
  );
  if (wants(run, label)) yield* readMember(packed, label, depth + 1);
  await drain(packed);
  yield* told(run, packedRange(outer, 0, source.sizeBytes, packed.fault()));
}

export function packedRange(
  member: string | null,
  start: number,
  end: number,
  issue: Issue | null,
  isCompanion = false,
): ContainerEvent {
  const range = { start, end };
  if (issue) return { type: 'unreadable', member, range, issue };
  return isCompanion ? { type: 'gap', member, range, kind: 'companion' } : { type: 'gap', member, range };
}

/** A member of a zip as a file beside others, unpacked in memory when somebody asks for it. */
function neighbourOf(source: ByteSource, entry: ZipEntry, run: Run): Neighbour {
  return {
    path: entry.name,
    open: async () => {
      const start = await dataStartOf(source, entry);
      if (start === null || entryFault(entry, 0, start, 0, source.sizeBytes, run.limits)) return null;
      const end = Math.min(start + entry.packedBytes, source.sizeBytes);
      const opened = open(source, entry, entry.name, start, end, run);
      const bytes = await inMemory(opened.source, run.limits.exportBytes);
      opened.packed?.close();
      return bytes;
    },
  };
}

async function* readEntry(
  source: ByteSource,
  outer: string | null,
  entry: ZipEntry,
  start: number,
  stop: number,
  depth: number,
  run: Run,
  readMember: ReadMember,
  fault: { issue: Issue | null },
): AsyncGenerator<ContainerEvent> {
  const label = labelFor(run, outer, entry.name);
  if (!wants(run, label)) return;
  if (isUnsafe(entry.name)) yield* told(run, { type: 'note', member: label, issue: unsafe(entry.name) });
  const opened = open(source, entry, nameWithin(source, label), start, stop, run);
  const sum = entry.crc32 === null ? null : checked(opened.source);
  yield* readMember(sum?.source ?? opened.source, label, depth + 1);
  if (opened.packed) await drain(opened.packed);
  fault.issue =
    opened.packed?.fault() ?? cutShort(entry, start, stop, opened.packed?.produced() ?? stop - start);
  if (!fault.issue && sum && sum.value() !== null && sum.value() !== entry.crc32) {
    yield* told(run, { type: 'note', member: label, issue: wrongSum(entry.name) });
  }
}

function open(
  source: ByteSource,
  entry: ZipEntry,
  label: string,
  start: number,
  end: number,
  run: Run,
): Opened {
  if (entry.method === 0) return { source: within(source, label, start, end), packed: null };
  const packed = inflated(
    { name: label, source, start, end, by: 'deflate', sizeBytes: entry.unpackedBytes },
    run.limits,
    run.budget,
  );
  return { source: packed, packed };
}

/** An export at the root of an archive is often named by the archive alone: `WhatsApp Chat - Orlov.zip`, `_chat.txt`. */
function nameWithin(archive: ByteSource, label: string): string {
  const outer = archive.name.replace(/^.*[\\/]/, '');
  return outer === '' || label.includes('/') ? label : `${outer}/${label}`;
}

/** A stretch of another source as a source of its own. */
export function within(source: ByteSource, name: string, start: number, end: number): ByteSource {
  return {
    name,
    sizeBytes: end - start,
    read: (from, to) => source.read(start + Math.min(from, end - start), start + Math.min(to, end - start)),
  };
}

/** Sums what is read in order; a reader that jumped back leaves no sum. */
function checked(source: ByteSource): { readonly source: ByteSource; readonly value: () => number | null } {
  let sum = 0;
  let done = 0;
  return {
    source: {
      name: source.name,
      get sizeBytes() {
        return source.sizeBytes;
      },
      async read(start, end) {
        const bytes = await source.read(start, end);
        if (start <= done && start + bytes.length > done) {
          const fresh = bytes.subarray(done - start);
          sum = crc32(fresh, sum);
          done += fresh.length;
        }
        return bytes;
      },
      release: (before) => source.release?.(before),
    },
    value: () => (done === source.sizeBytes ? sum : null),
  };
}

/** Reads a packed source to its end, so that a fault at the very end is seen. */
async function drain(packed: InflatedSource): Promise<void> {
  for (let at = packed.produced(); packed.sizeBytes > at; at = packed.produced()) {
    packed.release?.(at);
    await packed.read(at, at + 1);
  }
  packed.close();
}

/** An inner archive needs random access: unpacked whole, within a limit. */
export async function inMemory(source: ByteSource, limit: number): Promise<ByteSource | null> {
  const bytes = await source.read(0, limit + 1);
  return bytes.length > limit ? null : bytesSource(source.name, bytes);
}

/** Gives an event unless the run is still on its way to the point where it resumes. */
export function* told(run: Run, event: ContainerEvent): Generator<ContainerEvent> {
  if (run.resume === null) yield event;
}

/** False for members before the one where a resumed run begins. */
export function wants(run: Run, label: string): boolean {
  const target = run.resume?.member;
  return target === undefined || target === null || target === label || target.startsWith(`${label}/`);
}

/** Names inside archives may repeat; a label must not. */
export function labelFor(run: Run, outer: string | null, name: string): string {
  const plain = outer === null ? name : `${outer}/${name}`;
  let label = plain;
  for (let count = 2; run.labels.has(label); count++) label = `${plain} (${count})`;
  run.labels.add(label);
  return label;
}

export function isUnsafe(name: string): boolean {
  return /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|\\|\0/.test(name);
}

function entryFault(
  entry: ZipEntry,
  index: number,
  start: number | null,
  done: number,
  sizeBytes: number,
  limits: ContainerLimits,
): Issue | null {
  if (index >= limits.members)
    return {
      code: 'archive-limit',
      message: `The archive holds more than ${limits.members} files; the rest was not read.`,
    };
  // Overlapping members are how a small archive pretends to hold terabytes.
  if (start === null || entry.start < done || start > sizeBytes) return damaged(entry.name);
  if (entry.isEncrypted)
    return { code: 'archive-encrypted', message: `${quote(entry.name)} is encrypted; it was not read.` };
  if (entry.method !== 0 && entry.method !== 8) {
    return {
      code: 'archive-method-unknown',
      message: `${quote(entry.name)} is packed by method ${entry.method}, which is not known.`,
    };
  }
  return null;
}

function cutShort(entry: ZipEntry, start: number, stop: number, produced: number): Issue | null {
  const isCut =
    stop < start + entry.packedBytes || (entry.unpackedBytes !== null && produced < entry.unpackedBytes);
  return isCut
    ? { code: 'archive-truncated', message: `${quote(entry.name)} is cut short; what was there was kept.` }
    : null;
}

function damaged(name: string): Issue {
  return {
    code: 'archive-damaged',
    message: `The archive's entry for ${quote(name)} makes no sense; it was not read.`,
  };
}

export function unsafe(name: string): Issue {
  return {
    code: 'unsafe-path',
    message: `${quote(name)} tries to leave its folder; the name is only a label here.`,
  };
}

function wrongSum(name: string): Issue {
  return {
    code: 'checksum-wrong',
    message: `${quote(name)} does not match the archive's checksum; it was read all the same.`,
  };
}

function lostEnd(count: number): Issue {
  return {
    code: 'archive-truncated',
    message: `The archive's end is missing; ${count} files were found by their own headers.`,
  };
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
