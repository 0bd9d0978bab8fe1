import type { RuleLang } from '../finding.ts';
import { normalise } from '../text/normalise.ts';
import { tokensOf } from '../text/tokens.ts';
import { splitForm } from './atoms.ts';

/** One way a single token can meet an element. */
export type Test =
  | { readonly how: 'exact' | 'prefix' | 'suffix' | 'stem'; readonly word: string }
  | { readonly how: 'class'; readonly word: ClassName };

/**
 * What an element stands for: any of `singles` over one token, any of `rows` over several, or what any of `others`
 * stands for. The same text is the same object.
 */
export type Choice = {
  readonly singles: readonly Test[];
  readonly rows: readonly (readonly Choice[])[];
  readonly others: readonly Choice[];
};

export type Step =
  | { readonly is: 'element'; readonly choice: Choice; readonly isOptional: boolean }
  | { readonly is: 'gap'; readonly most: number; readonly without: Choice | null }
  | { readonly is: 'start' | 'end' | 'open' | 'close' | 'span' };

const CLASS_NAMES = ['number', 'money', 'date', 'time', 'caps', 'masked', 'address'] as const;
export type ClassName = (typeof CLASS_NAMES)[number];

/** The entries of every word list of a language. */
export type WordLists = Readonly<Record<string, readonly string[]>>;

/** A pattern or list that cannot be read; the message is for the author of a pack. */
export class PatternError extends Error {}

/** Reads patterns and word lists. @throws PatternError */
export type PatternReader = {
  readonly pattern: (written: string) => readonly Step[];
  readonly list: (name: string) => Choice;
};

const MAX_ELEMENTS = 16;
const MAX_GAP = 8;
const DEFAULT_GAP = 3;
const MIN_AFFIX = 3;

/** Elements stand between spaces; `(one two|three)` is one element whose alternatives may have several words. */
const PARTS = /(?:\.\.\d?!)?\([^()]+\)\??|\S+/g;
const SIGNS: Readonly<Record<string, Step>> = {
  '^': { is: 'start' },
  $: { is: 'end' },
  '[': { is: 'open' },
  ']': { is: 'close' },
  '@': { is: 'span' },
};

/** A reader that reads each list and element once. */
export function createPatternReader(words: WordLists, lang: RuleLang): PatternReader {
  const choices = new Map<string, Choice>();
  /** Lists that are being read, so that lists that hold each other are refused. */
  const open: string[] = [];

  function pattern(written: string): readonly Step[] {
    const steps = (written.match(PARTS) ?? []).map(step);
    refuseLoose(steps);
    return steps;
  }

  function step(part: string): Step {
    const sign = SIGNS[part];
    if (sign) return sign;
    if (/^\.\.(?!\.)/.test(part)) return gap(part);
    const isOptional = part.length > 1 && part.endsWith('?') && !/^[!?]+$/.test(part);
    return { is: 'element', choice: element(isOptional ? part.slice(0, -1) : part), isOptional };
  }

  function gap(part: string): Step {
    const found = /^\.\.(\d?)(?:!(.+))?$/.exec(part);
    if (!found) throw new PatternError(`${part} is no gap: write .., ..n (n up to ${MAX_GAP}) or ..n!<list>`);
    const most = found[1] ? Number(found[1]) : DEFAULT_GAP;
    if (most > MAX_GAP || most === 0) throw new PatternError(`${part}: a gap is 1 to ${MAX_GAP} words long`);
    return { is: 'gap', most, without: found[2] ? element(found[2]) : null };
  }

  function element(written: string): Choice {
    const known = choices.get(written);
    if (known) return known;
    const choice = readElement(written);
    choices.set(written, choice);
    return choice;
  }

  function readElement(written: string): Choice {
    if (written === '|') return single('exact', '|');
    const group = /^\((.+)\)$/.exec(written);
    if (group) return union((group[1] as string).split('|'), entry);
    return written.includes('|') ? union(written.split('|'), element) : one(written);
  }

  /** Plain words, which most alternatives are, become tests of one choice without a choice of their own. */
  function union(written: readonly string[], read: (one: string) => Choice): Choice {
    const singles: Test[] = [];
    const rows: (readonly Choice[])[] = [];
    const others: Choice[] = [];
    for (const alternative of written) {
      const plain = plainTest(alternative, lang);
      if (plain) singles.push(plain);
      else {
        const choice = read(alternative);
        if (choice.others.length === 0 && choice.rows.length === 0) singles.push(...choice.singles);
        else if (choice.others.length === 0 && choice.singles.length === 0) rows.push(...choice.rows);
        else others.push(choice);
      }
    }
    return { singles, rows, others };
  }

  function one(written: string): Choice {
    if (written === '') throw new PatternError('an empty alternative');
    const name = /^<(.+)>$/.exec(written)?.[1];
    if (name !== undefined) return list(name);
    if (written === '#second') return list('you');
    if (/^#\p{L}/u.test(written)) return classOf(written.slice(1));
    if (/^[<>].|.[<>]$/.test(written)) throw new PatternError(`${written}: a list is written <name>`);
    if (written.startsWith('~') && written.length > 1) return single('stem', foldedWord(written.slice(1)));
    if (/^[^*].*\*$/.test(written) && !/[*].*\*$/.test(written)) return affix('prefix', written.slice(0, -1));
    if (/^\*[^*]+$/.test(written)) return affix('suffix', written.slice(1));
    return exact(written, lang);
  }

  function list(name: string): Choice {
    const entries = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!entries) throw new PatternError(`<${name}> is no word list`);
    if (open.includes(name)) throw new PatternError(`<${name}> holds itself`);
    const known = choices.get(`<${name}>`);
    if (known) return known;
    open.push(name);
    try {
      const choice = union(entries, entry);
      choices.set(`<${name}>`, choice);
      return choice;
    } finally {
      open.pop();
    }
  }

  /** An entry of a word list or an alternative in parentheses: one or several elements, without gaps. */
  function entry(written: string): Choice {
    const parts = written.trim().split(/\s+/).filter(Boolean);
    if (parts.length === 0) throw new PatternError('an empty alternative or entry');
    const loose = parts.find(isLoose);
    if (loose) throw new PatternError(`an entry or alternative has no ${loose}`);
    const row = parts.map(element);
    return row.length === 1 ? (row[0] as Choice) : { singles: [], rows: [row], others: [] };
  }

  return { pattern, list };
}

