import { beforeAll, describe, expect, test } from 'vitest';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import { agreementGround } from '../agreement/agreement-ground.ts';

// It is Wednesday, 13 May 2026.
const { app, party, make, post, said, open, clausesOf } = await agreementGround();

/** What the record says against a draft, as `why`, the quoted line and what may be put in its place. */
async function against(text: string) {
  const read = DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
  return read.findings
    .filter(({ why }) => why.startsWith('record:'))
    .map((one) => ({ ...one, says: one.why.slice('record:'.length) }));
}
const says = async (text: string) => (await against(text)).map((one) => one.says);

const path = (what: string) => `/api/parties/${party}/${what}`;
const promise = async (text: string, wish: object, side: 'ours' | 'theirs' = 'ours') =>
  make(path('commitments'), {
    ...{ side, who: 'Alex', due: null, cites: [await said(side === 'ours' ? 'outbound' : 'inbound', text)] },
    ...wish,
  });
const point = async (text: string, title: string): Promise<string> =>
  make(path('points'), { kind: 'complaint', title, cite: await said('inbound', text) });

beforeAll(async () => {
  await promise('We will deliver the new login page by Wednesday 20 May.', {
    what: 'Deliver the new login page',
    due: { date: '2026-05-20', time: null },
  });
  await promise('We will give you a discount of 10 % on the second invoice.', {
    what: 'A discount of 10 % on the second invoice',
  });
  await promise('Обещаем скидку 15 % на перевод сайта.', { what: 'Скидка 15 % на перевод сайта' });
  await promise('Lupaamme toimittaa uuden bannerin 27.5.2026.', {
    what: 'Uuden bannerin toimitus',
    due: { date: '2026-05-27', time: null },
  });
  const offered = await said('outbound', 'We offer a refund of 150 € for the photographs.');
  await make(path('offers'), {
    side: 'ours',
    options: [{ what: 'Refund for the photographs', sum: { amount: '150', currency: 'EUR' } }],
    decideBy: { date: '2026-06-30', time: null },
    reason: '',
    cites: [offered],
  });
  const logo = await make(path('offers'), {
    side: 'ours',
    options: [{ what: 'A second logo', sum: { amount: '300', currency: 'EUR' } }],
    decideBy: { date: '2026-06-30', time: null },
    reason: '',
    cites: [await said('outbound', 'We can draw a second logo for 300 €.')],
  });
  const no = await said('inbound', 'No, we do not accept the second logo.');
  expect(
    (await post(`/api/offers/${logo}/answer`, { is: 'refused', option: null, cites: [no] })).status,
  ).toBeLessThan(300);
  await make(path('sums'), {
    ...{ side: 'theirs', amount: '1240', currency: 'EUR', what: 'invoice 118', dueOn: '2026-05-20' },
    reason: 'It lies in the bookkeeping.',
  });
  const agreement = await open([
    {
      kind: 'payment',
      says: 'Our work costs 85 € an hour.',
      currency: 'EUR',
      price: '85',
      per: 'hour',
      termDays: 14,
    },
    { kind: 'scope_out', says: 'Translation into Swedish is not part of the work.' },
  ]);
  for (const { id } of await clausesOf(agreement))
    await make(`/api/agreements/${agreement}/acceptance`, {
      clauseId: id,
      proof: { kind: 'line', ...(await said('inbound', 'Agreed, all of it.')) },
    });
  const login = await point('The login was broken for three days.', 'Broken login');
  await post(`/api/points/${login}/ground`, { ground: 'founded', reason: 'The log shows it.' });
  const colour = await point('The banner has the wrong colour.', 'Colour of the banner');
  await post(`/api/points/${colour}/answer`, {
    cite: await said('outbound', 'The banner keeps its green colour.'),
  });
  await post(`/api/points/${colour}/agree`, { cite: await said('inbound', 'Fine, keep the green colour.') });
  await said('inbound', 'Here are the server logs you asked for.', { at: '2026-05-11T11:00:00+03:00' });
  await said('inbound', 'Во вложении договор аренды.', { at: '2026-05-11T11:00:00+03:00' });
  await said('outbound', 'The poster costs 320 € plus VAT.', { at: '2026-05-11T12:00:00+03:00' });
  await said('outbound', 'The poster is ready on Friday 12 June.', { at: '2026-05-11T12:00:00+03:00' });
  await said('inbound', 'Посылаю список гостей, другого нет.', { at: '2026-05-11T12:00:00+03:00' });
  await said('outbound', 'We cannot pay for the hotel.', { at: '2026-05-11T12:00:00+03:00' });
});

