import { openZip } from '@evenkeel/proof/zip';
import { expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { type Json, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import type { Answer, View } from './screening-answers.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Wednesday, 13 May 2026, 12:00 in Helsinki. */
const NOW = Date.parse('2026-05-13T09:00:00.000Z');
const chance = seededChance('screening');
chance.setClock(NOW);
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki', name = 'Keel & Co'");

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await app.call(method, path, body);
  return { status: response.status, body: response.status === 204 ? {} : ((await response.json()) as Json) };
}
const post = (path: string, body: unknown) => send('POST', path, body);
/** What must work; gives the id of what was made. */
async function make(path: string, body: unknown): Promise<string> {
  const { status, body: made } = await post(path, body);
  if (status > 201) throw new Error(`${path}: ${status} ${JSON.stringify(made)}`);
  return made.id as string;
}
const refused = async (path: string, body: unknown) => {
  const { status, body: said } = await post(path, body);
  return [status, said.code];
};

const WORDS = 'Hello! My last designer was useless and disappeared. Can you make five pages by 5 June?';
const inquiry = (wish: Json = {}) =>
  make('/api/screenings', {
    ...{ name: 'Ilta Salo', identifiers: [], text: WORDS, at: '2026-05-13T11:00:00+03:00' },
    ...{ way: 'mail', how: 'pasted' },
    ...wish,
  });
const view = (id: string) => app.ask<View>('GET', `/api/screenings/${id}`);
const citeIn = (interactionId: string, text: string, quote: string) => {
  const start = text.indexOf(quote);
  return { interactionId, start, end: start + quote.length, quote };
};

async function directionOf(party: string): Promise<unknown> {
  const { items } = await app.ask<{ items: Json[] }>('GET', `/api/parties/${party}/timeline`);
  return items[0]!.direction;
}

test('an inquiry is a dated record of a party in state prospect', async () => {
  const seen = await view(await inquiry({ identifiers: ['ilta@salo.example', '040 123 4567'] }));
  expect(seen).toMatchObject({ partyState: 'prospect', text: WORDS, writtenAt: '2026-05-13T08:00:00.000Z' });
  expect(await directionOf(seen.partyId)).toBe('inbound');
  expect(seen.identifiers).toMatchObject([
    { kind: 'address', value: 'ilta@salo.example' },
    { kind: 'phone', value: '+358401234567' },
  ]);
});

test('words worth a question are quoted with what to ask, and nothing of it is kept', async () => {
  const id = await inquiry({ name: 'Words' });
  const { flags } = await view(id);
  expect(flags.map(({ kind }) => kind)).toContain('blames_predecessor');
  const [flag] = flags;
  expect(WORDS).toContain(flag!.quote);
  expect(flag!.phrase).toMatch(/\?$/);
  expect(JSON.stringify(flags)).not.toMatch(/score/);
});

test('what cannot be an inquiry is refused, each with its own word', async () => {
  const whole = { name: 'A', identifiers: [], text: 'Hi', at: '2026-05-13T11:00:00+03:00', way: 'mail' };
  const wish = { ...whole, how: 'noted' };
  const open = (change: Json) => refused('/api/screenings', { ...wish, ...change });
  expect(await open({ name: ' ' })).toEqual([422, 'party-unnamed']);
  expect(await open({ text: ' ' })).toEqual([422, 'inquiry-empty']);
  expect(await open({ at: '2026-05-14T11:00:00+03:00' })).toEqual([422, 'time-in-future']);
  expect(await open({ identifiers: ['???'] })).toEqual([422, 'identifier-unusable']);
  const { partyId, interactionId } = await view(await inquiry({ name: 'Twice' }));
  expect(await refused('/api/screenings', { partyId, interactionId })).toEqual([409, 'screened-already']);
  const none = '00000000-0000-7000-8000-000000000000';
  expect(await refused('/api/screenings', { partyId, interactionId: none })).toEqual([
    404,
    'inquiry-unknown',
  ]);
  expect((await send('GET', `/api/screenings/${none}`)).body.code).toBe('screening-unknown');
});

test('a message that is in the record already becomes an inquiry, and its writer a prospect', async () => {
  const { id: interactionId } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'We need a logo.', party: { name: 'Nor', identifier: 'nor@nor.example' }, way: 'mail' },
    ...{ at: '2026-05-12T11:00:00+03:00', direction: 'inbound', from: 'Nor' },
  });
  const { id: partyId } = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=nor@nor.example');
  const seen = await view(await make('/api/screenings', { partyId, interactionId }));
  expect(seen).toMatchObject({ partyState: 'prospect', identifiers: [{ value: 'nor@nor.example' }] });
});

