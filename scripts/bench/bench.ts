import { loadavg } from 'node:os';
import { LAST_WORD, OWN_ADDRESS } from './corpus.mail.ts';
import type { Corpus } from './corpus.ts';
import { corpusOf } from './corpus.ts';
import { median, type Result } from './figures.ts';
import { watchMemory } from './memory.ts';
import { mu, notmuch, type Peer } from './peers.ts';
import {
  allParties,
  dropFolder,
  importPaths,
  newFolder,
  type Program,
  startProgram,
  untilIndexed,
} from './program.ts';

/** One row of the table, or a few that come from one measurement. */
export type Row = {
  readonly name: string;
  readonly says: string;
  /** Takes minutes: only when it is asked for. */
  readonly isLong?: true;
  readonly run: (bench: Bench) => Promise<readonly Result[]>;
};

/** What several rows share; made at the first use, at most once a run of the bench. */
export type Bench = {
  readonly runs: number;
  readonly say: (line: string) => void;
  readonly corpus: (count: number) => Promise<Corpus>;
  /** An import of the corpus: the figures of all runs, and the program that did the last one, still running. */
  readonly imported: (count: number) => Promise<ImportFigures & { readonly program: Program }>;
  /** Milliseconds for each run; null where the peer is not installed. */
  readonly indexed: (peer: PeerName) => Promise<{ peer: Peer; ms: number } | null>;
  readonly close: () => Promise<void>;
};

export type PeerName = 'notmuch' | 'mu';
export type ImportFigures = {
  /** Medians over the runs. */
  readonly indexedMs: number;
  readonly browsableMs: number;
  readonly peakMegabytes: number;
  readonly imported: number;
  readonly duplicates: number;
};

const PEER_CORPUS = 20_000;

export function openBench(runs: number, say: (line: string) => void): Bench {
  const closing: (() => Promise<void>)[] = [];
  const once = new Map<string, Promise<unknown>>();
  const shared = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    if (!once.has(key)) once.set(key, make());
    return once.get(key) as Promise<T>;
  };
  const corpus = (count: number) =>
    shared(`corpus ${count}`, () => {
      say(`corpus of ${count} mails …`);
      return corpusOf(count);
    });
  return {
    runs,
    say,
    corpus,
    imported: (count) =>
      shared(`import ${count}`, async () =>
        importAll(await corpus(count), count > PEER_CORPUS ? 1 : runs, say, closing),
      ),
    indexed: (name) =>
      shared(name, async () => {
        const peer = name === 'notmuch' ? notmuch() : mu();
        if (!peer) return null;
        closing.push(peer.drop);
        const files = await corpus(PEER_CORPUS);
        const ms: number[] = [];
        for (let run = 0; run < runs; run++) {
          await warm(files);
          ms.push(await peer.index(files));
          say(`${peer.name}: ${(ms.at(-1)! / 1000).toFixed(1)} s (load ${load()})`);
        }
        return { peer, ms: median(ms) };
      }),
    close: async () => {
      for (const step of closing) await step();
    },
  };
}

export function load(): string {
  return loadavg()[0]!.toFixed(1);
}

/** Reads every file, right before each measurement, so that nobody is measured waiting for the disk. */
async function warm({ maildir }: Corpus): Promise<void> {
  const { readdir, readFile } = await import('node:fs/promises');
  for (const name of await readdir(`${maildir}/cur`)) await readFile(`${maildir}/cur/${name}`);
}

async function importAll(
  corpus: Corpus,
  runs: number,
  say: (line: string) => void,
  closing: (() => Promise<void>)[],
): Promise<ImportFigures & { program: Program }> {
  const measured: ImportFigures[] = [];
  for (let run = 0; ; run++) {
    await warm(corpus);
    const folder = await newFolder();
    const program = await startProgram(folder);
    const drop = async () => {
      await program.stop();
      await dropFolder(folder);
    };
    measured.push(await importOnce(program, corpus));
    say(
      `import of ${corpus.files}: ${(measured.at(-1)!.indexedMs / 1000).toFixed(1)} s, browsable after ${(measured.at(-1)!.browsableMs / 1000).toFixed(1)} s (load ${load()})`,
    );
    if (run === runs - 1) {
      closing.push(drop);
      const of = (key: keyof ImportFigures) => median(measured.map((one) => one[key]));
      return {
        program,
        indexedMs: of('indexedMs'),
        browsableMs: of('browsableMs'),
        peakMegabytes: of('peakMegabytes'),
        imported: of('imported'),
        duplicates: of('duplicates'),
      };
    }
    await drop();
  }
}

async function importOnce(program: Program, corpus: Corpus): Promise<ImportFigures> {
  const memory = watchMemory(program);
  const startedAt = performance.now();
  const { report } = await importPaths(program, [corpus.maildir], { me: [OWN_ADDRESS] });
  await timelinesAnswer(program);
  const browsableMs = performance.now() - startedAt;
  await untilIndexed(program, LAST_WORD);
  const indexedMs = performance.now() - startedAt;
  const { imported, duplicates } = report.totals;
  return { indexedMs, browsableMs, peakMegabytes: await memory.stop(), imported, duplicates };
}

/** Every client's timeline returns its last item. */
async function timelinesAnswer(program: Program): Promise<void> {
  for (const { id } of await allParties(program)) {
    const { items } = await program.get<{ items: readonly unknown[] }>(`/api/parties/${id}/timeline?limit=1`);
    if (items.length === 0) throw new Error(`the timeline of ${id} is empty after the import`);
  }
}
