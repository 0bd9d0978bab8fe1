import { describe, expect, test } from 'vitest';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { readAll } from '../exports.ts';

const RLM = '\u200f';
const LRM = '\u200e';
const NBSP = '\u00a0';
const NNBSP = '\u202f';

/** One header in the form of a language; all say 4 December 2020, 17:05. */
const ANDROID: readonly (readonly [string, string])[] = [
  ['American English', '12/4/20, 5:05 PM'],
  ['American English with a narrow space', `12/4/20, 5:05${NNBSP}PM`],
  ['British English', '04/12/2020, 17:05'],
  ['Canadian English', '2020-12-04, 5:05 p.m.'],
  ['South African English', '2020/12/04, 5:05 pm'],
  ['Indian English', '04/12/20, 5:05 pm'],
  ['German', '04.12.20, 17:05'],
  ['French', '04/12/2020 17:05'],
  ['Canadian French', '2020-12-04 17 h 05'],
  ['Spanish', '4/12/20, 17:05'],
  ['Mexican Spanish', `04/12/20, 5:05 p.${NBSP}m.`],
  ['Dutch', '04-12-2020 17:05'],
  ['Finnish', '4.12.2020 klo 17.05'],
  ['Finnish with a comma', '04.12.2020, 17.05'],
  ['Swedish', '2020-12-04 17:05'],
  ['Danish', '04.12.2020, 17.05'],
  ['Latvian', '04.12.20 17:05'],
  ['Russian', '04.12.2020, 17:05'],
  ['Czech', '04.12.20 17:05'],
  ['Slovak', '4. 12. 2020 17:05'],
  ['Hungarian', '2020. 12. 04. 17:05'],
  ['Bulgarian', '4.12.20 г., 17:05'],
  ['Greek', '4/12/20, 5:05 μ.μ.'],
  ['Hebrew', '4.12.2020, 17:05'],
  ['Arabic of Egypt', `٤${RLM}/١٢${RLM}/٢٠٢٠، ٥:٠٥ م`],
  ['Arabic of the Emirates', `4${RLM}/12${RLM}/2020، 5:05 م`],
  ['Arabic, Hijri calendar', `19${RLM}/4${RLM}/1442، 5:05 م`],
  ['Persian', '۱۳۹۹/۹/۱۴, ۱۷:۰۵'],
  ['Hindi', '4/12/20, 5:05 pm'],
  ['Urdu', '4/12/2020، 5:05 شام'],
  ['Ukrainian, twelve hours', '04.12.20, 05:05 пп'],
  ['Uzbek, where TK is after noon', '04/12/20, 05:05 TK'],
  ['Albanian', '4.12.20, 5:05 m.d.'],
  ['Lithuanian, twelve hours', '2020-12-04 05:05 popiet'],
  ['Tamil', '4/12/20, பிற்பகல் 5:05'],
  ['Amharic', '04/12/2020 5:05 ከሰዓት'],
  ['German with its word for the hour', '04.12.20, 17:05 Uhr'],
  ['Bengali', '৪/১২/২০, ৫:০৫ PM'],
  ['Indonesian', '04/12/20, 17.05'],
  ['Malay', '4/12/20, 5:05 PTG'],
  ['Vietnamese', '17:05 4/12/20'],
  ['Thai', '4/12/63 17:05'],
  ['Thai with the whole year', '4/12/2563 17:05'],
  ['Japanese', '2020/12/04 17:05'],
  ['Japanese, written out', '2020年12月4日 17:05'],
  ['Korean', '20. 12. 4. PM 5:05'],
  ['Korean in its own words', '2020. 12. 4. 오후 5:05'],
  ['Chinese', '2020/12/4 17:05'],
  ['Chinese of Taiwan', '2020/12/4 下午5:05'],
  ['Chinese of Hong Kong', '4/12/2020 下午5:05'],
];

/** The order is shown by a later day of the same form: the 25th. */
function later(header: string): string {
  const day = /(?:04|4|٤|৪|۱۴|19)(?!\d)/g;
  const eastern: Record<string, string> = { '٤': '٢٥', '৪': '২৫', '۱۴': '۲۹', '19': '28' };
  const places = [...header.matchAll(day)].filter(
    (match) => !/[\d٠-٩۰-۹০-৯]/.test(header[match.index - 1] ?? ''),
  );
  const at = header.startsWith('17') || /^(?:20)?20|^۱۳/.test(header) ? places.at(-1)! : places[0]!;
  return header.slice(0, at.index) + (eastern[at[0]] ?? '25') + header.slice(at.index + at[0].length);
}

