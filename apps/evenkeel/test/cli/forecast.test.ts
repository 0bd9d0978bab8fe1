import { expect, test } from 'vitest';
import { fed, jsonLines } from './piped.ts';

type Forecast = { id?: string; probability: number; alarm: boolean; deferred: boolean; turns: unknown[] };

const turns = [
  { from: 'a', text: 'Why did you change the section again?' },
  { from: 'b', at: '2026-05-04T10:00:00Z', text: 'Because it was wrong, as I told you twice.' },
];

test('a conversation gets a probability, as a whole and after each turn', async () => {
  const { code, out } = await fed(['forecast', '--json'], JSON.stringify({ turns }));
  const forecast = JSON.parse(out) as Forecast;
  expect(code).toBe(0);
  expect(forecast.probability >= 0 && forecast.probability <= 1).toBe(true);
  expect(forecast.turns).toHaveLength(2);
  expect(forecast).toMatchObject({ alarm: expect.any(Boolean), deferred: expect.any(Boolean) });
});

test('lines are answered in order, and a broken one in its place', async () => {
  const ended = await fed(
    ['forecast', '--jsonl'],
    `${JSON.stringify({ id: 'x', turns })}\n{"id":"y"}\n{"id":"z","turns":[{"from":"a"}]}\n${JSON.stringify({ id: 'w', turns: [] })}\n`,
  );
  expect(ended.code).toBe(2);
  expect(jsonLines(ended).map(({ id, error }) => [id, error ?? null])).toEqual([
    ['x', null],
    ['y', 'it has no turns'],
    ['z', 'turn 1 needs from and text'],
    ['w', null],
  ]);
});

test('what is no conversation is refused', async () => {
  for (const text of ['', 'hello', '7', '{"turns": 3}']) expect((await fed(['forecast'], text)).code).toBe(2);
});

test('for a person it is a percentage and a word', async () => {
  const { out } = await fed(['forecast'], JSON.stringify(turns));
  expect(out).toMatch(/^\d+ %: /);
});
