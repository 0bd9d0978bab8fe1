import { asBuffer } from '../source.ts';

/** A stretch between two lines that name the same thing, `BEGIN:VEVENT` and `END:VEVENT`, both with their line ends. */
export type Block = { readonly name: string; readonly start: number; readonly end: number };

/** A mark at the beginning of the file belongs to its first line. */
const LINE = /^(?:\xef\xbb\xbf)?[ \t]*(BEGIN|END):(V[A-Z]+)[ \t]*\r?(?:\n|$)/gim;

/** The outermost blocks of these names, in order; one that is never closed goes to the end. */
export function blocksIn(bytes: Uint8Array, names: ReadonlySet<string>): readonly Block[] {
  const text = asBuffer(bytes).toString('latin1');
  const blocks: Block[] = [];
  let open: { readonly name: string; readonly start: number } | null = null;
  for (const { 0: line, 1: word, 2: named, index } of text.matchAll(LINE)) {
    const name = named!.toUpperCase();
    if (!names.has(name)) continue;
    const isEnd = word!.toUpperCase() === 'END';
    if (open && (!isEnd || open.name === name)) {
      blocks.push({ ...open, end: isEnd ? index + line.length : index });
      open = isEnd ? null : { name, start: index };
    } else if (!open && !isEnd) open = { name, start: index };
  }
  if (open) blocks.push({ ...open, end: text.length });
  return blocks;
}