describe('headers of Android', () => {
  test.each(ANDROID)('%s: %s', async (_language, header) => {
    const text = `${header} - Mika Virtanen: hei\n${later(header)} - Anna: no hei\n`;
    expect(whatsapp.recognises(Buffer.from(text), 'x')).toBe(true);
    const { items } = await readAll(whatsapp, text);
    expect(items.map((item) => [item.from?.name, item.text])).toEqual([
      ['Mika Virtanen', 'hei'],
      ['Anna', 'no hei'],
    ]);
    expect(items[0]!.sentAt).toBe('2020-12-04T17:05');
    expect(items[0]!.context.dateOrder!.certainty).toBe('shown');
  });
});

const IPHONE: readonly (readonly [string, string])[] = [
  ['English of the United States', '[3/18/22, 14:56:01]'],
  ['French', '[3/18/22 14:56:01]'],
  ['Indonesian', '[3/18/22 14.56.01]'],
  ['Vietnamese', '[14:56:01, 3/18/22]'],
  ['Arabic', `[${RLM}18${RLM}/3${RLM}/2022، 14:56:01]`],
  ['Arabic with its own digits', `[١٨${RLM}/٣${RLM}/٢٠٢٢، ٢:٥٦:٠١${NBSP}م]`],
  ['Buddhist calendar', '[3/18/2565 BE, 14:56:01]'],
  ['Japanese calendar', '[3/18/R4, 14:56:01]'],
  ['Finnish', '[18.3.2022 klo 14.56.01]'],
  ['twelve hours', `[18/03/2022, 2:56:01${NNBSP}PM]`],
  ['Chinese', '[2022/3/18 下午2:56:01]'],
];

describe('headers of iPhones', () => {
  test.each(IPHONE)('%s: %s', async (_language, header) => {
    const text = `${header} Mika Virtanen: hei\r\n${LRM}${header} Anna: ${LRM}<attached: 1-PHOTO.jpg>\r\n`;
    expect(whatsapp.recognises(Buffer.from(text), '_chat.txt')).toBe(true);
    const { items } = await readAll(whatsapp, text);
    expect(items.map((item) => item.sentAt)).toEqual(['2022-03-18T14:56:01', '2022-03-18T14:56:01']);
    expect(items[1]!.files).toEqual([
      { name: '1-PHOTO.jpg', mediaType: 'image/jpeg', path: '1-PHOTO.jpg', bytes: null },
    ]);
  });
});

test('the app of 2012 put a colon behind the time', async () => {
  const { items } = await readAll(whatsapp, '13.06.18 21.25.15: Laura: moi\n13.06.18 21.26.00: Mika: hei\n');
  expect(items.map((item) => [item.sentAt, item.from?.name, item.text])).toEqual([
    ['2018-06-13T21:25:15', 'Laura', 'moi'],
    ['2018-06-13T21:26:00', 'Mika', 'hei'],
  ]);
});

test.each([
  ['12:00 AM', '00:00'],
  ['12:30 PM', '12:30'],
  ['11:59 p. m.', '23:59'],
  ['1:05 a.m.', '01:05'],
])('%s is %s', async (written, meant) => {
  const { items } = await readAll(whatsapp, `25/12/2020, ${written} - A: x`);
  expect(items[0]!.sentAt).toBe(`2020-12-25T${meant}`);
});

test.each([
  [
    'a log of a server',
    '2024-01-02 10:11:12 - INFO - started: yes\n2024-01-02 10:11:13 - ERROR - stopped: no\n',
  ],
  ['a log with levels in names', '[2024-01-02 10:11:12] production.ERROR: failed {"a":1}\n'],
  ['a table', 'date,from,text\n04/12/2020, 17:05,Mika,hei\n'],
  ['a table without a head', '04/12/2020,17:05,Mika,hei: x\n05/12/2020,17:05,Mika,hei\n'],
  ['subtitles', '1\n00:00:01,000 --> 00:00:02,000\nMika: hei\n'],
  ['a Signal export', '[2021-03-04, 10:11] Mika: hei\n[2021-03-04, 10:12] Me: hei\n'],
  ['notes of a day', '04/12/2020\n17:05 - Mika called\n'],
  ['a saved Zoom chat', '10:11:12 From Mika : hei\n'],
  ['a letter', 'From: a@b.example\nDate: Tue, 12 May 2026 09:14:00 +0300\n\n04/12/2020, 17:05 - Mika: hei\n'],
])('%s is no chat, whatever it is called', (_what, text) => {
  expect(whatsapp.recognises(Buffer.from(text), 'WhatsApp Chat with Mika.txt')).toBe(false);
});