test('two identifiers name a person, one is only possible, and what a member says is remembered', async () => {
  const first = await view(
    await inquiry({ name: 'Rex', identifiers: ['rex@one.example', '+358 50 765 4321', '@rex_77'] }),
  );
  const twice = await inquiry({ name: 'R.', identifiers: ['050-7654321', 'https://t.me/rex_77'] });
  const [two] = (await view(twice)).matches;
  expect(two).toMatchObject({ partyId: first.partyId, level: 'two-identifiers', verdict: null });
  expect(two!.shared.map(({ value }) => value).sort()).toEqual(['+358507654321', 'rex_77']);

  const once = await inquiry({ name: 'Ray', identifiers: ['rex+work@one.example'] });
  const [one] = (await view(once)).matches;
  expect(one).toMatchObject({ partyId: first.partyId, level: 'one-identifier', warnings: [] });

  const verdict = { other: first.partyId, verdict: 'different', reason: '' };
  expect(await refused(`/api/screenings/${once}/verdicts`, verdict)).toEqual([422, 'reason-missing']);
  await make(`/api/screenings/${once}/verdicts`, { ...verdict, reason: 'A colleague at the same address.' });
  expect((await view(once)).matches).toMatchObject([{ verdict: { verdict: 'different' } }]);
  const listed = await app.ask<{ items: { id: string; matches: number }[] }>('GET', '/api/screenings');
  expect(listed.items.find(({ id }) => id === once)).toMatchObject({ matches: 0 });
  expect(listed.items.find(({ id }) => id === twice)).toMatchObject({ matches: 1 });
  const stranger = (await view(await inquiry({ name: 'Stranger' }))).partyId;
  const other = { other: stranger, verdict: 'same', reason: 'x' };
  expect(await refused(`/api/screenings/${once}/verdicts`, other)).toEqual([404, 'match-unknown']);
});

test('confidence falls with the age of the last use, until what is shared does not count', async () => {
  const identifiers = ['old@past.example', '+358 44 111 2222'];
  const past = await view(await inquiry({ name: 'Past', identifiers, at: '2016-05-13T11:00:00+03:00' }));
  const found = (await view(await inquiry({ name: 'Past again', identifiers }))).matches.find(
    ({ partyId }) => partyId === past.partyId,
  );
  expect(found).toMatchObject({ level: 'too-old' });
  for (const { confidence } of found!.shared) expect(confidence).toBeLessThan(0.25);
});

test('an entry needs a reason of the list, a quote, a basis, an end and a telling: each is refused by itself', async () => {
  const { partyId, interactionId } = await view(await inquiry({ name: 'Entry' }));
  const path = `/api/parties/${partyId}/warnings`;
  const whole = {
    ...{
      reason: 'non-payment',
      cite: citeIn(interactionId, WORDS, 'five pages'),
      basis: 'Not to lose it twice.',
    },
    ...{ expiresOn: '2028-05-13', telling: 'within-month' },
  };
  const without = (change: Json) => refused(path, { ...whole, ...change });
  expect(await without({ reason: null })).toEqual([422, 'warning-reason-missing']);
  expect(await without({ reason: 'difficult' })).toEqual([422, 'warning-reason-unknown']);
  expect(await without({ cite: null })).toEqual([422, 'quote-missing']);
  expect(await without({ cite: { ...whole.cite, quote: 'six pages!' } })).toEqual([422, 'quote-not-found']);
  expect(await without({ basis: ' ' })).toEqual([422, 'basis-missing']);
  expect(await without({ expiresOn: null })).toEqual([422, 'expiry-missing']);
  expect(await without({ expiresOn: '2026-05-13' })).toEqual([422, 'expiry-passed']);
  expect(await without({ expiresOn: '2029-05-14' })).toEqual([422, 'expiry-too-far']);
  expect(await without({ expiresOn: '2027-02-30' })).toEqual([422, 'date-unusable']);
  expect(await without({ telling: null })).toEqual([422, 'telling-missing']);
  expect(await without({ telling: 'never' })).toEqual([422, 'telling-unknown']);
  expect(await without({ telling: 'on-date' })).toEqual([422, 'telling-date-missing']);
  expect(await without({ telling: 'on-date', tellOn: '2026-05-01' })).toEqual([422, 'date-unusable']);
  expect((await app.ask<{ inForce: unknown[] }>('GET', `/api/warnings?party=${partyId}`)).inForce).toEqual(
    [],
  );
});

