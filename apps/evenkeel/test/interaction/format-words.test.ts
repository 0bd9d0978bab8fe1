import { readFileSync } from 'node:fs';
import { EXPORT_READERS } from '@evenkeel/records/exports';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
/** Where the how-to of a platform stands, if it is not `export-from-PLATFORM.md`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  sms: 'export-sms.md',
  imessage: 'export-imessage.md',
  instagram: 'export-from-facebook.md',
  calendar: 'bring-papers.md',
  vcard: 'bring-papers.md',
  phone: 'bring-papers.md',
  document: 'bring-papers.md',
};
const PROGRAMS: Readonly<Record<string, string>> = {
  instagram: 'facebook',
  calendar: 'papers',
  vcard: 'papers',
  phone: 'papers',
  document: 'papers',
};

test.each(['en', 'ru', 'fi'])(
  'every format that is read has its name and its way out of the program in %s',
  (tag) => {
    const words = JSON.parse(read(`apps/web/src/words/${tag}.json`)) as Record<string, string>;
    const wanted = EXPORT_READERS.flatMap(({ format, platform }) => {
      const program = PROGRAMS[platform] ?? platform;
      return [`format.${format}`, `platform.${platform}`, `program.${program}`, `getOut.${program}`];
    });
    expect(wanted.filter((key) => !words[key])).toEqual([]);
  },
);

test('every platform has a how-to, which the page about bringing a client leads to', () => {
  const bring = read('docs/how-to/bring-a-client.md');
  const pages = [
    ...new Set(EXPORT_READERS.map(({ platform }) => ELSEWHERE[platform] ?? `export-from-${platform}.md`)),
  ];
  for (const page of pages) {
    expect(read(`docs/how-to/${page}`)).toMatch(/^# /);
    expect(bring).toContain(page);
  }
});
