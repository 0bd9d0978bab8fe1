import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf } from '../src/text/parts.ts';

const read = (text: string): string[] =>
  partsOf(text).map(
    ({ role, author, start, end }) =>
      `${role}${author ? ` ${author}` : ''}: ${text.slice(start, end).trim()}`,
  );

test('a reply above a quoted mail keeps both apart and knows who wrote the quoted one', () => {
  const text =
    'You are late.\n\nOn Tue, Nov 3, 2026 at 10:00 AM Juri Laine <juri@baltika.example> wrote:\n> I will sue.\n\nStill late.';
  expect(read(text)).toEqual([
    'own: You are late.',
    'quoted Juri Laine: On Tue, Nov 3, 2026 at 10:00 AM Juri Laine <juri@baltika.example> wrote:\n> I will sue.',
    'own: Still late.',
  ]);
});

test.each([
  [
    'Привет\n\n3 нояб. 2026 г., в 10:00, Иван Петров <ivan@mail.example> написал(а):\n\nСтарое письмо',
    'quoted Иван Петров',
  ],
  [
    'Hei\nti 3. marrask. 2026 klo 10.00 Matti Meri (matti@mail.example) kirjoitti:\n> vanha',
    'quoted Matti Meri',
  ],
  [
    'See below\r\n\r\n-----Original Message-----\r\nFrom: Ann Lee <ann@mail.example>\r\nSent: today\r\n\r\nI will sue',
    'quoted Ann Lee',
  ],
  [
    'Katso\n\nLähettäjä: Matti Meri\nLähetetty: tänään\nAihe: lasku\n\nVien tämän käräjille',
    'quoted Matti Meri',
  ],
  [
    'Смотрите\n\nОт: Иван Петров <ivan@mail.example>\nДата: сегодня\nТема: счет\n\nПодам в суд',
    'quoted Иван Петров',
  ],
  [
    'FYI\n\n---------- Forwarded message ---------\nFrom: Ann Lee\nSubject: x\n\nI will sue',
    'forwarded Ann Lee',
  ],
])('the end of %j is read as somebody else’s', (text, expected) => {
  expect(read(text).at(-1)).toMatch(new RegExp(`^${expected}: `));
  expect(read(text)[0]).toMatch(/^own: /);
});

test.each([
  ['The work is late.\n\nBest regards,\nAnna Virtanen\n+358 40 1234567', 'signature Anna Virtanen'],
  ['Работа не сделана.\n\nС уважением,\nПётр Иванов', 'signature Пётр Иванов'],
  ['Työ on myöhässä.\n\nYstävällisin terveisin\nAnna Virtanen', 'signature Anna Virtanen'],
  ['Late.\n-- \nAnna Virtanen\nBaltika Oy', 'signature Anna Virtanen'],
  ['Late.\n\nSent from my iPhone', 'signature'],
])('the end of %j is a signature', (text, expected) => {
  expect(read(text).at(-1)?.startsWith(expected)).toBe(true);
});

test.each([
  ['С уважением, вы мошенники'],
  ['Regards'],
  ['Regards the invoice: you lied.'],
  ['You lied.\nSincerely disappointed.'],
  ['He wrote:\nI will sue you, and so I will.'],
])('%j is all its writer’s own', (text) => {
  expect(partsOf(text).map(({ role }) => role)).toEqual(['own']);
});

test('a postscript behind a signature is judged', () => {
  expect(read('Жду.\n\nС уважением,\nПётр\n\nP.S. Я подам в суд.').at(-1)).toBe('own: P.S. Я подам в суд.');
});

test.each([
  [
    'Hi\n\nThis email is confidential and intended solely for the use of the individual. If you are not the intended recipient, delete it.',
  ],
  ['Привет\n\nДанное сообщение является конфиденциальным. Если вы не являетесь его адресатом, удалите его.'],
  ['Hei\n\nTämä sähköposti on luottamuksellinen. Jos et ole viestin tarkoitettu vastaanottaja, poista se.'],
])('the end of %j is a disclaimer', (text) => {
  expect(partsOf(text).at(-1)?.role).toBe('disclaimer');
});

test.each([
  ['Automatic reply: I will be back on Monday.'],
  ['I am currently out of the office until Monday. For urgent matters contact my colleague.'],
  ['Я в отпуске до понедельника. По срочным вопросам обращайтесь к коллегам.'],
  ['Olen lomalla 3.8. asti. Kiireellisissä asioissa ota yhteyttä toimistoon.'],
])('%j was sent by a machine', (text) => {
  expect(partsOf(text).map(({ role }) => role)).toEqual(['auto_reply']);
});

test('the parts of any text cover it without gap or overlap', () => {
  const line = fc.constantFrom(
    '> x',
    'On 1.1.2026 a@b.example wrote:',
    '-- ',
    'Regards',
    '',
    'I will sue',
    'From: A',
    'To: B',
    'P.S. x',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(line).map((lines) => lines.join('\n')),
  );
  fc.assert(
    fc.property(text, (written) => {
      const parts = partsOf(written);
      expect(parts.map(({ start, end }) => written.slice(start, end)).join('')).toBe(written);
    }),
    { numRuns: 500 },
  );
});
