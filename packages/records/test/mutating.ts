import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ContainerEvent, isMailItem, readContainer } from '../src/container.ts';
import { readerOf } from '../src/exports.ts';
import { readMail } from '../src/mail.ts';
import { bytesSource } from '../src/source.ts';
import { firstSeamInRun, sha256 } from './corpora.ts';
import { SEEDS, type Seed } from './fuzz-seeds.ts';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));
const FOLDERS = ['chat', 'ics', 'vcard', 'msg', 'pst', 'tnef', 'smime'];
const LARGEST_SEED_BYTES = 600_000;
/** What one file may take: far more than any needs, far less than somebody would wait for. */
const BUDGET = { ms: 10_000, heapBytes: 768 * 1024 ** 2 } as const;

export type FuzzOptions = {
  readonly seed: number;
  readonly seconds: number;
  readonly say: (line: string) => void;
};
export type Fuzzed = { readonly files: number; readonly items: number; readonly faults: readonly string[] };

/** Reads mutated files of every format for a while: nothing throws, nothing hangs, every byte is accounted for. */
export async function fuzzFormats({ seed, seconds, say }: FuzzOptions): Promise<Fuzzed> {
  const random = randomOf(seed);
  const seeds = [...SEEDS, ...realSeeds()];
  const faults: string[] = [];
  let files = 0;
  let items = 0;
  const until = performance.now() + seconds * 1000;
  for (; performance.now() < until && faults.length < 5; files++) {
    const chosen = seeds[Math.floor(random() * seeds.length)]!;
    const mutated = mutate(chosen, seeds, random);
    const found = await readOne(mutated);
    items += found.items;
    if (found.fault) faults.push(`${chosen.name}, file ${files} of seed ${seed}: ${found.fault}`);
  }
  say(
    `${files} mutated files of ${seeds.length} seeds, ${items} items, ${faults.length} faults, seed ${seed}`,
  );
  return { files, items, faults };
}

/** A file that is damaged in one to four ways. */
function mutate({ name, bytes }: Seed, seeds: readonly Seed[], random: () => number): Seed {
  const at = (length: number) => Math.floor(random() * (length + 1));
  let mutated: Buffer = Buffer.from(bytes);
  for (let left = 1 + at(3); left > 0; left--) {
    const [from, to] = [at(mutated.length), at(mutated.length)].sort((a, b) => a - b) as [number, number];
    const other = seeds[Math.floor(random() * seeds.length)]!.bytes;
    const ways = [
      () => mutated.subarray(0, from),
      () => Buffer.concat([mutated.subarray(0, from), mutated.subarray(to)]),
      () => Buffer.concat([mutated.subarray(0, to), mutated.subarray(from)]),
      () =>
        Buffer.concat([mutated.subarray(0, from), TOKENS[at(TOKENS.length - 1)]!, mutated.subarray(from)]),
      () => Buffer.concat([mutated.subarray(0, from), other.subarray(0, at(400)), mutated.subarray(from)]),
      () => flipped(mutated, 1 + at(20), at, random),
    ];
    mutated = ways[at(ways.length - 1)]!();
    if (mutated.length > 2 * LARGEST_SEED_BYTES) mutated = mutated.subarray(0, LARGEST_SEED_BYTES);
  }
  return { name, bytes: mutated };
}

const TOKENS = [
  '\0',
  '\xff\xfe',
  '"',
  '{"',
  '[[',
  '}]',
  '\\x',
  '\\ud83d',
  '<!--',
  ']]>',
  '&#x0;',
  '\r',
  '\n\n',
  '\u202f',
  '9'.repeat(40),
  'BEGIN:VEVENT\r\n',
  'END:VCALENDAR\r\n',
  '../../x',
  'From a@b.example Tue May 12 09:14:00 2026\n',
].map((token) => Buffer.from(token, 'latin1'));

function flipped(bytes: Buffer, count: number, at: (length: number) => number, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < count && copy.length > 0; i++) copy[at(copy.length - 1)] = Math.floor(random() * 256);
  return copy;
}

async function readOne({ name, bytes }: Seed): Promise<{ items: number; fault: string | null }> {
  const start = performance.now();
  const heap = process.memoryUsage().heapUsed;
  let items = 0;
  try {
    const events: ContainerEvent[] = [];
    for await (const event of readContainer(bytesSource(name, bytes))) {
      events.push(event);
      if (event.type === 'item') items += readItem(event);
    }
    const failed = events.find(
      (event) => event.type === 'unreadable' && event.issue.code === 'reader-failed',
    );
    if (failed?.type === 'unreadable') return { items, fault: failed.issue.message };
    // What comes out of a database has no bytes of its own in the file: its range is empty.
    const spans = events.filter((event) => event.type === 'note' || event.range.end > event.range.start);
    const seam = firstSeamInRun(spans, bytes.length);
    if (seam) return { items, fault: `not every byte is accounted for: ${seam}` };
  } catch (error) {
    return { items, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const ms = performance.now() - start;
  const grown = process.memoryUsage().heapUsed - heap;
  if (ms > BUDGET.ms) return { items, fault: `it took ${Math.round(ms)} ms` };
  return { items, fault: grown > BUDGET.heapBytes ? `it took ${grown >> 20} MB` : null };
}

function readItem(event: Extract<ContainerEvent, { type: 'item' }>): 1 {
  if (isMailItem(event)) readMail(event.bytes, { hash: sha256 });
  else readerOf(event.format)!.readItem(event.bytes, event.context);
  return 1;
}

function realSeeds(): readonly Seed[] {
  return FOLDERS.flatMap((folder) => {
    const root = join(CORPORA, folder);
    if (!existsSync(root)) return [];
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    return names.flatMap((name) => {
      const file = statSync(join(root, name));
      if (!file.isFile() || file.size > LARGEST_SEED_BYTES) return [];
      return [{ name, bytes: readFileSync(join(root, name)) }];
    });
  });
}

/** Numbers from 0 to 1 that are the same for the same seed. @source mulberry32, public domain */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
