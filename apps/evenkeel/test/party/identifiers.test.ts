import { expect, test } from 'vitest';
import { mailboxOf, numberOf } from '../../src/modules/party/likeness.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Proposal = {
  identifier: { kind: string; value: string };
  party: { id: string; name: string } | null;
  why: string;
  confidence: string;
};
type Identifiers = { items: { value: string; number: string | null }[]; proposals: Proposal[] };

const identifiersOf = (id: string) => app.ask<Identifiers>('GET', `/api/parties/${id}/identifiers`);
const meant = async (word: string) =>
  (await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${encodeURIComponent(word)}`)).id;
const timelineOf = async (id: string) =>
  (await app.ask<{ items: { subject: string }[] }>('GET', `/api/parties/${id}/timeline`)).items.map(
    ({ subject }) => subject,
  );

test('numbers are compared in E.164, addresses by the mailbox they reach', () => {
  expect(numberOf('+358 40 123 4567', null)).toBe('+358401234567');
  expect(numberOf('040 1234567', 'FI')).toBe('+358401234567');
  expect(numberOf('040 1234567', null)).toBeNull();
  expect(numberOf('orlov 1234567', 'FI')).toBeNull();
  expect(mailboxOf('anna.berg+shop@googlemail.com')).toBe('annaberg@gmail.com');
  expect(mailboxOf('anna.berg+shop@studio.example')).toBe('anna.berg@studio.example');
});

test('what may be the same person is proposed with its reason; joined by a person, all of it is undone by moving it back', async () => {
  const letters = {
    '1.eml': mail({ subject: 'one', from: 'Ivan Orlov <orlov@baltika.example>' }),
    '2.eml': mail({ subject: 'two', from: 'Ivan Orlov <orlov+shop@baltika.example>' }),
    '3.eml': mail({ subject: 'three', from: 'Ivan Orlov <ivan@elsewhere.example>' }),
  };
  await app.bringIn({ paths: [filesIn(temporaryFolder(), letters)], me: ['me@firm.example'] });
  const orlov = await meant('orlov@baltika.example');
  const other = await meant('orlov+shop@baltika.example');
  expect((await identifiersOf(orlov)).proposals).toMatchObject([
    { identifier: { value: 'orlov+shop@baltika.example' }, why: 'address', confidence: 'high' },
    { identifier: { value: 'ivan@elsewhere.example' }, why: 'name', confidence: 'low' },
  ]);
  const shop = { kind: 'address', value: 'orlov+shop@baltika.example' };
  const done = await app.ask('POST', '/api/identifiers/move', { ...shop, to: orlov });
  expect(done).toEqual({ from: other, to: orlov, moved: 1 });
  expect((await timelineOf(orlov)).sort()).toEqual(['one', 'two']);
  expect(await timelineOf(other)).toEqual([]);
  await app.ask('POST', '/api/identifiers/move', { ...shop, to: other });
  expect(await timelineOf(orlov)).toEqual(['one']);
  expect(await timelineOf(other)).toEqual(['two']);
});

test('what stands on a contact card beside something of theirs is proposed, and nothing else is theirs by being typed', async () => {
  const card = (name: string, ...lines: readonly string[]) =>
    ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n');
  const letters = { '1.eml': mail({ subject: 'card', from: 'Vera Virtanen <vera@card.example>' }) };
  await app.bringIn({ paths: [filesIn(temporaryFolder(), letters)], me: ['me@firm.example'] });
  const vera = await meant('vera@card.example');
  const cards = [
    card('Vera Virtanen', 'EMAIL:Vera@card.example', 'EMAIL:vera@home.example', 'TEL:+358 40 555 0101'),
    card('Somebody Else', 'EMAIL:else@card.example'),
  ];
  const folder = filesIn(temporaryFolder(), { 'cards.vcf': cards.join('') });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'], client: vera });
  const { proposals } = await identifiersOf(vera);
  expect(proposals.map(({ identifier, party, why }) => [identifier.value, party, why])).toEqual([
    ['+358405550101', null, 'card'],
    ['vera@home.example', null, 'card'],
  ]);
  const home = { kind: 'address', value: 'vera@home.example' };
  expect(await app.ask('POST', '/api/identifiers/move', { ...home, to: vera })).toEqual({
    ...{ from: null, to: vera, moved: 0 },
  });
  expect((await identifiersOf(vera)).items.map(({ value }) => value)).toContain('vera@home.example');
  const typed = await app.call('POST', '/api/identifiers/move', {
    ...{ kind: 'address', value: 'else@card.example', to: vera },
  });
  expect(await typed.json()).toMatchObject({ code: 'identifier-unknown' });
});

test('who is said to be two is proposed no more, and an address is split off into a contact of its own', async () => {
  const orlov = await meant('orlov@baltika.example');
  const elsewhere = await meant('ivan@elsewhere.example');
  await app.call('POST', `/api/parties/${orlov}/kept-apart`, { other: elsewhere });
  expect((await identifiersOf(elsewhere)).proposals.map(({ party }) => party?.id)).not.toContain(orlov);
  const split = await app.ask<{ to: string }>('POST', '/api/identifiers/move', {
    ...{ kind: 'address', value: 'ivan@elsewhere.example', to: null },
  });
  expect(split.to).not.toBe(elsewhere);
  expect(await timelineOf(split.to)).toEqual(['three']);
  expect((await identifiersOf(elsewhere)).items).toEqual([]);
});

test('an address that nobody has, and one that is theirs already, are refused by name', async () => {
  const orlov = await meant('orlov@baltika.example');
  const move = async (value: string, to: string) => {
    const answer = await app.call('POST', '/api/identifiers/move', { kind: 'address', value, to });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await move('nobody@x.example', orlov)).toEqual([404, 'identifier-unknown']);
  expect(await move('orlov@baltika.example', orlov)).toEqual([409, 'identifier-theirs-already']);
  expect(await move('orlov@baltika.example', crypto.randomUUID())).toEqual([404, 'party-unknown']);
});

test('projections made again from the ledger know whose every address is', async () => {
  await app.runner.caughtUp();
  expect(await projectionTables(database.db)).toContain('kept_apart');
  const tables = ['parties', 'identifiers', 'kept_apart', 'filings'];
  const before = await rowsOf(database.pool, tables);
  await replay(app.ledger, []);
  expect(await rowsOf(database.pool, tables)).toEqual(before);
});
