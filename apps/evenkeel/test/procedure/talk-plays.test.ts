import { expect, test } from 'vitest';
import { LANGS, type Lang } from '../../src/modules/procedure/pack.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { neverSaid, withoutQuotes } from '../story/plain-words.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player } from './playing.ts';

// A talk from its preparation to what came of its summary, in three languages. Tuesday, 12 May 2026, 14:00 in Helsinki; five
// working days for corrections, around Ascension Day, end on Wednesday, 20 May.
const BEGAN = '2026-05-12T14:00:00+03:00';
const CORRECTIONS_UNTIL = '2026-05-20';
const chance = seededChance('talk-plays');
const at = (iso: string) => chance.setClock(Date.parse(iso));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
await app.call('PUT', '/api/calendar/country', { country: 'FI' });
const play = player(app);
const reader = openReader('nowhere');
atEnd(() => reader.close());
const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };

const SAID = {
  en: {
    said: 'The login and the photographs.',
    agreed: 'Photographs by Friday.',
    next: 'Alex sends the list.',
  },
  ru: { said: 'Вход и фотографии.', agreed: 'Фотографии до пятницы.', next: 'Алекс пришлёт список.' },
  fi: {
    said: 'Kirjautuminen ja kuvat.',
    agreed: 'Kuvat perjantaihin mennessä.',
    next: 'Alex lähettää listan.',
  },
} as const;
const SUMMARY_OF = { en: '12 May 2026', ru: '12 мая 2026', fi: '12. toukokuuta 2026' } as const;
const DUE = { en: '20 May 2026', ru: '20 мая 2026', fi: '20. toukokuuta 2026' } as const;

async function client(lang: Lang) {
  const address = `orlov-${lang}@baltika.example`;
  const { id } = await app.ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: `Orlov ${lang}`, state: 'client', identifiers: [address] },
  });
  return { id, address };
}

async function talked(party: string): Promise<string> {
  at('2026-05-12T13:30:00+03:00');
  const id = await play.start('meeting-talk', party, { kind: 'party', id: party });
  at(BEGAN);
  for (const [choice, words] of [
    ['it-begins-now', null],
    ['let-them-finish', null],
    ['their-words-noted', 'I was never told.'],
    ['warned-once', null],
    ['through-after-warning', null],
    ['ended-thanking-them', null],
  ] as const)
    await play.done(id, (await play.see(id)).now!.step, { choice, reason: words });
  return id;
}

async function written(party: string, text: string): Promise<string> {
  at('2026-05-12T14:30:00+03:00');
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'meeting', direction: null, parties: [{ id: party }], at: BEGAN, durationMin: 25 },
    ...{ channel: null, people: [], subject: null, text, quotes: [], outcome: null },
  });
  return id;
}

async function sent(id: string, lang: Lang, fields: Readonly<Record<string, string>>): Promise<string> {
  const { now, steps } = await play.see(id);
  const letter = steps.find((step) => step.id === now?.step)!.letter!;
  await play.draft(id, letter, fields, lang);
  const { finished, subject, missing } = await play.final(id, letter, lang);
  expect([letter, missing]).toEqual([letter, []]);
  await play.hand(id, letter);
  await play.done(id, now!.step);
  const text = `${subject}\n${finished!.text}`;
  expect(text).not.toContain('{{');
  expect(neverSaid(withoutQuotes(text))).toEqual([]);
  return text;
}

test.each(LANGS)('a talk and its summary are played to their ends in %s', async (lang) => {
  const { id: party, address } = await client(lang);
  const { said, agreed, next } = SAID[lang];
  const meeting = await talked(party);
  const record = await written(party, said);
  const talk = await play.done(meeting, (await play.see(meeting)).now!.step);
  expect(talk.outcome?.id).toBe('meeting-written-down');
  expect(Object.values(talk.outcome!.title).every(Boolean)).toBe(true);

  const id = await play.start('after-call', party, { kind: 'meeting', id: record });
  await play.done(id, (await play.see(id)).now!.step);
  const summary = await sent(id, lang, {
    'what-was-said': said,
    'what-was-agreed': agreed,
    'next-step': next,
  });
  for (const words of [said, agreed, next, SUMMARY_OF[lang], DUE[lang]]) expect(summary).toContain(words);
  expect((await play.see(id)).now?.due?.date).toBe(CORRECTIONS_UNTIL);

  at('2026-05-13T09:30:00+03:00');
  await app.ask('POST', '/api/interactions', {
    ...{ text: agreed, party: { id: party }, direction: 'inbound', way: 'mail', from: address },
    at: '2026-05-13T09:00:00+03:00',
  });
  await tick(ports);
  await play.done(id, (await play.see(id)).now!.step, { choice: 'answer-corrects' });
  const correction = await sent(id, lang, { 'correction-made': next });
  for (const words of [next, SUMMARY_OF[lang]]) expect(correction).toContain(words);
  expect((await play.see(id)).outcome?.id).toBe('summary-corrected');
});
