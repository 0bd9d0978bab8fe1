import { expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { decideSecondPerson, type SecondLook } from '../../src/modules/account/second-person.ts';

const NOW = '2026-05-12T09:00:00.000Z' as Instant;
const ALONE: SecondLook = {
  actor: 'member:mira',
  firstActor: 'member:mira',
  members: 1,
  outsider: null,
  reason: 'I read it again in the morning.',
  askedAt: null,
  now: NOW,
  isSafety: false,
};
const whoIn = (look: Partial<SecondLook>) => {
  const decided = decideSecondPerson({ ...ALONE, ...look });
  return decided.ok ? decided.value.who : decided;
};

test('another member is a second person, and needs no reason', () => {
  expect(whoIn({ actor: 'member:alex', members: 2, reason: '' })).toBe('member');
});

test('where there are others, the same member is refused, however good the reason', () => {
  expect(whoIn({ members: 2, askedAt: '2026-05-01T09:00:00.000Z' as Instant })).toMatchObject({
    reason: 'second-person-needed',
  });
});

test('the control socket of the machine is nobody else than its owner', () => {
  expect(whoIn({ actor: 'owner', members: 1 })).toMatchObject({ reason: 'wait-needed' });
  expect(whoIn({ actor: 'member:mira', firstActor: 'owner', members: 2 })).toMatchObject({
    reason: 'second-person-needed',
  });
});

test('a named outsider counts with a record that proves it, and not without', () => {
  expect(whoIn({ outsider: { name: 'Anna Laine', proof: 'mail-1' } })).toBe('outsider');
  expect(whoIn({ outsider: { name: ' ', proof: 'mail-1' } })).toMatchObject({ reason: 'wait-needed' });
  expect(whoIn({ outsider: { name: 'Anna Laine', proof: '' }, members: 3 })).toMatchObject({
    reason: 'second-person-needed',
  });
});

test('alone, a reason is written and a day goes by, to the millisecond', () => {
  expect(whoIn({ reason: ' ' })).toMatchObject({ reason: 'reason-missing' });
  expect(whoIn({})).toEqual({
    ok: false,
    reason: 'wait-needed',
    params: { until: '2026-05-13T09:00:00.000Z' },
  });
  expect(whoIn({ askedAt: '2026-05-11T09:00:00.001Z' as Instant })).toMatchObject({
    reason: 'wait-needed',
    params: { until: '2026-05-12T09:00:00.001Z' },
  });
  expect(whoIn({ askedAt: '2026-05-11T09:00:00.000Z' as Instant })).toBe('nobody-else');
});

test('safety never waits, also among many, and the record says that nobody else has looked', () => {
  const decided = decideSecondPerson({ ...ALONE, members: 5, isSafety: true });
  expect(decided).toMatchObject({
    ok: true,
    value: { who: 'nobody-else', says: expect.stringContaining('Nobody else has looked') },
  });
  expect(whoIn({ isSafety: true, reason: '' })).toMatchObject({ reason: 'reason-missing' });
});
