import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { PackFiles } from '../../src/modules/procedure/pack.ts';
import { readPack } from '../../src/modules/procedure/pack-reader.ts';
import { readPackFiles } from '../../src/modules/procedure/packs.store.ts';

const FIXTURE = fileURLToPath(new URL('../../../../fixtures/packs/ending-politely', import.meta.url));
const files = await readPackFiles(FIXTURE);
const LETTER = 'letters/farewell-note.ru.md';

/** What is said of the pack when this of it is written otherwise, each with its place. */
function problemsWith(from: string, to: string, file = 'pack.yaml'): readonly string[] {
  expect(files[file], `${file} has ${from}`).toContain(from);
  return said({ ...files, [file]: files[file]!.replace(from, to) });
}

function said(changed: PackFiles): readonly string[] {
  return readPack(changed).problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
}

test('the pack is whole', () => {
  expect(said(files)).toEqual([]);
});

test.each([
  [
    'an unknown predicate',
    'when: due-passed',
    'when: moon-is-full',
    'pack.yaml:28: there is no predicate moon-is-full',
  ],
  [
    'an argument too few',
    'letter-handed-over: [farewell-note]',
    'letter-handed-over: []',
    'pack.yaml:36: letter-handed-over takes 1 arguments, not 0',
  ],
  ['an unknown step', 'to: look-together', 'to: look-away', 'pack.yaml:39: there is no step look-away'],
  [
    'an unknown letter',
    'letter: farewell-note',
    'letter: love-letter',
    'pack.yaml:37: there is no letter love-letter',
  ],
  [
    'an unknown outcome',
    'end: parted-silently',
    'end: parted-badly',
    'pack.yaml:49: there is no outcome parted-badly',
  ],
  [
    'a due without a source',
    ', from: started, source: island',
    ', from: started',
    'pack.yaml:25: steps.0.due.source a due needs the source it comes from',
  ],
  [
    'a due of an unknown source',
    'from: started, source: island',
    'from: started, source: sea',
    'pack.yaml:25: there is no source sea',
  ],
  [
    'a missing translation',
    '{en: A second pair of eyes, ru: Взгляд со стороны, fi: Toinen silmäpari}',
    '{en: A second pair of eyes, ru: Взгляд со стороны}',
    'pack.yaml:42: steps.2.title.fi is missing: a translation',
  ],
  ['an unknown way to skip', 'skip: safety', 'skip: always', 'pack.yaml:50: steps.2.skip is never or safety'],
  [
    'an unknown role',
    'role: manager',
    'role: wizard',
    'pack.yaml:33: steps.1.role is one of worker, manager, second, clock',
  ],
  [
    'an unknown way to start',
    'verified: false',
    'verified: false\nstarts: anger',
    'pack.yaml:5: starts is one of thing, quote',
  ],
  [
    'a day that is none',
    'verified: false',
    'verified: false\nvalidUntil: soon',
    'pack.yaml:5: validUntil is a date, 2026-05-12',
  ],
  [
    'an unknown thing beside a step',
    'role: manager',
    'role: manager\n    shown: verdict',
    'pack.yaml:34: steps.1.shown is one of preparation, live, obligations',
  ],
  [
    'an unknown kind of record',
    'letter-proved: [farewell-note]',
    'recorded-since-start: [sunrise]',
    'pack.yaml:48: there is no kind sunrise',
  ],
  ['an unknown key', 'place: AX', 'places: AX', 'pack.yaml:5: places is no key of a pack'],
  [
    'a loop without an exit',
    'to: look-together',
    'to: write-farewell',
    'pack.yaml:30: write-farewell is in a loop without an exit',
  ],
  [
    'a step no way leads to',
    'to: look-together',
    'end: parted-well',
    'pack.yaml:41: no way leads to look-together',
  ],
  [
    'a clock that walks in a circle',
    'when: due-passed, to: write-farewell',
    'when: due-passed, to: sleep-on-it',
    'pack.yaml:21: sleep-on-it is in a loop without an exit',
  ],
  [
    'a second person to nobody',
    '    secondTo: write-farewell\n',
    '',
    'pack.yaml:44: a second person needs secondTo: the step that somebody else did',
  ],
  [
    'an unknown reason to stop',
    'clockStops: [over-summer]',
    'clockStops: [over-winter]',
    'pack.yaml:34: there is no reason to stop over-winter',
  ],
  [
    'a word for a kind of person',
    'One page',
    'One page to the unreasonable',
    'pack.yaml:32: "unreasonabl" is never said',
  ],
  [
    'a field nobody needs',
    'fields:\n',
    'fields:\n  shoe-size: {title: {en: a, ru: b, fi: c}}\n',
    'pack.yaml:12: no letter has {{shoe-size}}',
  ],
  [
    'an id of one word',
    'pack: ending-politely',
    'pack: ending',
    'pack.yaml:2: pack is two words or more, lower case, with hyphens',
  ],
])('%s is refused with the place and the reason', (_what, from, to, expected) => {
  expect(problemsWith(from, to)).toContain(expected);
});

test('a letter is refused at the line of a field nobody fills, of a word never said, and without its subject', () => {
  expect(problemsWith('{{today}}', '{{tomorrow}}', LETTER)).toEqual([
    `${LETTER}:5: nobody fills {{tomorrow}}`,
  ]);
  expect(problemsWith('{{today}}', '{{quote}}', LETTER)).toEqual([`${LETTER}:5: nobody fills {{quote}}`]);
  expect(problemsWith('{{due:write-farewell}}', '{{due:look-together}}', LETTER)).toEqual([
    `${LETTER}:5: nobody fills {{due:look-together}}`,
  ]);
  expect(problemsWith('we part', 'агрессивный', LETTER)).toEqual([`${LETTER}:5: "агрессивн" is never said`]);
  expect(problemsWith('# ', '', LETTER)).toEqual([
    `${LETTER}:1: a letter begins with its subject, "# Subject"`,
  ]);
});

test('a letter that is missing in a language is a missing translation', () => {
  const { [LETTER]: _, ...rest } = files;
  expect(said(rest)).toEqual([
    `pack.yaml:19: the letter farewell-note has no ${LETTER}: a translation is missing`,
  ]);
});

test('what is no YAML is named by its line, and bytes of any kind break nothing', () => {
  expect(said({ 'pack.yaml': 'pack: [a\nb: }' })[0]).toMatch(/^pack\.yaml:\d+: /);
  for (const text of ['', '42', 'null', '- a', '\u0000', '&a [*a, *a]', '{'.repeat(2000)])
    expect(readPack({ 'pack.yaml': text }).pack).toBeNull();
  expect(said({})).toEqual(['pack.yaml:1: is missing']);
});
