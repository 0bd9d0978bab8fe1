import type { Side } from './commitment-cites.ts';
import { type DateSaid, dateSaid, type SaidOn } from './commitment-dates.ts';

/** A stretch of a text, in UTF-16 code units. */
export type Stretch = { readonly start: number; readonly end: number };

/** What looks like a promise in somebody's words. It is proposed; only a person makes it one. */
export type Proposal = Stretch & {
  readonly side: Side;
  readonly quote: string;
  /** The day it was promised for, when the words can mean no other; `unclear` asks. */
  readonly said: DateSaid | null;
  /** Which rule of the language engine saw it. */
  readonly why: string;
};

export type SaidText = {
  readonly side: Side;
  readonly text: string;
  /** Where quoted history begins; nothing behind it is this writer's. */
  readonly quotedFrom: number | null;
};

/** What the language engine found. */
export type Seen = Stretch & { readonly why: string };

/**
 * What the language engine found in one text.
 *
 * @property promised words that promise by themselves
 * @property withADay words that promise where a day stands beside them
 * @property unwelcome words that announce something nobody wants
 */
export type Found = {
  readonly promised: readonly Seen[];
  readonly withADay: readonly Seen[];
  readonly unwelcome: readonly Stretch[];
};

/** The sentences of a text that promise, in their order, without those that threaten. */
export function proposalsIn(
  { side, text, quotedFrom }: SaidText,
  { promised, withADay, unwelcome }: Found,
  on: SaidOn,
): readonly Proposal[] {
  const own = text.slice(0, quotedFrom ?? text.length);
  return sentencesOf(own).flatMap((sentence) => {
    const quote = own.slice(sentence.start, sentence.end);
    if (quote.endsWith('?') || isQuoted(own, sentence.start) || unwelcome.some((one) => meets(one, sentence)))
      return [];
    const said = dateSaid(quote, on);
    const seen = [...promised, ...(said ? withADay : [])].find((one) => meets(one, sentence));
    return seen ? [{ ...sentence, side, quote, said, why: seen.why }] : [];
  });
}

function meets(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end;
}

function isQuoted(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1);
  return line.trimStart().startsWith('>');
}

/** The dot in `18.5.` and `16.00`, and the one before a month's name, end no sentence. */
const END = /[!?…]+|\n+|\.+(?!\p{N})(?!\s+\p{Ll})/gu;

/** Sentences and lines, without the space around them. */
export function sentencesOf(text: string): readonly Stretch[] {
  const sentences: Stretch[] = [];
  let from = 0;
  for (const end of [...text.matchAll(END)]
    .map((match) => match.index + match[0].length)
    .concat(text.length)) {
    const raw = text.slice(from, end);
    const start = from + raw.length - raw.trimStart().length;
    const last = from + raw.trimEnd().length;
    if (start < last) sentences.push({ start, end: last });
    from = end;
  }
  return sentences;
}
