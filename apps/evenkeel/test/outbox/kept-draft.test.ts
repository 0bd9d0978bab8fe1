import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import type { Caller } from '../../src/kernel/http.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import { keepDraft, listKept } from '../../src/modules/outbox/kept/kept-draft.actions.ts';
import type { KeptDraft } from '../../src/modules/outbox/kept/kept-draft.ts';
import { ALEX, type Firm, firm, MIRA } from '../casefile/firm.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;
const ANGRY = 'You never read my mails, and it is entirely our fault that you are our client.';
const CALM = 'The login is in my mail of 5 May, line 4.';

let here: Firm;
beforeAll(async () => {
  here = await firm();
});

const keep = (more: object = {}, { letter = here.letters.orlov, party = here.orlov } = {}) =>
  here.post(`/api/interactions/${letter}/kept-drafts`, { party, text: ANGRY, until: 'deleted', ...more });
const keepsId = async (more: object = {}) => String((await keep(more)).body.id);
const kept = async (letter?: string) =>
  (
    await here.app.ask<{ items: KeptDraft[] }>(
      'GET',
      `/api/kept-drafts${letter ? `?interaction=${letter}` : ''}`,
    )
  ).items;
const ids = async () => (await kept()).map(({ id }) => id);
const deletes = async (id: string) => {
  const answer = await here.app.call('DELETE', `/api/kept-drafts/${id}`);
  return answer.status === 204 ? 'deleted' : ((await answer.json()) as { code: string }).code;
};
const later = (ms: number) => here.chance.setClock(Date.parse(here.chance.now()) + ms);
const slotOf = async (id: string) => {
  const { rows } = await sql<{ slot: never }>`SELECT slot FROM kept_drafts WHERE id = ${id}::uuid`.execute(
    here.app.db,
  );
  return rows[0]!.slot;
};
const secretOf = (slot: never) => here.app.ledger.vault.secretOf(slot);

describe('a draft that somebody keeps', () => {
  test('is taken up again from the message it answers, with both versions where they were kept', async () => {
    const versions = { mine: ANGRY, calm: CALM };
    const id = await keepsId({ text: `${CALM} Regards`, versions, until: '7-days' });
    expect(await kept(here.letters.orlov)).toMatchObject([
      { id, text: `${CALM} Regards`, versions, until: '7-days', isHeld: false, keptBy: null },
    ]);
    expect(await kept(here.letters.virtanen)).toEqual([]);
    expect(await deletes(id)).toBe('deleted');
    expect(await kept()).toEqual([]);
  });

  test('takes the place of the one before it, if it is to', async () => {
    const first = await keepsId();
    const slot = await slotOf(first);
    const second = await keepsId({ text: CALM, replaces: first });
    expect(await ids()).toEqual([second]);
    expect(await secretOf(slot)).toBe('erased');
    expect(await deletes(first)).toBe('draft-unknown');
    expect(await deletes(second)).toBe('deleted');
  });

  test('is kept of a message of this client only', async () => {
    expect(await keep({}, { letter: here.letters.virtanen, party: here.orlov })).toMatchObject({
      status: 404,
      body: { code: 'interaction-unknown' },
    });
    expect(await keep({ party: here.letters.orlov })).toMatchObject({ body: { code: 'party-unknown' } });
  });

  test('is its writer’s own: another member neither sees nor deletes it', async () => {
    await here.addMember(ALEX, 'Alex', 'agent');
    await here.addMember(MIRA, 'Mira', 'manager');
    const { ledger } = here.app;
    const caller = (actor: typeof ALEX): Caller => ({ actor, role: 'agent', name: 'x', isLocal: false });
    const wish = {
      ...{ party: here.orlov, interaction: here.letters.orlov, text: ANGRY, versions: null },
      ...({ until: 'deleted', replaces: null } as const),
    };
    const made = await keepDraft(ledger, caller(ALEX), wish);
    const id = made.ok ? made.value.id : '';
    expect(await listKept(ledger, caller(ALEX), null)).toMatchObject([{ id, text: ANGRY }]);
    expect(await listKept(ledger, caller(MIRA), null)).toEqual([]);
    expect(await kept()).toEqual([]);
    expect(await deletes(id)).toBe('draft-unknown');
    await sql`UPDATE members SET left_at = now() WHERE name = 'Alex'`.execute(here.app.db);
    expect(await listKept(ledger, { actor: LOCAL_OWNER, role: 'owner' }, null)).toMatchObject([
      { id, keptBy: ALEX },
    ]);
    await here.app.lookAtClocks();
    expect(await kept()).toEqual([]);
    await sql`DELETE FROM members`.execute(here.app.db);
  });
});

