import { readFileSync } from 'node:fs';
import { checkDraft, type Engine, readSignals } from '@evenkeel/language/engine';
import type { RuleLang } from '@evenkeel/language/finding';
import { tableOf } from './figures.ts';

/** Whole letters by a writer who saw neither the rules nor their examples; only counted, never read to improve a rule. */
const FOLDER = new URL('../../packages/language/test/held-out/', import.meta.url);
const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];
const SIDES = ['draft', 'client'] as const;

type Side = (typeof SIDES)[number];
/** @property kinds what the letter says; empty where it is clean */
type Letter = { readonly side: Side; readonly kinds: readonly string[]; readonly text: string };

/** Reads `# draft: admission, over_promise` or `# client: clean`, and the letter below it. */
function lettersIn(lang: RuleLang): readonly Letter[] {
  const parts = readFileSync(new URL(`${lang}-strangers-letters.txt`, FOLDER), 'utf8').split(/^# /m);
  return parts.slice(1).map((part) => {
    const [head = '', ...lines] = part.split('\n');
    const [side, says = ''] = head.split(': ');
    const kinds = says === 'clean' ? [] : says.split(', ');
    return { side: side === 'draft' ? 'draft' : 'client', kinds, text: lines.join('\n').trim() };
  });
}

/** The kinds that a reader sees: of a draft its warnings and, of the notes, only what was asked for. */
function kindsMarked(engine: Engine, { side, kinds, text }: Letter, lang: RuleLang): ReadonlySet<string> {
  const { findings } = (side === 'draft' ? checkDraft : readSignals)(engine, text, { lang });
  const seen = findings.filter(
    ({ kind, band, level }) => band !== 'low' && (level !== 'note' || kinds.includes(kind)),
  );
  return new Set(seen.map(({ kind }) => kind));
}

/** For each language and side: how many of the letters' kinds are marked, which others are, how many clean letters. */
export function heldOutLetters(engine: Engine): string {
  const rows = LANGS.flatMap((lang) => SIDES.map((side) => rowOf(engine, lang, side)));
  return tableOf(
    [
      'language',
      'side',
      'kinds marked',
      'letters with one marked',
      'with every one',
      'other kinds',
      'clean ones marked',
    ],
    rows,
  );
}

function rowOf(engine: Engine, lang: RuleLang, side: Side): readonly string[] {
  const read = lettersIn(lang)
    .filter((letter) => letter.side === side)
    .map((letter) => ({ ...letter, marked: kindsMarked(engine, letter, lang) }));
  const telling = read.filter(({ kinds }) => kinds.length > 0);
  const clean = read.filter(({ kinds }) => kinds.length === 0);
  const found = telling.map(({ kinds, marked }) => kinds.filter((kind) => marked.has(kind)).length);
  const asked = telling.map(({ kinds }) => kinds.length);
  const others = telling.map(
    ({ kinds, marked }) => [...marked].filter((kind) => !kinds.includes(kind)).length,
  );
  return [
    lang,
    side,
    `${sum(found)} of ${sum(asked)}`,
    `${found.filter((count) => count > 0).length} of ${telling.length}`,
    `${found.filter((count, at) => count === asked[at]).length} of ${telling.length}`,
    String(sum(others)),
    `${clean.filter(({ marked }) => marked.size > 0).length} of ${clean.length}`,
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
