import { isUtf8 } from 'node:buffer';
import { unreadItem } from './blank-item.ts';
import type { ExportContext, ExportEvent, ExportedItem, ExportReader } from './exported.ts';
import { divsOf } from './html-blocks.ts';
import { type HtmlNode, parseHtml } from './html-tree.ts';
import type { Issue } from './issue.ts';
import { emptiness } from './json-export.ts';
import { asBuffer, type ByteSource } from './source.ts';
import { openWindow } from './window.ts';

/**
 * An export whose entries are `<div>`s of a page.
 *
 * @property marks How such a tag begins, byte for byte.
 * @property begin What the page says before its first entry.
 * @property next The context of an entry; null for one that is no entry, such as a line between two days.
 */
export type HtmlExport<State> = {
  readonly format: string;
  readonly platform: string;
  readonly charset: string;
  readonly recognises: (head: string, name: string) => boolean;
  readonly marks: readonly string[];
  readonly begin: ExportBegin<State>;
  readonly next: (state: State, entry: HtmlNode) => ExportContext | null;
  readonly itemOf: (entry: HtmlNode, context: ExportContext) => ExportedItem;
  readonly ended?: (state: State, entries: number) => readonly Issue[];
};
type ExportBegin<State> = (
  head: string,
  source: ByteSource,
  settings: Parameters<ExportReader['read']>[1],
  beside: Parameters<ExportReader['read']>[2],
) => Promise<State>;

const HEAD_BYTES = 1024 * 1024;

export function htmlExport<State>(kind: HtmlExport<State>): ExportReader {
  const read: ExportReader['read'] = (source, settings, beside) => readPage(kind, source, settings, beside);
  return {
    format: kind.format,
    platform: kind.platform,
    recognises: (head, name) => kind.recognises(decoded(head, kind.charset), name.replaceAll('\\', '/')),
    read,
    readItem: (bytes, context) => itemOf(kind, entryOf(bytes, kind.charset), context),
  };
}

function itemOf<State>(kind: HtmlExport<State>, entry: HtmlNode, context: ExportContext): ExportedItem {
  try {
    return kind.itemOf(entry, context);
  } catch {
    return unreadItem(context, { code: 'reader-failed', message: 'The reader failed on this entry.' });
  }
}

/** Decodes a page; what does not fit the charset becomes U+FFFD. A page that is UTF-8 is that, whatever others of its kind are. */
export function decoded(bytes: Uint8Array, charset: string): string {
  const isOther = charset !== 'utf-8' && isWholeUtf8(bytes);
  return new TextDecoder(isOther ? 'utf-8' : charset).decode(bytes);
}

/** The last character of a beginning may be cut. */
function isWholeUtf8(bytes: Uint8Array): boolean {
  const cuts = bytes.length < HEAD_BYTES ? [0] : [0, 1, 2, 3];
  return (
    bytes.some((byte) => byte > 127) && cuts.some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)))
  );
}

function entryOf(bytes: Uint8Array, charset: string): HtmlNode {
  return parseHtml(decoded(bytes, charset)).children?.[0] ?? { type: 'root' };
}

async function* readPage<State>(
  kind: HtmlExport<State>,
  source: ByteSource,
  settings: Parameters<ExportReader['read']>[1],
  beside: Parameters<ExportReader['read']>[2],
): AsyncGenerator<ExportEvent> {
  const head = decoded(await source.read(0, HEAD_BYTES), kind.charset);
  const state = await kind.begin(head, source, settings, beside);
  const tally = { entries: 0, meant: 0, silent: 0 };
  let at = 0;
  let seen = 0;
  for await (const { range, bytes } of divsOf(source, kind.marks)) {
    seen = range.end;
    const entry = bytes && entryOf(bytes, kind.charset);
    const context = entry && kind.next(state, entry);
    if (entry && !context) continue;
    if (range.start > at) yield { type: 'gap', range: { start: at, end: range.start } };
    at = range.end;
    if (!bytes || !entry || !context) {
      yield { type: 'unreadable', range, issue: TOO_LARGE };
      continue;
    }
    const { text, files, from } = itemOf(kind, entry, context);
    tally.entries++;
    if (from) tally.meant++;
    if (from && text === null && files.length === 0) tally.silent++;
    yield { type: 'item', range, bytes: Uint8Array.from(asBuffer(bytes)), context, issues: [] };
  }
  const end = await sizeOf(source, seen);
  if (end > at) yield { type: 'gap', range: { start: at, end } };
  for (const issue of kind.ended?.(state, tally.meant) ?? []) yield { type: 'note', issue };
  const empty = emptiness(kind.format, tally);
  if (empty) yield { type: 'note', issue: empty };
}

async function sizeOf(source: ByteSource, from: number): Promise<number> {
  const reader = openWindow(source);
  let window = await reader.ensure(from, 0);
  while (!window.isLast) window = await reader.ensure(window.base + window.bytes.length, 1);
  return window.base + window.bytes.length;
}

const TOO_LARGE: Issue = {
  code: 'entry-too-large',
  message: 'One entry is larger than any real one; it was not read.',
};
