import { expect, test } from 'vitest';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { factsOf } from '../../src/modules/ledger/ledger.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import type { ProcedureFact } from '../../src/modules/procedure/procedure.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player, refusedBy } from './playing.ts';

const chance = seededChance('after-call');
// Tuesday, ten in the morning in Helsinki.
const CALL_AT = '2026-05-12T10:00:00+03:00';
chance.setClock(Date.parse('2026-05-12T10:20:00+03:00'));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
await app.call('PUT', '/api/calendar/country', { country: 'FI' });
const play = player(app);
const reader = openReader('nowhere');
atEnd(() => reader.close());
const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };
let partyId = await newParty('Orlov', 'orlov@baltika.example');

async function newParty(name: string, address: string): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/parties', {
    ...{ name, state: 'client', identifiers: [address] },
  });
  return id;
}

async function noteCall(text: string, at = CALL_AT): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    kind: 'call',
    direction: 'inbound',
    parties: [{ id: partyId }],
    at,
    durationMin: 12,
    channel: 'phone',
    people: ['Orlov'],
    subject: null,
    text,
    quotes: [],
    outcome: null,
  });
  return id;
}

async function reply(at: string, text = 'The second item is not what I said.'): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    text,
    party: { id: partyId },
    direction: 'inbound',
    ...{ way: 'mail', at, from: 'orlov@baltika.example' },
  });
  return id;
}

