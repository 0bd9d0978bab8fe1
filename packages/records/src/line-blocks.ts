import type { ByteRange } from './issue.ts';
import { LINE_BYTES, linesOf } from './line-scan.ts';
import { asBuffer, type ByteSource } from './source.ts';

/**
 * Lines that belong together: one that begins an entry, and those after it that do not. What stands before the first
 * entry has no head. `bytes` is null when the block is too large to be an entry.
 */
export type LineBlock = {
  readonly range: ByteRange;
  readonly bytes: Uint8Array | null;
  readonly hasHead: boolean;
};

const HEAD_BYTES = 2048;

/** Cuts a text file where a line begins an entry; the blocks follow each other without hole. */
export async function* blocksOf(
  source: ByteSource,
  beginsEntry: (line: string) => boolean,
): AsyncGenerator<LineBlock> {
  let lines: Uint8Array[] = [];
  let block = { start: 0, end: 0, isTooLarge: false, hasHead: false };
  for await (const { range, bytes } of linesOf(source)) {
    const isHead = bytes !== null && beginsEntry(headOf(bytes));
    if (isHead) {
      if (block.end > block.start) yield finished(block, lines);
      lines = [];
      block = { start: range.start, end: range.start, isTooLarge: false, hasHead: true };
    }
    block.end = range.end;
    block.isTooLarge ||= bytes === null || block.end - block.start > LINE_BYTES;
    if (block.isTooLarge) lines = [];
    else lines.push(Uint8Array.from(bytes!));
  }
  if (block.end > block.start) yield finished(block, lines);
}

function finished(
  { start, end, isTooLarge, hasHead }: { start: number; end: number; isTooLarge: boolean; hasHead: boolean },
  lines: readonly Uint8Array[],
): LineBlock {
  return { range: { start, end }, bytes: isTooLarge ? null : Buffer.concat(lines), hasHead };
}

function headOf(line: Uint8Array): string {
  return asBuffer(line)
    .toString('utf8', 0, HEAD_BYTES)
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '');
}