describe('how long it is kept', () => {
  test.each([
    ['7-days', 7],
    ['30-days', 30],
  ])('%s: it is there until then, and its words can be read nowhere after', async (until, days) => {
    const id = await keepsId({ until });
    const slot = await slotOf(id);
    later(days * DAY_MS - 60_000);
    await here.app.lookAtClocks();
    expect(await ids()).toEqual([id]);
    later(120_000);
    expect(await ids()).toEqual([]);
    await here.app.lookAtClocks();
    expect(await secretOf(slot)).toBe('erased');
  });

  test('until it is sent: an answer in the conversation, or the same words elsewhere', async () => {
    const sends = async (parts: Parameters<typeof mail>[0]) => {
      later(3_600_000);
      const date = new Date(Date.parse(here.chance.now())).toUTCString().replace('GMT', '+0000');
      const us = { from: 'Me <me@firm.example>', to: 'orlov@client.example', date };
      const folder = filesIn(temporaryFolder(), { 'sent.eml': mail({ ...us, ...parts }) });
      later(3_600_000);
      await here.app.bringIn({ paths: [folder], me: ['me@firm.example'] });
      await here.app.lookAtClocks();
    };
    const text = 'The login is in my mail of 5 May,\nline 4.';
    const [one, always] = [await keepsId({ text, until: 'sent' }), await keepsId({ text })];
    await sends({ subject: 'Something else', body: 'The invoice is attached.' });
    expect(await ids()).toEqual([always, one]);
    await sends({ subject: 'Again', body: `Hello,\n${CALM}\nRegards` });
    expect(await ids()).toEqual([always]);
    const two = await keepsId({ text, until: 'sent' });
    await sends({ subject: 'Re: From Orlov', inReplyTo: '<From Orlov@client.example>', body: 'It works.' });
    expect(await ids()).toEqual([always]);
    expect(two).not.toBe(one);
    expect(await deletes(always)).toBe('deleted');
  });
});

describe('under a legal hold', () => {
  test('nothing of it is deleted, by hand or by its time; afterwards it is', async () => {
    const [due, open] = [await keepsId({ until: '7-days' }), await keepsId()];
    const hold = { scope: 'party', party: here.orlov, reason: 'A claim was announced.' };
    const { body } = await here.post('/api/holds', hold);
    expect(await deletes(open)).toBe('draft-held');
    const replacing = await keepsId({ text: CALM, replaces: open });
    later(8 * DAY_MS);
    await here.app.lookAtClocks();
    expect(await ids()).toEqual([replacing, open, due]);
    expect((await kept()).every(({ isHeld }) => isHeld)).toBe(true);
    const release = () =>
      here.post(`/api/holds/${body.id}/release`, { reason: 'It was settled.', outsider: null });
    expect((await release()).body).toMatchObject({ state: 'waiting' });
    later(DAY_MS + 1000);
    expect((await release()).body).toMatchObject({ state: 'released' });
    await here.app.lookAtClocks();
    expect(await ids()).toEqual([replacing, open]);
    for (const id of [replacing, open]) expect(await deletes(id)).toBe('deleted');
  });
});

describe('where it goes', () => {
  test('into no bundle, until its writer puts it into the record', async () => {
    const id = await keepsId({ text: `Zanzibar heliotrope. ${ANGRY}` });
    const bundled = async () => {
      const bytes = await here.app.ask<ArrayBuffer>('POST', '/api/bundles', {
        party: here.orlov,
        disclosure: 'send',
      });
      return Buffer.from(bytes).includes('Zanzibar heliotrope');
    };
    const found = async () =>
      (await here.app.ask<{ items: unknown[] }>('GET', '/api/search?q=heliotrope')).items.length;
    expect(await bundled()).toBe(false);
    const recorded = await here.post(`/api/kept-drafts/${id}/recorded`, { subject: 'A draft, not sent' });
    expect(recorded.status).toBe(201);
    await here.app.runner.caughtUp();
    expect(await found()).toBe(1);
    expect(await bundled()).toBe(true);
    expect(await kept()).toEqual([]);
  });

  test('with the client when that is erased', async () => {
    const wish = { letter: here.letters.virtanen, party: here.virtanen };
    const { id } = (await keep({}, wish)).body as { id: string };
    const slot = await slotOf(id);
    const stays = await keepsId();
    const erase = () =>
      here.post('/api/erasures', {
        ...{ scope: 'party', subject: here.virtanen, also: [] },
        ...{ ground: 'asked', reason: 'They asked for it on 8 May.' },
      });
    expect((await erase()).body).toMatchObject({ state: 'waiting' });
    later(DAY_MS + 1000);
    expect((await erase()).body).toMatchObject({ state: 'erased' });
    expect(await ids()).toEqual([stays]);
    expect(await secretOf(slot)).toBe('erased');
  });
});
