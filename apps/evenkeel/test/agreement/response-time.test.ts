import { beforeAll, expect, test } from 'vitest';
import { agreementGround, LADDER } from './agreement-ground.ts';

const { app, chance, party, make, said, open } = await agreementGround();

type Row = { code: string; at: string; isWholeDay: boolean; partyId: string };
const reply = async () => {
  const { now, later } = await app.ask<Record<'now' | 'later', { items: Row[] }>>('GET', '/api/today');
  return [...now.items, ...later.items].find(({ code }) => code.startsWith('reply'));
};
type Kept = { answers: { due: number; inTime: number }; pace: { agreed: unknown } };
const mirror = () => app.ask<Kept>('GET', `/api/parties/${party}/mirror`);
const efforts = () => app.ask<Kept & { agreed: unknown }>('GET', `/api/parties/${party}/efforts`);

beforeAll(async () => {
  // Asked on Monday, answered on Wednesday at noon: in time by the pace of the settings, two working days.
  await said('inbound', 'Where is the login?', { at: '2026-05-04T10:00:00+03:00' });
  await said('outbound', 'In my mail of Friday.', { at: '2026-05-06T12:00:00+03:00' });
  await said('inbound', 'And where is the logo?', { at: '2026-05-13T11:00:00+03:00' });
});

test('until something is agreed, the pace of the settings holds everywhere', async () => {
  expect(await reply()).toMatchObject({ code: 'reply', at: '2026-05-15T20:59:59.999Z', isWholeDay: true });
  expect((await mirror()).answers).toEqual({ due: 1, inTime: 1 });
  expect((await mirror()).pace.agreed).toBeNull();
  expect((await efforts()).answers).toEqual({ due: 1, inTime: 1 });
});

test('the agreed response time is what Today, the mirror, the efforts and the boundary measure by', async () => {
  const within = { count: 24, unit: 'hours' };
  const agreement = await open([{ kind: 'response_time', says: 'We answer within 24 hours.', within }]);
  expect((await reply())?.code, 'an offer alone is not agreed').toBe('reply');
  const yes = await said('inbound', 'Agreed.', { at: '2026-05-13T11:30:00+03:00' });
  await make(`/api/agreements/${agreement}/acceptance`, { proof: { kind: 'line', ...yes } });
  expect(await reply()).toMatchObject({
    ...{ code: 'reply-agreed', at: '2026-05-14T08:00:00.000Z', isWholeDay: false },
  });
  expect(await mirror()).toMatchObject({ answers: { due: 1, inTime: 0 }, pace: { agreed: within } });
  expect(await efforts()).toMatchObject({ answers: { due: 1, inTime: 0 }, agreed: within });
  const { agreements } = await app.ask<{ agreements: { clauses: { id: string }[] }[] }>(
    'GET',
    `/api/parties/${party}/agreements`,
  );

  const boundary = await make(`/api/parties/${party}/boundaries`, {
    ...{ clauseId: agreements[0]!.clauses[0]!.id, says: 'Answers', ladder: LADDER },
  });
  expect(await app.ask('GET', `/api/boundaries/${boundary}/keeping`)).toMatchObject({
    ...{ counted: 'answers-in-time', of: 1, kept: 0 },
  });
});

test('what was asked and not answered by then is late from that minute on', async () => {
  chance.setClock(Date.parse('2026-05-14T08:30:00.000Z'));
  expect((await mirror()).answers).toEqual({ due: 2, inTime: 0 });
});
