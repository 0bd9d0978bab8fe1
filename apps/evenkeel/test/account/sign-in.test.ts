import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '../../src/kernel/brand.ts';
import { sql } from '../../src/kernel/db.ts';
import { type Api, createApi, ROLES, securedRoute } from '../../src/kernel/http.ts';
import { type Instant, instantOf } from '../../src/kernel/instant.ts';
import { callLocal } from '../../src/kernel/server.local.ts';
import { type Fetch, listen, listenLocal } from '../../src/kernel/server.ts';
import { type Account, openAccount } from '../../src/modules/account/account.actions.ts';
import { authenticate, registerAccount } from '../../src/modules/account/account.routes.ts';
import type { Member } from '../../src/modules/account/account.ts';
import { type TestDatabase, testDatabase } from '../support/test-database.ts';

const PASSWORD = 'a long enough password';
const FIRST = { code: 'right code', name: 'Алекс', addresses: ['alex@firm.example'], password: PASSWORD };

let database: TestDatabase;
let account: Account;
let api: Api;
let added: Pick<Member, 'id' | 'name' | 'role'>[];
let now: Instant;
let diskFull: boolean;
let lines: string[];

beforeAll(async () => {
  database = await testDatabase();
});

beforeEach(async () => {
  added = [];
  now = '2026-05-12T06:00:00.000Z' as Instant;
  diskFull = false;
  lines = [];
  account = await open();
  api = apiFor(account);
});

afterAll(() => account.close());

/** A workspace of its own for each test; the sign-in library's tables are shared by all. */
async function open(): Promise<Account> {
  const workspaceId = randomUUID() as WorkspaceId;
  await sql`
    INSERT INTO workspaces (workspace_id, zone, created_at) VALUES (${workspaceId}, 'Europe/Helsinki', ${now})
  `.execute(database.db);
  await account?.close();
  return openAccount({
    db: database.db,
    connection: database.connection,
    workspaceId,
    secret: randomBytes(32),
    firstRunCode: FIRST.code,
    chance: { now: () => now, bytes: (sizeBytes) => randomBytes(sizeBytes) },
    log: (event, values) => lines.push(`${event} ${JSON.stringify(values)}`),
    record: async (_tx, _actor, fact) => {
      if (diskFull) throw new Error('disk full');
      if (fact.kind === 'account.member-added') added.push(fact);
    },
  });
}

function apiFor(opened: Account): Api {
  const made = createApi(() => {});
  made.use(authenticate(opened));
  registerAccount(made, opened, { version: '0.1.0', isStory: false });
  const route = securedRoute(
    { action: 'see who calls', roles: ROLES, scope: 'self' },
    { method: 'get', path: '/api/caller', responses: { 200: { description: 'Caller' } } },
  );
  made.openapi(route, (c) => c.json(c.get('caller'), 200));
  return made;
}

type Asked = { status: number; body: Record<string, unknown>; cookies: readonly string[]; headers: Headers };

async function ask(
  method: string,
  path: string,
  more: { body?: unknown; cookie?: string; isLocal?: boolean } = {},
): Promise<Asked> {
  const headers = { 'content-type': 'application/json', ...(more.cookie ? { cookie: more.cookie } : {}) };
  const body = more.body === undefined ? {} : { body: JSON.stringify(more.body) };
  const response = await api.request(path, { method, headers, ...body }, { isLocal: more.isLocal ?? false });
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    body: (await response.json()) as Asked['body'],
    cookies,
    headers: response.headers,
  };
}

/** What a browser would send back. */
function jar({ cookies }: Asked): string {
  const kept = cookies.filter((cookie) => !/max-age=0/i.test(cookie));
  return kept.map((cookie) => cookie.split(';')[0]).join('; ');
}

const setUp = () => ask('POST', '/api/first-run', { body: FIRST });
const signIn = (name: string, password: string) => ask('POST', '/api/sign-in', { body: { name, password } });

