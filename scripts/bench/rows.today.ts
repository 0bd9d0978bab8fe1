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

/** Some messages of each client within the last days, so that many wait for an answer. */
async function receiveRecent(program: Program): Promise<void> {
  const folder = await newFolder();
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < CLIENTS * RECENT_EACH; i++)
    await writeFile(join(folder, `${i}.eml`), recentMail(i % CLIENTS, i));
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

async function promiseEach(program: Program): Promise<void> {
  for (let client = 0; client < CLIENTS; client++) {
    const word = encodeURIComponent(`client${client}@today.example`);
    const { id } = await program.get<{ id: string }>(`/api/parties/meant?word=${word}`);
    const date = new Date(Date.now() + ((client % 20) - 5) * DAY_MS).toISOString().slice(0, 10);
    await program.post(`/api/parties/${id}/commitments`, {
      ...{ side: client % 3 ? 'ours' : 'theirs', who: 'Anna', what: `part ${client} of the work` },
      due: { date },
    });
  }
}
