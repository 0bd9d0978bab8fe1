import type { RuleLang } from '../finding.ts';
import { normalise } from '../text/normalise.ts';
import { tokensOf } from '../text/tokens.ts';
import { splitForm } from './atoms.ts';

/** One way a single token can meet an element. */
export type Test =
  | { readonly how: 'exact' | 'prefix' | 'suffix' | 'stem'; readonly word: string }
  | { readonly how: 'class'; readonly word: ClassName };

/** What an element stands for: any of `singles` over one token, or any of `rows` over several. */
export type Choice = { readonly singles: readonly Test[]; readonly rows: readonly (readonly Choice[])[] };

export type Step =
  | {
      readonly is: 'element';
      readonly written: string;
      readonly choice: Choice;
      readonly isOptional: boolean;
    }
  | { readonly is: 'gap'; readonly most: number; readonly without: Choice | null; readonly written: string }
  | { readonly is: 'start' | 'end' | 'open' | 'close' | 'span' };

export const CLASS_NAMES = ['number', 'money', 'date', 'time', 'caps', 'masked', 'address'] as const;
export type ClassName = (typeof CLASS_NAMES)[number];

/** The entries of every word list of a language. */
export type WordLists = Readonly<Record<string, readonly string[]>>;

export class PatternError extends Error {}

const MAX_ELEMENTS = 16;
const MAX_GAP = 8;
const DEFAULT_GAP = 3;
const MIN_AFFIX = 3;

/**
 * Reads the text of a pattern.
 *
 * @throws PatternError with a reason a pack's author can act on.
 */
export function parsePattern(written: string, words: WordLists, lang: RuleLang): readonly Step[] {
  const parts = written.trim().split(/\s+/).filter(Boolean);
  const steps = parts.map((part) => parseStep(part, words, lang));
  if (steps.filter(({ is }) => is === 'element').length > MAX_ELEMENTS)
    throw new PatternError(`more than ${MAX_ELEMENTS} elements`);
  refuseLoose(steps);
  return steps;
}

function refuseLoose(steps: readonly Step[]): void {
  const isAnchored = steps.some(
    (step) => step.is === 'span' || (step.is === 'element' && !step.isOptional && canAnchor(step.choice)),
  );
  if (!isAnchored)
    throw new PatternError('a pattern needs one word that is neither optional, a gap nor a #class');
  if (steps[0]?.is === 'gap' || steps.at(-1)?.is === 'gap')
    throw new PatternError('a gap at an end of the pattern says nothing');
  if (steps.some((step, at) => step.is === 'gap' && steps[at + 1]?.is === 'gap'))
    throw new PatternError('two gaps in a row; one of up to 8 does');
  const open = steps.findIndex(({ is }) => is === 'open');
  const close = steps.findIndex(({ is }) => is === 'close');
  if (open < 0 !== close < 0 || open > close) throw new PatternError('[ and ] come as a pair, [ first');
}

function canAnchor({ singles, rows }: Choice): boolean {
  return (
    singles.every(({ how }) => how !== 'class') &&
    rows.every((row) => row.some(canAnchor)) &&
    singles.length + rows.length > 0
  );
}

const SIGNS: Readonly<Record<string, Step>> = {
  '^': { is: 'start' },
  $: { is: 'end' },
  '[': { is: 'open' },
  ']': { is: 'close' },
  '@': { is: 'span' },
};

function parseStep(part: string, words: WordLists, lang: RuleLang): Step {
  const sign = SIGNS[part];
  if (sign) return sign;
  if (/^\.\.(?!\.)/.test(part)) return parseGap(part, words, lang);
  const isOptional = part.length > 1 && part.endsWith('?') && !/^[!?]+$/.test(part);
  const element = isOptional ? part.slice(0, -1) : part;
  return { is: 'element', written: element, choice: parseElement(element, words, lang, []), isOptional };
}

function parseGap(part: string, words: WordLists, lang: RuleLang): Step {
  const gap = /^\.\.(\d?)(?:!(.+))?$/.exec(part);
  if (!gap) throw new PatternError(`${part} is no gap: write .., ..n (n up to ${MAX_GAP}) or ..n!<list>`);
  const most = gap[1] ? Number(gap[1]) : DEFAULT_GAP;
  if (most > MAX_GAP || most === 0) throw new PatternError(`${part}: a gap is 1 to ${MAX_GAP} words long`);
  return { is: 'gap', most, without: gap[2] ? parseElement(gap[2], words, lang, []) : null, written: part };
}

