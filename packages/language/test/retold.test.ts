import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRetold, readSignals, scoresOf } from '../src/engine.ts';
import { loadEngine } from '../src/node.ts';

const engine = await loadEngine(fileURLToPath(new URL('..', import.meta.url)));
const TONE = new Set(['hostility', 'identity_attack', 'profanity']);

function toneOf(text: string, lang: 'en' | 'ru' | 'fi'): readonly string[] {
  return readSignals(engine, text, { lang }).findings.flatMap(({ kind }) => (TONE.has(kind) ? [kind] : []));
}

test.each([
  ['en', 'Saying that women are useless is wrong.', 'Women are useless.'],
  ['en', 'Stop calling my son a retard.', 'Your son is a retard.'],
  ['en', 'My neighbour shouted at us that all immigrants are vermin.', 'All immigrants are vermin.'],
  ['en', 'I do not think that all immigrants are vermin.', 'I think that all immigrants are vermin.'],
  ['ru', 'Хватит называть моих рабочих чурками.', 'Все они чурки и воры.'],
  ['ru', 'Приезжие не воры.', 'Все приезжие воры.'],
  ['fi', 'Ketään ei saa haukkua homoksi.', 'Homot ovat saastaa.'],
  ['fi', 'Naapuri huusi asentajalleni, että homot ovat saastaa.', 'Homot ovat saastaa.'],
] as const)('%s: hate that is told or answered is not the writer’s: %s', (lang, told, aimed) => {
  expect(toneOf(told, lang)).toEqual([]);
  expect(toneOf(aimed, lang)).not.toEqual([]);
});

test('a told insult does not raise the score of tone, an insult beside it does', () => {
  const toxicity = (text: string) => scoresOf(engine, text, { lang: 'en' }).toxicity ?? 0;
  const told = 'He called my wife a filthy whore.';
  expect(toxicity(told)).toBeLessThan(0.5);
  expect(toxicity(`${told} You are a stupid bastard.`)).toBeGreaterThan(0.5);
  expect(toxicity('You are a filthy whore.')).toBeGreaterThan(0.5);
});

test('a threat that is told stays marked: danger to people is never set aside', () => {
  const text = 'He called me a faggot. I will kill him for that, I will break his legs.';
  expect(readSignals(engine, text, { lang: 'en' }).findings.map(({ kind }) => kind)).toContain(
    'physical_threat',
  );
});

test('whoever repeats it as their own opinion is not answering it', () => {
  const text = 'I said that women are useless and I stand by it.';
  expect(readRetold(engine, text, { lang: 'en' }).findings).toEqual([]);
});
