import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readConcepts } from '../src/concepts/concepts.ts';
import { forecastOf } from '../src/forecast/forecast.ts';
import { TALK_WEIGHTS, talkFeatures } from '../src/forecast/talk-features.ts';
import { turnFeatures } from '../src/forecast/turn-features.ts';
import { readModels } from '../src/model/models.ts';

const WEIGHTS = fileURLToPath(new URL('../weights/', import.meta.url));
const english = readFileSync(`${WEIGHTS}en.bin`);
const CONCEPTS = globSync(`${WEIGHTS}*.concepts`).map((path) => readConcepts(readFileSync(path)));
const models = readModels([english], CONCEPTS);
const talk = (...texts: string[]) =>
  texts.map((text, at) => ({ from: at % 2 === 0 ? 'client' : 'we', text }));

test('every weight is a small whole number of a feature that exists', () => {
  const weights = models.languages.get('en');
  const features = weights ? talkFeatures([turnFeatures(weights, 'Hello')]) : new Map();
  for (const [name, weight] of Object.entries(TALK_WEIGHTS)) {
    expect(features.has(name), name).toBe(true);
    expect([-2, -1, 1, 2]).toContain(weight);
  }
});

test('a talk that grows harsh is likelier to derail than one that settles', () => {
  const harsh = forecastOf(
    models,
    talk(
      'Why did you delete my text?',
      'Because you never read the rules. You people always ignore them.',
      'You are lying again. Stop this nonsense, you clearly have an agenda!',
    ),
  );
  const calm = forecastOf(
    models,
    talk(
      'Could you tell me why the text was removed?',
      'Sure, it had no source.',
      'Thank you, I will add one. Thanks for the help!',
    ),
  );
  expect(harsh.probability).toBeGreaterThan(calm.probability);
  expect(harsh.turns).toHaveLength(3);
  expect(calm.alarm).toBe(false);
});

test('an alarm is held back when the last turn apologises or concedes', () => {
  const heated = [
    'Why do you keep reverting? You are wrong.',
    'No, you are wrong, and you always ignore what others say.',
  ];
  const last = forecastOf(
    models,
    talk(...heated, 'I am sorry, you are right. Agreed, I was wrong about this.'),
  );
  expect(last.alarm).toBe(false);
});

test('without turns or without weights it knows nothing and raises no alarm', () => {
  expect(forecastOf(models, [])).toEqual({ probability: 0.5, alarm: false, deferred: false, turns: [] });
  expect(forecastOf(readModels([]), talk('Hello')).alarm).toBe(false);
});

test('a very long talk is read in bounded time', () => {
  const turns = talk(...Array.from({ length: 500 }, (_, at) => `Turn number ${at}: why do you say so?`));
  expect(forecastOf(models, turns).turns).toHaveLength(500);
});
