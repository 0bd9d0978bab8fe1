import {
  inMemory,
  isUnsafe,
  labelFor,
  packedRange,
  type ReadMember,
  type Run,
  told,
  unsafe,
  wants,
  within,
} from './archive.ts';
import type { ContainerEvent } from './event.ts';
import { besideIn, companionsAmong, type Neighbour } from './neighbours.ts';
import { asBuffer, type ByteSource } from './source.ts';

const BLOCK = 512;
const NAME_LIMIT_BYTES = 64 * 1024;

/** One file in a tar: its data lie between `start` and `end`. */
type TarEntry = { readonly name: string; readonly start: number; readonly end: number };

/**
 * Reads the members of a tar in file order. A tar has no end that could be missing: what is cut is read as far as it goes.
 *
 * @source POSIX.1-2017 pax, ustar interchange format; GNU tar long names
 */
export async function* readTar(
  source: ByteSource,
  outer: string | null,
  depth: number,
  run: Run,
  readMember: ReadMember,
): AsyncGenerator<ContainerEvent> {
  const entries = await entriesOf(source, run.limits.members);
  const neighbours = entries.map((entry) => neighbourOf(source, entry, run));
  const besideMember = besideIn(neighbours);
  const companions = await companionsAmong(neighbours, run.readers, run.settings);
  let done = 0;
  for (const { name, start, end } of entries) {
    if (start > done) yield* told(run, packedRange(outer, done, start, null));
    const label = labelFor(run, outer, name);
    const isCompanion = companions.has(name);
    if (isUnsafe(name)) yield* told(run, { type: 'note', member: label, issue: unsafe(name) });
    if (!isCompanion && end > start && wants(run, label))
      yield* readMember(within(source, label, start, end), label, depth + 1, besideMember(name));
    if (end > start) yield* told(run, packedRange(outer, start, end, null, isCompanion));
    done = end;
  }
  if (source.sizeBytes > done) yield* told(run, packedRange(outer, done, source.sizeBytes, null));
}

function neighbourOf(source: ByteSource, { name, start, end }: TarEntry, run: Run): Neighbour {
  return { path: name, open: () => inMemory(within(source, name, start, end), run.limits.exportBytes) };
}

/** Lists the plain files; a header that makes no sense ends the list, and what follows it is no member. */
async function entriesOf(source: ByteSource, limit: number): Promise<readonly TarEntry[]> {
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= source.sizeBytes && entries.length < limit; ) {
    const header = asBuffer(await source.read(at, at + BLOCK));
    const size = octal(header, 124, 12);
    if (header.length < BLOCK || header[0] === 0 || size === null) break;
    const [start, end] = [at + BLOCK, Math.min(at + BLOCK + size, source.sizeBytes)];
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = textOf(await source.read(start, Math.min(end, start + NAME_LIMIT_BYTES)));
    else if (type === 'x')
      longName = paxPath(await source.read(start, Math.min(end, start + NAME_LIMIT_BYTES)));
    else {
      if (type === '0' || type === '\0') entries.push({ name: longName ?? nameOf(header), start, end });
      longName = null;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function octal(header: Buffer, at: number, length: number): number | null {
  const text = textOf(header.subarray(at, at + length)).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : null;
}

function nameOf(header: Buffer): string {
  const [name, prefix] = [textOf(header.subarray(0, 100)), textOf(header.subarray(345, 500))];
  return prefix && header.toString('latin1', 257, 263) === 'ustar\0' ? `${prefix}/${name}` : name;
}

function textOf(bytes: Uint8Array): string {
  const text = asBuffer(bytes).toString('utf8');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** `27 path=folder/name.txt` and a line end; the number counts the whole record. */
function paxPath(bytes: Uint8Array): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(asBuffer(bytes).toString('utf8'))?.[1] ?? null;
}
