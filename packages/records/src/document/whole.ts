import type { ExportContext, ExportEvent, ExportReader } from '../exported.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/** More than anybody reads as one paper; what is larger is named and not read. */
const LIMIT_BYTES = 512 * 1024 ** 2;

export type WholeFile = Pick<ExportReader, 'format' | 'recognises' | 'readItem'>;

/** A kind of file that is one item as a whole: a paper, a picture, a saved page. */
export function wholeFile(kind: WholeFile): ExportReader {
  return { ...kind, platform: 'document', read: (source) => readWhole(source) };
}

async function* readWhole(source: ByteSource): AsyncGenerator<ExportEvent> {
  const range = { start: 0, end: source.sizeBytes };
  if (source.sizeBytes > LIMIT_BYTES) {
    const message = 'This file is too large to be kept as one paper; it was not read.';
    yield { type: 'unreadable', range, issue: { code: 'entry-too-large', message } };
    return;
  }
  const name = nameOf(source.name);
  const context: ExportContext = { conversation: { id: name, name, isGroup: null } };
  yield { type: 'item', range, bytes: await source.read(0, source.sizeBytes), context, issues: [] };
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

export function headText(head: Uint8Array): string {
  return asBuffer(head).toString('latin1');
}
