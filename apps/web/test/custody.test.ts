import { expect, test } from 'vitest';
import contract from '../../evenkeel/openapi.json' with { type: 'json' };
import { calledOf } from '../src/custody/called.ts';

/** Calls about oneself are never noted. */
const OWN = ['/api/session', '/api/screen-settings'];

test('whatever may be noted is told in words, and no call is shown raw', () => {
  const calls = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) =>
      method === 'get' && !OWN.includes(path) ? [`GET ${path}`] : [],
    ),
  );
  expect(calls.length).toBeGreaterThan(100);
  expect(calls.filter((call) => calledOf(call) === call)).toEqual([]);
});

test('it is the narrowest part of the path that is told', () => {
  expect(calledOf('GET /api/parties/{id}/timeline')).toBe('timeline');
  expect(calledOf('GET /api/parties/{id}')).toBe('client');
  expect(calledOf('POST /api/log/verify')).toBe('check of the log');
});

test('a call that is newer than the page is shown as it is', () => {
  expect(calledOf('GET /api/tomorrow/{id}')).toBe('GET /api/tomorrow/{id}');
});
