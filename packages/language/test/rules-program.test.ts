import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkDraft, createEngine, readSignals } from '../src/engine.ts';
import { loadPacks } from '../src/node.ts';
import type { CompiledPack } from '../src/rules/pack.ts';
import { compileProgram } from '../src/rules/program.ts';
import type { ShippedPack } from '../src/shipped.ts';
import { worstText } from './rules-effort.ts';
import { packOf } from './rules-pack.ts';

const packs = await loadPacks(fileURLToPath(new URL('../', import.meta.url)));

const shipped = (pack: CompiledPack, from = pack): ShippedPack => ({
  lang: pack.lang,
  pack: () => pack,
  program: (group) => JSON.parse(JSON.stringify(compileProgram(from, group))),
});

test.each(packs.map((pack) => [pack.lang, pack] as const))(
  'rules of %s that were compiled beforehand find what the same rules find',
  (lang, pack) => {
    const now = createEngine([pack], null);
    const beforehand = createEngine([], null, [shipped(pack)]);
    const texts = pack.rules.flatMap(({ patterns }) => patterns.map((one) => `${worstText(one, pack)}it.`));
    for (const text of texts) {
      expect(readSignals(beforehand, text, { lang })).toEqual(readSignals(now, text, { lang }));
      expect(checkDraft(beforehand, text, { lang })).toEqual(checkDraft(now, text, { lang }));
    }
  },
);

test('rules that were compiled from another version of a pack are compiled anew', () => {
  const pack = packOf([{ patterns: ['sue you'] }]);
  const engine = createEngine([], null, [shipped(pack, packOf([{ patterns: ['sue us'] }]))]);
  const { findings } = readSignals(engine, 'I sue you', { lang: 'en' });
  expect(findings.map(({ quote }) => quote)).toEqual(['sue you']);
});

test('a pack of one’s own stands above rules that were compiled beforehand and uses their lists', () => {
  const base = packOf([{ patterns: ['sue you'] }]);
  const own: CompiledPack = {
    ...packOf([{ id: 'own', patterns: ['leave <you>'] }]),
    words: {},
    blockers: {},
  };
  const engine = createEngine([own], null, [shipped(base)]);
  const { findings } = readSignals(engine, 'I sue you and leave you', { lang: 'en' });
  expect(findings.map(({ why }) => why)).toEqual(['rule-0', 'own']);
});