test('an entry is due, is told, objected to and answered, and matches nothing once it has run out', async () => {
  const identifiers = ['late@payer.example', '+358 45 555 6666'];
  const { partyId, interactionId } = await view(await inquiry({ name: 'Payer', identifiers }));
  const entry = {
    ...{
      reason: 'non-payment',
      cite: citeIn(interactionId, WORDS, 'five pages'),
      basis: 'Not to lose it twice.',
    },
    ...{ expiresOn: '2026-12-31', telling: 'within-month' },
  };
  const id = await make(`/api/parties/${partyId}/warnings`, entry);
  const again = await inquiry({ name: 'P. Ayer', identifiers: ['045 555 6666', 'LATE@payer.example'] });
  const of = async () => (await view(again)).matches.find((match) => match.partyId === partyId)!.warnings;
  expect(await of()).toMatchObject([{ id }]);

  type Dues = { items: { id: string; code: string; date: string; kind: string; source: string | null }[] };
  const dues = async () => {
    const all = await app.ask<Dues>('GET', '/api/calendar?from=2026-05-01&to=2027-01-31');
    return all.items.filter((due) => due.id === id);
  };
  expect(await dues()).toMatchObject([
    { code: 'warning-telling', date: '2026-06-12', kind: 'law', source: expect.stringMatching(/2016\/679/) },
    { code: 'warning-ends', date: '2026-12-31', kind: 'review' },
  ]);
  const log = `/api/warnings/${id}/log`;
  expect(await refused(log, { line: 'answered', says: 'No.' })).toEqual([409, 'objection-missing']);
  expect(await refused(log, { line: 'told', says: ' ' })).toEqual([422, 'words-empty']);
  await make(log, { line: 'told', says: 'By mail on 14 May.' });
  expect((await dues()).map(({ code }) => code)).toEqual(['warning-ends']);
  await make(log, { line: 'objected', says: 'They paid in cash.' });
  await make(log, { line: 'rectified', says: 'The date is 3 May.' });
  expect(await refused(`/api/warnings/${id}/removal`, {})).toEqual([409, 'warning-in-force']);
  await make(log, { line: 'answered', says: 'They are right: it was paid.', ends: true });
  expect(await of()).toEqual([]);

  const lists = await app.ask<{ inForce: Json[]; expired: Json[] }>('GET', `/api/warnings?party=${partyId}`);
  expect(lists.inForce).toEqual([]);
  expect(lists.expired).toMatchObject([
    { id, log: [{ kind: 'told' }, { kind: 'objected' }, { kind: 'rectified' }, { kind: 'answered' }] },
  ]);
  await make(`/api/warnings/${id}/removal`, {});
  expect((await app.ask<{ expired: Json[] }>('GET', '/api/warnings')).expired).toEqual([]);
});

test('an entry ends by itself on its day', async () => {
  const { partyId, interactionId } = await view(await inquiry({ name: 'Ends' }));
  const cite = citeIn(interactionId, WORDS, 'five pages');
  const entry = { reason: 'no-show', cite, basis: 'Two empty hours.', expiresOn: '2026-05-20' };
  await make(`/api/parties/${partyId}/warnings`, { ...entry, telling: 'next-message' });
  chance.setClock(NOW + 8 * DAY_MS);
  const { inForce, expired } = await app.ask<{ inForce: Json[]; expired: Json[] }>(
    'GET',
    `/api/warnings?party=${partyId}`,
  );
  expect([inForce.length, expired.length]).toEqual([0, 1]);
  chance.setClock(NOW + DAY_MS);
});

const SHEET = [
  { service: 'Answer within 4 hours', percent: '15' },
  { service: 'Evenings', amount: '80.00', currency: 'EUR' },
];

