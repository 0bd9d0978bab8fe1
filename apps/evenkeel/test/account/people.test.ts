import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { INVITED_AS } from '../../src/modules/account/invitation.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { PASSWORD, peopleApp } from '../support/people-app.ts';

const DAY_MS = 24 * 3_600_000;

const { app, database, later, ask } = await peopleApp('people');

type Person = { id: string; name: string; role: string; leftAt: string | null };

let owner = '';
const invited = async (role = 'agent', name = 'Mira') =>
  String((await ask('POST', '/api/people/invitations', owner, { role, name })).body.code);
const joins = (code: string, name: string, password = PASSWORD) =>
  ask('POST', '/api/join', '', { code, name, password });
const people = async () =>
  (await ask('GET', '/api/people', owner)).body as unknown as { members: Person[]; invitations: unknown[] };
const idOf = async (name: string) => (await people()).members.find((one) => one.name === name)!.id;

beforeAll(async () => {
  const code = (await app.firstRunCode())!;
  const first = { code, name: 'Alex', addresses: [], password: PASSWORD };
  owner = (await ask('POST', '/api/first-run', '', first)).cookie;
});

describe('an invitation', () => {
  test('lets one person in, once, under the name and the password they choose', async () => {
    const code = await invited('manager');
    const come = await joins(code.toLowerCase().replace('-', ' '), 'Mira Salo');
    expect(come).toMatchObject({
      status: 201,
      body: { state: 'signed-in', member: { name: 'Mira Salo', role: 'manager' } },
    });
    expect((await ask('GET', '/api/session', come.cookie)).body).toMatchObject({ state: 'signed-in' });
    expect((await ask('POST', '/api/sign-in', '', { name: 'mira salo', password: PASSWORD })).status).toBe(
      200,
    );
    expect(await joins(code, 'Somebody Else')).toMatchObject({ status: 401, code: 'invitation-refused' });
  });

  test('that two people use at once lets one of them in', async () => {
    const code = await invited();
    const both = await Promise.all([joins(code, 'Ossi'), joins(code, 'Otso')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await people()).members.filter(({ name }) => /^O(ssi|tso)$/.test(name))).toHaveLength(1);
  });

  test('ends after a week, and when it is withdrawn', async () => {
    const old = await invited();
    later(8 * DAY_MS);
    expect((await joins(old, 'Late')).code).toBe('invitation-refused');
    const { id, code } = (await ask('POST', '/api/people/invitations', owner, { role: 'agent' })).body;
    expect((await ask('DELETE', `/api/people/invitations/${id}`, owner)).status).toBe(204);
    expect((await joins(String(code), 'Late')).code).toBe('invitation-refused');
    expect((await ask('DELETE', `/api/people/invitations/${id}`, owner)).code).toBe('invitation-unknown');
    expect((await people()).invitations).toEqual([]);
    later(6 * 60_000);
  });

  test.each([
    ['a name that somebody has', 'ALEX', PASSWORD, 'name-taken'],
    ['no name', ' ', PASSWORD, 'name-unusable'],
    ['a short password', 'Nea', 'short', 'password-too-short'],
  ])('with %s is refused, and still waits', async (_what, name, password, expected) => {
    const code = await invited();
    expect((await joins(code, name, password)).code).toBe(expected);
    expect((await joins(code, `Nea ${randomUUID()}`)).status).toBe(201);
  });

  test('is guessed five times, and then not for a while', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await joins('AAAAA-AAAAA', 'X')).code).toBe('invitation-refused');
    expect(await joins(await invited(), 'X')).toMatchObject({ status: 429, code: 'too-many-tries' });
    later(6 * 60_000);
  });

  test('is kept as its hash only, and its code stands in no entry', async () => {
    const code = await invited();
    const { rows } = await sql<{ row: string }>`SELECT i::text AS row FROM invitations i`.execute(
      database.db,
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(code);
    const entries = await pageOfEntries(app.db, app.ledger.workspaceId, 0, 1000);
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'account.member-invited',
        'account.member-added',
        'account.invitation-withdrawn',
      ]),
    );
  });

  test('as counsel is not there: counsel is let into one case, from there', async () => {
    expect(INVITED_AS).not.toContain('counsel');
    const refused = await ask('POST', '/api/people/invitations', owner, { role: 'counsel' });
    expect(refused).toMatchObject({ status: 422, code: 'not-understood' });
  });
});

describe('a member', () => {
  let mira = '';
  beforeAll(async () => {
    mira = (await joins(await invited('agent'), 'Mira Two')).cookie;
  });

  test('who is no owner invites nobody', async () => {
    expect((await ask('POST', '/api/people/invitations', mira, { role: 'owner' })).code).toBe('not-allowed');
    expect((await ask('GET', '/api/people', mira)).code).toBe('not-allowed');
  });

  test('gets another role, and may at once what it may', async () => {
    const id = await idOf('Mira Two');
    expect((await ask('PUT', `/api/people/${id}/role`, owner, { role: 'owner' })).status).toBe(204);
    expect((await ask('GET', '/api/people', mira)).status).toBe(200);
    expect((await ask('PUT', `/api/people/${id}/role`, owner, { role: 'owner' })).code).toBe('role-same');
  });

  test('who is the only owner stays one', async () => {
    const [alex, two] = [await idOf('Alex'), await idOf('Mira Two')];
    await ask('PUT', `/api/people/${two}/role`, owner, { role: 'agent' });
    expect((await ask('PUT', `/api/people/${alex}/role`, owner, { role: 'agent' })).code).toBe('last-owner');
    expect((await ask('POST', `/api/people/${alex}/left`, owner, { reason: 'x' })).code).toBe('last-owner');
  });

  test('who leaves is signed out everywhere, counts no more, and keeps their name in the record', async () => {
    const id = await idOf('Mira Two');
    const path = `/api/people/${id}/left`;
    expect((await ask('POST', path, owner, { reason: ' ' })).code).toBe('reason-missing');
    expect((await ask('POST', path, owner, { reason: 'Her contract ended.' })).status).toBe(204);
    expect((await ask('GET', '/api/session', mira)).body).toMatchObject({ state: 'signed-out' });
    expect((await ask('GET', '/api/members', mira)).code).toBe('sign-in-needed');
    const again = await ask('POST', '/api/sign-in', '', { name: 'Mira Two', password: PASSWORD });
    expect(again.code).toBe('sign-in-refused');
    const members = (await ask('GET', '/api/members', owner)).body as unknown as {
      name: string;
      isHere: boolean;
    }[];
    expect(members.find(({ name }) => name === 'Mira Two')).toMatchObject({ isHere: false });
    expect((await joins(await invited(), 'mira two')).code).toBe('name-taken');
    expect((await ask('POST', path, owner, { reason: 'Again.' })).code).toBe('member-unknown');
  });
});
