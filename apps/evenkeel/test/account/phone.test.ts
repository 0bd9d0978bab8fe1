import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contract } from '../../src/contract.ts';
import { LIVE } from '../../src/kernel/http.ts';
import { PASSWORD, peopleApp } from '../support/people-app.ts';
import { requestOf } from '../support/test-app.ts';

const NAME = 'Alexandra Legalname';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const { app, database, now, later, ask, answerTo } = await peopleApp('phones', 'https://keel.example');

const code = (await app.firstRunCode())!;
const first = { code, name: NAME, addresses: [], password: PASSWORD };
const { cookie: owner } = await ask('POST', '/api/first-run', '', first);

async function newCode(): Promise<string> {
  const { body } = await ask('POST', '/api/phones', owner, { name: 'small one' });
  return String(body.code);
}
const pair = (given: string) => ask('POST', '/api/live/pairing', '', { code: given });
async function paired(): Promise<string> {
  return (await pair(await newCode())).cookie;
}
const note = () => ({
  ...{ id: randomUUID(), session: randomUUID(), at: now(), kind: 'note', handle: 'rex_77' },
  ...{ text: 'Threat.', quotes: ['I know where you live'] },
});

describe('a code', () => {
  test('lets one phone in, once, however it is typed', async () => {
    const given = await newCode();
    expect(given).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    const typed = given.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await pair(typed)).status).toBe(204);
    expect(await pair(given)).toMatchObject({ status: 401, code: 'phone-code-refused' });
  });

  test('that two phones use at once lets one of them in', async () => {
    const given = await newCode();
    const both = await Promise.all([pair(given), pair(given)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  test('ends with the next one, and after ten minutes', async () => {
    const first = await newCode();
    const second = await newCode();
    expect((await pair(first)).code).toBe('phone-code-refused');
    later(11 * MINUTE_MS);
    expect((await pair(second)).code).toBe('phone-code-refused');
  });

  test('cannot be guessed: the sixth try waits', async () => {
    later(6 * MINUTE_MS);
    for (let i = 0; i < 5; i += 1) expect((await pair('AAAAA-AAAAA')).code).toBe('phone-code-refused');
    expect(await pair(await newCode())).toMatchObject({ status: 429, code: 'too-many-tries' });
    later(6 * MINUTE_MS);
    expect((await pair(await newCode())).status).toBe(204);
  });

  test('is asked for by a member only', async () => {
    expect((await ask('POST', '/api/phones', '', {})).status).toBe(401);
    expect((await ask('POST', '/api/phones', await paired(), {})).status).toBe(403);
  });
});

describe('a phone', () => {
  test('has a cookie that no script reads, that no other page sends, and that goes to the live routes only', async () => {
    const plain = (await pair(await newCode())).cookies[0]!;
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/live']) expect(plain).toContain(part);
    expect(plain).not.toContain('Secure');
    const overTls = requestOf('POST', '/api/live/pairing', { code: await newCode() });
    overTls.headers.set('origin', 'https://keel.example');
    expect((await answerTo(overTls)).cookies[0]).toContain('Secure');
  });

  test('writes notes as its member, and is told the name of nobody', async () => {
    const cookie = await paired();
    const given = note();
    expect(await ask('POST', '/api/live/notes', cookie, given)).toMatchObject({ status: 200 });
    const live = await ask('GET', '/api/live', cookie);
    expect(live.body).toMatchObject({ as: 'phone', handles: ['rex_77'] });
    const rules = await ask('GET', '/api/live/rules?handle=rex_77', cookie);
    const session = await ask('GET', '/api/session', cookie);
    expect(session.body).toMatchObject({ state: 'signed-out', member: null, workspace: { name: null } });
    expect(JSON.stringify([live.body, rules.body, session.body])).not.toContain('Legalname');
    const { rows } = await database.pool.query(
      `SELECT to_jsonb(i)::text || to_jsonb(n)::text AS row FROM interactions i JOIN noted n ON n.interaction_id = i.id`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain('Legalname');
  });

  test('may call what its row in the table of rights says, and nothing else', async () => {
    const cookie = await paired();
    const { paths } = JSON.parse(contract().openapi) as {
      paths: Record<string, Record<string, { 'x-rights': { roles: 'anyone' | string[] } }>>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, route]) => ({ method, path, roles: route['x-rights'].roles })),
    );
    const open = routes.filter(({ roles }) => roles !== 'anyone' && roles.includes('phone'));
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'get /api/live',
      'get /api/live/rules',
      'post /api/live/notes',
    ]);
    expect(open.every(({ roles }) => String(roles) === String(LIVE))).toBe(true);
    const closed = routes.filter(({ roles }) => roles !== 'anyone' && !roles.includes('phone'));
    expect(closed.length).toBeGreaterThan(60);
    for (const { method, path } of closed) {
      const here = path.replaceAll(/\{[^}]+\}/g, randomUUID());
      const { status } = await ask(method.toUpperCase(), here, cookie);
      expect([`${method} ${path}`, status]).toEqual([`${method} ${path}`, 403]);
    }
  });

  test('is in its member’s list until it is removed; then it writes nothing any more', async () => {
    const cookie = await paired();
    const { body } = await ask('GET', '/api/phones', owner);
    const [newest] = body.items as { id: string; name: string }[];
    expect(body.address).toBe('https://keel.example');
    expect(newest).toMatchObject({ name: 'small one' });
    expect((await ask('DELETE', `/api/phones/${newest!.id}`, owner)).status).toBe(204);
    expect(await ask('POST', '/api/live/notes', cookie, note())).toMatchObject({
      status: 401,
      code: 'sign-in-needed',
    });
    expect((await ask('DELETE', `/api/phones/${newest!.id}`, owner)).code).toBe('phone-unknown');
  });

  test('that was not used for thirty days is forgotten', async () => {
    const cookie = await paired();
    later(29 * DAY_MS);
    expect((await ask('GET', '/api/live', cookie)).status).toBe(200);
    later(29 * DAY_MS);
    expect((await ask('GET', '/api/live', cookie)).status).toBe(200);
    later(30 * DAY_MS + 1);
    expect((await ask('GET', '/api/live', cookie)).status).toBe(401);
  });

  test('leaves neither its code nor its token in the database', async () => {
    const given = await newCode();
    const { cookie } = await pair(given);
    const { rows } = await database.pool.query(`SELECT to_jsonb(p)::text AS row FROM phones p`);
    const all = rows.map(({ row }) => row).join();
    for (const secret of [given, given.replace('-', ''), cookie.split('=')[1]!])
      expect(all).not.toContain(secret);
  });
});
