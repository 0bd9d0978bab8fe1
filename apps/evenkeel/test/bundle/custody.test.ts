import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import { type Caller, type Rights, ROLES } from '../../src/kernel/http.ts';
import { makeCustody } from '../../src/modules/bundle/custody.actions.ts';
import { linesBetween, seals } from '../../src/modules/bundle/custody.store.ts';
import { actOf, digestOfLines } from '../../src/modules/bundle/custody.ts';
import { type Firm, firm } from '../casefile/firm.ts';

type Line = { number: number; act: string; operation: string; subject: string | null; party: string | null };

let here: Firm;
beforeAll(async () => {
  here = await firm();
}, 120_000);

const lines = async () => (await here.app.ask<{ items: Line[] }>('GET', '/api/custody')).items;
const check = () =>
  here.app.ask<{ ok: boolean; lines: number; sealed: number; changed: unknown[] }>(
    'POST',
    '/api/custody/check',
  );
const OWNER: Caller = { actor: 'owner' as Actor, role: 'owner', name: 'owner', isLocal: true };
const READ: Rights = { action: 'read the record', roles: ROLES, scope: 'workspace' };

describe('what is noted', () => {
  test('are checks, exports and bundles, with the id they are about and no word of the record', async () => {
    const { app, orlov } = here;
    await app.call('POST', '/api/log/verify', { deep: false });
    await (await app.call('GET', '/api/complaints.csv')).text();
    const bundle = await app.call('POST', '/api/bundles', { party: orlov });
    expect(bundle.status).toBe(200);
    await bundle.arrayBuffer();
    expect(await lines()).toMatchObject([
      { act: 'bundle', operation: 'POST /api/bundles', subject: orlov, party: 'Orlov' },
      { act: 'export', operation: 'GET /api/complaints.csv' },
      { act: 'verification', operation: 'POST /api/log/verify' },
    ]);
  });

  test('are a look through the client’s eyes, words taken out, and whatever concerns who outside holds the log', async () => {
    const { app, orlov } = here;
    const { items } = await app.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/parties/${orlov}/timeline?limit=1`,
    );
    const wish = { party: orlov, reason: 'A stranger’s name.', text: [{ start: 0, end: 3 }] };
    const record = `/api/interactions/${items[0]!.id}/redactions`;
    expect((await app.call('GET', `/api/parties/${orlov}/as-client`)).status).toBe(200);
    expect((await app.call('POST', `${record}/preview`, wish)).status).toBe(200);
    expect((await app.call('POST', record, wish)).status).toBe(201);
    const { note } = await app.ask<{ note: string }>('GET', '/api/log/checkpoint');
    await app.ask('POST', '/api/log/compare', { checkpoint: note });
    await app.ask('PUT', '/api/log/authorities', { items: [] });
    await app.ask('PUT', '/api/log/witnesses', { items: [] });
    await app.ask('POST', '/api/log/rotate-key', { because: 'every year' });
    expect(
      (await lines()).slice(0, 7).map(({ act, operation, subject }) => [act, operation, subject]),
    ).toEqual([
      ['setting', 'POST /api/log/rotate-key', null],
      ['setting', 'PUT /api/log/witnesses', null],
      ['setting', 'PUT /api/log/authorities', null],
      ['verification', 'POST /api/log/compare', null],
      ['redaction', 'POST /api/interactions/{id}/redactions', items[0]!.id],
      ['opening', 'POST /api/interactions/{id}/redactions/preview', items[0]!.id],
      ['opening', 'GET /api/parties/{id}/as-client', orlov],
    ]);
  });

  test('is nothing that a member reads in daily work, and everything that counsel or an auditor opens', () => {
    expect(actOf(READ, 'agent', 'GET', false)).toBe(null);
    expect(actOf(READ, 'owner', 'GET', false)).toBe(null);
    expect(actOf(READ, 'counsel', 'GET', false)).toBe('opening');
    expect(actOf(READ, 'auditor', 'GET', false)).toBe('opening');
    expect(actOf({ ...READ, scope: 'self' }, 'counsel', 'GET', false)).toBe(null);
    expect(actOf(READ, 'agent', 'GET', true)).toBe('opening');
  });

  test('is an opening once, however often a screen asks within a minute', async () => {
    const { app, chance, virtanen } = here;
    const custody = makeCustody(app.ledger);
    const counsel: Caller = { actor: 'member:c' as Actor, role: 'counsel', name: 'Laki', isLocal: false };
    const access = {
      ...{ caller: counsel, rights: READ, method: 'GET', operation: 'GET /api/parties/{id}' },
      subject: virtanen,
    };
    const before = (await lines()).length;
    await custody.note(access);
    await custody.note(access);
    expect((await lines()).length).toBe(before + 1);
    chance.setClock(Date.parse(chance.now()) + 61_000);
    await custody.note(access);
    expect((await lines()).length).toBe(before + 2);
  });

  test('is not a call that was refused', async () => {
    const before = (await lines()).length;
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect((await here.app.call('POST', '/api/bundles', { party: nobody })).status).toBe(404);
    expect((await lines()).length).toBe(before);
  });
});

describe('the ledger', () => {
  test('binds the lines before each bundle and once an hour, with one entry over all that is new', async () => {
    const { app, chance } = here;
    const { db, workspaceId } = app.ledger;
    const custody = makeCustody(app.ledger);
    const before = await seals(db, workspaceId);
    expect(before.length).toBeGreaterThan(0);
    await custody.note({
      ...{ caller: OWNER, rights: { ...READ, custody: 'export' }, method: 'GET' },
      ...{ operation: 'GET /api/complaints.csv', subject: null },
    });
    await custody.look();
    expect(await seals(db, workspaceId)).toEqual(before);
    chance.setClock(Date.parse(chance.now()) + 3_600_000);
    await custody.look();
    const after = await seals(db, workspaceId);
    expect(after.length).toBe(before.length + 1);
    const [first, second] = after.slice(-2);
    const bound = await linesBetween(db, workspaceId, first!.until + 1, second!.until);
    expect(second!.digest).toBe(digestOfLines(bound));
    await custody.look();
    expect((await seals(db, workspaceId)).length).toBe(after.length);
  });

  test('shows when a line was changed or taken out afterwards, and agrees when none was', async () => {
    const { pool } = here.app;
    expect(await check()).toMatchObject({ ok: true });
    await pool.query("UPDATE custody_lines SET act = 'opening' WHERE number = 1");
    expect(await check()).toMatchObject({ ok: false, changed: [{ from: 1 }] });
    await pool.query("UPDATE custody_lines SET act = 'verification' WHERE number = 1");
    expect(await check()).toMatchObject({ ok: true });
  });
});

test('reading is noted for everybody only where an owner chose so, and that is a line itself', async () => {
  const { app } = here;
  await app.call('PUT', '/api/custody/settings', { notesReading: true });
  expect(await app.ask('GET', '/api/custody/settings')).toMatchObject({ notesReading: true });
  await app.ask('GET', `/api/parties/${here.bank}`);
  expect((await lines()).slice(0, 3)).toMatchObject([
    { act: 'opening', operation: 'GET /api/parties/{id}', subject: here.bank },
    { act: 'setting' },
    {},
  ]);
  await app.call('PUT', '/api/custody/settings', { notesReading: false });
});

test('the table of all lines is a file for a spreadsheet', async () => {
  const text = await (await here.app.call('GET', '/api/custody.csv')).text();
  expect(text).toContain('number,at,who,name,role,act,call,subject');
  expect(text).toContain('POST /api/bundles');
});

describe('how long records are kept', () => {
  test('is proposed on Today when the time is over, unless it is held, and nothing goes by itself', async () => {
    const { app, chance, bank, virtanen } = here;
    await app.call('PUT', '/api/retention', {
      periods: [{ kind: 'contact', months: 12, since: '2026-01-01', reason: 'A year is enough.' }],
    });
    const over = async () =>
      (await app.ask<{ over: { partyId: string; at: string }[] }>('GET', '/api/retention')).over;
    expect(await over()).toEqual([]);
    chance.setClock(Date.parse('2027-06-01T09:00:00.000Z'));
    const found = await over();
    expect(found.map(({ partyId }) => partyId)).toContain(bank);
    await here.post('/api/holds', { scope: 'party', party: virtanen, reason: 'A claim was announced.' });
    expect((await over()).map(({ partyId }) => partyId)).not.toContain(virtanen);
    const dues = await here.dues({ until: chance.now() });
    expect(dues.filter(({ code }) => code === 'retention-over').map(({ partyId }) => partyId)).toContain(
      bank,
    );
    expect((await app.call('GET', `/api/parties/${bank}`)).status).toBe(200);
  });
});
