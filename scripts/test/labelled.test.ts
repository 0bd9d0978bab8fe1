import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DRAFT_KINDS, SIGNAL_KINDS } from '@evenkeel/language/finding';
import { expect, test } from 'vitest';
import { labelledRows } from '../train/labelled.ts';
import { dataFolder, isDataThere } from '../train/rows.ts';

const FOLDER = new URL('../../packages/language/test/labelled/', import.meta.url);
const PLACE = /^\w+:[\w-]+\t\d+\t\d+(?:\t\w+:\d+-\d+(?: \w+:\d+-\d+)*)?$/;
const data = dataFolder(fileURLToPath(new URL('../..', import.meta.url)));

test.each(readdirSync(FOLDER))('%s keeps places and kinds of what was labelled, and no text', (name) => {
  const lines = readFileSync(new URL(name, FOLDER), 'utf8').split('\n').filter(Boolean);
  const others = lines.filter((line) => !line.startsWith('#') && !PLACE.test(line));
  expect(others).toEqual([]);
});

test.runIf(isDataThere(data))(
  'every stretch that was labelled is found, and its marks lie inside of it',
  () => {
    const kinds: readonly string[] = [...SIGNAL_KINDS, ...DRAFT_KINDS];
    const wrong = labelledRows(data).filter(
      ({ text, spans }) =>
        text === '' ||
        spans.some(({ label, start, end }) => !kinds.includes(label) || start >= end || end > text.length),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  },
);