async function facts(): Promise<readonly { actor: string; fact: ProcedureFact }[]> {
  const entries = await pageOfEntries(app.ledger.db, app.ledger.workspaceId, 0, 10_000);
  const opened = await openEntries(app.ledger.vault, entries);
  return factsOf<ProcedureFact>(opened, ...(KINDS as never[]));
}
const KINDS = ['started', 'step-entered', 'step-done', 'letter-finished', 'letter-handed-over', 'ended'].map(
  (kind) => `procedure.${kind}`,
);
const [pack] = (await app.ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call'))
  .packs as [{ id: string }];

/** As far as the letter that waits to be finished. */
async function toLetter(text = 'Orlov asked where the login is. I said: in my mail of 4 May.') {
  const call = await noteCall(text);
  const id = await play.start(pack.id, partyId, { kind: 'call', id: call });
  const first = await play.see(id);
  const shown = await play.done(id, first.now!.step);
  return { id, call, first, shown };
}
const WORDS = { 'what-was-agreed': 'Nothing yet.', 'next-step': 'I look into it by Monday, 18 May.' };

async function toAnswer() {
  const begun = await toLetter();
  const { step, letter } = letterStep(begun.shown);
  await play.draft(begun.id, letter, WORDS);
  await play.final(begun.id, letter);
  await play.hand(begun.id, letter);
  const shown = await play.done(begun.id, step);
  return { ...begun, shown, letter };
}
const letterStep = (shown: Awaited<ReturnType<typeof play.see>>) => {
  const step = shown.steps.find(({ id }) => id === shown.now?.step)!;
  return { step: step.id, letter: step.letter! };
};

test('a call that was noted is put in writing within the hour of the call, not of its note', async () => {
  const { first } = await toLetter();
  expect(first.now).toMatchObject({ number: 1, of: first.steps.length });
  expect(first.now?.due).toMatchObject({ at: '2026-05-12T08:00:00.000Z', isWholeDay: false });
  expect(first.now?.source?.says.en).toContain('2026-11-22');
});

test('words that judge lead through a step of their own, neutral ones do not', async () => {
  const neutral = await toLetter();
  const judging = await toLetter('The client is hysterical and always lies, as usual he was just rude.');
  expect(letterStep(neutral.shown).letter).not.toBeNull();
  expect(letterStep(judging.shown).letter).toBeNull();
});

test('a letter with a place nobody filled cannot be finished, and the places are named', async () => {
  const { id, shown } = await toLetter();
  const { letter, step } = letterStep(shown);
  const empty = await play.letter(id, letter);
  expect(empty.missing).toEqual(['what-was-agreed', 'next-step']);
  const refused = await app.call('POST', `/api/procedures/${id}/letters/${letter}/final`, { lang: 'en' });
  expect(await refusedBy(refused)).toMatchObject({
    status: 422,
    code: 'fields-missing',
    params: { fields: empty.missing },
  });
  expect(
    await refusedBy(await app.call('POST', `/api/procedures/${id}/steps/${step}/done`, {})),
  ).toMatchObject({
    status: 409,
    code: 'needs-missing',
    params: { needs: ['letter-handed-over'] },
  });
});

test('the letter is in the client’s language, with dates as that language writes them', async () => {
  const { id, shown } = await toLetter();
  const { letter } = letterStep(shown);
  await play.draft(id, letter, WORDS, 'ru');
  const russian = await play.letter(id, letter, 'ru');
  expect(russian.subject).toContain('12 мая 2026');
  expect(russian.text).toContain('Здравствуйте, Orlov!');
  expect((await play.draft(id, letter, WORDS, 'fi')).text).toContain('toukokuuta');
});

test('finished words stay as they are, leave as a mail any program opens, and are recorded as sent', async () => {
  const { id, call, shown } = await toLetter();
  const { letter, step } = letterStep(shown);
  await play.draft(id, letter, WORDS);
  const final = await play.final(id, letter);
  const mail = Buffer.from(
    await (await app.call('GET', `/api/procedures/${id}/letters/${letter}/mail`)).arrayBuffer(),
  ).toString();
  const [head = '', body = ''] = mail.split('\r\n\r\n');
  expect(head).toContain('To: Orlov\r\n <orlov@baltika.example>');
  expect(head).toContain('X-Unsent: 1');
  expect(Buffer.from(body, 'base64').toString()).toContain('I look into it by Monday, 18 May.');
  await play.hand(id, letter, 'eml');
  const after = await play.done(id, step);
  const [pair] = after.pairs;
  expect(pair).toMatchObject({ first: call, replies: [] });
  const { items } = await app.ask<{ items: object[] }>('GET', `/api/parties/${partyId}/exhibit-pairs`);
  expect(items).toContainEqual(pair);
  const sent = await app.ask<{ text: string; direction: string }>('GET', `/api/interactions/${pair?.second}`);
  expect(sent.text).toContain('I look into it by Monday, 18 May.');
  const [finished] = (await facts()).flatMap(({ fact }) =>
    fact.kind === 'procedure.letter-finished' && fact.id === id ? [fact] : [],
  );
  expect(finished?.text).toBe(final.finished?.text);
  const again = await app.call('POST', `/api/procedures/${id}/letters/${letter}/handed-over`, {
    way: 'copy',
  });
  expect(await refusedBy(again)).toMatchObject({ status: 409, code: 'letter-not-now' });
});

test('a letter that was sent is shown by the record of it: one of this client, once it is handed over', async () => {
  const { id, shown } = await toLetter();
  const { letter } = letterStep(shown);
  const copy = await reply('2026-05-12T10:30:00+03:00', 'Delivered to orlov@baltika.example.');
  const prove = (interactionId: string) =>
    app.call('POST', `/api/procedures/${id}/letters/${letter}/proof`, { interactionId });
  expect(await refusedBy(await prove(copy))).toMatchObject({ status: 409, code: 'letter-not-handed-over' });
  await play.draft(id, letter, WORDS);
  await play.final(id, letter);
  await play.hand(id, letter);
  const nowhere = '00000000-0000-7000-8000-000000000000';
  expect(await refusedBy(await prove(nowhere))).toMatchObject({ status: 404, code: 'proof-unknown' });
  const { id: other } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Somebody else' });
  const { id: theirs } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'Not of Orlov.', party: { id: other }, direction: 'inbound', way: 'mail' },
    ...{ at: '2026-05-12T10:31:00+03:00', from: null },
  });
  expect(await refusedBy(await prove(theirs))).toMatchObject({ status: 404, code: 'proof-unknown' });
  expect((await prove(copy)).status).toBe(200);
  expect((await play.see(id)).letters).toContainEqual(expect.objectContaining({ letter, proofId: copy }));
});

test('a call of theirs is no reply to the letter; what they wrote is', async () => {
  chance.setClock(Date.parse('2026-05-12T10:30:00+03:00'));
  const { id, shown } = await toAnswer();
  chance.setClock(Date.parse('2026-05-12T10:50:00+03:00'));
  await noteCall('Orlov called about something else.', '2026-05-12T10:35:00+03:00');
  await tick(ports);
  expect((await play.see(id)).now?.step).toBe(shown.now?.step);
  await reply('2026-05-12T10:36:00+03:00', 'I have a question on it.');
  await tick(ports);
  expect((await play.see(id)).now?.step).not.toBe(shown.now?.step);
});

