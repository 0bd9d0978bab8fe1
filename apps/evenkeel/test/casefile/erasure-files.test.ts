import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { openWork } from '../../src/modules/casefile/erasure.store.ts';
import type { CarryPorts } from '../../src/modules/casefile/erasure-carry.actions.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { atEnd } from '../support/at-end.ts';
import { filesIn, mail } from '../support/mails.ts';
import { type SeededChance, seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOf } from '../support/test-app.ts';

const DAY_MS = 24 * 3_600_000;
/** In the subject, the text, an attachment and the name; a short one, and a sentence over several pages of a table. */
const MARKS = {
  subject: 'quorvaxsubject',
  text: `zibbletext ${'and the login that nobody ever found again '.repeat(400)}zibbleend`,
  attachment: 'plimforattachment',
  name: 'Grebnokov',
};
const NEEDLES = ['quorvaxsubject', 'zibbletext', 'zibbleend', 'plimforattachment', 'grebnokov'];

async function open(dataDir: string, chance: SeededChance): Promise<App> {
  return openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: null, pgBin: null },
    chance,
    log: () => {},
    askNames: async () => Promise.reject(Object.assign(new Error('nobody asked'), { code: 'ENOTFOUND' })),
    say: () => {},
    forPeople: false,
  });
}

const call = async (app: App, method: string, path: string, body?: unknown) => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  return app.fetch(new Request(new URL(path, 'http://evenkeel.local'), { ...init, headers }), {
    isLocal: true,
  });
};
const ask = async <T>(app: App, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await call(app, method, path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** Files under a folder in which one of the marks can be read, in any case of letters, and which. */
function filesWithMarks(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = bytesOf(path).toString('latin1').toLowerCase();
      const found = NEEDLES.filter((needle) => bytes.includes(needle) || entry.name.includes(needle));
      return found.map((needle) => `${path.slice(dir.length)}: ${needle}`);
    });
}

/** PostgreSQL makes files and takes them away while one looks: what is gone holds nothing. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** A folder with a client of marked words, another without, and a little of everything that is made of words. */
async function marked(dataDir: string, chance: SeededChance): Promise<{ app: App; party: string }> {
  const app = await open(dataDir, chance);
  const folder = filesIn(temporaryFolder(), {
    'one.eml': letter('1'),
    'two.eml': mail({
      ...{ from: 'Bank <bank@client.example>', to: 'me@firm.example', subject: 'Ours stays' },
      ...{ date: 'Tue, 5 May 2026 09:14:00 +0300', body: 'The transfer arrived.' },
    }),
  });
  const { run } = await ask<{ run: string }>(app, 'POST', '/api/imports', {
    ...{ paths: [folder], me: ['me@firm.example'] },
  });
  await eventsOf(await call(app, 'GET', `/api/runs/${run}/events`));
  const { id: party } = await ask<{ id: string }>(
    app,
    'GET',
    '/api/parties/meant?word=grebnokov@client.example',
  );
  // The planner's samples and the log of changes hold the words too.
  await app.pool.query('ANALYZE');
  await app.runner.caughtUp();
  await app.pool.query('CHECKPOINT');
  return { app, party };
}

function letter(nth: string): string {
  const boundary = 'part-of-it';
  return [
    `From: ${MARKS.name} <grebnokov@client.example>`,
    'To: me@firm.example',
    `Subject: ${MARKS.subject} ${nth}`,
    'Date: Tue, 5 May 2026 09:14:00 +0300',
    `Message-ID: <${nth}.grebnokov@client.example>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    MARKS.text,
    `--${boundary}`,
    `Content-Type: text/plain; name="${MARKS.attachment}.txt"`,
    `Content-Disposition: attachment; filename="${MARKS.attachment}.txt"`,
    '',
    MARKS.attachment,
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

const wish = (party: string) => ({
  ...{ scope: 'party', subject: party, also: [] },
  ...{ ground: 'asked', reason: 'They asked for it.' },
});

test('a marked sentence is in no file under the folder once its client is erased, before and after a restart', {
  timeout: 240_000,
}, async () => {
  const dataDir = temporaryFolder();
  const chance = seededChance('erasure-files');
  const { app, party } = await marked(dataDir, chance);
  expect(filesWithMarks(join(dataDir, 'postgres')).join('\n')).toContain('pg_wal');
  await ask(app, 'POST', '/api/erasures', wish(party));
  chance.setClock(Date.parse(chance.now()) + DAY_MS + 1000);
  expect(await ask(app, 'POST', '/api/erasures', wish(party))).toMatchObject({ state: 'erased' });
  expect(filesWithMarks(dataDir)).toEqual([]);
  await app.close();
  expect(filesWithMarks(dataDir)).toEqual([]);
  const again = await open(dataDir, seededChance('erasure-files-again'));
  atEnd(() => again.close());
  expect(await verifyLog(again.ledger, again.sealer, dataDir, true)).toMatchObject({
    ok: true,
    failures: [],
  });
  expect(filesWithMarks(dataDir)).toEqual([]);
  expect(
    (await ask<{ items: { subject: string }[] }>(again, 'GET', '/api/search?q=transfer')).items,
  ).toHaveLength(1);
});

/** Ends the work at some step as a crash would: what was durable by then stays. */
const CRASHES: readonly [string, (ports: CarryPorts) => CarryPorts][] = [
  [
    'before its rows are taken out',
    (ports) => ({ ...ports, remake: () => Promise.reject(new Error('the power went')) }),
  ],
  [
    'when all is gone and only the receipt lacks',
    (ports) => ({ ...ports, keysCopiedAt: () => Promise.reject(new Error('the power went')) }),
  ],
];

test.each(CRASHES)(
  'an erasure that is cut off %s ends at the next start',
  { timeout: 240_000 },
  async (_when, broken) => {
    const dataDir = temporaryFolder();
    const chance = seededChance('erasure-crash');
    const { app, party } = await marked(dataDir, chance);
    await ask(app, 'POST', '/api/erasures', wish(party));
    chance.setClock(Date.parse(chance.now()) + DAY_MS + 1000);
    const { makeEraser } = await import('../../src/modules/casefile/erasure.actions.ts');
    const { projectionTables, replayKinds } = await import('../../src/replay.ts');
    const ports = {
      ...{ ledger: app.ledger, sealer: app.sealer, log: () => {}, quiet: async () => {}, isOurServer: true },
      ...{ caughtUp: () => app.runner.caughtUp(), remake: replayKinds, projections: projectionTables },
      keysCopiedAt: async () => null,
      rejoin: threadFollower(app.ledger).handle,
    };
    const eraser = makeEraser({ ...ports, ...broken(ports) });
    const meant = { ...wish(party), scope: 'party', ground: 'asked' } as const;
    await expect(eraser.erase('owner' as never, meant, null)).rejects.toThrow('the power went');
    expect(await openWork(app.db, app.ledger.workspaceId)).toHaveLength(1);
    await app.close();
    const again = await open(dataDir, seededChance('erasure-crash-again'));
    atEnd(() => again.close());
    expect(await openWork(again.db, again.ledger.workspaceId)).toEqual([]);
    const { items } = await ask<{ items: { state: string }[] }>(again, 'GET', '/api/erasures');
    expect(items[0]).toMatchObject({ state: 'erased', reach: 'files' });
    expect(filesWithMarks(dataDir)).toEqual([]);
    expect(await verifyLog(again.ledger, again.sealer, dataDir, true)).toMatchObject({
      ok: true,
      failures: [],
    });
  },
);
