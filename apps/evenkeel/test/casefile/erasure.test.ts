import { createHash } from 'node:crypto';
import { decodeLeaf, envelopeCommitment } from '@evenkeel/proof/leaf';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/sha256.ts';
import { startThread } from '../../src/kernel/workers.ts';
import { type ErasurePorts, makeEraser } from '../../src/modules/casefile/erasure.actions.ts';
import { openWork } from '../../src/modules/casefile/erasure.store.ts';
import type { ErasureWish } from '../../src/modules/casefile/erasure.ts';
import { indexFollower } from '../../src/modules/interaction/index.follower.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { LOCAL_OWNER, sealedEnvelopeOf } from '../../src/modules/ledger/ledger.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { projectionTables, replay, replayKinds } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import { type Rows, rowsOf } from '../support/made-anew.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Firm, firm } from './firm.ts';

const DAY_MS = 24 * 3_600_000;
type Preview = {
  name: string;
  records: number;
  entries: number;
  objects: number;
  beside: { room: string; count: number }[];
  shared: { id: string; parties: string[] }[];
  holds: { id: string }[];
  asked: { id: string } | null;
};
type Erasing = { state: string; id: string; entries: number; until: string | null; holds: string[] };

let here: Firm;
beforeAll(async () => {
  here = await firm();
});

const what = (scope: 'party' | 'record', subject: string, also: string[] = []) => ({ scope, subject, also });
const ask = async (scope: 'party' | 'record', subject: string, also: string[] = []) =>
  here.app.ask<Erasing>('POST', '/api/erasures', {
    ...what(scope, subject, also),
    ground: 'asked',
    reason: 'They asked for it on 8 May.',
  });
const preview = (scope: 'party' | 'record', subject: string) =>
  here.app.ask<Preview>('POST', '/api/erasures/preview', what(scope, subject));

/** Alone, after a written reason and a day. */
async function erase(scope: 'party' | 'record', subject: string, also: string[] = []): Promise<Erasing> {
  const asked = await ask(scope, subject, also);
  expect(asked.state).toBe('waiting');
  here.chance.setClock(Date.parse(here.chance.now()) + DAY_MS + 1000);
  return ask(scope, subject, also);
}

async function snapshot(): Promise<Rows> {
  return rowsOf(here.app.pool, await projectionTables(here.app.db));
}

async function everythingStored(): Promise<string> {
  const { rows } = await here.app.pool.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
  );
  let all = '';
  for (const { name } of rows) {
    const found = await here.app.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    all += found.rows.map(({ row }) => row).join('\n');
  }
  return all;
}

/** Envelopes as whoever guesses every word right would write them, by the place of their entries. */
async function plaintexts(): Promise<ReadonlyMap<number, Uint8Array>> {
  const { app } = here;
  const entries = await pageOfEntries(app.db, app.ledger.workspaceId, 0, 1000);
  const opened = await app.ledger.vault.openEnvelopes(entries.map(sealedEnvelopeOf));
  return new Map(entries.flatMap(({ index }, i) => (opened[i] === 'erased' ? [] : [[index, opened[i]!]])));
}

describe('a hold', () => {
  test('makes erasing a refusal that is dated and can be looked at again, for the client and for each record', async () => {
    const { app, bank, letters } = here;
    const hold = await here.post('/api/holds', {
      ...{ scope: 'party', party: bank, reason: 'A claim was announced.', reviewOn: '2026-09-01' },
    });
    for (const [scope, subject] of [
      ['party', bank],
      ['record', letters.bank],
    ] as const) {
      expect((await preview(scope, subject)).holds).toMatchObject([{ id: hold.body.id }]);
      expect(await ask(scope, subject)).toMatchObject({ state: 'refused', holds: [hold.body.id] });
    }
    const { items } = await app.ask<{ items: Record<string, unknown>[] }>('GET', '/api/erasures');
    expect(items).toMatchObject([
      { state: 'refused', scope: 'record', reviewAt: expect.stringContaining('2026-09-01') },
      { state: 'refused', scope: 'party', ground: 'asked', reason: 'They asked for it on 8 May.' },
    ]);
    expect((await app.call('GET', `/api/interactions/${letters.bank}`)).status).toBe(200);
  });
});

describe('whoever erases', () => {
  test('alone waits for a day after a reason, and nothing goes before it is over', async () => {
    const { app, letters } = here;
    expect(await ask('record', letters.ours)).toMatchObject({ state: 'waiting' });
    const again = await here.post('/api/erasures', {
      ...{ ...what('record', letters.ours), ground: 'asked', reason: 'Once more.' },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'wait-needed' } });
    expect((await app.call('GET', `/api/interactions/${letters.ours}`)).status).toBe(200);
  });

  test('writes a reason, and not one that keeps the name of whoever is to be forgotten', async () => {
    const { virtanen } = here;
    const wish = { ...what('party', virtanen), ground: 'asked' };
    const refusedWith = async (reason: string) =>
      (await here.post('/api/erasures', { ...wish, reason })).body.code;
    expect(await refusedWith(' ')).toBe('reason-missing');
    expect(await refusedWith('VIRTANEN wanted it.')).toBe('reason-names-them');
    expect(await refusedWith('see virtanen@client.example')).toBe('reason-names-them');
  });
});

