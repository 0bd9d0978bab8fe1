import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ambiguousTimes, type WrittenAt, writtenHere } from '../src/ambiguous.ts';
import { checkDraft } from '../src/engine.ts';
import { loadEngine } from '../src/node.ts';
import { readText } from '../src/text/reading.ts';

/** A Tuesday. */
const TUESDAY: WrittenAt = { today: '2026-11-24', dayEnds: '17:00', offset: null };
const seen = (text: string, at?: WrittenAt) =>
  ambiguousTimes(readText(text), at).map(({ quote, instead }) => [quote, instead]);

test.each([
  ['We will send it next Friday.', 'next Friday', ['Friday 27 November', 'Friday 4 December']],
  ['Shall we have a biweekly call?', 'biweekly', ['every two weeks', 'twice a week']],
  ['You have it by end of day.', 'end of day', ['17:00']],
  [
    'You have it by the end of next week.',
    'the end of next week',
    ['Friday 4 December', 'Sunday 6 December'],
  ],
  ['The report comes on 5/6.', '5/6', ['5 June', '6 May']],
  ['Please call us at half ten.', 'half ten', ['half past ten']],
  ['Please pay it before midnight.', 'midnight', ['23:59']],
  ['Please answer ASAP.', 'ASAP', []],
  ['Отправим в следующую пятницу.', 'следующую пятницу', ['пятницу, 27 ноября', 'пятницу, 4 декабря']],
  ['Ответим Вам до конца дня.', 'конца дня', ['17:00']],
  ['Пришлём всё к концу недели.', 'концу недели', ['пятнице, 27 ноября', 'воскресенью, 29 ноября']],
  ['Пишем отчёт через день.', 'через день', ['каждый второй день', '26 ноября']],
  [
    'Lähetämme sen ensi keskiviikkona.',
    'ensi keskiviikkona',
    ['keskiviikkona 25.11.', 'keskiviikkona 2.12.'],
  ],
  ['Vastaamme teille päivän loppuun mennessä.', 'päivän loppuun', ['klo 17.00']],
  ['Saatte sen viikonloppuun mennessä.', 'viikonloppuun', ['perjantaihin 27.11.', 'sunnuntaihin 29.11.']],
  [
    'Ensi viikonloppuna emme vastaa.',
    'Ensi viikonloppuna',
    ['Viikonloppuna 28.11.–29.11.', 'Viikonloppuna 5.12.–6.12.'],
  ],
] as const)('%s', (text, quote, instead) => {
  expect(seen(text, TUESDAY)).toEqual([[quote, instead]]);
});

test('without a day that it is written on nothing is worked out', () => {
  expect(seen('We will send it next Friday.')).toEqual([['next Friday', []]]);
  expect(writtenHere(new Date(2026, 0, 5, 23, 30))).toMatchObject({ today: '2026-01-05' });
});

test.each([
  'We will send it on Friday 4 December.',
  'We will send it next Friday, 4 December.',
  'Let us talk next Monday.',
  'At the end of the day it is your choice.',
  'You have it by end of day, 17:00.',
  'You wrote: “It comes next Friday.”',
  'He ate 1/2 of it, and 5/6 is left.',
  'Отправим в пятницу, 4 декабря.',
  'В конце дня было тихо.',
  'Lähetämme sen perjantaina 4.12.',
  'Viikonloppuna satoi.',
])('what means one day is not marked: %s', (text) => {
  expect(seen(text, TUESDAY)).toEqual([]);
});

test.each([
  ['We will call you tomorrow at 14:00.', '14:00'],
  ['Позвоним Вам завтра в 14:00.', '14:00'],
  ['Soitamme teille huomenna klo 14.', 'klo 14'],
])('a time of the clock is marked for who is in another zone only: %s', (text, time) => {
  expect(seen(text, TUESDAY)).toEqual([]);
  expect(seen(text, { ...TUESDAY, offset: 'UTC+2' })).toEqual([[time, [`${time} (UTC+2)`]]]);
});

test.each([
  'We will call you tomorrow at 14:00 Helsinki time.',
  'Позвоним завтра в 14:00 по Москве.',
  'Soitamme huomenna klo 14 Suomen aikaa.',
  'We will call you at 14:00 (UTC+2).',
  'Version 1.14:00 is out.',
])('a time with its zone is clear to everybody: %s', (text) => {
  expect(seen(text, { ...TUESDAY, offset: 'UTC+2' })).toEqual([]);
});

test('of the letters that we hand out, and of drafts that were held out, none is marked', () => {
  const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const packs = folder('../../../packs/');
  const letters = globSync('**/*.{en,ru,fi}.md', { cwd: packs }).map((file) =>
    readFileSync(`${packs}${file}`, 'utf8').replace(/\{\{[^}]*\}\}/g, 'Olga'),
  );
  const drafts = globSync('*-drafts.txt', { cwd: folder('held-out') }).map((file) =>
    readFileSync(folder(`held-out/${file}`), 'utf8').replaceAll('\n', '\n\n'),
  );
  expect(letters.length).toBeGreaterThan(150);
  expect(drafts).toHaveLength(3);
  expect([...letters, ...drafts].flatMap((text) => seen(text, TUESDAY))).toEqual([]);
});

test('in a draft it is a note, is said once, and can be turned off as a rule can', async () => {
  const engine = await loadEngine(fileURLToPath(new URL('..', import.meta.url)));
  const notes = (text: string, off: readonly string[] = []) =>
    checkDraft(engine, text, { at: TUESDAY, off: new Set(off) })
      .findings.filter(({ kind }) => kind === 'vague_date')
      .map(({ level, why, advice }) => ({ level, why, advice }));
  expect(notes('We will send the list next Friday.')).toEqual([
    { level: 'note', why: 'ambiguous:next-day', advice: null },
  ]);
  expect(notes('Please answer us ASAP.')).toEqual([
    { level: 'note', why: 'ambiguous:asap', advice: 'with-a-date' },
  ]);
  expect(notes('We will send the list next Friday.', ['ambiguous:next-day'])).toEqual([]);
});