describe('the first run', () => {
  test('makes an owner with the code of the start, names the workspace, and signs in', async () => {
    expect((await ask('GET', '/api/session')).body).toMatchObject({ state: 'first-run', member: null });
    const done = await setUp();
    expect(done.status).toBe(201);
    expect(done.body).toEqual({
      state: 'signed-in',
      workspace: { name: 'Алекс', zone: 'Europe/Helsinki', demo: false },
      member: { id: added[0]?.id, name: 'Алекс', role: 'owner', caseId: null },
      version: '0.1.0',
      now,
    });
    const { body } = await ask('GET', '/api/session', { cookie: jar(done) });
    expect(body).toEqual(done.body);
    const { rows } = await sql`
      SELECT own_addresses FROM workspaces WHERE workspace_id = ${account.workspaceId}
    `.execute(database.db);
    expect(rows).toEqual([{ own_addresses: ['alex@firm.example'] }]);
  });

  test.each([
    ['is taken', 'Asia/Tokyo', 'Asia/Tokyo'],
    ['that no clock knows is not', 'Nowhere/At all', 'Europe/Helsinki'],
  ])('the zone of whoever sets it up %s', async (_what, zone, expected) => {
    const done = await ask('POST', '/api/first-run', { body: { ...FIRST, zone } });
    expect(done.body).toMatchObject({ workspace: { zone: expected } });
  });

  test('names who works here by the names the record has for them, to nobody else', async () => {
    const done = await setUp();
    const members = await ask('GET', '/api/members', { cookie: jar(done) });
    expect(members.body).toEqual([
      { actor: `member:${added[0]?.id}`, name: 'Алекс', role: 'owner', isHere: true },
    ]);
    expect((await ask('GET', '/api/members')).status).toBe(401);
  });

  test('happens once: afterwards the same code is refused by word', async () => {
    await setUp();
    const again = await ask('POST', '/api/first-run', { body: { ...FIRST, name: 'Mallory' } });
    expect([again.status, again.body.code, again.cookies]).toEqual([409, 'first-run-done', []]);
    expect((await ask('GET', '/api/session')).body).toMatchObject({
      state: 'signed-out',
      workspace: { name: null },
    });
  });

  test('happens once also when two come at the same moment', async () => {
    const both = await Promise.all([setUp(), setUp()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(added).toHaveLength(1);
  });

  test('is refused without the code, and five guesses are all there are', async () => {
    const guess = () => ask('POST', '/api/first-run', { body: { ...FIRST, code: 'a guess' } });
    for (let i = 0; i < 5; i += 1) expect((await guess()).body.code).toBe('code-refused');
    expect((await guess()).status).toBe(429);
    expect((await setUp()).status).toBe(429);
    now = instantOf(Date.parse(now) + 5 * 60_000);
    expect((await setUp()).status).toBe(201);
  });

  test('that fails at its end leaves nobody behind, and can be done again', async () => {
    diskFull = true;
    expect((await setUp()).status).toBe(500);
    expect((await ask('GET', '/api/session')).body.state).toBe('first-run');
    expect(await usersNamed('%')).toBe(await usersWithMembers());
    diskFull = false;
    expect((await setUp()).status).toBe(201);
  });

  test('takes no field it does not know', async () => {
    const { status } = await ask('POST', '/api/first-run', { body: { ...FIRST, role: 'auditor' } });
    expect(status).toBe(422);
  });
});

describe('signing in', () => {
  beforeEach(async () => {
    await setUp();
  });

  test('works with the name in any letter case, and the session is of this workspace alone', async () => {
    const done = await signIn(' АЛЕКС ', PASSWORD);
    expect(done.status).toBe(200);
    const caller = await ask('GET', '/api/caller', { cookie: jar(done) });
    expect(caller.body).toEqual({
      actor: `member:${added[0]?.id}`,
      role: 'owner',
      name: 'Алекс',
      isLocal: false,
    });
    api = apiFor(await open());
    expect((await ask('GET', '/api/caller', { cookie: jar(done) })).status).toBe(401);
  });

  test('sets cookies that no script reads and no other page sends', async () => {
    const { cookies } = await signIn('Алекс', PASSWORD);
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^evenkeel-[0-9a-f]{8}\./);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Strict/i);
      expect(cookie).toMatch(/; Path=\//i);
    }
  });

  test('is refused without telling which part was wrong', async () => {
    const wrongPassword = await signIn('Алекс', 'another password');
    const wrongName = await signIn('Nobody', PASSWORD);
    expect(wrongPassword.status).toBe(401);
    expect(wrongPassword.body.code).toBe('sign-in-refused');
    expect([wrongName.status, wrongName.body, wrongName.cookies]).toEqual([
      401,
      wrongPassword.body,
      wrongPassword.cookies,
    ]);
  });

  test('after five wrong tries waits, also for the right password, and says until when', async () => {
    const tries = await Promise.all(Array.from({ length: 7 }, () => signIn('Алекс', 'another password')));
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const waiting = await signIn('алекс', PASSWORD);
    expect(waiting.body).toMatchObject({
      code: 'too-many-tries',
      params: { retryAt: '2026-05-12T06:05:00.000Z' },
    });
    expect(waiting.headers.get('retry-after')).toBe('300');
    now = instantOf(Date.parse(now) + 5 * 60_000);
    expect((await signIn('Алекс', PASSWORD)).status).toBe(200);
  });

  test('never puts a name or a password into the log', async () => {
    await signIn('Алекс', 'another password');
    await signIn('Nobody', PASSWORD);
    expect(lines.join('\n')).not.toMatch(/password|Алекс|Nobody/);
  });
});

