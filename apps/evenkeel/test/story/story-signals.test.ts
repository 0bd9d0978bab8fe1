import { fileURLToPath } from 'node:url';
import { readSignals } from '@evenkeel/language/engine';
import { SIGNAL_KINDS } from '@evenkeel/language/finding';
import { loadEngine } from '@evenkeel/language/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../../../fixtures/story/letter.ts';
import { story } from '../../../../fixtures/story/story.ts';

const OURS = new Set(story.workspace.me);
const theirs = story.mails.filter(({ from }) => !OURS.has(people[from].address));
const PACKAGE = fileURLToPath(new URL('../../../../packages/language/', import.meta.url));

describe.each(['en', 'ru', 'fi'] as const)('the letters of the client in %s', (lang) => {
  let seen: Set<string>;
  let quiet: readonly string[];

  beforeAll(async () => {
    const engine = await loadEngine(PACKAGE);
    const letters = theirs.filter((mail) => mail.lang === lang);
    seen = new Set(letters.flatMap(({ text }) => readSignals(engine, text).findings.map(({ kind }) => kind)));
    quiet = story.mails
      .filter((mail) => mail.from === 'elina' && mail.lang === lang)
      .flatMap(({ text }) => readSignals(engine, text).findings.map(({ quote }) => quote));
  });

  test('show each kind of marked words at least once', () => {
    expect(SIGNAL_KINDS.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test('mark nothing in what the quiet client writes', () => {
    expect(quiet).toEqual([]);
  });
});
