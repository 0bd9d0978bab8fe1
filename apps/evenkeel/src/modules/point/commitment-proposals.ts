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
  /** Which rule of the language engine saw it; null when the words beside a date did. */
  readonly why: string | null;
};

export type SaidText = {
  readonly side: Side;
  readonly text: string;
  /** Where quoted history begins; nothing behind it is this writer's. */
  readonly quotedFrom: number | null;
};

/** What the language engine found: a promise, or words that announce something nobody wants. */
export type Seen = Stretch & { readonly why: string };

/**
 * Words that promise beside a date, in the three languages, for what the engine's packs do not know: they were made for
 * our own drafts and know little of what a client promises, such as to pay.
 */
const PROMISES =
  /(?<!\p{L})(?:(?:i|we)(?:['’]ll| will(?! not)| shall(?! not)|['’]m going to|['’]re going to| am going to| are going to)|you(?:['’]ll| will) (?:have|get|receive|be paid)|will be (?:paid|sent|transferred|delivered|ready|done|fixed|with you|on your account|in your account))(?!\p{L})|(?<!\p{L})(?<!не\s)(?:оплачу|оплатим|заплачу|заплатим|пришлю|пришл[её]м|отправлю|отправим|вышлю|вышлем|перечислю|перечислим|перевед(?:у|[её]м)|сделаю|сделаем|подготовлю|подготовим|передам|передадим|верну|верн[её]м|позвоню|позвоним|отвечу|ответим|исправлю|исправим|предоставлю|предоставим|(?:будет|будут) (?:оплачен|отправлен|готов|переведен|исправлен)\p{L}*)(?!\p{L})|(?<!\p{L})(?:maksa(?:n|mme)|lähetä(?:n|mme)|toimita(?:n|mme)|korjaa(?:n|mme)|palauta(?:n|mme)|soita(?:n|mme)|vastaa(?:n|mme)|hoida(?:n|mme)|tee(?:n|mme)|siirrä(?:n|mme)|saatte?)(?!\p{L})/iu;

/** The sentences of a text that promise, in their order, without those that threaten. */
export function proposalsIn(
  { side, text, quotedFrom }: SaidText,
  promised: readonly Seen[],
  announced: readonly Stretch[],
  on: SaidOn,
): readonly Proposal[] {
  const own = text.slice(0, quotedFrom ?? text.length);
  return sentencesOf(own).flatMap((sentence) => {
    const quote = own.slice(sentence.start, sentence.end);
    if (quote.endsWith('?') || isQuoted(own, sentence.start) || announced.some((one) => meets(one, sentence)))
      return [];
    const seen = promised.find((one) => meets(one, sentence));
    const said = dateSaid(quote, on);
    if (!seen && !(said && PROMISES.test(quote))) return [];
    return [{ ...sentence, side, quote, said, why: seen?.why ?? null }];
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
