import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import {
  type Circumstances,
  FIRST_RULES,
  NO_ACTS,
  nextOpening,
  weigh,
} from '../../src/modules/outbox/gate.ts';

const at = (iso: string) => new Date(iso).toISOString() as Instant;
const ASKED = at('2026-05-12T10:00:00Z');
const later = (seconds: number) => at(new Date(Date.parse(ASKED) + seconds * 1000).toISOString());

const CALM = { kinds: [], ofRecord: [] };
const inWords = (...kinds: string[]) => ({ ...CALM, kinds });
const ofRecord = (...said: string[]) => ({ ...CALM, ofRecord: said.map((says) => ({ says, line: null })) });

/** A calm letter, a moment after it was sent. */
function circumstances(more: Partial<Circumstances> = {}): Circumstances {
  return {
    ...{ now: later(1), askedAt: ASKED, rules: FIRST_RULES, isAlone: false, isGrave: false },
    ...{ warnings: CALM, theirs: null, opens: null, wantsOpening: false, forbidden: [], acts: NO_ACTS },
    ...more,
  };
}
const rulesIn = (more: Partial<Circumstances>) => weigh(circumstances(more)).standing.map(({ rule }) => rule);
const second = (rule: 'warnings' | 'grave') => ({ ...FIRST_RULES, second: rule });

describe('a calm letter', () => {
  test('waits some seconds, in which it can be taken back, and leaves by itself', () => {
    expect(weigh(circumstances())).toMatchObject({ verdict: 'waits', until: later(15) });
    expect(weigh(circumstances({ now: later(15) }))).toMatchObject({ verdict: 'leaves', standing: [] });
  });

  test('leaves at once where no seconds are set', () => {
    expect(weigh(circumstances({ rules: { ...FIRST_RULES, undoSec: 0 } })).verdict).toBe('leaves');
  });
});

describe('heat', () => {
  const theirs = { id: 'message', kinds: ['hostility'] };

  test.each([
    ['warnings in our words', { warnings: inWords('insult') }, 'own-words'],
    ['a record that says otherwise', { warnings: ofRecord('denied-promise') }, 'record'],
    ['their newest message', { theirs }, 'their-words'],
    ['words that nobody could check', { warnings: null }, 'not-checked'],
  ])('%s: it is looked at again after half an hour, and does not leave by itself', (_of, more, rule) => {
    expect(rulesIn(more)).toEqual([rule]);
    const after = { ...more, now: later(7200) };
    expect(weigh(circumstances(after))).toMatchObject({ verdict: 'look', until: null });
    const early = { ...NO_ACTS, lookedAt: later(60) };
    expect(weigh(circumstances({ ...after, acts: early })).verdict).toBe('look');
    const looked = { ...NO_ACTS, lookedAt: later(1801) };
    expect(weigh(circumstances({ ...after, acts: looked })).verdict).toBe('leaves');
  });

  test('a reason sends it now all the same; turned off, there is no such wait', () => {
    const hurried = { ...NO_ACTS, hurried: { forSafety: false } };
    expect(weigh(circumstances({ theirs, acts: hurried })).verdict).toBe('leaves');
    const rules = { ...FIRST_RULES, coolingMin: 0 };
    expect(weigh(circumstances({ theirs, rules })).verdict).toBe('waits');
  });
});

describe('a second person', () => {
  test('is asked for letters with warnings, and not for those without', () => {
    const rules = { ...second('warnings'), coolingMin: 0 };
    for (const warnings of [inWords('admission'), ofRecord('settled')])
      expect(weigh(circumstances({ rules, warnings })).verdict).toBe('second-person');
    expect(weigh(circumstances({ rules })).verdict).toBe('waits');
  });

  test('is asked for letters of a dispute or of an end, and not for others', () => {
    expect(weigh(circumstances({ rules: second('grave'), isGrave: true })).verdict).toBe('second-person');
    expect(weigh(circumstances({ rules: second('grave') })).verdict).toBe('waits');
  });

  test('cannot be hurried, but for safety; who is alone is told so and not held up', () => {
    const grave = { rules: second('grave'), isGrave: true };
    const hurried = (forSafety: boolean) => ({ ...NO_ACTS, hurried: { forSafety } });
    expect(weigh(circumstances({ ...grave, acts: hurried(false) })).verdict).toBe('second-person');
    expect(weigh(circumstances({ ...grave, acts: hurried(true) })).verdict).toBe('leaves');
    expect(rulesIn({ ...grave, isAlone: true })).toEqual(['nobody-else', 'undo']);
    const approved = { ...NO_ACTS, isApproved: true };
    expect(weigh(circumstances({ ...grave, acts: approved })).verdict).toBe('waits');
  });
});

describe('hours', () => {
  const opens = at('2026-05-13T06:00:00Z');

  test('are named outside of them, and waited for only by who wishes it', () => {
    expect(weigh(circumstances({ opens }))).toMatchObject({ verdict: 'waits', until: later(15) });
    expect(rulesIn({ opens })).toEqual(['hours', 'undo']);
    expect(weigh(circumstances({ opens, wantsOpening: true })).until).toBe(opens);
  });

  test('begin on the next day that is worked', () => {
    const ascension = new Map([['2026-05-14', 'Ascension Day']]);
    const calendar = {
      ...{ zone: 'Europe/Helsinki', workDays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' },
      holidays: () => ascension,
    } as unknown as Calendar;
    expect(nextOpening(calendar, at('2026-05-13T03:00:00Z'))).toBe('2026-05-13T06:00:00.000Z');
    expect(nextOpening(calendar, at('2026-05-13T15:00:00Z'))).toBe('2026-05-15T06:00:00.000Z');
    expect(nextOpening(calendar, at('2026-05-15T15:00:00Z'))).toBe('2026-05-18T06:00:00.000Z');
  });
});

test('what is forbidden does not leave, whatever was done to it', () => {
  const forbidden = [
    { rule: 'restriction-way' as const, at: ASKED, kinds: [], id: 'restriction', number: 1 },
  ];
  const acts = { isApproved: true, lookedAt: later(9999), hurried: { forSafety: true } };
  expect(weigh(circumstances({ forbidden, acts, now: later(99_999) }))).toMatchObject({
    verdict: 'forbidden',
    standing: forbidden,
  });
});
