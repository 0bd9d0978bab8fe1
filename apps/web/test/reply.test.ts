import { describe, expect, test } from 'vitest';
import type { Novelty } from '../src/generated/types.gen.ts';
import { calmerVersion } from '../src/language/calmer.ts';
import { lengthOf } from '../src/language/draft-length.ts';
import { needOf } from '../src/points/reply-need.ts';

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

describe('whether a message needs a reply', () => {
  const cite = { interactionId: 'i', start: 0, end: 1, quote: 'x' };
  const wish = (reply: string | null) => ({
    ...{ kind: 'demand', cite, title: 'x', point: null, near: [], before: [] },
    again: reply === null ? [] : [{ reply }],
  });
  const novelty = (wishes: object[], facts: object[] = [], lang = 'en') =>
    ({ interactionId: 'i', partyId: 'p', lang, wishes, facts, documents: [] }) as unknown as Novelty;

  test('none is needed where nothing is asked, or all of it was answered', () => {
    expect(needOf(novelty([]), [])).toEqual({ is: 'nothing-asked' });
    expect(needOf(novelty([wish('We answered this.')]), [])).toEqual({ is: 'answered' });
  });

  test('what is new is counted, and where all of it is new nothing is said', () => {
    expect(needOf(novelty([wish('We answered this.'), wish(null)]), [])).toEqual({
      is: 'partly-new',
      count: 1,
    });
    expect(needOf(novelty([wish(null)]), [])).toBeNull();
  });

  test('nothing is said after a threat, with a new fact, or in another language', () => {
    expect(needOf(novelty([]), [{ kind: 'legal_threat' }])).toBeNull();
    expect(needOf(novelty([]), [{ kind: 'self_harm' }])).toBeNull();
    expect(needOf(novelty([], [{}]), [])).toBeNull();
    expect(needOf(novelty([], [], 'simple'), [])).toBeNull();
    expect(needOf(novelty([]), [{ kind: 'profanity' }])).toEqual({ is: 'nothing-asked' });
  });
});

test('the length of a draft counts words, and sentences that are too long to be read at once', () => {
  const long = `${'word '.repeat(31)}end. Short one, by Friday.`;
  expect(lengthOf(long)).toEqual({ words: 36, longSentences: 1 });
  expect(lengthOf('')).toEqual({ words: 0, longSentences: 0 });
});
