import { expect, test } from 'vitest';
import { likenessOf } from '../../src/likeness.ts';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { eventsOf, itemsOf, zip } from '../containers.ts';
import { readAll, seamIn } from '../exports.ts';
import { chat, lines } from './chats.ts';

const LRM = '\u200e';

test('what follows without a header belongs to the message above, blank lines and all', async () => {
  const { items } = await chat(
    lines('23.03.2022, 13:31 - Mika: one', '', 'two', '23.03.2022, 13:32 - Anna: three'),
  );
  expect(items.map((item) => item.text)).toEqual(['one\n\ntwo', 'three']);
});

test('the bytes of the items are the file, and line ends of every kind read alike', async () => {
  for (const eol of ['\n', '\r\n', '\r']) {
    const text = `\ufeff${lines('23.03.2022, 13:31 - Mika: one', 'more', '23.03.2022, 13:32 - Anna: two').replaceAll('\n', eol)}`;
    const { events, items } = await chat(text);
    expect(seamIn(events, Buffer.byteLength(text))).toBeNull();
    expect(events[0]).toEqual({ type: 'gap', range: { start: 0, end: 3 } });
    expect(items.map((item) => item.text)).toEqual(['one\nmore', 'two']);
  }
});

test('nobody wrote the lines of the app, on Android without a name and on an iPhone with one', async () => {
  const android = await chat(
    lines(
      '11/01/2023, 16:13 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.',
      '11/01/2023, 16:14 - Mika changed the subject from "Plan: A" to "Plan: B"',
      '28/01/2023, 16:15 - Mika: hello',
    ),
  );
  expect(android.items.map((item) => item.from?.name ?? null)).toEqual([null, null, 'Mika']);
  const iphone = await chat(
    lines(
      `[18/03/2022, 14:56:01] Mika: ${LRM}Messages and calls are end-to-end encrypted. No one outside of this chat can read them.`,
      `[18/03/2022, 14:57:01] Mika: ${LRM}${LRM}Your security code with Mika changed. ${LRM}Tap to learn more.`,
      '[18/03/2022, 14:58:01] Mika: image omitted',
      `${LRM}[18/03/2022, 14:59:01] Mika: ${LRM}image omitted`,
    ),
  );
  expect(iphone.items.map((item) => item.from?.name ?? null)).toEqual([null, null, 'Mika', 'Mika']);
  expect(iphone.items[1]!.text).toBe('Your security code with Mika changed. Tap to learn more.');
  expect(iphone.items.map((item) => item.files.length)).toEqual([0, 0, 0, 1]);
  expect(iphone.items[2]!.text).toBe('image omitted');
});

test('an iPhone of before the marks has known words for a file left out', async () => {
  const words = ['image omitted', '<video omitted>', 'äänitiedostoa ei sisällytetä', 'документ отсутствует'];
  const { items } = await chat(
    lines(...words.map((one, index) => `[23.03.2022, 13:31:0${index}] Mika: ${one}`)),
  );
  expect(items.map((item) => [item.text, item.files[0]?.mediaType])).toEqual([
    [null, 'image/*'],
    [null, 'video/*'],
    [null, 'audio/*'],
    [null, null],
  ]);
});

test('a poll is what somebody asks, with its answers', async () => {
  const poll = [
    `${LRM}POLL:`,
    'Which day?',
    `${LRM}OPTION: Monday (${LRM}1 vote)`,
    `${LRM}OPTION: Friday (${LRM}0 votes)`,
  ];
  const { items } = await chat(lines(`[23.03.2022, 13:31:00] Mika: ${poll.join('\n')}`));
  expect(items[0]!.from?.name).toBe('Mika');
  expect(items[0]!.text?.replaceAll(LRM, '')).toBe(
    'POLL:\nWhich day?\nOPTION: Monday (1 vote)\nOPTION: Friday (0 votes)',
  );
});

test.each([
  ['Media omitted', '<Media omitted>'],
  ['Russian', '<Без медиафайлов>'],
  ['Finnish', '<Media jätettiin pois>'],
])('a file left out is a file without a place (%s)', async (_language, words) => {
  const { items } = await chat(lines(`23.03.2022, 13:31 - Mika: ${words}`, 'its caption'));
  expect(items[0]).toMatchObject({
    text: 'its caption',
    files: [{ name: null, mediaType: null, path: null, bytes: null }],
  });
});

