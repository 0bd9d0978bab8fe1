import { formOf } from '../text/forms.ts';
import { isSingle, spacedEnd } from '../text/merge.ts';
import { type Normalised, sourceEnd, sourceStart } from '../text/normalise.ts';
import type { Sentence } from '../text/sentences.ts';
import { CAPS, PUNCTUATION, type Token, WORD } from '../text/tokens.ts';
import type { Anchor } from './compile.ts';
import type { Entry, Vocabulary } from './vocabulary.ts';

/** A sentence as the rules of one language see it; offsets count units of the folded text. */
export type Line = {
  readonly entries: Entry<Anchor>[];
  readonly kinds: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly isQuestion: boolean;
  /** Bits of all its tokens. */
  kindsOfAll: number;
};

/** Looks every token up; contractions become two tokens, letters set apart become the word they spell. */
export function lineOf(sentence: Sentence, normalised: Normalised, vocabulary: Vocabulary<Anchor>): Line {
  const line: Line = {
    entries: [],
    kinds: [],
    starts: [],
    ends: [],
    isQuestion: sentence.isQuestion,
    kindsOfAll: 0,
  };
  const { tokens } = sentence;
  for (let at = 0; at < tokens.length; ) {
    const spelled = isSingle(tokens[at]) ? spelledOut(tokens, at, vocabulary) : undefined;
    if (spelled) {
      const last = tokens[spelled.end - 1] as Token;
      add(line, spelled.entry, WORD, (tokens[at] as Token).start, last.end);
      at = spelled.end;
      continue;
    }
    addToken(line, tokens[at] as Token, normalised, vocabulary);
    at += 1;
  }
  return line;
}

function add(line: Line, entry: Entry<Anchor>, kind: number, start: number, end: number): void {
  line.entries.push(entry);
  line.kinds.push(kind);
  line.kindsOfAll |= kind;
  line.starts.push(start);
  line.ends.push(end);
}

function addToken(line: Line, token: Token, normalised: Normalised, vocabulary: Vocabulary<Anchor>): void {
  const entry = vocabulary.entryOf(token.known);
  const kind = isCapitals(token, normalised) ? token.kind | CAPS : token.kind;
  if (entry.split === undefined) {
    add(line, entry, kind, token.start, token.end);
    return;
  }
  const [host, clitic] = entry.split;
  const cut = Math.max(
    token.start + 1,
    token.end - clitic.replace(token.form.includes("'") ? '' : "'", '').length,
  );
  add(line, vocabulary.entryOf(formOf(host)), kind, token.start, cut);
  add(line, vocabulary.entryOf(formOf(clitic)), kind, cut, token.end);
}

const MIN_SPELLED = 3;

/** A word written letter by letter counts only where a rule knows the word: Russian has words of one letter. */
function spelledOut(tokens: readonly Token[], at: number, vocabulary: Vocabulary<Anchor>) {
  const end = spacedEnd(tokens, at);
  if (end - at < MIN_SPELLED) return undefined;
  const letters = tokens.slice(at, end).filter(({ kind }) => (kind & PUNCTUATION) === 0);
  if (letters.length < MIN_SPELLED) return undefined;
  const entry = vocabulary.entryOf(formOf(letters.map(({ form }) => form).join('')));
  return entry.atoms.length > 0 ? { entry, end } : undefined;
}

const MIN_CAPITALS = 3;

function isCapitals(token: Token, normalised: Normalised): boolean {
  if ((token.kind & PUNCTUATION) !== 0 || token.end - token.start < MIN_CAPITALS) return false;
  const { source, text, starts } = normalised;
  if (starts === null && source.charCodeAt(token.start + 1) === text.charCodeAt(token.start + 1))
    return false;
  const written = source.slice(sourceStart(normalised, token.start), sourceEnd(normalised, token.end));
  return /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(written) && written === written.toUpperCase();
}
