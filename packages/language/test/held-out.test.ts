import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkDraft, readSignals, scoresOf } from '../src/engine.ts';
import { DRAFT_KINDS, type RuleLang } from '../src/finding.ts';
import { loadEngine } from '../src/node.ts';

const FOLDER = new URL('./held-out/', import.meta.url);
const engine = await loadEngine(fileURLToPath(new URL('..', import.meta.url)));

/** The lines of a file below each `# heading`. */
function linesBelow(file: string): Map<string, string[]> {
  const below = new Map<string, string[]>();
  let heading = '';
  for (const line of readFileSync(new URL(file, FOLDER), 'utf8').split('\n')) {
    if (line.startsWith('# ')) heading = line.slice(2);
    else if (line !== '') below.set(heading, [...(below.get(heading) ?? []), line]);
  }
  return below;
}

const isOurs = (kind: string) => DRAFT_KINDS.some((ours) => ours === kind);

function isMarked(kind: string, text: string, lang: RuleLang): boolean {
  const read = isOurs(kind) ? checkDraft : readSignals;
  return read(engine, text, { lang }).findings.some((one) => one.kind === kind && one.band !== 'low');
}

test.each([...linesBelow('figurative.txt')])(
  'figures of speech are no threat and no insult: %s',
  (lang, lines) => {
    const marked = lines.filter(
      (line) => readSignals(engine, line, { lang: lang as RuleLang }).findings.length > 0,
    );
    expect(marked).toEqual([]);
  },
);

const HOSTILE = new Set(['hostility', 'identity_attack', 'profanity', 'physical_threat']);
const isHostile = (text: string, lang: RuleLang) =>
  readSignals(engine, text, { lang }).findings.some(({ kind }) => HOSTILE.has(kind));

test.each([...linesBelow('letters.txt')])(
  'whole letters (%s): abuse without one swear word is marked, anger that is fair is not',
  (heading, letters) => {
    const [lang, sort] = heading.split(' ') as [RuleLang, string];
    expect(letters.map((letter) => isHostile(letter, lang))).toEqual(letters.map(() => sort === 'abusive'));
  },
);

test('hate that is told or answered is marked in at most one of four sentences, hate that is aimed in three of five', () => {
  const share = (heading: string) => {
    const lines = linesBelow('en-told.txt').get(heading) ?? [];
    const isFlagged = (line: string) =>
      isHostile(line, 'en') || (scoresOf(engine, line, { lang: 'en' }).toxicity ?? 0) >= 0.5;
    return lines.filter(isFlagged).length / lines.length;
  };
  expect(share('told')).toBeLessThanOrEqual(1 / 4);
  expect(share('aimed')).toBeGreaterThanOrEqual(3 / 5);
});

const KINDS = (['en', 'ru', 'fi'] as const).flatMap((lang) =>
  [`${lang}.txt`, `${lang}-spoken.txt`, `${lang}-drafts.txt`, `${lang}-lively.txt`].flatMap((file) =>
    [...linesBelow(file)].map(([kind, lines]) => [lang, kind, lines] as const),
  ),
);

test.each(KINDS)(
  '%s %s: three of five sentences that say it are marked (seven of ten of our own), and one of six that do not',
  (lang, kind, lines) => {
    const share = (sign: string) => {
      const asked = lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
      return asked.filter((text) => isMarked(kind, text, lang)).length / asked.length;
    };
    expect(share('+')).toBeGreaterThanOrEqual(isOurs(kind) ? 7 / 10 : 3 / 5);
    expect(share('-')).toBeLessThanOrEqual(1 / 6);
  },
);
