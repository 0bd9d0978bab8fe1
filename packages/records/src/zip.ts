import { crc32 } from 'node:zlib';
import {
  drain,
  inMemory,
  isUnsafe,
  labelFor,
  nameWithin,
  packedRange,
  quote,
  type ReadMember,
  type Run,
  told,
  unsafe,
  wants,
  within,
} from './archive.ts';
import type { ContainerEvent, ContainerLimits } from './event.ts';
import { type InflatedSource, inflated } from './inflate.ts';
import type { Issue } from './issue.ts';
import { besideIn, companionsAmong, type Neighbour } from './neighbours.ts';
import type { ByteSource } from './source.ts';
import { dataStartOf, readZipDirectory, type ZipEntry } from './zip-directory.ts';

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
