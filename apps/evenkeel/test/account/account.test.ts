import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import {
  cleanName,
  countTry,
  decideFirstRun,
  foldName,
  forgetTries,
  isSameSecret,
  newFirstRunCode,
  type Tries,
} from '../../src/modules/account/account.ts';

const given = { code: 'right', name: 'Alex', addresses: [], password: 'ten letters', zone: null };

describe('the first run', () => {
  test('takes the name and the addresses as they are meant', () => {
    const addresses = [' alex@firm.example ', 'Alex@Firm.example', '', '@alex', '+358 40 123'];
    const decided = decideFirstRun(0, 'right', { ...given, name: '  Alex   Orlov ', addresses });
    expect(decided).toMatchObject({
      ok: true,
      value: { name: 'Alex Orlov', addresses: ['alex@firm.example', '@alex', '+358 40 123'] },
    });
  });

  test('is over once there is a member, whatever the code', () => {
    expect(decideFirstRun(1, 'right', given)).toMatchObject({ reason: 'first-run-done' });
  });

  test('says nothing about the rest while the code is wrong', () => {
    const wrong = { ...given, code: 'wrong', name: '', password: 'x' };
    expect(decideFirstRun(0, 'right', wrong)).toMatchObject({ reason: 'code-refused' });
  });

  test.each([
    ['nine code points', '😀'.repeat(9), 'password-too-short'],
    ['257 characters', 'x'.repeat(257), 'password-too-long'],
  ])('refuses a password of %s', (_what, password, reason) => {
    expect(decideFirstRun(0, 'right', { ...given, password })).toMatchObject({ ok: false, reason });
  });

  test('takes a password of ten characters of any script', () => {
    expect(decideFirstRun(0, 'right', { ...given, password: 'десятьбукв' }).ok).toBe(true);
  });

  test('has a code that fits into an address and is nobody’s guess', () => {
    let asked = 0;
    const bytes = (sizeBytes: number) => {
      asked = sizeBytes;
      return new Uint8Array(sizeBytes).fill(255);
    };
    const code = newFirstRunCode({ now: () => '2026-05-12T06:14:00.000Z' as Instant, bytes });
    expect(asked).toBeGreaterThanOrEqual(16);
    expect(code).toMatch(/^[\w-]{22}$/);
  });
});

describe('a name', () => {
  test.each(['Алекс', 'Äiti & Co', 'rex_77', '李雷', 'O’Brien', '👩‍💻'])('may be %s', (name) => {
    expect(cleanName(name)).toBe(name);
  });

  test.each([
    ['nothing', ''],
    ['only spaces', '   '],
    ['two lines', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['half a character', 'a\ud800'],
    ['81 characters', 'x'.repeat(81)],
  ])('may not be %s', (_what, name) => {
    expect(cleanName(name)).toBeNull();
  });

  test('is one name however it is written', () => {
    expect(foldName(' АЛЕКС  Ö ')).toBe(foldName('Алекс O\u0308'));
    expect(foldName('Alex')).not.toBe(foldName('Alexa'));
  });
});

test('secrets of different lengths are compared without telling anything', () => {
  expect(isSameSecret('right', 'right')).toBe(true);
  expect(isSameSecret('right', 'righ')).toBe(false);
  expect(isSameSecret('right', '')).toBe(false);
});

describe('tries', () => {
  const START = '2026-05-12T06:00:00.000Z' as Instant;
  const none: Tries = new Map();

  const after = (times: number, what = 'alex', now = START): Tries => {
    let tries = none;
    for (let i = 0; i < times; i += 1) {
      const counted = countTry(tries, what.replace('#', String(i)), now);
      tries = counted.ok ? counted.value : tries;
    }
    return tries;
  };

  test('are five in five minutes for one name, and the refusal says when to come back', () => {
    const tries = after(5);
    expect(countTry(tries, 'alex', '2026-05-12T06:04:59.999Z' as Instant)).toMatchObject({
      reason: 'too-many-tries',
      params: { retryAt: '2026-05-12T06:05:00.000Z' },
    });
    expect(countTry(tries, 'alex', '2026-05-12T06:05:00.000Z' as Instant).ok).toBe(true);
  });

  test('at one name do not count for another', () => {
    expect(countTry(after(5), 'mira', START).ok).toBe(true);
  });

  test('are limited over all names too, so that neither memory nor the processor can be used up', () => {
    const tries = after(1000, 'name #');
    expect(tries.size).toBeLessThan(100);
    expect(countTry(tries, 'mira', START)).toMatchObject({ reason: 'too-many-tries' });
  });

  test('are forgotten once one succeeds', () => {
    const tries = forgetTries(after(5), 'alex');
    expect(countTry(tries, 'alex', START).ok).toBe(true);
  });

  test('that were refused do not make the wait longer', () => {
    expect(after(9)).toEqual(after(5));
  });
});
