import { expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { callingCodeOf, confidenceAt, matchKeyOf, matchLevelOf } from '../../src/modules/party/matching.ts';

test.each([
  ['Rex+shop@One.Example', 'address', 'rex@one.example'],
  ['mailto:a@b.example', 'address', 'a@b.example'],
  ['+358 (0)40 123-4567', 'phone', '+358401234567'],
  ['00358 40 1234567', 'phone', '+358401234567'],
  ['040 123 4567', 'phone', '+358401234567'],
  ['tel:+358401234567', 'phone', '+358401234567'],
  ['wa.me/358401234567', 'phone', '+358401234567'],
  ['@Rex_77', 'handle', 'rex_77'],
  ['https://t.me/rex_77?start=1', 'handle', 'rex_77'],
  ['www.instagram.com/rex_77/', 'handle', 'rex_77'],
  ['https://www.Salo.example/team/', 'url', 'salo.example/team'],
  ['salo.example', 'url', 'salo.example'],
  ['plate ABC-123', 'plate', 'abc123'],
  ['rekisteri: abc 123', 'plate', 'abc123'],
  ['Авто А123ВС 77', 'plate', 'a123bc77'],
  ['car A123BC77', 'plate', 'a123bc77'],
  ['ABC-123', 'handle', 'abc-123'],
  ['car mechanic', 'handle', 'carmechanic'],
])('%s is compared as the %s %s', (typed, kind, value) => {
  expect(matchKeyOf(typed, '358')).toMatchObject({ kind, value });
});

test('a number of Russia is the same with 8 and with +7', () => {
  expect(callingCodeOf('Europe/Moscow')).toBe('7');
  expect(matchKeyOf('8 (912) 345-67-89', '7')?.value).toBe('+79123456789');
  expect(matchKeyOf('+7 912 345 67 89')?.value).toBe('+79123456789');
});

test('without a country a number stays as it was dialled, and signs alone are nothing', () => {
  expect(matchKeyOf('040 123 4567')?.value).toBe('0401234567');
  expect(matchKeyOf(' — ')).toBeNull();
});

test('confidence falls from the last use on, for a number sooner than for an address', () => {
  const at = (day: string) => `${day}T00:00:00.000Z` as Instant;
  const now = at('2026-05-13');
  expect(confidenceAt('phone', at('2026-04-01'), now)).toBe(1);
  expect(confidenceAt('phone', at('2025-03-29'), now)).toBe(0.5);
  expect(confidenceAt('address', at('2025-06-01'), now)).toBe(1);
  expect(confidenceAt('address', at('2022-05-14'), now)).toBe(0.5);
});

test('two that count name a person, one is possible, and old ones say nothing', () => {
  const of = (...shared: number[]) => matchLevelOf(shared.map((confidence) => ({ confidence })));
  expect([of(1, 0.3), of(1, 0.2), of(0.2, 0.2)]).toEqual(['two-identifiers', 'one-identifier', 'too-old']);
});
