import { expect, test } from 'vitest';
import { vk } from '../../src/vk/archive.ts';
import { dateIn } from '../../src/vk/dates.ts';
import { addressOf } from '../../src/vk/people.ts';
import { fixture, nothingBeside, runOf } from '../export-run.ts';

test('a page of a VK archive: windows-1251, Russian months, own words under “Вы”', async () => {
  const settings = { zone: 'Europe/Moscow', dateOrder: null };
  const { items, seam, notes } = await runOf(
    vk,
    fixture('vk/messages/123/messages0.html'),
    nothingBeside,
    settings,
  );
  expect([seam, notes]).toEqual([null, []]);
  const orlov = { name: 'Дмитрий Орлов', address: 'vk:123', isMe: false };
  expect(items[0]).toMatchObject({
    conversation: { id: 'vk:123', name: 'Дмитрий Орлов', isGroup: false },
    from: { isMe: true },
    to: [orlov],
    text: 'Логин в строке 4\nсмотрите',
    sentAt: '2020-03-12T14:05:33+03:00',
    state: 'edited',
    editedAt: '2020-03-12T14:06:00+03:00',
    id: '12',
  });
  expect(items[1]).toMatchObject({
    from: orlov,
    to: [{ isMe: true }],
    text: 'Где логин?\n[2 прикреплённых сообщения]',
    files: [{ name: 'Фотография', path: null }],
  });
});

test('no zone is stated, and that is said', async () => {
  const { items, notes } = await runOf(vk, fixture('vk/messages/123/messages0.html'));
  expect(items[0]?.sentAt).toBe('2020-03-12T14:05:33');
  expect(notes.map(({ code }) => code)).toEqual(['date-unknown-zone']);
});

test('dates of all months, in both languages', () => {
  const months = ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
  const read = months.map((month) => dateIn(`Вы, 5 ${month} 2020 в 9:05:33`)?.local?.slice(5, 7));
  expect(read).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']);
  expect(dateIn('You, at 12:05:33 am on 3 Nov 2014')?.local).toBe('2014-11-03T00:05:33');
  expect(dateIn('You, at 7:15:40 pm on 3 Nov 2014')?.local).toBe('2014-11-03T19:15:40');
  expect(dateIn('31 фев 2020 в 9:05:33')?.local).toBeNull();
});

test('communities have negative numbers', () => {
  expect(
    ['https://vk.com/id1', 'https://vk.com/club7', 'https://vk.com/durov', 'https://example.com/id1'].map(
      addressOf,
    ),
  ).toEqual(['vk:1', 'vk:-7', 'vk:durov', null]);
});