test('a price is made of services and a deposit, and never of a person', async () => {
  const bad = await send('PUT', '/api/price-sheet', {
    items: [{ service: 'Both', percent: '5', amount: '3' }],
  });
  expect(bad.body.code).toBe('surcharge-unusable');
  const unnamed = await send('PUT', '/api/price-sheet', { items: [{ service: ' ', percent: '5' }] });
  expect(unnamed.body.code).toBe('service-unnamed');
  expect((await send('PUT', '/api/price-sheet', { items: SHEET })).status).toBe(204);
  const sheet = await app.ask<{ items: { id: string }[] }>('GET', '/api/price-sheet');
  expect(sheet.items).toMatchObject(SHEET);

  const id = await inquiry({ name: 'Priced' });
  const path = `/api/screenings/${id}/decisions`;
  const priced = { decision: 'priced', reason: 'Evenings were asked for.' };
  expect(await refused(path, priced)).toEqual([422, 'service-missing']);
  const none = '00000000-0000-7000-8000-000000000000';
  expect(await refused(path, { ...priced, services: [none] })).toEqual([422, 'service-unknown']);
  const deposit = { percent: '130' };
  expect(await refused(path, { ...priced, deposit })).toEqual([422, 'deposit-unusable']);
  expect(await refused(path, { decision: 'accept', reason: ' ' })).toEqual([422, 'reason-missing']);
  const conditions = { decision: 'conditions', reason: 'Late.', conditions: '' };
  expect(await refused(path, conditions)).toEqual([422, 'conditions-missing']);
  const minutes = { count: 0, how: 'stated' };
  expect(await refused(path, { decision: 'accept', reason: 'Yes.', minutes })).toEqual([
    422,
    'minutes-unusable',
  ]);
  expect((await post(path, { ...priced, surcharge: { party: 'x' } })).status).toBe(422);

  const services = [sheet.items[1]!.id];
  await make(path, { ...priced, services, minutes: { count: 300, how: 'estimated' } });
  expect((await view(id)).decisions).toMatchObject([
    { decision: 'priced', services: [SHEET[1]], minutes: { count: 300, how: 'estimated' } },
  ]);
});

test('past work is compared from three clients on, with how many there are', async () => {
  const id = await inquiry({ name: 'Compared' });
  const path = `/api/screenings/${id}/past-work`;
  const client = async (name: string, durationMin: number) => {
    const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', { name, state: 'client' });
    await app.ask('POST', '/api/interactions/by-hand', {
      ...{ kind: 'call', direction: 'outbound', parties: [{ id: party }], text: 'About the offer.' },
      ...{ at: '2026-05-12T10:00:00+03:00', durationMin },
    });
    await app.ask('POST', '/api/interactions', {
      ...{ text: 'As agreed.', party: { id: party }, at: '2026-05-12T11:00:00+03:00', way: 'mail' },
      ...{ direction: 'outbound', from: null },
    });
  };
  await client('One', 30);
  await client('Two', 60);
  expect(await send('GET', path)).toMatchObject({
    status: 409,
    body: { code: 'cases-too-few', params: { n: 2, needed: 3 } },
  });
  await client('Three', 120);
  expect(await app.ask('GET', `${path}?minutesPerMessage=10`)).toEqual({
    ...{ n: 3, minutesPerMessage: 10, median: 70, least: 40, most: 130, statedPart: 0.88 },
    revisions: { median: 0, least: 0, most: 0 },
    outsideHours: { median: 0, least: 0, most: 0 },
  });
});

test.each(['en', 'ru', 'fi'])(
  'a no in %s accuses nobody, and the private reason is in no record',
  async (lang) => {
    const id = await inquiry({ name: 'Olga' });
    const decision = { decision: 'decline', reason: 'No time in June.', privateReason: 'Zanzibar bagpipe' };
    const sending = { text: 'No.', at: '2026-05-13T12:00:00+03:00', way: 'mail' };
    expect(await refused(`/api/screenings/${id}/sending`, sending)).toEqual([409, 'not-declined']);
    await make(`/api/screenings/${id}/decisions`, decision);
    const letter = await app.ask<{ text: string }>('GET', `/api/screenings/${id}/letter?lang=${lang}`);
    expect(letter.text).toContain('Olga');
    expect(letter.text).toContain('Keel & Co');
    expect(letter.text).not.toMatch(/Zanzibar|June|useless/);
    const checked = await app.ask<{ findings: { level: string }[] }>('POST', '/api/language/draft', {
      ...{ text: letter.text, lang },
    });
    expect(checked.findings.filter(({ level }) => level === 'warning')).toEqual([]);

    await make(`/api/screenings/${id}/sending`, { ...sending, text: letter.text });
    const { sentInteractionId, partyId } = await view(id);
    const sent = await app.ask('GET', `/api/interactions/${sentInteractionId}`);
    expect(sent).toMatchObject({ text: letter.text });
    expect(await app.ask('GET', `/api/screenings/${id}/private-reason`)).toMatchObject({
      reason: { words: 'Zanzibar bagpipe' },
    });
    const timeline = await app.ask('GET', `/api/parties/${partyId}/timeline`);
    expect(JSON.stringify([timeline, await view(id)])).not.toContain('Zanzibar');
    const again = { decision: 'accept', reason: 'After all.' };
    expect(await refused(`/api/screenings/${id}/decisions`, again)).toEqual([409, 'screening-answered']);
    expect((await send('GET', `/api/screenings/${id}/offer?lang=en`)).body.code).toBe('declined');
  },
);

