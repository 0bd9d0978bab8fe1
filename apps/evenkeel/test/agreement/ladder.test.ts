import { expect, test } from 'vitest';
import { CLAUSE_KINDS } from '../../src/modules/agreement/clause.ts';
import { checkLadder, type Ladder } from '../../src/modules/agreement/ladder.ts';
import { letterFor, readSuggestions } from '../../src/modules/agreement/suggestions.store.ts';
import { filesIn } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { LADDER } from './agreement-ground.ts';

const with_ = (change: (rungs: Ladder['rungs']) => Ladder['rungs']): Ladder => ({
  ...LADDER,
  rungs: change(LADDER.rungs),
});
const second = (part: object) =>
  with_((rungs) => rungs.map((rung, i) => (i === 1 ? { ...rung, ...part } : rung)));

test('a ladder that warns, ends and leaves a way open can be gone', () => {
  expect(checkLadder(LADDER).ok).toBe(true);
});

test.each([
  ['without rungs', with_(() => []), 'ladder-empty', 'ladder.rungs'],
  ['without an end', with_((rungs) => rungs.slice(0, 3)), 'ladder-without-end', 'ladder.rungs.2'],
  [
    'that goes on after its end',
    with_((rungs) => [...rungs, rungs[3]!]),
    'ladder-end-too-early',
    'ladder.rungs.3',
  ],
  [
    'that restricts before it warns',
    with_((rungs) => [rungs[0]!, rungs[2]!, rungs[1]!, rungs[3]!]),
    'ladder-without-warning',
    'ladder.rungs.1',
  ],
  [
    'that closes every way to us',
    second({ leavesOpen: [] }),
    'ladder-closes-all',
    'ladder.rungs.1.leavesOpen',
  ],
  ['that never looks again', second({ reviewDays: 0 }), 'ladder-review-missing', 'ladder.rungs.1.reviewDays'],
  ['without words', second({ text: {} }), 'ladder-text-missing', 'ladder.rungs.1.text'],
  [
    'that asks for a field that there is not',
    second({ text: { en: 'Dear {{villain}}' } }),
    'ladder-field-unknown',
    'ladder.rungs.1.text.en',
  ],
])('a ladder %s is refused, with the rung', (_what, ladder, code, at) => {
  expect(checkLadder(ladder)).toMatchObject({ ok: false, reason: code, params: { at } });
});

test('what ships can be used: every kind of clause has a ladder and a clause, in three languages', async () => {
  const { ladders, clauses, ways, broken } = await readSuggestions(temporaryFolder());
  expect(broken).toEqual([]);
  for (const kind of CLAUSE_KINDS) {
    expect(
      ladders.some(({ serves }) => serves.includes(kind)),
      kind,
    ).toBe(true);
    if (kind !== 'other')
      expect(
        clauses.some((clause) => clause.kind === kind),
        kind,
      ).toBe(true);
  }
  for (const lang of ['en', 'ru', 'fi'] as const) {
    for (const ladder of ladders) {
      expect(ladder.says[lang]).toBeTruthy();
      expect(ladder.appeal[lang]).toContain('{{quote}}');
      for (const { says, text } of ladder.rungs) {
        expect(says[lang]).toBeTruthy();
        expect(text[lang]).toContain('{{clause}}');
      }
    }
    for (const clause of clauses) expect(clause.says[lang]).toBeTruthy();
    for (const name of Object.values(ways)) expect(name?.[lang]).toBeTruthy();
    expect(await letterFor(temporaryFolder(), 'scope', lang)).toMatchObject({ lang });
  }
});

test('no text that ships calls anybody difficult, aggressive or unreasonable', async () => {
  const { ladders, clauses } = await readSuggestions(temporaryFolder());
  const all = JSON.stringify([ladders, clauses]).toLowerCase();
  for (const word of [
    'difficult',
    'aggressive',
    'unreasonable',
    'агрессив',
    'неадекват',
    'hankala',
    'aggressiivi',
  ])
    expect(all).not.toContain(word);
});

test('a file of one’s own is used; one with a mistake is named with the reason, and the others stand', async () => {
  const data = filesIn(temporaryFolder(), {
    'packs/boundaries/mine.yaml': 'clauses:\n  - { kind: data, says: { en: Mine. } }\n',
    'packs/boundaries/endless.yaml': `ladders:\n  - ${JSON.stringify({
      ...{ serves: ['hours'], says: LADDER.says, appeal: LADDER.appeal },
      rungs: LADDER.rungs.slice(0, 2),
    })}\n`,
  });
  const { clauses, broken } = await readSuggestions(data);
  expect(clauses[0]).toMatchObject({ kind: 'data', says: { en: 'Mine.' } });
  expect(broken).toEqual([
    { file: 'endless.yaml', reason: 'ladder 1: ladder-without-end at ladder.rungs.1' },
  ]);
});