describe('a session', () => {
  test('ends when signing out, and cannot be used again', async () => {
    const done = await setUp();
    const out = await ask('POST', '/api/sign-out', { cookie: jar(done) });
    expect([out.status, out.body.state]).toEqual([200, 'signed-out']);
    expect(jar(out)).toBe('');
    expect(out.cookies.length).toBeGreaterThan(0);
    const token =
      jar(done)
        .split('; ')
        .find((cookie) => cookie.includes('session_token')) ?? '';
    expect((await ask('GET', '/api/caller', { cookie: token })).status).toBe(401);
  });

  test('can be ended where there is none', async () => {
    expect((await ask('POST', '/api/sign-out')).status).toBe(200);
  });

  test('is believed from its cookie, and given a fresh one when only the token is left', async () => {
    const done = await setUp();
    expect((await ask('GET', '/api/caller', { cookie: jar(done) })).cookies).toEqual([]);
    const token =
      jar(done)
        .split('; ')
        .find((cookie) => cookie.includes('session_token')) ?? '';
    const fresh = await ask('GET', '/api/caller', { cookie: token });
    expect([fresh.status, fresh.cookies.length]).toEqual([200, 1]);
  });

  test.each([
    [
      'a changed token',
      (cookie: string) => cookie.replace(/(session_token=)./, '$1_').replace(/session_data=[^;]*/, 'x=1'),
    ],
    [
      'a changed claim',
      (cookie: string) =>
        cookie.replace(/(session_data=.{40})./, '$1_').replace(/session_token=[^;]*/, 'x=1'),
    ],
    ['nonsense', (cookie: string) => cookie.replace(/=[^;]*/g, '=%%%{}')],
  ])('is none with %s', async (_what, forge) => {
    const cookie = forge(jar(await setUp()));
    expect((await ask('GET', '/api/caller', { cookie })).status).toBe(401);
  });

  test('is none for a member who was removed', async () => {
    const done = await setUp();
    await sql`DELETE FROM members WHERE workspace_id = ${account.workspaceId}`.execute(database.db);
    account.memory.members = null;
    expect((await ask('GET', '/api/caller', { cookie: jar(done) })).status).toBe(401);
  });

  test('is not needed on the control socket, whose caller is the owner', async () => {
    const { body } = await ask('GET', '/api/caller', { isLocal: true });
    expect(body).toEqual({ actor: 'owner', role: 'owner', name: 'owner', isLocal: true });
    expect((await ask('GET', '/api/session', { isLocal: true })).body).toMatchObject({
      state: 'signed-in',
      member: null,
    });
  });
});

test('the whole way: over TCP with the page’s headers, and over the control socket without a session', async () => {
  const home = mkdtempSync(join(tmpdir(), 'evenkeel-account-'));
  const fetchApi: Fetch = (request, mark) => api.fetch(request, mark);
  const web = await listen(fetchApi, { host: '127.0.0.1', port: 0 });
  const local = await listenLocal(fetchApi, join(home, 'control.sock'));
  try {
    const headers = { 'content-type': 'application/json', origin: web.url };
    const done = await fetch(`${web.url}/api/first-run`, {
      method: 'POST',
      headers,
      body: JSON.stringify(FIRST),
    });
    const cookies = done.headers.getSetCookie();
    expect([done.status, done.headers.get('cache-control'), cookies.length]).toEqual([201, 'no-store', 2]);
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    expect(await (await fetch(`${web.url}/api/caller`, { headers: { cookie } })).json()).toMatchObject({
      isLocal: false,
    });
    expect((await fetch(`${web.url}/api/caller`)).status).toBe(401);
    const owner = await callLocal(local.url, new Request('http://x/api/caller'));
    expect(await owner.json()).toMatchObject({ actor: 'owner', isLocal: true });
  } finally {
    await Promise.all([web.close(0), local.close(0)]);
    rmSync(home, { recursive: true });
  }
});

test('the library’s tables are in a schema of their own, and making them again changes nothing', async () => {
  await account.warm();
  const tables = await sql<{ name: string }>`
    SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
    WHERE table_name IN ('user', 'session', 'account', 'verification') ORDER BY 1
  `.execute(database.db);
  expect(tables.rows.map(({ name }) => name)).toEqual([
    'auth.account',
    'auth.session',
    'auth.user',
    'auth.verification',
  ]);
  await setUp();
  const again = openAccount(account);
  await again.warm();
  await again.close();
  expect((await signIn('Алекс', PASSWORD)).status).toBe(200);
});

async function usersNamed(pattern: string): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`SELECT count(*) AS n FROM auth."user" WHERE email LIKE ${pattern}`.execute(database.db);
  return rows[0]?.n ?? 0;
}

async function usersWithMembers(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM auth."user" u WHERE EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id)
  `.execute(database.db);
  return rows[0]?.n ?? 0;
}
