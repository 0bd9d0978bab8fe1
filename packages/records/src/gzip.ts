import { drain, labelFor, packedRange, type ReadMember, type Run, told, wants } from './archive.ts';
import type { ContainerEvent } from './event.ts';
import { inflated } from './inflate.ts';
import type { ByteSource } from './source.ts';

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