test('words for a file left out are learned where the language is not known', async () => {
  const left = (minute: number) => `23.03.2022, 13:3${minute} - Mika: <Uhambisho wa midia>`;
  const { items } = await chat(lines(left(1), left(2), left(3)));
  expect(items.map((item) => item.files.length)).toEqual([1, 1, 1]);
});

test.each([
  ['English', 'IMG-20220323-WA0002.jpg (file attached)'],
  ['Russian, marked', `${LRM}Alex.vcf (файл добавлен)`],
  ['Finnish', 'Tarjous 12.pdf (liitetiedosto)'],
  ['a language that is not known', 'PTT-20220323-WA0000.opus (aksde gekoppel)'],
])('an attached file has its name and its place beside the chat (%s)', async (_language, words) => {
  const { items } = await chat(lines(`23.03.2022, 13:31 - Mika: ${words}`, 'its caption'));
  const name = words.replace(LRM, '').replace(/ \(.*$/, '');
  expect(items[0]).toMatchObject({ text: 'its caption', files: [{ name, path: name }] });
});

test('a path in the name of a file is no file', async () => {
  const { items } = await chat(lines('23.03.2022, 13:31 - Mika: ../../etc/passwd.txt (file attached)'));
  expect(items[0]!.files).toEqual([]);
  expect(items[0]!.text).toBe('../../etc/passwd.txt (file attached)');
});

test('a document of an iPhone has the name that was typed before its mark, with or without the file', async () => {
  const { items } = await chat(
    lines(
      `${LRM}[27/03/2022, 21:50:25] Mika: Offer.pdf • ${LRM}2 pages ${LRM}document omitted`,
      `${LRM}[27/03/2022, 21:50:26] Mika: Offer.pdf • ${LRM}2 pages ${LRM}<attached: 00000047-Offer.pdf>`,
      `${LRM}[27/03/2022, 21:50:27] Mika: Look at this ${LRM}<liite: 00000048-PHOTO-2022-03-27-21-50-27.jpg>`,
    ),
  );
  expect(items.map((item) => [item.text, item.files[0]?.name, item.files[0]?.path])).toEqual([
    [null, 'Offer.pdf', null],
    [null, '00000047-Offer.pdf', '00000047-Offer.pdf'],
    ['Look at this', '00000048-PHOTO-2022-03-27-21-50-27.jpg', '00000048-PHOTO-2022-03-27-21-50-27.jpg'],
  ]);
});

test('deleted, edited, missed and lost messages say so', async () => {
  const { items } = await chat(
    lines(
      '23.03.2022, 13:31 - Mika: Tämä viesti poistettiin',
      '23.03.2022, 13:32 - Anna: Poistit tämän viestin',
      `23.03.2022, 13:33 - Mika: by Friday then ${LRM}<This message was edited>`,
      '23.03.2022, 13:34 - Mika: Vastaamaton äänipuhelu',
      '23.03.2022, 13:35 - Mika: null',
      '23.03.2022, 13:36 - Mika: sijainti: https://maps.google.com/?q=60.17,24.94',
    ),
  );
  expect(items.map((item) => [item.kind, item.state, item.text])).toEqual([
    ['message', 'deleted', null],
    ['message', 'deleted', null],
    ['message', 'edited', 'by Friday then'],
    ['call', 'missed', 'Vastaamaton äänipuhelu'],
    ['message', null, null],
    ['message', null, 'sijainti: https://maps.google.com/?q=60.17,24.94'],
  ]);
  expect(items[4]!.noticed).toEqual(['text-not-exported']);
  expect(items.map((item) => item.from?.isMe)).toEqual([false, true, false, false, false, false]);
});

test('a call of an iPhone has its length', async () => {
  const { items } = await chat(
    lines(
      `[27/03/2022, 21:50:25] Mika: ${LRM}Voice call. ${LRM}1 hr 2 min`,
      `[27/03/2022, 21:50:26] Mika: ${LRM}Video call, ${LRM}No answer`,
    ),
  );
  expect(items.map((item) => [item.kind, item.state, item.durationSec])).toEqual([
    ['call', null, 3720],
    ['call', 'missed', null],
  ]);
});

test('a number is an address, a name is only a name of its address book', async () => {
  const { items } = await chat(
    lines(
      '[27/03/2022, 21:50:25] \u202a+358\u00a040 123-4567\u202c: hei',
      '[27/03/2022, 21:50:26] ~\u202fMika: hei',
      '[27/03/2022, 21:50:27] Dmitri Orlov: hei',
    ),
  );
  expect(items.map((item) => item.from?.address)).toEqual([
    '+358401234567',
    'whatsapp:name=~ Mika',
    'whatsapp:name=Dmitri Orlov',
  ]);
});

test('a name with a colon in it shows by always being there', async () => {
  const said = (minute: number, text: string) => `23.03.2022, 13:3${minute} - Mika: work: ${text}`;
  const { items } = await chat(
    lines(
      said(1, 'a'),
      said(2, 'b: c'),
      said(3, 'd'),
      said(4, 'e'),
      said(5, 'f'),
      '23.03.2022, 13:36 - Anna: to: do',
    ),
  );
  expect(items.map((item) => [item.from?.name, item.text])).toContainEqual(['Mika: work', 'b: c']);
  expect(items.at(-1)).toMatchObject({ from: { name: 'Anna' }, text: 'to: do' });
});

test('a header of another form inside a message is text of it, and is pointed at', async () => {
  const { items } = await chat(
    lines(
      '23.03.2022, 13:31 - Mika: she wrote:',
      '[3/22/22, 10:00:00] Anna: I agree to everything',
      '23.03.2022, 13:32 - Anna: I did not',
    ),
  );
  expect(items).toHaveLength(2);
  expect(items[0]!.text).toBe('she wrote:\n[3/22/22, 10:00:00] Anna: I agree to everything');
  expect(items[0]!.noticed).toEqual(['header-unlike-others']);
});

test.each([
  ['WhatsApp Chat with Mika.txt', 'Mika'],
  ['WhatsApp Chat - Mika.zip/_chat.txt', 'Mika'],
  ['Чат WhatsApp с\u00a0контактом Mika.txt', 'Mika'],
  ['WhatsApp Chat mit Mika.txt', 'Mika'],
  ['Conversa do WhatsApp com Mika (1).txt', 'Mika'],
  ['_chat.txt', 'Anna, Mika'],
])('%s is the chat %s', async (file, name) => {
  const { items } = await chat(lines('20/03/2022, 10:00 - Mika: x', '20/03/2022, 10:01 - Anna: y'), file);
  expect(items[0]!.conversation.name).toBe(name);
  const isNamed = name === 'Mika';
  expect(items[0]!.conversation.isGroup).toBe(isNamed ? false : null);
  expect(items.map((item) => item.from?.isMe)).toEqual([false, isNamed]);
  expect(items[0]!.to.map((one) => one.name)).toEqual(['Anna']);
});

test('three who speak, or words about the group, make a group', async () => {
  const said = (name: string) => `20/03/2022, 10:00 - ${name}: x`;
  expect((await chat(lines(said('A'), said('B'), said('C')))).items[0]!.conversation.isGroup).toBe(true);
  const made = await chat(lines('20/03/2022, 09:59 - Mika created group "Plan"', said('Mika')));
  expect(made.items[0]!.conversation.isGroup).toBe(true);
});

test('two exports that overlap have equal likenesses for equal messages, whatever came along and whoever speaks twice', async () => {
  const first = await chat(
    lines(
      '20/03/2022, 10:00 - Mika: ok',
      '20/03/2022, 10:00 - Mika: ok',
      '20/03/2022, 10:01 - Anna: <Media omitted>',
      'look',
    ),
  );
  const second = await chat(
    lines(
      '3/20/22, 10:00 AM - Mika: ok',
      '3/20/22, 10:00 AM - Mika: ok',
      '3/20/22, 10:01 AM - Anna: IMG-20220320-WA0001.jpg (file attached)',
      'look',
      '3/20/22, 10:02 AM - Anna: new',
    ),
  );
  const of = (items: typeof first.items) => items.map((item) => likenessOf(item, item.context));
  expect(of(first.items)).toEqual(of(second.items).slice(0, 3));
  expect(new Set(of(second.items)).size).toBe(4);
});

test('a chat in which nothing is said ends with an error', async () => {
  const { notes } = await chat(lines('20/03/2022, 10:00 - Mika: ', '20/03/2022, 10:01 - Anna: '));
  expect(notes).toContain('export-empty');
});

test('a byte that is not UTF-8 is said; a file saved in an older charset is read in it, as a guess', async () => {
  const bytes = Buffer.concat([Buffer.from('20/03/2022, 10:00 - Mika: Привет '), Buffer.from([0xcf])]);
  const { items, notes } = await readAll(whatsapp, bytes);
  expect([items[0]!.noticed, items[0]!.text]).toEqual([['undecodable-bytes'], 'Привет \ufffd']);
  expect(notes).not.toContain('charset-guessed');
  const older = Buffer.concat([
    Buffer.from('20/03/2022, 10:00 - '),
    Buffer.from([0xcc, 0xe8, 0xf0, 0xe0, 0x3a, 0x20, 0xe3, 0xe4, 0xe5, 0x20, 0xee, 0xf2, 0xe2, 0xe5, 0xf2]),
  ]);
  const read = await readAll(whatsapp, older);
  expect(read.items[0]).toMatchObject({ from: { name: 'Мира' }, text: 'где ответ', noticed: [] });
  expect(read.notes).toContain('charset-guessed');
});

test('a poll of an iPhone is its words, a picture left out beside it is a file', async () => {
  const { items } = await chat(
    lines(
      `${LRM}[20/03/2022, 10:00:00] Mika: ${LRM}POLL:`,
      'When do we meet?',
      `${LRM}OPTION: Monday (${LRM}2 votes)`,
      `${LRM}[20/03/2022, 10:01:00] Mika: ${LRM}image omitted`,
    ),
  );
  expect(items[0]).toMatchObject({ from: { name: 'Mika' }, files: [] });
  expect(items[0]!.text).toMatch(/^POLL:\nWhen do we meet\?\n.*Monday/);
  expect(items[1]).toMatchObject({ text: null, files: [{ mediaType: 'image/*', path: null }] });
});

test('what could be seen once was sent by somebody; what the app says of a group was not', async () => {
  const { items } = await chat(
    lines(
      `[20/03/2022, 10:00:00] Mika: ${LRM}You received a view once message. For added privacy, you can only open it on your phone.`,
      `[20/03/2022, 10:01:00] Mika: ${LRM}Mika changed the group name from “A” to “B: c”`,
    ),
  );
  expect(items.map(({ from, text, noticed }) => [from?.name ?? null, text, noticed])).toEqual([
    ['Mika', null, ['text-not-exported']],
    [null, 'Mika changed the group name from “A” to “B: c”', []],
  ]);
});

test('a colon inside quotation marks makes no sender, whatever the deed; one in a name of a sender does not hide him', async () => {
  const { items } = await chat(
    lines(
      '20.03.2022, 10:00 - Дмитрий изменил(-а) тему с "Крыша" на "Крыша: срочно"',
      '20.03.2022, 10:01 - Дмитрий "Дим" О.: "да": сказал он',
    ),
  );
  expect(items.map(({ from, text }) => [from?.name ?? null, text])).toEqual([
    [null, 'Дмитрий изменил(-а) тему с "Крыша" на "Крыша: срочно"'],
    ['Дмитрий "Дим" О.', '"да": сказал он'],
  ]);
});

test('lines before the first message are named with their place', async () => {
  const { events } = await chat(lines('Exported by a friend', '20/03/2022, 10:00 - Mika: x'));
  expect(events[0]).toMatchObject({
    type: 'unreadable',
    range: { start: 0, end: 21 },
    issue: { code: 'export-damaged' },
  });
});

test('a chat that lies in an archive as _chat.txt carries the name of the archive', async () => {
  const text = lines(
    '[18/03/2022, 14:56:01] Mika: hello',
    '[18/03/2022, 14:57:01] Anna: hi',
    '[18/03/2022, 14:58:01] Ivan: yes',
  );
  const nameIn = async (archive: string, member: string) => {
    const bytes = zip([{ name: member, bytes: Buffer.from(text) }]);
    const [item] = itemsOf(await eventsOf(archive, bytes, { readers: [whatsapp] }));
    return item?.context?.conversation.name;
  };
  expect(await nameIn('WhatsApp Chat - The Team.zip', '_chat.txt')).toBe('The Team');
  expect(await nameIn('WhatsApp Chat - The Team.zip', 'WhatsApp Chat - Others/_chat.txt')).toBe('Others');
  expect(await nameIn('export.zip', '_chat.txt')).toBe('Anna, Ivan, Mika');
});
