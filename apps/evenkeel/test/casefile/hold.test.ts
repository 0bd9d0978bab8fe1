import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { isHeld, releaseHold, setHold } from '../../src/modules/casefile/hold.actions.ts';
import { ALEX, type Firm, firm, MIRA } from './firm.ts';

let here: Firm;
beforeAll(async () => {
  here = await firm();
});

const REASON = 'A lawyer of theirs has announced a claim.';
const NOBODY = '00000000-0000-7000-8000-000000000000';
type Hold = {
  id: string;
  scope: string;
  custodian: string;
  setBy: string;
  released: unknown;
  asked: unknown;
};
const holds = async (query: string) =>
  (await here.app.ask<{ items: Hold[] }>('GET', `/api/holds?${query}`)).items;
const wish = (partyId: string) => ({
  scope: 'party' as const,
  partyId,
  caseId: null,
  reason: REASON,
  custodian: 'Mira',
  since: null,
  reviewOn: null,
});

describe('a hold', () => {
  test('on a client says who answers for it, since when and why, and covers the client and each record', async () => {
    const { app, orlov, virtanen, letters } = here;
    expect(await isHeld(app.ledger.db, app.ledger.workspaceId, { party: orlov })).toBe(false);
    const made = await here.post('/api/holds', { scope: 'party', party: orlov, reason: REASON });
    expect(made.status).toBe(201);
    expect(await holds(`party=${orlov}`)).toMatchObject([
      {
        id: made.body.id,
        scope: 'party',
        reason: REASON,
        custodian: 'owner',
        setBy: 'owner',
        partyName: 'Orlov',
      },
    ]);
    const held = (what: { party?: string; interaction?: string }) =>
      isHeld(app.ledger.db, app.ledger.workspaceId, what);
    expect(await held({ party: orlov })).toBe(true);
    expect(await held({ interaction: letters.orlov })).toBe(true);
    expect(await held({ party: virtanen })).toBe(false);
    expect(await held({ interaction: letters.virtanen })).toBe(false);
    expect(await holds(`party=${virtanen}`)).toEqual([]);
  });

  test('on a case covers its client and a record of somebody else that was taken into it', async () => {
    const { app, virtanen, letters } = here;
    const opened = await here.post(`/api/parties/${virtanen}/cases`, { title: 'Invoice 118' });
    await here.put(`/api/cases/${opened.body.id}/records/${letters.bank}`, {
      isIn: true,
      reason: 'The bank says when it was paid.',
    });
    expect(await isHeld(app.ledger.db, app.ledger.workspaceId, { interaction: letters.bank })).toBe(false);
    await here.post('/api/holds', { scope: 'case', case: opened.body.id, reason: REASON, custodian: 'Mira' });
    expect(await isHeld(app.ledger.db, app.ledger.workspaceId, { interaction: letters.bank })).toBe(true);
    expect(await isHeld(app.ledger.db, app.ledger.workspaceId, { party: virtanen })).toBe(true);
    expect(await holds(`case=${opened.body.id}`)).toMatchObject([
      { scope: 'case', caseTitle: 'Invoice 118' },
    ]);
  });

  test.each([
    ['without a reason', { reason: ' ' }, 422, 'reason-missing'],
    ['for nobody', { party: NOBODY }, 404, 'party-unknown'],
    ['on no case', { scope: 'case', case: NOBODY }, 404, 'case-unknown'],
    ['that nobody answers for', { custodian: ' ' }, 422, 'custodian-missing'],
    ['from a day to come', { since: '2031-01-01T00:00:00Z' }, 422, 'time-ahead'],
    ['with a review on no day', { reviewOn: '2026-02-30' }, 422, 'not-understood'],
  ])('%s is refused', async (_what, part, status, code) => {
    const made = await here.post('/api/holds', { scope: 'party', party: here.bank, reason: REASON, ...part });
    expect(made).toMatchObject({ status, body: { code } });
    expect(await holds(`party=${here.bank}`)).toEqual([]);
  });

  test('with a review date is due on that day, to its last moment where the workspace is', async () => {
    const made = await here.post('/api/holds', {
      ...{ scope: 'party', party: here.bank, reason: REASON, reviewOn: '2026-09-01' },
    });
    const dues = await here.dues({ party: here.bank });
    expect(dues).toMatchObject([{ id: made.body.id, kind: 'review', code: 'hold-review', isWholeDay: true }]);
    expect(await here.dues({ party: here.bank, until: '2026-08-01T00:00:00.000Z' as Instant })).toEqual([]);
  });
});