function isLoose(part: string): boolean {
  return /^\.\.(?!\.)|^[\^$@[\]]$/.test(part) || (/.\?$/.test(part) && !/^[!?]+$/.test(part));
}

function refuseLoose(steps: readonly Step[]): void {
  if (steps.filter(({ is }) => is === 'element').length > MAX_ELEMENTS)
    throw new PatternError(`more than ${MAX_ELEMENTS} elements`);
  const isAnchored = steps.some(
    (step) => step.is === 'span' || (step.is === 'element' && !step.isOptional && canAnchor(step.choice)),
  );
  if (!isAnchored)
    throw new PatternError('a pattern needs a word that is neither optional, a gap nor a #class');
  if (steps[0]?.is === 'gap' || steps.at(-1)?.is === 'gap')
    throw new PatternError('a gap at an end of the pattern says nothing');
  if (steps.some((step, at) => step.is === 'gap' && steps[at + 1]?.is === 'gap'))
    throw new PatternError('two gaps in a row; one of up to 8 does');
  const open = steps.findIndex(({ is }) => is === 'open');
  const close = steps.findIndex(({ is }) => is === 'close');
  if (open < 0 !== close < 0 || open > close) throw new PatternError('[ and ] come as a pair, [ first');
}

function canAnchor({ singles, rows, others }: Choice): boolean {
  return (
    singles.every(({ how }) => how !== 'class') &&
    rows.every((row) => row.some(canAnchor)) &&
    others.every(canAnchor)
  );
}

function plainTest(written: string, lang: RuleLang): Test | undefined {
  if (PLAIN.test(written))
    return lang === 'en' && splitForm(written) ? undefined : { how: 'exact', word: written };
  if (written.length > 1 && written.charCodeAt(0) === TILDE && PLAIN.test(written.slice(1)))
    return { how: 'stem', word: written.slice(1) };
  return undefined;
}

const TILDE = 126;

function single(how: 'exact' | 'prefix' | 'suffix' | 'stem', word: string): Choice {
  return { singles: [{ how, word }], rows: [], others: [] };
}

function affix(how: 'prefix' | 'suffix', written: string): Choice {
  const word = foldedWord(written);
  if (word.length < MIN_AFFIX)
    throw new PatternError(`${written}: a prefix or suffix has at least ${MIN_AFFIX} letters`);
  return single(how, word);
}

const PLAIN = /^[a-zа-яäöå]+$/;

function foldedWord(written: string): string {
  if (PLAIN.test(written)) return written;
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
  return { singles: [{ how: 'class', word: found }], rows: [], others: [] };
}

/** A word, or the words its hyphen or clitic joins, cut as a text is. */
function exact(written: string, lang: RuleLang): Choice {
  if (PLAIN.test(written) && (lang !== 'en' || splitForm(written) === undefined))
    return single('exact', written);
  const { text } = normalise(written);
  if (lang === 'en' && /^'(?:ll|m|re|ve|d|s)$/.test(text)) return single('exact', text);
  if (/^[!?]{2,}$/.test(text)) return single('exact', '!!');
  const forms = tokensOf(text, 0, text.length)
    .map(({ form }) => form)
    .filter((form) => form !== '-' || text === '-')
    .flatMap((form) => (lang === 'en' ? (splitForm(form) ?? [form]) : [form]));
  if (forms.length === 0) throw new PatternError(`${written} holds nothing a text could hold`);
  if (forms.length === 1) return single('exact', forms[0] as string);
  return { singles: [], rows: [forms.map((form) => single('exact', form))], others: [] };
}
