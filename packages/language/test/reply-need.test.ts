import { describe, expect, test } from 'vitest';
import { type Looked, replyNeed } from '../src/reply-need.ts';

const NEW = { isAnswered: false };
const ANSWERED = { isAnswered: true };
const looked = (more: Partial<Looked>): Looked => ({
  ...{ lang: 'en', wishes: [], hasNews: false, marks: [] },
  ...more,
});

describe('whether a message needs a reply', () => {
  test('none is needed where nothing is asked; where all of it was answered, it may be filed', () => {
    expect(replyNeed(looked({}))).toEqual({ is: 'nothing-asked', count: 0, mayBeFiled: false });
    expect(replyNeed(looked({ wishes: [ANSWERED, ANSWERED] }))).toEqual({
      ...{ is: 'answered', count: 0, mayBeFiled: true },
    });
  });

  test('what is new is counted, and where all of it is new nothing is said', () => {
    expect(replyNeed(looked({ wishes: [ANSWERED, NEW] }))).toMatchObject({ is: 'partly-new', count: 1 });
    expect(replyNeed(looked({ wishes: [NEW] }))).toBeNull();
  });

  test.each(['en', 'ru', 'fi'])('nothing is said after a threat, or with a new fact (%s)', (lang) => {
    expect(replyNeed(looked({ lang, marks: [{ kind: 'legal_threat' }] }))).toBeNull();
    expect(replyNeed(looked({ lang, marks: [{ kind: 'self_harm' }] }))).toBeNull();
    expect(replyNeed(looked({ lang, hasNews: true }))).toBeNull();
    expect(replyNeed(looked({ lang, wishes: [ANSWERED], hasNews: true }))).toBeNull();
    expect(replyNeed(looked({ lang, marks: [{ kind: 'profanity' }] }))).toMatchObject({
      is: 'nothing-asked',
    });
  });

  test('nothing is said of a language that is not read', () => {
    expect(replyNeed(looked({ lang: 'simple' }))).toBeNull();
  });
});
