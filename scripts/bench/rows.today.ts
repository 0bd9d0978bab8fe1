import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './bench.ts';
import { OWN_ADDRESS } from './corpus.mail.ts';
import { grouped, judged, median, milliseconds, quantile } from './figures.ts';
import { dropFolder, importPaths, newFolder, type Program } from './program.ts';

const MAILS = 100_000;
const CLIENTS = 500;
const RECENT_EACH = 5;
const ASKED = 40;
const DAY_MS = 24 * 3_600_000;

export const todayRow: Row = {
  name: 'today',
  says: `Today with ${CLIENTS} clients, their promises and ${grouped(MAILS)} interactions`,
  isLong: true,
  async run(bench) {
    const { program } = await bench.imported(MAILS);
    await receiveRecent(program);
    await promiseEach(program);
    await isStill(program);
    await program.get('/api/today');
    const took: number[] = [];
    for (let i = 0; i < ASKED; i++) {
      const startedAt = performance.now();
      await program.get('/api/today');
      took.push(performance.now() - startedAt);
    }
    const { now, later } = await program.get<Record<'now' | 'later', { total: number }>>('/api/today');
    const bound = { floor: 100, goal: 60, better: 'lower' } as const;
    return [
      judged('Today, p95', quantile(took, 0.95), bound, milliseconds, {
        ours: `median ${milliseconds(median(took))}, ${now.total + later.total} lines due`,
        peer: '–',
      }),
    ];
  },
};

/** Marking the words of all that came goes on behind the import: what is measured is a day of work, not an import. */
async function isStill(program: Program): Promise<void> {
  for (;;) {
    const { lag } = await program.get<{ lag: Record<string, number> }>('/api/health');
    if (Object.values(lag).every((left) => left === 0)) return;
    await new Promise((next) => setTimeout(next, 500));
  }
}

/** Some messages of each client within the last days, so that many wait for an answer. */
async function receiveRecent(program: Program): Promise<void> {
  const folder = await newFolder();
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < CLIENTS * RECENT_EACH; i++)
    await writeFile(join(folder, `${i}.eml`), recentMail(i % CLIENTS, i));
  for (let client = 0; client < CLIENTS; client++)
    await writeFile(join(folder, `ours-${client}.eml`), ownMail(client));
  await importPaths(program, [folder], { me: [OWN_ADDRESS] });
  await dropFolder(folder);
}

function recentMail(client: number, i: number): string {
  const date = new Date(Date.now() - (1 + (i % 25)) * DAY_MS).toUTCString();
  return `From: Client ${client} <client${client}@today.example>
To: ${OWN_ADDRESS}
Date: ${date}
Message-ID: <today-${i}@today.example>
Subject: question ${i}

Where is part ${i} of the work? I need it this week.
`;
}

function ownMail(client: number): string {
  return `From: ${OWN_ADDRESS}
To: Client ${client} <client${client}@today.example>
Date: ${new Date(Date.now() - 26 * DAY_MS).toUTCString()}
Message-ID: <today-ours-${client}@today.example>
Subject: the work

We send part ${client} of the work.
`;
}

type Line = { readonly id: string; readonly direction: string };

/** A promise of each client or to them, with the words of the newest message of whoever made it. */
async function promiseEach(program: Program): Promise<void> {
  for (let client = 0; client < CLIENTS; client++) {
    const word = encodeURIComponent(`client${client}@today.example`);
    const { id } = await program.get<{ id: string }>(`/api/parties/meant?word=${word}`);
    const date = new Date(Date.now() + ((client % 20) - 5) * DAY_MS).toISOString().slice(0, 10);
    const side = client % 3 ? 'ours' : 'theirs';
    await program.post(`/api/parties/${id}/commitments`, {
      ...{ side, who: 'Anna', what: `part ${client} of the work`, due: { date } },
      cites: [await wordsOf(program, id, side)],
    });
  }
}

async function wordsOf(program: Program, party: string, side: 'ours' | 'theirs') {
  const { items } = await program.get<{ items: readonly Line[] }>(`/api/parties/${party}/timeline?limit=100`);
  const direction = side === 'ours' ? 'outbound' : 'inbound';
  const { id: interactionId } = items.find((line) => line.direction === direction)!;
  const { text } = await program.get<{ text: string }>(`/api/interactions/${interactionId}`);
  const [quote] = /part \d+ of the work/.exec(text)!;
  const start = text.indexOf(quote);
  return { interactionId, start, end: start + quote.length, quote };
}
