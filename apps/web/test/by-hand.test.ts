import { describe, expect, test } from 'vitest';
import { askedOf, isRecording, type Place } from '../src/by-hand/consent.ts';
import { distance } from '../src/by-hand/distance.ts';
import { beganAt, bodyOf, type Draft, emptyDraft, faultsIn, lateBy } from '../src/by-hand/draft.ts';

const now = new Date('2026-05-12T12:00:00Z');
const draft: Draft = { ...emptyDraft('call', 'Viktor Orlov'), text: 'He asked for the login.' };
const local = (date: Date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const before = (minutes: number) => local(new Date(now.getTime() - minutes * 60_000));

describe('a call that ended just now', () => {
  test('began by its length earlier', () => {
    expect(beganAt({ ...draft, minutes: '12' }, now).toISOString()).toBe('2026-05-12T11:48:00.000Z');
  });

  test('is not in the future, and nothing is wrong with it', () => {
    expect([...faultsIn({ ...draft, minutes: '60' }, now)]).toEqual([]);
  });
});

describe('a call of another time', () => {
  const earlier = (minutes: number): Draft => ({ ...draft, isNow: false, at: before(minutes) });

  test('of more than a day ago will be a late entry, and by how much is said', () => {
    expect(lateBy(earlier(75 * 60), now)).toBe(75 * 60);
    expect(distance(75 * 60)).toBe('3 days 3 hours');
    expect(distance(14 * 24 * 60 + 300)).toBe('14 days');
  });

  test('of yesterday at this time is not late yet', () => {
    expect(lateBy(earlier(24 * 60), now)).toBe(null);
  });

  test('that has not come is a fault, and so is one that cannot be read', () => {
    expect([...faultsIn(earlier(-90), now)]).toEqual(['future']);
    expect([...faultsIn({ ...draft, isNow: false, at: '' }, now)]).toEqual(['noTime']);
  });
});

test('without words, without anybody, or backwards, nothing is sent', () => {
  const faults = faultsIn({ ...draft, who: ' ', text: ' ', minutes: '-3' }, now);
  expect([...faults].sort()).toEqual(['backwards', 'nobody', 'nothing']);
});

describe('what is sent', () => {
  const sent = {
    known: [{ id: 'p1', name: 'viktor orlov' }],
    corrects: null,
    uploads: [],
    hasRecording: false,
    now,
  };

  test('names a client that is known, and leaves empty quotes out', () => {
    const body = bodyOf({ ...draft, quotes: ['I will see you in court.', ' '] }, sent);
    expect(body).toMatchObject({
      parties: [{ id: 'p1' }],
      quotes: ['I will see you in court.'],
      direction: 'inbound',
    });
  });

  test('makes a new contact of a name nobody knows', () => {
    expect(bodyOf({ ...draft, who: 'Irma' }, sent).parties).toEqual([{ name: 'Irma' }]);
  });

  test('says nothing of a direction where nobody turned to the other, and a note is among us', () => {
    expect(bodyOf({ ...draft, kind: 'meeting' }, sent).direction).toBe(null);
    expect(bodyOf({ ...draft, kind: 'note', minutes: '5' }, sent)).toMatchObject({
      direction: 'internal',
      durationMin: null,
    });
  });

  test('holds who agreed only when a recording goes with it', () => {
    const on = [{ who: 'Alex', place: 'FI', agreed: true }];
    expect(bodyOf({ ...draft, on }, sent).consent).toBe(null);
    expect(bodyOf({ ...draft, on }, { ...sent, hasRecording: true }).consent).toEqual({ on });
  });
});

describe('what the strictest place asks for', () => {
  const place = (code: string, agree: Place['agree'], isVerified = true): Place => ({
    ...{ place: code, name: code, agree, isVerified, isYours: false, says: '', source: '' },
  });
  const places = [place('DE', 'everyone'), place('FI', 'one'), place('XX', 'one', false)];
  const on = (other: string | null, agreed: boolean) => [
    { who: 'Alex', place: 'FI', agreed: true },
    { who: 'Viktor', place: other, agreed },
  ];

  test.each([
    ['FI', false, true],
    ['DE', false, false],
    ['DE', true, true],
    ['XX', false, false],
    [null, false, false],
    [null, true, true],
  ])('with the other in %s, agreed %s: enough %s', (other, agreed, isEnough) => {
    expect(askedOf(places, on(other, agreed)).isEnough).toBe(isEnough);
  });

  test('cannot be known while one end of the call is missing', () => {
    expect(askedOf(places, on('FI', true).slice(0, 1)).isEnough).toBe(false);
  });

  test('matters for sound and film only', () => {
    expect(isRecording({ name: 'call.m4a', type: '' })).toBe(true);
    expect(isRecording({ name: 'notes.jpg', type: 'image/jpeg' })).toBe(false);
  });
});