test('a reply brings it back to a person, and what they choose leads on', async () => {
  chance.setClock(Date.parse('2026-05-12T10:40:00+03:00'));
  const { id, shown } = await toAnswer();
  expect(shown.now?.due?.date).toBe('2026-05-20');
  chance.setClock(Date.parse('2026-05-13T09:00:00+03:00'));
  const answer = await reply('2026-05-13T08:55:00+03:00');
  await tick(ports);
  const read = await play.see(id);
  expect(read.now?.because).toBe(answer);
  const waited = read.steps.find(({ id: step }) => step === shown.now?.step)!;
  expect(waited.visits[0]?.done).toMatchObject({ actor: 'clock' });
  const needs = await app.call('POST', `/api/procedures/${id}/steps/${read.now?.step}/done`, {});
  const { code, params } = await refusedBy(needs);
  expect(code).toBe('choice-needed');
  const [corrects, confirms, elsewhere] = params.choices as [string, string, string];
  const back = await play.done(id, read.now!.step, { choice: elsewhere });
  expect(back.now?.step).toBe(shown.now?.step);
  chance.setClock(Date.parse('2026-05-14T09:00:00+03:00'));
  await reply('2026-05-14T08:55:00+03:00', 'Yes, that is how it was.');
  await tick(ports);
  const unknown = await app.call('POST', `/api/procedures/${id}/steps/${read.now?.step}/done`, {
    choice: 'x-y',
  });
  expect((await refusedBy(unknown)).code).toBe('choice-unknown');
  const ended = await play.done(id, read.now!.step, { choice: confirms, reason: 'He says so.' });
  expect(ended.outcome?.title.en).toBe('They confirmed it');
  expect(ended.pairs[0]?.replies).toHaveLength(2);
  expect(corrects).toBeDefined();
});

test('five working days of silence end it, over Ascension Day and a weekend, and silence is called no consent', async () => {
  chance.setClock(Date.parse('2026-05-12T11:00:00+03:00'));
  partyId = await newParty('Virtanen', 'virtanen@example.fi');
  const { id, shown } = await toAnswer();
  expect(shown.now?.due).toMatchObject({ date: '2026-05-20', at: '2026-05-20T20:59:59.999Z' });
  chance.setClock(Date.parse('2026-05-20T23:59:00+03:00'));
  await tick(ports);
  expect((await play.see(id)).endedAt).toBeNull();
  chance.setClock(Date.parse('2026-05-21T00:01:00+03:00'));
  await tick(ports);
  const ended = await play.see(id);
  expect(ended.outcome?.title.en).toContain('no consent');
  expect(await tick(ports)).toBe(0);
});

test('nothing of it is done twice, out of turn, or after the end', async () => {
  chance.setClock(Date.parse('2026-05-21T09:00:00+03:00'));
  const call = await noteCall('A short call.', '2026-05-21T08:50:00+03:00');
  const id = await play.start(pack.id, partyId, { kind: 'call', id: call });
  const twice = await app.call('POST', '/api/procedures', {
    pack: pack.id,
    partyId,
    subject: { kind: 'call', id: call },
  });
  expect(await refusedBy(twice)).toMatchObject({ status: 409, code: 'procedure-running' });
  const shown = await play.see(id);
  const last = shown.steps.at(-1)!;
  const early = await app.call('POST', `/api/procedures/${id}/steps/${last.id}/done`, {});
  expect(await refusedBy(early)).toMatchObject({ status: 409, code: 'step-not-now' });
  const noReason = await app.call('POST', `/api/procedures/${id}/steps/${shown.now?.step}/skipped`, {
    reason: ' ',
  });
  expect(await refusedBy(noReason)).toMatchObject({ status: 422, code: 'reason-missing' });
  const skipped = await app.ask<typeof shown>(
    'POST',
    `/api/procedures/${id}/steps/${shown.now?.step}/skipped`,
    {
      reason: 'She is in danger; the rest can wait.',
    },
  );
  expect(skipped.steps[0]?.visits[0]?.done).toMatchObject({
    isSkipped: true,
    reason: 'She is in danger; the rest can wait.',
  });
  await app.ask('POST', `/api/procedures/${id}/ended`, { reason: 'Settled on the phone.' });
  const after = await app.call('POST', `/api/procedures/${id}/ended`, { reason: 'again' });
  expect(await refusedBy(after)).toMatchObject({ status: 409, code: 'procedure-ended' });
});

test('it starts on what is there and fits, and nothing else', async () => {
  const start = (wish: object) => app.call('POST', '/api/procedures', { pack: pack.id, partyId, ...wish });
  const nobody = '00000000-0000-7000-8000-000000000000';
  const gone = await start({ subject: { kind: 'call', id: nobody } });
  expect(await refusedBy(gone)).toMatchObject({ status: 404, code: 'subject-unknown' });
  const unfit = await start({ subject: { kind: 'party', id: partyId } });
  expect(await refusedBy(unfit)).toMatchObject({ status: 422, code: 'subject-unfit' });
  const noPack = await start({ pack: 'no-such', subject: { kind: 'call', id: nobody } });
  expect(await refusedBy(noPack)).toMatchObject({ status: 404, code: 'pack-unknown' });
});