describe('releasing, where one person works', () => {
  test('begins with a written reason and a day, and then says that nobody else has looked', async () => {
    const { app, orlov } = here;
    const [hold] = await holds(`party=${orlov}`);
    const path = `/api/holds/${hold!.id}/release`;
    expect(await here.post(path, { reason: '' })).toMatchObject({
      status: 422,
      body: { code: 'reason-missing' },
    });
    const asked = await here.post(path, { reason: 'The claim was withdrawn.' });
    expect(asked).toMatchObject({ status: 200, body: { state: 'waiting', until: expect.any(String) } });
    expect(await here.post(path, { reason: 'The claim was withdrawn.' })).toMatchObject({
      status: 409,
      body: { code: 'wait-needed', params: { until: expect.any(String) } },
    });
    expect(await here.dues({ party: orlov })).toMatchObject([{ code: 'hold-wait', at: asked.body.until }]);
    here.chance.setClock(Date.parse(asked.body.until as string) + 1000);
    const done = await here.post(path, { reason: 'The claim was withdrawn.' });
    expect(done).toMatchObject({ status: 200, body: { state: 'released' } });
    expect(await isHeld(app.ledger.db, app.ledger.workspaceId, { party: orlov })).toBe(false);
    expect(await holds(`party=${orlov}&released=shown`)).toMatchObject([
      { id: hold!.id, released: { by: 'owner' }, second: { who: 'nobody-else' } },
    ]);
    expect(await here.post(path, { reason: 'Again.' })).toMatchObject({
      status: 409,
      body: { code: 'hold-released' },
    });
  });

  test('goes at once with somebody outside whose mail shows it, and not with a mail of ours', async () => {
    const { orlov, letters } = here;
    const made = await here.post('/api/holds', { scope: 'party', party: orlov, reason: REASON });
    const release = (outsider: unknown) =>
      here.post(`/api/holds/${made.body.id}/release`, { reason: 'Our lawyer agrees.', outsider });
    expect(await release({ name: 'K. Laine', proof: NOBODY })).toMatchObject({
      status: 404,
      body: { code: 'interaction-unknown' },
    });
    expect(await release({ name: 'K. Laine', proof: letters.ours })).toMatchObject({
      status: 422,
      body: { code: 'proof-unusable' },
    });
    expect(await release({ name: 'K. Laine', proof: letters.bank })).toMatchObject({
      body: { state: 'released' },
    });
  });

  test('of a hold that there is not is refused', async () => {
    expect(await here.post(`/api/holds/${NOBODY}/release`, { reason: 'Why not.' })).toMatchObject({
      status: 404,
      body: { code: 'hold-unknown' },
    });
  });
});

describe('releasing, where two work', () => {
  const noOne = { outsider: null };
  beforeAll(async () => {
    await here.addMember(ALEX, 'Alex', 'owner');
    await here.addMember(MIRA, 'Mira', 'manager');
  });

  async function heldBy(actor: Actor): Promise<string> {
    const made = await setHold(here.app.ledger, actor, wish(here.orlov));
    if (!made.ok) throw new Error(made.reason);
    return made.value.id;
  }

  test('one’s own hold is refused, and another member releases it at once', async () => {
    const { ledger } = here.app;
    const id = await heldBy(ALEX);
    const own = await releaseHold(ledger, ALEX, id, { reason: 'Done with.', ...noOne });
    expect(own).toMatchObject({ ok: false, reason: 'second-person-needed' });
    const other = await releaseHold(ledger, MIRA, id, { reason: 'Looked at it.', ...noOne });
    expect(other).toMatchObject({ ok: true, value: { state: 'released' } });
  });

  test('a hold of this machine’s owner, who may be either, needs both members', async () => {
    const { ledger } = here.app;
    const id = await heldBy('owner' as Actor);
    expect(await releaseHold(ledger, ALEX, id, { reason: 'Done with.', ...noOne })).toMatchObject({
      value: { state: 'waiting', until: null },
    });
    expect(await releaseHold(ledger, ALEX, id, { reason: 'Done with.', ...noOne })).toMatchObject({
      reason: 'second-person-needed',
    });
    expect(await releaseHold(ledger, MIRA, id, { reason: 'I agree.', ...noOne })).toMatchObject({
      value: { state: 'released' },
    });
  });
});

describe('a hold on the whole workspace', () => {
  test('on everything has its review day too: it stands on Today and in the calendar, under no client', async () => {
    const made = await here.post('/api/holds', {
      ...{ scope: 'workspace', reason: REASON, reviewOn: '2026-09-02' },
    });
    expect(made.status).toBe(201);
    type Row = { id: string; code: string; party: string; partyId: string };
    const { items } = await here.app.ask<{ items: Row[] }>(
      'GET',
      '/api/calendar?from=2026-09-01&to=2026-09-03',
    );
    expect(items.filter(({ id }) => id === made.body.id)).toMatchObject([
      { code: 'hold-review', partyId: '', party: '' },
    ]);
    expect((await here.dues({ party: here.orlov })).some(({ id }) => id === made.body.id)).toBe(false);
  });
});
