import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type {
  Beside,
  ExportContext,
  ExportEvent,
  ExportedItem,
  ExportReader,
  ExportSettings,
} from '../src/exported.ts';
import type { ByteRange, Issue } from '../src/issue.ts';
import { type ByteSource, bytesSource } from '../src/source.ts';

/** Everything that one reading of an export gave. */
export type ExportRun = {
  readonly items: readonly ExportedItem[];
  readonly contexts: readonly ExportContext[];
  readonly texts: readonly (string | null)[];
  readonly notes: readonly Issue[];
  readonly unreadable: readonly { readonly range: ByteRange; readonly issue: Issue }[];
  readonly seam: string | null;
};

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CORPORA = join(HERE, '../../../../shared/corpora');
export const HAS_CHATS = existsSync(CORPORA);
if (!HAS_CHATS) console.log('skipped: the corpora are not beside this checkout (../shared/corpora)');

const NOTHING_STATED: ExportSettings = { zone: null, dateOrder: null };

/** A file of our own. Pages are kept as `.html.txt`, so that nothing takes them for pages of ours. */
export function fixture(path: string): ByteSource {
  return bytesSource(path, readFileSync(join(HERE, path.replace(/\.html$/, '.html.txt'))));
}

export function corpus(path: string): ByteSource {
  return bytesSource(path, readFileSync(join(CORPORA, path)));
}

/** Every file of the corpora, relative to their folder, in a fixed order. */
export function corpusFiles(folder = ''): readonly string[] {
  const root = join(CORPORA, folder);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => join(folder, name)).filter((name) => statSync(join(CORPORA, name)).isFile());
}

/** The files that lie beside one of our own. */
export function besideFixture(source: ByteSource): Beside {
  return async (path) => {
    const found = join(source.name, '..', path);
    return existsSync(join(HERE, found.replace(/\.html$/, '.html.txt'))) ? fixture(found) : null;
  };
}

/** The files that lie beside one of the corpora. */
export function besideCorpus(source: ByteSource): Beside {
  return async (path) => {
    const found = join(source.name, '..', path);
    return existsSync(join(CORPORA, found)) ? corpus(found) : null;
  };
}

export const nothingBeside: Beside = async () => null;

/** Reads an export to its end, and each item again from its own bytes and its context as the record keeps them. */
export async function runOf(
  reader: ExportReader,
  source: ByteSource,
  beside: Beside = nothingBeside,
  settings: ExportSettings = NOTHING_STATED,
): Promise<ExportRun> {
  const events: ExportEvent[] = [];
  for await (const event of reader.read(source, settings, beside)) events.push(event);
  const found = events.filter((event) => event.type === 'item');
  const items = found.map((event) => {
    const kept = JSON.parse(JSON.stringify(event.context)) as ExportContext;
    return reader.readItem(Uint8Array.from(event.bytes), kept);
  });
  for (const event of found) {
    if (!event.isRebuilt) expect(event.bytes.length).toBe(event.range.end - event.range.start);
  }
  return {
    items,
    contexts: found.map((event) => event.context),
    texts: items.map((item) => item.text),
    notes: events.flatMap((event) => (event.type === 'note' ? [event.issue] : [])),
    unreadable: events.flatMap((event) => (event.type === 'unreadable' ? [event] : [])),
    seam: seamOf(events, source.sizeBytes),
  };
}

/** The first place where the ranges leave a hole or overlap; null if they cover the whole file. */
function seamOf(events: readonly ExportEvent[], size: number): string | null {
  let at = 0;
  for (const event of events) {
    if (event.type === 'note') continue;
    if (event.range.start !== at || event.range.end < at)
      return `at ${at}: ${event.range.start}..${event.range.end}`;
    at = event.range.end;
  }
  return at === size ? null : `ends at ${at} of ${size}`;
}

/** A repeatable stream of numbers below 2³², for tests that try many inputs (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
