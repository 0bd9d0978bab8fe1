import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { type EarlyRecord, muchMoney } from '../../src/modules/procedure/screening/first-days.ts';
import { firstDaysRules } from '../../src/modules/procedure/screening/rules.store.ts';

const rules = await firstDaysRules(fileURLToPath(new URL('./nowhere', import.meta.url)));

const record = (text: string, more: Partial<EarlyRecord> = {}): EarlyRecord => ({
  ...{ partyId: 'rex', interactionId: text, at: '2026-05-12T09:00:00.000Z' as Instant },
  ...{ sender: 'platform.example', isNote: false, text, ...more },
});
const times = (count: number, text: string, more: Partial<EarlyRecord> = {}) =>
  Array.from({ length: count }, (_, at) => record(`${text}\n${at}`, more));

test.each([
  ['tokens', 8, 'rex_77 tipped 150 tokens'],
  ['tokens', 2, 'rex_77 tipped 1,500 tokens'],
  ['shop', 5, 'You have a new order: €12.50'],
  ['shop', 1, 'Maksu saapui: 1 240,50 € asiakkaalta Virtanen'],
  ['roubles', 3, 'Поступил платёж 10 000 ₽ от Ивана'],
] as const)('%s: %i × "%s" is much for somebody new, and one fewer is not', (platform, count, text) => {
  expect(muchMoney(times(count, text), rules)).toMatchObject([{ platform, payments: count }]);
  expect(muchMoney(times(count - 1, text), rules)).toEqual([]);
});

test.each([
  ['money that is asked for', 'Where is my refund of 900 €?'],
  ['a price that is named', 'The work costs 4 000 €.'],
  ['a number without a unit', 'Payment received for invoice 9000.'],
  ['a word inside another', 'Kosti 900 € kuluja'],
  ['an amount in another line', 'Payment received.\nThe balance is 900 €.'],
])('%s is no payment', (_what, text) => {
  expect(muchMoney(times(9, text), rules)).toEqual([]);
});

test('a note of the live page counts by its number, another note of ours does not', () => {
  expect(muchMoney(times(8, 'Money: "here is 200 tokens"', { isNote: true }), rules)).toHaveLength(1);
  expect(muchMoney(times(8, 'He tipped 200 tokens, I think.', { isNote: true }), rules)).toEqual([]);
});

test('each party by itself, and a platform that names its senders reads no mail of others', () => {
  const tips = [
    ...times(4, 'rex tipped 100 tokens'),
    ...times(4, 'max tipped 100 tokens', { partyId: 'max' }),
  ];
  expect(muchMoney(tips, rules)).toEqual([]);
  const own = { ...rules, platforms: [{ ...rules.platforms[0]!, senders: ['tips.example'], payments: 1 }] };
  const from = (sender: string) => muchMoney([record('rex tipped 5 tokens', { sender })], own).length;
  expect(['tips.example', 'mail.tips.example', 'nottips.example', 'other.example'].map(from)).toEqual([
    1, 1, 0, 0,
  ]);
});
