import { readFileSync } from 'node:fs';
import { checkDraft, type Engine, readSignals } from '@evenkeel/language/engine';
import { DRAFT_KINDS, type RuleLang } from '@evenkeel/language/finding';
import { tableOf } from './figures.ts';

/** Sentences written before anybody looked at what the rules do with them. */
const FOLDER = new URL('../../packages/language/test/held-out/', import.meta.url);
const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

type HeldOut = {
  readonly lang: RuleLang;
  readonly kind: string;
  readonly says: boolean;
  readonly text: string;
  /** Every second sentence of a kind may be read to improve a rule; the others are only counted. */
  readonly isOpen: boolean;
};

/** Reads `# kind`, and below it a line each: `+` says it, `-` sounds like it and does not. */
function heldOut(lang: RuleLang): readonly HeldOut[] {
  let kind = '';
  let place = 0;
  return [`${lang}.txt`, `${lang}-drafts.txt`]
    .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'))
    .join('\n')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) {
        kind = line.slice(2);
        place = 0;
        return [];
      }
      if (!/^[+-] /.test(line)) return [];
      place += 1;
      return [{ lang, kind, says: line.startsWith('+'), text: line.slice(2), isOpen: place % 2 === 1 }];
    });
}

/** Whether the engine marks the sentence, by itself, with its kind. */
function isMarked(engine: Engine, { kind, lang, text }: HeldOut): boolean {
  const isOurs = DRAFT_KINDS.some((ours) => ours === kind);
  const { findings } = (isOurs ? checkDraft : readSignals)(engine, text, { lang });
  return findings.some((finding) => finding.kind === kind && finding.band !== 'low');
}

/** For each kind and language: how many sentences that say it are marked, and how many that do not. */
export function heldOutTable(engine: Engine): string {
  const rows = LANGS.flatMap((lang) => {
    const all = heldOut(lang);
    return [...new Set(all.map(({ kind }) => kind))].map((kind) => {
      const of = (says: boolean, isOpen: boolean) => {
        const asked = all.filter((one) => one.kind === kind && one.says === says && one.isOpen === isOpen);
        return `${asked.filter((one) => isMarked(engine, one)).length} of ${asked.length}`;
      };
      return [lang, kind, of(true, false), of(false, false), of(true, true), of(false, true)];
    });
  });
  return tableOf(
    ['language', 'kind', 'marked, only counted', 'wrongly', 'marked, open to reading', 'wrongly'],
    rows,
  );
}
