import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ACT_BITS, ACT_PLACES } from '../src/acts/act-features.ts';
import { type ActsHead, readActs, writeActs } from '../src/acts/act-weights.ts';
import { checkDraft, createEngine, readSignals, withModels } from '../src/engine.ts';
import { loadEngine } from '../src/node.ts';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const engine = await loadEngine(FOLDER);

/** Weights that find every sentence to be an insult, or none. */
function weights(from: number | null): Uint8Array {
  const column = { bias: 0, step: 1 };
  const head: ActsHead = {
    format: 1,
    lang: 'en',
    side: 'draft',
    version: 'test',
    bits: ACT_BITS,
    kinds: [{ kind: 'insult', ...column, from, confidence: 0.6 }],
    any: { ...column, from: 0, kindShare: 0.5 },
  };
  return writeActs(head, new Int8Array(ACT_PLACES * 2).fill(1));
}

const SAYS = 'The parcel went out this morning.';
const always = withModels(engine, null, { weights: [weights(0)], concepts: [] });

test('a sentence that is likely enough is marked, without the marks around it, and is possible at most', () => {
  const [finding, ...others] = checkDraft(always, `${SAYS} Thanks!`, { lang: 'en' }).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    kind: 'insult',
    start: 0,
    end: SAYS.length - 1,
    quote: SAYS.slice(0, -1),
    confidence: 0.6,
    band: 'possible',
    level: 'warning',
    advice: 'keep-it-respectful',
    pack: 'en-acts@test',
  });
  expect(finding?.why).toMatch(/^model: \w+(, \w+){0,2}$/);
});

test('a kind without a threshold marks nothing, and neither does another side or language', () => {
  const never = withModels(engine, null, { weights: [weights(null)], concepts: [] });
  expect(checkDraft(never, SAYS, { lang: 'en' }).findings).toEqual([]);
  expect(readSignals(always, SAYS, { lang: 'en' }).findings).toEqual([]);
  expect(checkDraft(always, 'Paketti lähti tänä aamuna.', { lang: 'fi' }).findings).toEqual([]);
});

test('where a rule has spoken, and in a quotation, nothing is added', () => {
  const marks = (text: string) => checkDraft(always, text, { lang: 'en' }).findings.map(({ why }) => why);
  expect(marks('You are acting like a child.')).toEqual(['draft.insult']);
  expect(marks('"The parcel went out this morning"')).toEqual([]);
});

test('what is off as the model says nothing', () => {
  const off = new Set(['model']);
  expect(checkDraft(always, SAYS, { lang: 'en', off }).findings).toEqual([]);
});

test.each(['en', 'ru', 'fi'] as const)(
  'the weights that ship for %s never say alone that somebody threatens with law or violence',
  (lang) => {
    for (const side of ['client', 'draft'] as const) {
      const kinds = engine.acts?.scorerOf(lang, side)?.weights.kinds ?? [];
      expect(kinds.length).toBeGreaterThan(10);
      const alone = kinds.filter(({ from }) => from !== null).map(({ kind }) => kind);
      expect(alone.length).toBeGreaterThan(4);
      expect(alone).not.toContain('legal_threat');
      expect(alone).not.toContain('physical_threat');
      for (const { confidence } of kinds) expect(confidence).toBeLessThan(0.8);
    }
  },
);

test.each(['en', 'ru', 'fi'] as const)(
  'no letter that we hand out in %s is marked by what was learnt',
  (lang) => {
    const letters = globSync(`${FOLDER}../../packs/**/*.${lang}.md`);
    expect(letters.length).toBeGreaterThan(50);
    const marked = letters.filter((letter) => {
      const text = readFileSync(letter, 'utf8').replaceAll(/\{\{[^}]*\}\}/g, '12 May');
      return checkDraft(engine, text, { lang }).findings.some(({ pack }) => pack.includes('-acts@'));
    });
    expect(marked).toEqual([]);
  },
);

test('weights that are cut off or of another format are refused, and whole ones are read', () => {
  const whole = weights(1);
  expect(readActs(whole).kinds).toHaveLength(1);
  expect(() => readActs(whole.slice(0, -1))).toThrow('cut off');
  expect(() => readActs(whole.slice(4))).toThrow('no language weights');
  expect(createEngine([], null).acts).toBeNull();
});