describe('one record', () => {
  test('goes with the point that quotes it, and the preview says so before', async () => {
    const { virtanen, letters } = here;
    await here.point(virtanen, letters.virtanen, 'The invoice was paid in April.');
    const look = await preview('record', letters.virtanen);
    expect(look).toMatchObject({ records: 1, beside: [{ room: 'point', count: 1 }], holds: [] });
    const { app } = here;
    const leafBefore = (await pageOfEntries(app.db, app.ledger.workspaceId, 0, 1000)).map(({ leaf }) =>
      Buffer.from(leaf).toString('hex'),
    );
    const known = await plaintexts();
    const done = await erase('record', letters.virtanen);
    expect(done).toMatchObject({ state: 'erased', entries: look.entries });
    expect(await everythingStored()).not.toContain('invoice was paid in April');
    expect((await app.call('GET', `/api/interactions/${letters.virtanen}`)).status).toBe(404);
    const after = await pageOfEntries(app.db, app.ledger.workspaceId, 0, 1000);
    // The log is what it was and grew: no leaf moved or changed.
    expect(after.slice(0, leafBefore.length).map(({ leaf }) => Buffer.from(leaf).toString('hex'))).toEqual(
      leafBefore,
    );
    // Not even who guesses every byte can confirm it: without its salt no leaf says what it stands for.
    const left = await plaintexts();
    const gone = [...known].filter(([index]) => !left.has(index));
    expect(gone).toHaveLength(done.entries);
    for (const [index, bytes] of gone) {
      const { commit } = decodeLeaf(after[index]!.leaf);
      const guesses = [new Uint8Array(32), sha256(bytes), sha256(after[index]!.leaf)];
      expect(Buffer.from(sha256(bytes))).not.toEqual(Buffer.from(commit));
      for (const r of guesses)
        expect(Buffer.from(envelopeCommitment(sha256, r, sha256(bytes)))).not.toEqual(Buffer.from(commit));
    }
    expect(decodeLeaf(after.find(({ kind }) => kind === 'erasure.done')!.leaf).kind).toBe('erasure');
    expect(await verifyLog(app.ledger, app.sealer, app.dataDir, true)).toMatchObject({
      ok: true,
      failures: [],
    });
  });
});

describe('an erasure that goes on', () => {
  const meant = (subject: string): ErasureWish => ({
    ...{ subject, also: [], reason: 'They asked for it on 8 May.' },
    scope: 'record',
    ground: 'asked',
  });
  const eraserWith = (given: Partial<ErasurePorts>) => {
    const { ledger, sealer, runner } = here.app;
    return makeEraser({
      ...{ ledger, sealer, log: () => {}, quiet: async () => {}, isOurServer: false },
      ...{ caughtUp: () => runner.caughtUp(), remake: replayKinds, projections: projectionTables },
      ...{ keysCopiedAt: async () => null, rejoin: threadFollower(ledger).handle, ...given },
    });
  };
  const isThere = async (id: string) => (await here.app.call('GET', `/api/interactions/${id}`)).status;
  const works = () => openWork(here.app.db, here.app.ledger.workspaceId);
  let second: string;

  beforeAll(async () => {
    const { app } = here;
    const folder = filesIn(temporaryFolder(), {
      'second.eml': mail({
        ...{ from: 'Bank <bank2@client.example>', to: 'me@firm.example', subject: 'A second one' },
        ...{ date: 'Wed, 6 May 2026 12:14:00 +0300', body: 'The second transfer arrived.' },
      }),
    });
    await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
    const { items } = await app.ask<{ items: { id: string }[] }>('GET', '/api/search?q=second');
    second = items[0]!.id;
    await ask('record', second);
    here.chance.setClock(Date.parse(here.chance.now()) + DAY_MS + 1000);
  });

  test('says how far it is, and is called off as long as nothing has gone: then all of it is there', async () => {
    const eraser = eraserWith({ quiet: () => new Promise(() => {}) });
    const going = eraser.erase(LOCAL_OWNER, meant(second), null);
    await expect
      .poll(() => eraser.now())
      .toMatchObject({ scope: 'record', subject: second, phase: 'waiting', mayCancel: true });
    expect(await eraser.erase(LOCAL_OWNER, meant(second), null)).toMatchObject({ reason: 'erasing-now' });
    expect(eraser.cancel()).toMatchObject({ ok: true });
    expect(await going).toMatchObject({ ok: false, reason: 'erasing-cancelled' });
    expect(eraser.now()).toBeNull();
    expect(eraser.cancel()).toMatchObject({ reason: 'erasing-none' });
    expect(await works()).toEqual([]);
    expect(await isThere(second)).toBe(200);
  });

  test('whose program ends once the keys go is not called off, and goes on to its end at the next start', async () => {
    const { app } = here;
    const { vault } = app.ledger;
    const cancelled: unknown[] = [];
    const destroy = () => {
      cancelled.push(eraser.now(), eraser.cancel());
      return Promise.reject(new Error('the power went'));
    };
    const eraser = eraserWith({ ledger: { ...app.ledger, vault: { ...vault, destroy } } });
    await expect(eraser.erase(LOCAL_OWNER, meant(second), null)).rejects.toThrow('the power went');
    expect(cancelled).toMatchObject([{ phase: 'keys', mayCancel: false }, { reason: 'erasing-past' }]);
    expect(await works()).toHaveLength(1);
    expect(await isThere(second)).toBe(200);
    await eraserWith({}).resume();
    expect(await works()).toEqual([]);
    expect(await isThere(second)).toBe(404);
    expect(await everythingStored()).not.toContain('second transfer');
  });

  test('is asked after and called off by those who may erase, through the program', async () => {
    const { app } = here;
    expect(await app.ask('GET', '/api/erasures/now')).toEqual({ now: null });
    expect(await here.post('/api/erasures/now/cancel', undefined)).toMatchObject({
      ...{ status: 409, body: { code: 'erasing-none' } },
    });
  });
});