describe('a draft against the record', () => {
  test.each([
    [
      'a later day than was promised',
      'We will deliver the login page by Friday 29 May.',
      'date',
      'by Wednesday 20 May',
    ],
    ['another sum than was offered', 'Our refund for the photographs is 100 €.', 'sum', 'a refund of 150 €'],
    ['another sum than is owed', 'Invoice 118 comes to 1 420 €.', 'sum', 'invoice 118: 1240.00 EUR'],
    ['another day than it is due', 'Invoice 118 is due on 25 May.', 'due', 'invoice 118'],
    ['another price than was agreed', 'Our work costs 95 € per hour.', 'sum', '85 € an hour'],
    [
      'that a promise was made',
      'We never promised a discount on the second invoice.',
      'denied-promise',
      '10 %',
    ],
    ['that something came', 'We have not received the server logs.', 'denied-receipt', 'server logs'],
    ['that they sent it', 'You never sent us the server logs.', 'denied-telling', 'server logs'],
    [
      'that a founded complaint is one',
      'Your complaint about the broken login is unfounded.',
      'founded',
      'broken for three days',
    ],
    ['that they refused', 'You accepted the second logo.', 'refused', 'we do not accept'],
    ['that we refused', 'We will pay for the hotel.', 'refused', 'We cannot pay'],
    [
      'that a point is settled',
      'Let us come back to the question of the banner colour.',
      'settled',
      'keep the green colour',
    ],
    ['another sum than a letter of ours named', 'The poster was 380 €.', 'sum', '320 €'],
    ['another day than a letter of ours named', 'The poster was planned for 19 June.', 'date', '12 June'],
    ['that they answered an offer', 'We have had no reply to our offer.', 'denied-receipt', 'do not accept'],
    [
      'what we wrote, called untrue',
      'It is not true that the banner keeps its green colour.',
      'denied-words',
      'keeps its green',
    ],
    ['a receipt beside another denial', 'Список гостей до нас не дошёл.', 'denied-receipt', 'Посылаю'],
    ['a promise, in Russian', 'Мы никогда не обещали скидку на перевод сайта.', 'denied-promise', '15 %'],
    ['a promise, in another order', 'Мы скидку на перевод сайта не обещали.', 'denied-promise', '15 %'],
    ['a receipt, in Russian', 'Мы не получали договор аренды.', 'denied-receipt', 'Во вложении'],
    ['a promise, in Finnish', 'Emme ole luvanneet uutta banneria.', 'denied-promise', 'Lupaamme'],
    ['a day, in Finnish', 'Toimitamme uuden bannerin viimeistään 29.5.2026.', 'date', '27.5.2026'],
  ])('says otherwise about %s', async (_what, text, why, line) => {
    const found = await against(text);
    expect(found.map((one) => [one.kind, one.level, one.says])).toEqual([['contradiction', 'warning', why]]);
    expect(found[0]!.quote).toBe(text.replace(/\.$/, found[0]!.quote.endsWith('.') ? '.' : ''));
    expect(found[0]!.record!.quote).toContain(line);
  });

  test.each([
    'The poster was 320 €.',
    'A new poster costs 380 €.',
    'The poster would cost 380 €.',
    'The poster and its frame were 380 €.',
    'The poster was planned for Friday 12 June.',
    'We have had no reply to our letter.',
    'You never told us when the login was broken.',
    'We will deliver the login page by Tuesday 19 May.',
    'We will deliver the login page by Wednesday 20 May.',
    'We are sorry: the login page will be delivered on 29 May instead of 20 May.',
    'Can we deliver the login page by Friday 29 May?',
    'Our refund for the photographs is 150 €.',
    'Instead of 150 € we offer 200 € for the photographs.',
    'You ask for a refund of 400 € for the photographs.',
    'The photographs of the harbour cost 600 €.',
    'Invoice 118 comes to 1 240 €.',
    'Invoice 121 comes to 1 420 €.',
    'Half of invoice 118, 620 €, is due on Wednesday 20 May.',
    'Our work costs 85 € per hour.',
    'A day of our work costs 640 € per day.',
    'We never promised a discount on the third translation.',
    'We never promised more than a discount of 10 % on the second invoice.',
    'We have not received the signed order.',
    'Your complaint about the newsletter is unfounded.',
    'You accepted the first invoice.',
    'Let us come back to the question of the newsletter.',
    'Thank you, the green colour of the banner stays.',
    'Мы никогда не обещали скидку на хостинг.',
    'Мы не получали подписанный заказ.',
    'Emme ole luvanneet uutta sähköpostia.',
    'Toimitamme uuden bannerin viimeistään 27.5.2026.',
  ])('is left alone where it says nothing otherwise: %s', async (text) => {
    expect(await says(text)).toEqual([]);
  });

  test('the line may be put in the place of what speaks against it, in the language of the draft', async () => {
    const [found] = await against('Emme ole luvanneet uutta banneria.');
    expect(found!.phrase).toBe('Kirjoitimme 12. toukokuuta: ”Lupaamme toimittaa uuden bannerin 27.5.2026.”');
    const [clause] = await against('Our work costs 95 € per hour.');
    expect(clause!.phrase).toBe('Clause 1 of our agreement says: “Our work costs 85 € an hour.”');
  });

  test('what was offered without prejudice is shown to us and put into no reply', async () => {
    await make(path('offers'), {
      side: 'ours',
      options: [{ what: 'Hosting for a year', sum: { amount: '500', currency: 'EUR' } }],
      decideBy: { date: '2026-06-30', time: null },
      isWithoutPrejudice: true,
      reason: '',
      cites: [
        await said('outbound', 'Without prejudice: hosting for a year for 500 €. The domain costs 40 €.', {
          quote: 'Without prejudice: hosting for a year for 500 €.',
        }),
      ],
    });
    const [found] = await against('Hosting for a year costs 450 €.');
    expect(found).toMatchObject({ says: 'sum', phrase: null, record: { what: 'offer' } });
    const [beside] = await against('The domain was 60 €.');
    expect(beside).toMatchObject({ says: 'sum', phrase: null, record: { quote: 'The domain costs 40 €.' } });
  });
});

describe('a promise that cannot be kept', () => {
  test.each([
    ['on a day off', 'We will send you the new font on Saturday 16 May.', 'day-off', 'Monday 18 May'],
    [
      'on a day off with its year',
      'We will send the font on Saturday 16 May 2026.',
      'day-off',
      'Monday 18 May 2026',
    ],
    ['outside our hours', 'I will call you on Friday 15 May at 23:00.', 'hours: 09:00–17:00', null],
    ['outside the agreed scope', 'We will do the translation into Swedish.', 'out-of-scope', null],
  ])('is marked %s', async (_why, text, why, better) => {
    const found = await against(text);
    expect(found.map((one) => [one.kind, one.says, one.phrase])).toEqual([['over_promise', why, better]]);
  });

  test.each([
    'We will send you the new font on Friday 15 May.',
    'I will call you on Friday 15 May at 16:00.',
    'We will do the translation into English.',
    'We do not work on Saturday 16 May.',
  ])('and one that can be kept is not: %s', async (text) => {
    expect(await says(text)).toEqual([]);
  });
});
