import { verifyBundle } from '@evenkeel/proof/verify';
import { beforeAll, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { startThread } from '../../src/kernel/workers.ts';
import { findReach } from '../../src/modules/casefile/erasure-plan.actions.ts';
import type { ErasureTarget } from '../../src/modules/casefile/erasure-reach.ts';
import { type Analyst, indexFollower } from '../../src/modules/interaction/index.follower.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { signalFollower } from '../../src/modules/signal/signal.follower.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import type { SeededChance } from '../support/seeded-chance.ts';
import type { TestApp } from '../support/test-app.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { toldStory } from '../support/told-story.ts';
import { sumsOf, wholeReach } from '../support/whole-reach.ts';

const DAY_MS = 24 * 3_600_000;
let database: TestDatabase;
let app: TestApp;
let chance: SeededChance;

type Party = { id: string; name: string; interactions: number };
type Preview = { name: string; records: number; holds: { id: string }[]; beside: { room: string }[] };
const wish = (subject: string) => ({ scope: 'party', subject, also: [] });

beforeAll(async () => {
  ({ app, database, chance } = await toldStory('erasure-story'));
  await releaseHolds();
}, 300_000);

/** The dispute is over, and somebody outside has looked. */
async function releaseHolds(): Promise<void> {
  const { items } = await app.ask<{ items: { id: string }[] }>('GET', '/api/holds');
  const riitta = await app.ask<{ id: string }>(
    'GET',
    '/api/parties/meant?word=riitta.halme@yrittajat.example',
  );
  const looked = await app.ask<{ items: { id: string }[] }>('GET', `/api/parties/${riitta.id}/timeline`);
  const outsider = { name: 'Riitta Halme', proof: looked.items[0]!.id };
  for (const { id } of items)
    await app.ask('POST', `/api/holds/${id}/release`, { reason: 'The claim was settled.', outsider });
}

async function snapshot(): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables: Record<string, readonly string[]> = {};
  for (const name of await projectionTables(database.db)) {
    const { rows } = await database.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    tables[name] = rows.map(({ row }) => row).sort();
  }
  return tables;
}

/** Whoever has the most beside their records and is not held. */
async function whomToErase(): Promise<{ id: string; look: Preview }> {
  const { items } = await app.ask<{ items: Party[] }>('GET', '/api/parties?limit=100');
  const looks = [];
  for (const { id } of items)
    looks.push({ id, look: await app.ask<Preview>('POST', '/api/erasures/preview', wish(id)) });
  const free = looks.filter(({ look }) => look.holds.length === 0);
  return free.sort(
    (a, b) => b.look.beside.length - a.look.beside.length || b.look.records - a.look.records,
  )[0]!;
}

test('what goes with each client and with each record is found as if every entry of the ledger were opened', {
  timeout: 300_000,
}, async () => {
  const { items } = await app.ask<{ items: Party[] }>('GET', '/api/parties?limit=100');
  const { rows } = await database.pool.query<{ id: string; shared: boolean }>(
    `SELECT i.id, (SELECT count(*) > 1 FROM filings f WHERE f.interaction_id = i.id) AS shared FROM interactions i
     ORDER BY i.id`,
  );
  const also = new Set(rows.filter(({ shared }) => shared).map(({ id }) => id));
  const targets: ErasureTarget[] = [
    ...items.flatMap(({ id }) => [
      { scope: 'party' as const, id, also: new Set<string>() },
      { scope: 'party' as const, id, also },
    ]),
    ...rows.filter((_, i) => i % 5 === 0).map(({ id }) => ({ scope: 'record' as const, id })),
  ];
  const whole = await wholeReach(app.ledger);
  for (const target of targets) {
    const found = sumsOf(await findReach(app.ledger, target));
    expect(found, `${target.scope} ${target.id}`).toEqual(whole(target));
  }
});

test('a client of the whole story goes, every row that is left is what a replay makes, and an old bundle verifies', {
  timeout: 300_000,
}, async () => {
  const { id, look } = await whomToErase();
  expect(look.beside.length).toBeGreaterThan(1);
  const made = await app.call('POST', '/api/bundles', { party: id, disclosure: 'send' });
  const bundle = new Uint8Array(await made.arrayBuffer());
  const others = await ofOthers(id);
  expect(others.length).toBeGreaterThan(10);
  const ask = () =>
    app.ask('POST', '/api/erasures', { ...wish(id), ground: 'asked', reason: 'Asked for in writing.' });
  await ask();
  chance.setClock(Date.parse(chance.now()) + DAY_MS + 1000);
  expect(await ask()).toMatchObject({ state: 'erased' });
  expect((await app.call('GET', `/api/parties/${id}`)).status).toBe(404);
  expect(await verifyLog(app.ledger, app.sealer, app.dataDir, true)).toMatchObject({
    ok: true,
    failures: [],
  });
  // Nothing of anybody else went along.
  expect(await ofOthers(id)).toEqual(others);
  expect(made.status).toBe(200);
  expect(await verifyOf(bundle)).toBe(true);
  expect(await disagreement(bundle)).toBeNull();

  const analyst: Analyst = startThread(
    new URL('../../src/modules/interaction/analyse.worker.ts', import.meta.url),
  );
  atEnd(() => analyst.close());
  const reader = openReader(`${app.dataDir}/packs`);
  atEnd(() => reader.close());
  await app.runner.caughtUp();
  const before = await snapshot();
  await replay(app.ledger, [
    indexFollower(app.ledger, () => analyst),
    threadFollower(app.ledger),
    signalFollower(app.ledger, reader),
  ]);
  const after = await snapshot();
  for (const table of Object.keys(before)) expect(after[table], table).toEqual(before[table]);
});

/** Every projected row that belongs to another client and does not name this one: a comparison of both goes. */
async function ofOthers(party: string): Promise<readonly string[]> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'party_id'
     WHERE c.relnamespace = 'public'::regnamespace AND obj_description(c.oid, 'pg_class') LIKE 'projection%'`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: string }>(
      `SELECT t::text AS row FROM ${name} AS t WHERE party_id <> $1`,
      [party],
    );
    all.push(...rows.filter(({ row }) => !row.includes(party)).map(({ row }) => `${name}: ${row}`));
  }
  return all.sort();
}

async function verifyOf(bytes: Uint8Array): Promise<boolean> {
  const source = {
    size: bytes.length,
    read: async (start: number, end: number) => bytes.subarray(start, end),
  };
  return (await verifyBundle(source, { sha256 })).integrity.ok;
}
