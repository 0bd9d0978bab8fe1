import { expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import {
  type Measure,
  type Restriction,
  restrictionOn,
} from '../../src/modules/procedure/restriction/restriction.ts';

const at = (iso: string) => new Date(iso).toISOString() as Instant;
// Tuesday, eleven in the morning in Helsinki.
const NOW = at('2026-06-02T11:00:00+03:00');
const MEASURE: Measure = {
  contact: null,
  subjects: [],
  hours: null,
  perWeek: null,
  ways: [],
  isWritingOnly: false,
  open: { way: 'letter', address: 'Katu 1, Helsinki' },
};

function inForce(measure: Partial<Measure>): Restriction {
  return {
    ...{ id: 'r', partyId: 'p', number: 1, state: 'in-force', measure: { ...MEASURE, ...measure } },
    weighing: { aim: 'a', milder: 'b', effect: 'c', ownHandling: 'd', otherWay: 'e' },
    ...{ consulted: [], cites: [], safety: null },
    review: { on: '2026-09-01', at: at('2026-09-01T23:59:59+03:00') },
    until: { on: '2026-11-30', at: at('2026-11-30T23:59:59+02:00') },
    ...{ plannedAt: NOW, plannedBy: 'owner', asked: null, warning: null, decided: null, notice: 'n' },
    setAt: at('2026-05-28T09:00:00+03:00'),
    ...{ setBy: 'owner', reviewedAt: null, appeal: null, ended: null },
  };
}

const rules = (measure: Partial<Measure>, answering: Partial<Parameters<typeof restrictionOn>[1]> = {}) =>
  restrictionOn([inForce(measure)], {
    ...{ channel: 'mail', at: NOW, member: 'member:mira', ...answering },
  }).against.map(({ rule }) => rule);

test('a closed way is closed, and the others are not', () => {
  expect(rules({ ways: ['call'] }, { channel: 'call' })).toEqual(['way']);
  expect(rules({ ways: ['call'] }, { channel: 'mail' })).toEqual([]);
});

test('writing only closes talks, each said once', () => {
  expect(rules({ isWritingOnly: true }, { channel: 'call' })).toEqual(['writing']);
  expect(rules({ isWritingOnly: true }, { channel: 'meeting' })).toEqual(['writing']);
  expect(rules({ isWritingOnly: true, ways: ['call'] }, { channel: 'call' })).toEqual(['way']);
  expect(rules({ isWritingOnly: true }, { channel: 'platform' })).toEqual([]);
});

test('hours are those of their zone, with the last minute outside', () => {
  const hours = { zone: 'Europe/Helsinki', workDays: [2, 4], from: '10:00', until: '12:00' };
  expect(rules({ hours })).toEqual([]);
  expect(rules({ hours }, { at: at('2026-06-02T09:59:00+03:00') })).toEqual(['hours']);
  expect(rules({ hours }, { at: at('2026-06-02T12:00:00+03:00') })).toEqual(['hours']);
  expect(rules({ hours }, { at: at('2026-06-03T11:00:00+03:00') })).toEqual(['hours']);
});

test('one named person answers, the others are told who', () => {
  expect(rules({ contact: 'member:alex' })).toEqual(['contact']);
  expect(rules({ contact: 'member:mira' })).toEqual([]);
});

test('so many answers a week are given, and then none', () => {
  expect(rules({ perWeek: 2 }, { answersThisWeek: 1 })).toEqual([]);
  expect(rules({ perWeek: 2 }, { answersThisWeek: 2 })).toEqual(['how-often']);
});

test('the open route is open at any hour and after any number of answers, to the named person', () => {
  const hours = { zone: 'Europe/Helsinki', workDays: [1], from: '10:00', until: '12:00' };
  const closed = { hours, perWeek: 1, ways: ['mail', 'call'] as const };
  expect(rules(closed, { channel: 'letter', answersThisWeek: 9 })).toEqual([]);
  expect(rules({ ...closed, contact: 'member:alex' }, { channel: 'letter' })).toEqual(['contact']);
});

test('what is only planned, what has ended and what has passed its last day restricts nothing', () => {
  const one = inForce({ ways: ['mail'] });
  const answering = { channel: 'mail', at: NOW, member: 'member:mira' } as const;
  const isAllowed = (restriction: Restriction, when = NOW) =>
    restrictionOn([restriction], { ...answering, at: when }).isAllowed;
  expect(isAllowed(one)).toBe(false);
  expect(isAllowed({ ...one, state: 'decided', setAt: null })).toBe(true);
  expect(isAllowed({ ...one, state: 'ended' })).toBe(true);
  expect(isAllowed(one, at('2026-05-28T08:59:00+03:00'))).toBe(true);
  expect(isAllowed(one, at('2026-12-01T00:00:00+02:00'))).toBe(true);
});

test('two restrictions are both kept, each with its own open route and its subjects once', () => {
  const both = [
    inForce({ ways: ['mail'], subjects: ['the refund'] }),
    { ...inForce({ isWritingOnly: true, subjects: ['the refund', 'the login'] }), id: 's', number: 2 },
  ];
  const allowed = restrictionOn(both, { channel: 'call', at: NOW, member: 'member:mira' });
  expect(allowed.against).toEqual([{ restriction: 's', number: 2, rule: 'writing' }]);
  expect(allowed.subjects).toEqual(['the refund', 'the login']);
  expect(allowed.open).toHaveLength(2);
});
