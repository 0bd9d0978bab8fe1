import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { WorkspaceId } from '../../src/kernel/brand.ts';
import { sql } from '../../src/kernel/db.ts';
import { type Api, createApi, ROLES, securedRoute } from '../../src/kernel/http.ts';
import { type Instant, instantOf } from '../../src/kernel/instant.ts';
import { type Account, openAccount } from '../../src/modules/account/account.actions.ts';
import { authenticate, registerAccount } from '../../src/modules/account/account.routes.ts';
import { FIRST_SETTINGS, isLeftAlone } from '../../src/modules/account/lock.ts';
import { testDatabase } from '../support/test-database.ts';

const QUARTER = { ...FIRST_SETTINGS, lockAfterMin: 15 };
const PASSWORD = 'a long enough password';
const database = await testDatabase();
const workspaceId = randomUUID() as WorkspaceId;
const secret = randomBytes(32);
let aheadMs = 0;
let account: Account;
let api: Api;
let cookie = '';

await sql`
  INSERT INTO workspaces (workspace_id, zone, created_at) VALUES (${workspaceId}, 'UTC', now())`.execute(
  database.db,
);
afterAll(() => account.close());

/** The program on the same database, as if started anew. */
async function start(): Promise<void> {
  await account?.close();
  account = openAccount({
    ...{ db: database.db, connection: database.connection, workspaceId, secret, firstRunCode: 'code' },
    chance: { now: () => instantOf(Date.now() + aheadMs), bytes: (sizeBytes) => randomBytes(sizeBytes) },
    log: () => {},
    record: async () => {},
  });
  api = createApi(() => {});
  api.use(authenticate(account));
  registerAccount(api, account, { version: '0', isStory: false });
  const route = securedRoute(
    { action: 'see a secret', roles: ROLES, scope: 'self' },
    { method: 'get', path: '/api/secret', responses: { 200: { description: 'Words' } } },
  );
  api.openapi(route, (c) => c.json({ words: 'marker-of-the-record' }, 200));
}

async function ask(method: string, path: string, body?: unknown) {
  const response = await api.request(path, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0]);
  if (cookies.length > 0) cookie = cookies.join('; ');
  return { status: response.status, text: await response.text() };
}
const codeOf = ({ status, text }: { status: number; text: string }) => `${status} ${JSON.parse(text).code}`;
const stateOf = ({ text }: { text: string }) => JSON.parse(text).state as string;

beforeEach(async () => {
  aheadMs = 0;
  await start();
  cookie = '';
  const body = { code: 'code', name: 'Alexandra Karhu', addresses: [], password: PASSWORD };
  if ((await ask('POST', '/api/first-run', body)).status !== 201)
    await ask('POST', '/api/sign-in', { name: 'Alexandra Karhu', password: PASSWORD });
});

test('a locked session is refused everything, and tells no name, until its password is given', async () => {
  expect((await ask('GET', '/api/secret')).text).toContain('marker-of-the-record');
  const locked = await ask('POST', '/api/lock');
  expect(stateOf(locked)).toBe('locked');
  for (const [method, path] of [
    ['GET', '/api/secret'],
    ['GET', '/api/members'],
    ['GET', '/api/screen-settings'],
    ['POST', '/api/sign-in'],
    ['GET', '/api/nothing'],
  ] as const)
    expect(codeOf(await ask(method, path, method === 'POST' ? {} : undefined)), path).toBe('423 locked');
  const seen = await ask('GET', '/api/session');
  expect(seen.text).not.toMatch(/Alexandra|Karhu/);
  expect(stateOf(seen)).toBe('locked');
  expect(codeOf(await ask('POST', '/api/unlock', { password: 'another long password' }))).toBe(
    '401 unlock-refused',
  );
  expect(stateOf(await ask('GET', '/api/session'))).toBe('locked');
  expect(stateOf(await ask('POST', '/api/unlock', { password: PASSWORD }))).toBe('signed-in');
  expect((await ask('GET', '/api/secret')).status).toBe(200);
});

test('it stays locked when the program is started again, and another session of the same member is not', async () => {
  const first = cookie;
  await ask('POST', '/api/lock');
  await start();
  expect(codeOf(await ask('GET', '/api/secret'))).toBe('423 locked');
  cookie = '';
  await ask('POST', '/api/sign-in', { name: 'Alexandra Karhu', password: PASSWORD });
  expect((await ask('GET', '/api/secret')).status).toBe(200);
  cookie = first;
  expect(codeOf(await ask('GET', '/api/secret'))).toBe('423 locked');
});

test('tries at a locked screen are counted', async () => {
  await ask('POST', '/api/lock');
  const tries = [];
  for (let i = 0; i < 6; i++)
    tries.push(codeOf(await ask('POST', '/api/unlock', { password: `wrong password ${i}` })));
  expect(tries.at(0)).toBe('401 unlock-refused');
  expect(tries.at(-1)).toBe('429 too-many-tries');
});

test('a session that nobody asked anything in for longer than was chosen is locked, also with no page open', async () => {
  await ask('PUT', '/api/screen-settings', { lockAfterMin: 5, coverKey: 'F9' });
  aheadMs = 4 * 60_000;
  expect((await ask('GET', '/api/secret')).status).toBe(200);
  aheadMs = 10 * 60_000;
  expect(codeOf(await ask('GET', '/api/secret'))).toBe('423 locked');
});

test.each([
  ['no minutes', { lockAfterMin: 0, coverKey: 'none' }],
  ['a day', { lockAfterMin: 1440, coverKey: 'none' }],
  ['a letter that is needed for writing', { lockAfterMin: null, coverKey: 'a' }],
])('%s is not taken', async (_what, body) => {
  expect((await ask('PUT', '/api/screen-settings', body)).status).toBe(422);
});

test('nothing locks by itself where that is chosen, nor in a story whose clock is another', () => {
  const at = '2026-05-12T10:00:00.000Z' as Instant;
  expect(isLeftAlone(FIRST_SETTINGS, at, '2026-05-13T10:00:00.000Z' as Instant)).toBe(false);
  expect(isLeftAlone(QUARTER, at, '2026-05-12T10:15:00.000Z' as Instant)).toBe(false);
  expect(isLeftAlone(QUARTER, at, '2026-05-12T10:15:01.000Z' as Instant)).toBe(true);
  expect(isLeftAlone(QUARTER, at, '2027-05-12T10:00:00.000Z' as Instant)).toBe(false);
});
