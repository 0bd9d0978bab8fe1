import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import type { Actor } from '../../src/kernel/brand.ts';
import { createApi } from '../../src/kernel/http.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import {
  AskPageSchema,
  ChangesSchema,
  CourseSchema,
  DraftReadSchema,
  MirrorSchema,
  NewSignalsSchema,
  SettingsSchema,
  SignalPageSchema,
  TextReadSchema,
} from '../../src/modules/signal/schemas.ts';
import { signalRoutes } from '../../src/modules/signal/signal.routes.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

type Signal = ReturnType<typeof SignalPageSchema.parse>['items'][number];

const database = await testDatabase();
const chance = seededChance('signals');
let app: TestApp;
let party: string;

async function page(query = '') {
  return SignalPageSchema.parse(await app.ask('GET', `/api/parties/${party}/signals?limit=200&${query}`));
}

async function rowsOf<T>(query: string): Promise<readonly T[]> {
  return (await database.pool.query(query)).rows as T[];
}

beforeAll(async () => {
  app = await testApp(database, { chance });
  const folder = temporaryFolder();
  for (const { path, bytes } of storyMails()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  chance.setClock(Date.parse('2026-05-14T06:00:00.000Z'));
  const { me } = story.workspace;
  await app.bringIn({ paths: [join(folder, 'baltika.mbox')], me, client: 'Baltika Oy' });
  await app.bringIn({ paths: [folder], me });
  ({ id: party } = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=Baltika Oy'));
});

describe('marked words of a client', () => {
  test('are quotes at their place in the text, with the reason and the version', async () => {
    const { items, read } = await page();
    expect(items.length).toBeGreaterThan(5);
    expect(read).toBeGreaterThan(20);
    for (const { interactionId, start, end, quote, why, pack, engine } of items) {
      const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${interactionId}`);
      expect(text.slice(start, end)).toBe(quote);
      expect([why, pack, engine].every((word) => word !== '')).toBe(true);
    }
  });

  test('are there for the court that was announced', async () => {
    const { items } = await page('kinds=legal_threat');
    expect(items.map(({ quote }) => quote).join('\n')).toContain('see you in court');
  });

  test('are only theirs: nothing of ours is stored', async () => {
    const [{ count: ours } = { count: null }] = await rowsOf<{ count: number }>(
      `SELECT count(*) FROM signal_readings r JOIN interactions i ON i.id = r.interaction_id WHERE i.direction IS DISTINCT FROM 'inbound'`,
    );
    expect(ours).toBe(0);
  });

  test('are counted by kind and by conduct, and by pages they are the same', async () => {
    const whole = await page();
    const sum = Object.values(whole.kinds).reduce((total, count) => total + count, 0);
    expect(sum).toBe(whole.items.length);
    const first = SignalPageSchema.parse(await app.ask('GET', `/api/parties/${party}/signals?limit=3`));
    const next = SignalPageSchema.parse(
      await app.ask('GET', `/api/parties/${party}/signals?limit=3&after=${first.next}`),
    );
    expect([...first.items, ...next.items]).toEqual(whole.items.slice(0, 6));
  });

  test('can be asked for by message, in the order of the text', async () => {
    const { items } = await page();
    const ids = [...new Set(items.map(({ interactionId }) => interactionId))];
    const marks = await app.ask<{ items: Signal[] }>(
      'GET',
      `/api/signals?party=${party}&interactions=${ids.join(',')}`,
    );
    expect(marks.items.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort());
    for (const id of ids) {
      const starts = marks.items
        .filter(({ interactionId }) => interactionId === id)
        .map(({ start }) => start);
      expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    }
  });

  test('of nobody are refused, and so is a kind that there is not', async () => {
    const unknown = '00000000-0000-7000-8000-000000000000';
    expect((await app.call('GET', `/api/parties/${unknown}/signals`)).status).toBe(404);
    expect((await app.call('GET', `/api/parties/${party}/signals?kinds=toxic_person`)).status).toBe(422);
  });

  test('come behind the index, with a lag of their own', async () => {
    const { lag, parked } = await app.ask<{ lag: Record<string, number>; parked: number }>(
      'GET',
      '/api/health',
    );
    expect(lag).toMatchObject({ 'signal.read': 0 });
    expect(parked).toBe(0);
  });
});

describe('what somebody says of marked words', () => {
  test('is a working note with their name: dismissed ones are counted no more, and no entry is made', async () => {
    const before = await page();
    const [entries] = await rowsOf<{ count: number }>('SELECT count(*) FROM entries');
    const signal = before.items[0]!;
    const put = await app.call('PUT', `/api/signals/${signal.id}/verdict`, {
      verdict: 'dismissed',
      note: 'It is a line of a song.',
    });
    expect(put.status).toBe(204);
    const after = await page();
    expect(after.items.map(({ id }) => id)).not.toContain(signal.id);
    expect((after.kinds[signal.kind] ?? 0) + 1).toBe(before.kinds[signal.kind]);
    const shown = (await page('dismissed=shown')).items.find(({ id }) => id === signal.id)!;
    expect(shown.verdicts).toMatchObject([
      { verdict: 'dismissed', name: 'owner', note: 'It is a line of a song.' },
    ]);
    expect(await rowsOf('SELECT count(*) FROM entries')).toEqual([entries]);
    expect((await app.call('DELETE', `/api/signals/${signal.id}/verdict`)).status).toBe(204);
    expect(await page()).toEqual(before);
  });

  test('is for those who work here: who only reads the record sees the words and not the notes', async () => {
    const [signal] = (await page()).items as [Signal];
    await app.call('PUT', `/api/signals/${signal.id}/verdict`, {
      verdict: 'confirmed',
      note: 'As I remember.',
    });
    const reader = openReader(temporaryFolder());
    const api = createApi(() => {});
    api.use(async (c, next) => {
      c.set('caller', { actor: 'member:1' as Actor, role: 'auditor', name: 'Aino', isLocal: false });
      await next();
    });
    signalRoutes(api, app.ledger, reader);
    const seen = SignalPageSchema.parse(await (await api.request(`/api/parties/${party}/signals`)).json());
    const marks = await (await api.request(`/api/signals?interactions=${signal.interactionId}`)).json();
    await reader.close();
    expect(seen.items[0]).toEqual({ ...signal, verdicts: [] });
    expect((marks as { items: Signal[] }).items.flatMap(({ verdicts }) => verdicts)).toEqual([]);
    for (const [method, path] of [
      ['PUT', `/api/signals/${signal.id}/verdict`],
      ['DELETE', `/api/signals/${signal.id}/verdict`],
      ['GET', '/api/signals/new'],
      ['POST', '/api/signals/changes'],
    ] as const)
      expect((await api.request(path, { method })).status).toBe(403);
    await app.call('DELETE', `/api/signals/${signal.id}/verdict`);
  });

  test('of words that are not marked is refused', async () => {
    const answer = await app.call('PUT', '/api/signals/00000000-0000-8000-8000-000000000000/verdict', {
      verdict: 'confirmed',
    });
    expect(await answer.json()).toMatchObject({ status: 404, code: 'signal-unknown' });
  });
});

describe('a rule', () => {
  test.each([['for everybody'], ['for one client']])(
    'that is off %s marks nothing there, and why it was off stays known',
    async (scope) => {
      const before = await page();
      const rule = before.items[0]!.why;
      const of = scope === 'for one client' ? party : null;
      const nameless = await app.call('POST', '/api/language/switches', { rule, party: of, reason: ' ' });
      expect(await nameless.json()).toMatchObject({ status: 422, code: 'reason-missing' });
      const { id } = await app.ask<{ id: string }>('POST', '/api/language/switches', {
        rule,
        party: of,
        reason: 'They quote this from our own contract.',
      });
      const off = await page();
      expect(off.items.filter(({ why }) => why === rule)).toEqual([]);
      expect(off.items.length).toBeLessThan(before.items.length);
      expect((await app.call('DELETE', `/api/language/switches/${id}`)).status).toBe(204);
      expect(await page()).toEqual(before);
      const { items } = await app.ask<{ items: Record<string, unknown>[] }>('GET', '/api/language/switches');
      expect(items.find((one) => one.id === id)).toMatchObject({
        rule,
        partyId: of,
        reason: 'They quote this from our own contract.',
        offBy: 'owner',
        onBy: 'owner',
      });
      expect((await app.call('DELETE', `/api/language/switches/${id}`)).status).toBe(404);
    },
  );
});

async function keep(text: string, at: string): Promise<void> {
  const words = { text, party: { id: party }, at, way: 'chat', direction: 'inbound' };
  await app.ask('POST', '/api/interactions', words);
  await app.runner.caughtUp();
}

describe('what is new', () => {
  test('is of the last thirty days only, and is not new once it was seen', async () => {
    await keep('We will take you to court over this.', '2026-01-10T10:00:00+02:00');
    const fresh = NewSignalsSchema.parse(await app.ask('GET', '/api/signals/new'));
    expect(fresh.items.length).toBeGreaterThan(0);
    expect(fresh.since.slice(0, 10)).toBe('2026-04-14');
    for (const { at } of fresh.items) expect(at >= fresh.since).toBe(true);
    const whole = await page();
    expect(whole.items.some(({ at }) => at < fresh.since)).toBe(true);
    await app.call('POST', '/api/signals/seen', { upTo: fresh.upTo });
    expect(await app.ask('GET', '/api/signals/new')).toMatchObject({ items: [], kinds: {} });
  });

  test('is what came after, also when it was written before', async () => {
    await keep('If I do not have the money by Friday, I will see you in court.', '2026-05-10T10:00:00+03:00');
    const { items } = NewSignalsSchema.parse(await app.ask('GET', '/api/signals/new'));
    expect(items.map(({ kind }) => kind)).toContain('legal_threat');
    expect(items[0]!.party).toEqual({ id: party, name: 'Baltika Oy' });
  });
});

describe('reading everything again', () => {
  test('shows what would change before it does, and a verdict stays with its words', async () => {
    const before = await page();
    const [kept, lost] = before.items as [Signal, Signal];
    await app.ask('GET', '/api/signals/changes');
    await app.call('PUT', `/api/signals/${kept.id}/verdict`, { verdict: 'confirmed' });
    // As an older engine would have left it: one thing not seen, one seen that is not there.
    await database.pool.query(`UPDATE signal_readings SET method = 'an older one'`);
    await database.pool.query('DELETE FROM signals WHERE id = $1', [lost.id]);
    await database.pool.query(
      `UPDATE signals SET id = gen_random_uuid(), kind = 'churn_threat', quote = 'old' WHERE id = $1`,
      [before.items[2]!.id],
    );
    const outdated = ChangesSchema.parse(await app.ask('GET', '/api/signals/changes'));
    expect(outdated.outdated).toBe((await page()).outdated);
    expect(outdated).toMatchObject({
      added: { total: 2 },
      removed: { total: 1, kinds: { churn_threat: 1 } },
    });
    expect(outdated.removed.samples).toMatchObject([{ quote: 'old' }]);
    expect((await page()).items.map(({ id }) => id)).not.toContain(lost.id);
    expect(await app.ask('POST', '/api/signals/changes')).toEqual({ read: outdated.outdated });
    const after = await page();
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    expect(after.items[0]!.verdicts).toMatchObject([{ verdict: 'confirmed' }]);
    expect(after.outdated).toBe(0);
    expect(await app.ask('GET', '/api/signals/changes')).toMatchObject({ outdated: 0, added: { total: 0 } });
    await app.call('DELETE', `/api/signals/${kept.id}/verdict`);
  });

  test('is called for when the profile changes', async () => {
    const plain = await app.ask<{ profile: null }>('GET', '/api/language/settings');
    expect(plain.profile).toBeNull();
    await app.ask('PATCH', '/api/language/settings', { profile: 'performer' });
    expect((await page()).outdated).toBeGreaterThan(0);
    await app.ask('PATCH', '/api/language/settings', { profile: null });
    expect((await page()).outdated).toBe(0);
  });
});

describe('a whole relationship', () => {
  test('what they asked has its number, its ground that nobody looked at, and where it was asked before', async () => {
    const { items, total } = AskPageSchema.parse(
      await app.ask('GET', `/api/parties/${party}/asks?limit=500`),
    );
    expect(total).toBe(items.length);
    expect(items.length).toBeGreaterThan(10);
    expect(new Set(items.map(({ ground }) => ground))).toEqual(new Set(['not_looked_at']));
    const again = items.filter(({ before }) => before.length > 0);
    expect(again.length).toBeGreaterThan(0);
    for (const { at, interactionId, before } of again)
      for (const earlier of before) {
        expect(earlier.at <= at).toBe(true);
        expect(earlier.interactionId).not.toBe(interactionId);
      }
    expect(again.some(({ quote }) => /login/.test(quote))).toBe(true);
  });

  test('the mirror shows our own side, and leaves nothing behind', async () => {
    const before = await rowsOf('SELECT count(*) FROM signals');
    const mirror = MirrorSchema.parse(await app.ask('GET', `/api/parties/${party}/mirror`));
    expect(mirror.looked.messages).toBeGreaterThan(40);
    expect(mirror.pace).toMatchObject({
      workDays: [1, 2, 3, 4, 5],
      from: '09:00',
      until: '17:00',
      replyDays: 2,
    });
    expect(mirror.answers.due).toBeGreaterThan(0);
    expect(mirror.promised.length).toBeGreaterThan(0);
    expect(await rowsOf('SELECT count(*) FROM signals')).toEqual(before);
    await app.ask('PATCH', '/api/language/settings', { replyDays: 0 });
    const strict = MirrorSchema.parse(await app.ask('GET', `/api/parties/${party}/mirror`));
    expect(strict.late.length).toBeGreaterThan(mirror.late.length);
    await app.ask('PATCH', '/api/language/settings', { replyDays: 2 });
  });

  test('over time both sides are drawn week by week', async () => {
    const course = CourseSchema.parse(await app.ask('GET', `/api/parties/${party}/course`));
    expect(course.weeks.length).toBeGreaterThan(15);
    const sum = (side: 'theirs' | 'ours') =>
      course.weeks.reduce((total, week) => total + week[side].messages, 0);
    expect(sum('theirs')).toBeGreaterThan(20);
    expect(sum('ours')).toBeGreaterThan(20);
    for (const { behind } of course.changes) expect(behind.length).toBeGreaterThan(0);
  });
});

describe('a text that is only looked at', () => {
  test('is compared with what the client asked before', async () => {
    const text = 'Where is the login for the admin?';
    const alone = TextReadSchema.parse(await app.ask('POST', '/api/language/read', { text }));
    expect(alone.asks.map(({ before }) => before)).toEqual([[]]);
    const { asks } = TextReadSchema.parse(await app.ask('POST', '/api/language/read', { text, party }));
    expect(asks[0]).toMatchObject({ number: 1, kind: 'question', quote: text, ground: 'not_looked_at' });
    expect(asks[0]!.before[0]!.quote).toContain('login');
  });

  test('can answer a message of the record; one that is not there is refused', async () => {
    const draft = (replyTo: unknown) =>
      app.call('POST', '/api/language/draft', { text: 'The login is in line 4.', party, replyTo });
    const { items } = AskPageSchema.parse(await app.ask('GET', `/api/parties/${party}/asks`));
    const answered = await draft({ interaction: items[0]!.interactionId });
    expect(DraftReadSchema.parse(await answered.json()).lang).toBe('en');
    expect((await draft('newest')).status).toBe(200);
    const unknown = await draft({ interaction: '00000000-0000-7000-8000-000000000000' });
    expect(await unknown.json()).toMatchObject({ status: 404, code: 'interaction-unknown' });
  });
});

test('hours that cannot be are refused, and those that can be are kept', async () => {
  for (const wish of [{ workDays: [] }, { workFrom: '18:00' }])
    expect(await (await app.call('PATCH', '/api/language/settings', wish)).json()).toMatchObject({
      code: 'pace-unusable',
    });
  const kept = await app.ask('PATCH', '/api/language/settings', { workDays: [2, 3], place: 'FI' });
  expect(SettingsSchema.parse(kept)).toMatchObject({ workDays: [2, 3], place: 'FI', replyDays: 2 });
});