describe('one client', () => {
  test('goes with every record that only they are in; one that others are in stays unless it is chosen', async () => {
    const { app, orlov } = here;
    const shared = filesIn(temporaryFolder(), {
      'both.eml': mail({
        ...{ from: 'Me <me@firm.example>', subject: 'To both', date: 'Wed, 6 May 2026 10:02:00 +0300' },
        to: 'orlov@client.example, bank@client.example',
        body: 'Both of you read this.',
      }),
    });
    await app.bringIn({ paths: [shared], me: ['me@firm.example'] });
    const look = await preview('party', orlov);
    expect(look).toMatchObject({ name: 'Orlov', records: 2, shared: [{ parties: ['Bank', 'Orlov'] }] });
    const done = await erase('party', orlov);
    expect(done).toMatchObject({ state: 'erased', entries: look.entries + 0 });
    const stored = await everythingStored();
    expect(stored).not.toMatch(/Orlov|line 4/);
    expect(stored).toContain('Both of you read this.');
    expect((await app.call('GET', `/api/parties/${orlov}`)).status).toBe(404);
    expect(await verifyLog(app.ledger, app.sealer, app.dataDir, true)).toMatchObject({ ok: true });
  });

  test('is not brought back by the same files: they are counted as left out, and it is said', async () => {
    const { app } = here;
    const again = filesIn(temporaryFolder(), {
      '4.eml': mail({
        ...{ from: 'Me <me@firm.example>', to: 'orlov@client.example', subject: 'The login' },
        ...{ date: 'Tue, 5 May 2026 10:02:00 +0300', body: 'The login is in line 4.' },
      }),
      '5.eml': mail({
        ...{ from: 'Bank <bank@client.example>', to: 'me@firm.example', subject: 'Another' },
        ...{ date: 'Tue, 12 May 2026 10:02:00 +0300', body: 'This one is new.' },
      }),
    });
    const { report } = await app.bringIn({ paths: [again], me: ['me@firm.example'] });
    expect(report.totals).toMatchObject({ items: 2, imported: 1, leftOut: 1 });
    expect(report.issues).toMatchObject([{ code: 'erased-earlier' }]);
    expect(await everythingStored()).not.toContain('line 4');
  });

  test('leaves digests that say nothing without our key', async () => {
    const { rows } = await here.app.pool.query<{ digest: Buffer }>('SELECT digest FROM erased_digests');
    const text = mail({
      ...{ from: 'Me <me@firm.example>', to: 'orlov@client.example', subject: 'The login' },
      ...{ date: 'Tue, 5 May 2026 10:02:00 +0300', body: 'The login is in line 4.' },
    });
    const plain = createHash('sha256').update(text).digest();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ digest }) => digest.equals(plain))).toBe(false);
  });
});

describe('after all of it', () => {
  test('what was made anew is, row by row, what a whole replay makes', async () => {
    const analyst = startThread(
      new URL('../../src/modules/interaction/analyse.worker.ts', import.meta.url),
    ) as never;
    atEnd(() => (analyst as { close: () => Promise<void> }).close());
    await here.app.runner.caughtUp();
    const before = await snapshot();
    await replay(here.app.ledger, [
      indexFollower(here.app.ledger, () => analyst),
      threadFollower(here.app.ledger),
    ]);
    const after = await snapshot();
    for (const table of Object.keys(before).filter((name) => !name.startsWith('signal')))
      expect(after[table], table).toEqual(before[table]);
  });
});