/** Reads a word list and what it holds, to see that it can be read. @throws PatternError */
export function parseList(name: string, words: WordLists, lang: RuleLang): Choice {
  return listOf(name, words, lang, []);
}

/** @param within names of the lists this stands in, so that lists that hold each other are refused. */
function parseElement(element: string, words: WordLists, lang: RuleLang, within: readonly string[]): Choice {
  if (element === '|') return single('exact', '|');
  return union(element.split('|').map((one) => parseOne(one, words, lang, within)));
}

function union(choices: readonly Choice[]): Choice {
  return { singles: choices.flatMap(({ singles }) => singles), rows: choices.flatMap(({ rows }) => rows) };
}

function parseOne(one: string, words: WordLists, lang: RuleLang, within: readonly string[]): Choice {
  if (one === '') throw new PatternError('an empty alternative');
  const list = /^<(.+)>$/.exec(one);
  if (list) return listOf(list[1] as string, words, lang, within);
  if (one === '#second') return listOf('you', words, lang, within);
  if (/^#\p{L}/u.test(one)) return classOf(one.slice(1));
  if (/^[<>]|[<>]$/.test(one)) throw new PatternError(`${one}: a list is written <name>`);
  if (one.startsWith('~') && one.length > 1) return single('stem', foldedWord(one.slice(1)));
  if (one.length > 1 && one.endsWith('*') && !one.startsWith('*')) return affix('prefix', one.slice(0, -1));
  if (one.length > 1 && one.startsWith('*') && !one.endsWith('*')) return affix('suffix', one.slice(1));
  return exact(one, lang);
}

function single(how: 'exact' | 'prefix' | 'suffix' | 'stem', word: string): Choice {
  return { singles: [{ how, word }], rows: [] };
}

function affix(how: 'prefix' | 'suffix', written: string): Choice {
  const word = foldedWord(written);
  if (word.length < MIN_AFFIX)
    throw new PatternError(`${written}*: a prefix or suffix has at least ${MIN_AFFIX} letters`);
  return single(how, word);
}

function foldedWord(written: string): string {
  const word = normalise(written).text;
  if (!/^[\p{L}\p{N}'-]+$/u.test(word)) throw new PatternError(`${written} is no word`);
  return word;
}

function classOf(name: string): Choice {
  const found = CLASS_NAMES.find((known) => known === name);
  if (!found)
    throw new PatternError(
      `#${name} is unknown: ${CLASS_NAMES.map((known) => `#${known}`).join(' ')} #second`,
    );
  return { singles: [{ how: 'class', word: found }], rows: [] };
}

/** A word, or the words its hyphen or clitic joins, cut as a text is. */
function exact(written: string, lang: RuleLang): Choice {
  const { text } = normalise(written);
  if (/^[!?]{2,}$/.test(text)) return single('exact', '!!');
  const forms = tokensOf(text, 0, text.length)
    .map(({ form }) => form)
    .filter((form) => form !== '-' || text === '-')
    .flatMap((form) => (lang === 'en' ? (splitForm(form) ?? [form]) : [form]));
  if (forms.length === 0) throw new PatternError(`${written} holds nothing a text could hold`);
  if (forms.length === 1) return single('exact', forms[0] as string);
  return { singles: [], rows: [forms.map((form) => single('exact', form))] };
}

function listOf(name: string, words: WordLists, lang: RuleLang, within: readonly string[]): Choice {
  const entries = Object.hasOwn(words, name) ? words[name] : undefined;
  if (!entries) throw new PatternError(`<${name}> is no word list`);
  if (within.includes(name)) throw new PatternError(`<${name}> holds itself`);
  return union(entries.map((entry) => entryOf(entry, words, lang, [...within, name])));
}

/** An entry of a word list: one or several elements, without gaps. */
function entryOf(entry: string, words: WordLists, lang: RuleLang, within: readonly string[]): Choice {
  const parts = entry.trim().split(/\s+/).filter(Boolean);
  if (parts.length === 0) throw new PatternError(`<${within.at(-1)}> has an empty entry`);
  const loose = parts.find(
    (part) => /^\.\.(?!\.)|^[\^$@[\]]$/.test(part) || (/.\?$/.test(part) && !/^[!?]+$/.test(part)),
  );
  if (loose) throw new PatternError(`<${within.at(-1)}>: an entry has no ${loose}`);
  const choices = parts.map((part) => parseElement(part, words, lang, within));
  return choices.length === 1 ? (choices[0] as Choice) : { singles: [], rows: [choices] };
}
