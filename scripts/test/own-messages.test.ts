import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SIGNAL_KINDS } from '@evenkeel/language/finding';
import { expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../packages/language/letters', import.meta.url));
const SENTENCE = /^(?<kinds>-|[a-z_]+(?: [a-z_]+)*) \| (?<text>\S.*\S)$/;

test.each(globSync('*/*.txt', { cwd: FOLDER }).sort())(
  'every message of %s says whose it is, and every sentence what it does or that it only tells',
  (name) => {
    const lines = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n').filter(Boolean);
    const sentences = lines
      .filter((line) => !line.startsWith('#'))
      .map((line) => SENTENCE.exec(line)?.groups);
    const kinds: readonly string[] = ['-', ...SIGNAL_KINDS];
    const wrong = sentences.filter((one) => !one?.kinds?.split(' ').every((kind) => kinds.includes(kind)));
    expect(wrong).toEqual([]);
    const texts = sentences.map((one) => one?.text);
    expect(texts.filter((text, at) => texts.indexOf(text) < at)).toEqual([]);
    expect(lines[0]).toMatch(/^# \S/);
    expect(sentences.filter((one) => one?.kinds === '-').length).toBeGreaterThan(sentences.length / 3);
  },
);
