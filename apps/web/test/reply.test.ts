import { describe, expect, test } from 'vitest';
import { calmerVersion } from '../src/language/calmer.ts';
import { lengthOf } from '../src/language/draft-length.ts';

const at = (draft: string, words: string, instead: string | null) => {
  const start = draft.indexOf(words);
  return { start, end: start + words.length, words: instead };
};

describe('a calmer version', () => {
  const DRAFT = 'Hello.\n\nAs I told you ten times, it is in line 4. It comes by 18.5. at the latest.';

  test('has the calm sentence in the place of the whole sentence, and everything else as it was', () => {
    expect(calmerVersion(DRAFT, [at(DRAFT, 'ten times', 'It is in my earlier mail.')])).toBe(
      'Hello.\n\nIt is in my earlier mail. It comes by 18.5. at the latest.',
    );
  });

  test('is none where no calm sentence is known, and nothing is left out', () => {
    expect(calmerVersion(DRAFT, [at(DRAFT, 'ten times', null)])).toBeNull();
    expect(calmerVersion(DRAFT, [])).toBeNull();
  });

  test('says the same calm sentence once', () => {
    const twice = 'That is your fault. It is all your fault.';
    const found = ['That is your', 'It is all'].map((words) => at(twice, words, 'Let us look at it.'));
    expect(calmerVersion(twice, found)).toBe('Let us look at it.');
  });
});

test('the length of a draft counts words, and sentences that are too long to be read at once', () => {
  const long = `${'word '.repeat(31)}end. Short one, by Friday.`;
  expect(lengthOf(long)).toEqual({ words: 36, longSentences: 1 });
  expect(lengthOf('')).toEqual({ words: 0, longSentences: 0 });
});
