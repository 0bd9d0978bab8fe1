import { describe, expect, test } from 'vitest';
import type { LiveRules } from '../src/generated/types.gen.ts';
import { endOf, newId, newSession, noteIn, wordsOfStep } from '../src/live/note.ts';
import { bare } from '../src/live/png.ts';

const START = new Date('2026-05-12T18:41:00.000Z');
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const texts = { en: 'Stop: {{count}}.', ru: 'Хватит: {{count}}.' };
const rules: LiveRules = {
  lang: 'ru',
  rules: [
    { topic: 'data', basis: 'boundary', count: 2, steps: [{ action: 'reminder', says: {}, texts }] },
    { topic: 'limits', basis: 'suggested', count: 0, steps: [] },
  ],
};

describe('a note', () => {
  test('has the time of its tap in UTC, an id of its own, and the words without the space around them', () => {
    const session = newSession('rex_77', 'en', null, START);
    const { note } = noteIn(session, { text: 'Threat.', quotes: ['  I will find you ', ' '] }, at(2));
    expect(note).toMatchObject({
      ...{ session: session.id, handle: 'rex_77', at: '2026-05-12T18:43:00.000Z', kind: 'note' },
      ...{ quotes: ['I will find you'], durationMin: null, shot: null },
    });
    expect(note.id).not.toBe(noteIn(session, { text: 'Threat.' }, at(2)).note.id);
  });

  test('has an id that sorts by time and that no clock or address of this machine can be read from but the time', () => {
    const [earlier, later] = [newId(START.getTime()), newId(START.getTime() + 1)];
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(earlier < later).toBe(true);
  });

  test('of the end lasts from the first minute to the last, and never less than nothing', () => {
    const session = newSession('rex_77', 'en', null, START);
    const ended = endOf(session, 'Ended.', at(23));
    expect(ended.note).toMatchObject({ kind: 'end', at: START.toISOString(), durationMin: 23 });
    expect(ended.session.endedAt).toBe(at(23).toISOString());
    expect(endOf(session, 'Ended.', at(-5)).note.durationMin).toBe(0);
  });
});

describe('what is said', () => {
  test('is in the viewer’s language where there are words in it, and counts this session to those before', () => {
    const session = noteIn(
      newSession('rex_77', 'ru', rules, START),
      { text: 'My data.', topic: 'data' },
      at(1),
    ).session;
    expect(wordsOfStep(session, 'reminder')).toEqual({ words: 'Хватит: 3.', lang: 'ru' });
    expect(wordsOfStep({ ...session, lang: 'fi' }, 'reminder')).toEqual({ words: 'Stop: 3.', lang: 'en' });
  });

  test('is nothing where nobody wrote words for it, or none have come yet', () => {
    const session = newSession('rex_77', 'en', rules, START);
    expect(wordsOfStep(session, 'reminder')).toBeNull();
    expect(wordsOfStep({ ...session, topic: 'data' }, 'warning')).toBeNull();
    expect(wordsOfStep(newSession('rex_77', 'en', null, START), 'reminder')).toBeNull();
  });
});

test('of a PNG its picture is left, whatever else it held and wherever it held it', () => {
  const chunk = (type: string, size: number) =>
    Buffer.concat([Buffer.from([0, 0, 0, size]), Buffer.from(type), Buffer.alloc(size + 4, 7)]);
  const head = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const picture = [chunk('IHDR', 13), chunk('PLTE', 3), chunk('IDAT', 9), chunk('IDAT', 2), chunk('IEND', 0)];
  const [first, ...rest] = picture;
  const said = Buffer.concat([
    head,
    first!,
    chunk('eXIf', 40),
    ...rest.slice(0, 2),
    chunk('tEXt', 8),
    ...rest.slice(2),
  ]);
  const trailing = Buffer.concat([said, Buffer.from('short')]);
  expect(Buffer.from(bare(trailing))).toEqual(Buffer.concat([head, ...picture]));
});
