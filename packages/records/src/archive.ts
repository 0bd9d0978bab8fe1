import type { ContainerEvent, ContainerLimits, ResumePoint } from './event.ts';
import type { Beside, ExportReader, ExportSettings } from './exported.ts';
import type { Budget, InflatedSource } from './inflate.ts';
import type { Issue } from './issue.ts';
import { type ByteSource, bytesSource } from './source.ts';

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

/** An export at the root of an archive is often named by the archive alone: `WhatsApp Chat - Orlov.zip`, `_chat.txt`. */
export function nameWithin(archive: ByteSource, label: string): string {
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

/** Reads a packed source to its end, so that a fault at the very end is seen. */
export async function drain(packed: InflatedSource): Promise<void> {
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

/** Names that would leave the folder they are unpacked into. */
export function isUnsafe(name: string): boolean {
  return /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|\\|\0/.test(name);
}

export function unsafe(name: string): Issue {
  return {
    code: 'unsafe-path',
    message: `${quote(name)} tries to leave its folder; the name is only a label here.`,
  };
}

/** A name of the archive inside a sentence. */
export function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