test('on a yes the answers are the first offer, and nothing is typed twice', async () => {
  const id = await inquiry({ name: 'Yes Oy' });
  const answers = { result: 'Five pages.', 'answer-time': '8', budget: 'About 1 200,50 € from the firm' };
  const path = `/api/screenings/${id}/answers`;
  expect(await refused(path, { question: 'shoe-size', words: '44' })).toEqual([
    404,
    'screening-question-unknown',
  ]);
  expect(await refused(path, { question: 'result', words: ' ' })).toEqual([422, 'words-empty']);
  for (const [question, words] of Object.entries(answers)) await make(path, { question, words });
  expect((await send('GET', `/api/screenings/${id}/offer?lang=en`)).body.code).toBe('screening-undecided');
  const { items } = await app.ask<{ items: { id: string }[] }>('GET', '/api/price-sheet');
  await make(`/api/screenings/${id}/decisions`, {
    ...{ decision: 'priced', reason: 'As they asked.', conditions: 'Texts come from you by 1 June.' },
    ...{ services: [items[0]!.id], deposit: { percent: '30' } },
  });
  const offer = await app.ask<{ clauses: Json[] }>('GET', `/api/screenings/${id}/offer?lang=fi`);
  expect(offer.clauses).toMatchObject([
    { kind: 'scope_in', says: 'Teemme: Five pages.' },
    { kind: 'response_time', within: { count: 8, unit: 'hours' } },
    { kind: 'payment', price: '1200.50', currency: 'EUR' },
    { kind: 'other', says: 'Texts come from you by 1 June.' },
    { kind: 'payment', says: expect.stringMatching(/15\s%/) },
    { kind: 'payment', says: expect.stringMatching(/30\s%/) },
  ]);
  const agreement = await make(`/api/screenings/${id}/agreement`, offer);
  const { partyId, agreementId } = await view(id);
  expect(agreementId).toBe(agreement);
  const terms = await app.ask<{ agreements: Json[] }>('GET', `/api/parties/${partyId}/agreements`);
  expect(terms.agreements).toMatchObject([{ id: agreement, version: 0, clauses: { length: 6 } }]);
  expect(await refused(`/api/screenings/${id}/agreement`, offer)).toEqual([409, 'screening-answered']);
});

test('a bundle counts what was looked at before a yes, and tells nothing of it', async () => {
  const { partyId, interactionId } = await view(await inquiry({ name: 'Bundled' }));
  const cite = citeIn(interactionId, WORDS, 'five pages');
  const entry = { reason: 'no-show', cite, basis: 'Quokka trombone.', expiresOn: '2026-12-20' };
  await make(`/api/parties/${partyId}/warnings`, { ...entry, telling: 'next-message' });
  const response = await app.call('POST', '/api/bundles', { party: partyId, withMatters: true });
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const files = await Promise.all(zip.entries.map((one) => zip.read(one, 1 << 28)));
  const told = files.map((file) => Buffer.from(file).toString('utf8')).join('\n');
  expect(told).toContain('our own record of the matter');
  expect(told).not.toMatch(/Quokka|no-show/);
});

test('all of it is made anew from the record', async () => {
  await make(`/api/screenings/${await inquiry({ name: 'More' })}/identifiers`, { identifiers: ['@more'] });
  const before = await rows();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});

async function rows() {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND obj_description(oid, 'pg_class') LIKE 'projection of screening%'`,
  );
  expect(tables.length).toBe(7);
  return rowsOf(
    database.pool,
    tables.map(({ name }) => name),
  );
}
