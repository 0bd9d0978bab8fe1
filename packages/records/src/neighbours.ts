import type { Beside, ExportReader, ExportSettings } from './exported.ts';
import { recognised } from './recognise.ts';
import type { ByteSource } from './source.ts';

/** One of the files that came together, in a folder or an archive. `path` is relative to the root of them all. */
export type Neighbour = { readonly path: string; readonly open: () => Promise<Opened | null> };
export type Opened = ByteSource & { readonly close?: () => Promise<void> };

const HEAD_BYTES = 16 * 1024;
const MAY_BE_EXPORT = /\.(?:txt|json|ndjson|jsonl|js|html?|xml|csv|db|sqlite3?)$/i;

/** Whether exports are written under such a name; a folder of a hundred thousand letters need not be opened twice. */
export function mayBeExport(path: string): boolean {
  return MAY_BE_EXPORT.test(path);
}

/** Lets the reader of the file at a path look for files beside it; what lies outside of the root is never found. */
export function besideIn(neighbours: readonly Neighbour[]): (path: string) => Beside {
  let byPath: Map<string, Neighbour> | null = null;
  return (path) => async (wanted) => {
    byPath ??= new Map(neighbours.map((one) => [comparable(one.path), one]));
    const at = resolved(path, wanted);
    return (at === null ? null : byPath.get(comparable(at))?.open()) ?? null;
  };
}

/** Some systems write an accented letter as two characters, and others as one. */
function comparable(path: string): string {
  return path.replaceAll('\\', '/').normalize('NFC');
}

/** @returns null for what would lie outside of the root */
function resolved(from: string, path: string): string | null {
  const parts = comparable(from).split('/').slice(0, -1);
  for (const part of comparable(path).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/**
 * The files that entries of exports among these take along: their media, and what their readers look up. They are no
 * items of their own. A file that is an export itself is never one, whoever names it.
 */
export async function companionsAmong(
  neighbours: readonly Neighbour[],
  readers: readonly ExportReader[],
  settings: ExportSettings,
): Promise<ReadonlySet<string>> {
  const companions = new Set<string>();
  if (neighbours.length < 2) return companions;
  const known = new Map(neighbours.map(({ path }) => [comparable(path), path]));
  const exports: string[] = [];
  const beside = besideIn(neighbours);
  for (const { path, open } of neighbours) {
    const source = mayBeExport(path) ? await open() : null;
    const reader = source && recognised(await source.read(0, HEAD_BYTES), path, readers).reader;
    if (source && reader) {
      exports.push(path);
      for await (const wanted of wantedBy(reader, source, settings, beside(path))) {
        const at = resolved(path, wanted);
        const found = at === null ? undefined : known.get(comparable(at));
        if (found !== undefined) companions.add(found);
      }
    }
    await source?.close?.();
  }
  for (const path of exports) companions.delete(path);
  return companions;
}

/** The paths that a reader looked up and those that its entries name. */
async function* wantedBy(
  reader: ExportReader,
  source: ByteSource,
  settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<string> {
  const asked: string[] = [];
  const noting: Beside = (path) => {
    asked.push(path);
    return beside(path);
  };
  try {
    for await (const event of reader.read(source, settings, noting)) {
      yield* asked.splice(0);
      if (event.type !== 'item') continue;
      for (const { path } of reader.readItem(event.bytes, event.context).files) if (path) yield path;
    }
  } catch {
    // What is wrong with it is said when it is read.
  }
  yield* asked;
}
