import type { Content } from '@evenkeel/language/content/content';
import { particularsIn } from '@evenkeel/language/content/facts';
import { sharedThings, sumOf } from '@evenkeel/language/content/likeness';
import { isOfWhatIs, isRestating } from './claims.ts';
import { type Against, type Said, thingsIn } from './contradictions.ts';
import { contentIn, covers, isOneInOrder, withoutNumbers } from './held.ts';
import { isOneUse, sumsIn } from './sums.ts';

/** A line of a message, as far as it can name another sum or day. */
export type FigureLine = {
  readonly quote: string;
  readonly side: 'ours' | 'theirs';
  /** On which its message was written. */
  readonly day: string;
};

/**
 * Which figure of a sentence can be held against lines of messages, and about which thing.
 *
 * @property isOver it tells on which day something was, and not for which it was meant
 * @property thing without sums, days and what is said of money and time
 */
export type Figure = {
  readonly says: Extract<Against, 'sum' | 'date'>;
  readonly key: string;
  readonly isOver: boolean;
  readonly thing: Content;
  readonly side: 'ours' | 'theirs';
};

/** What is said of money or of a day, whatever the thing is. */
const OF_FIGURES =
  /^(?:vat|plus|cost\p{L}*|price\p{L}*|pay\p{L}*|paid|c[oa]me|amount\p{L}*|total|charg\p{L}*|ask\p{L}*|due|deadline|promis\p{L}*|agree\p{L}*|open|until|plan\p{L}*|schedul\p{L}*|заплан\p{L}*|назнач\p{L}*|suunnit\p{L}*|ндс|плюс|сто(?:ит|ил\p{L}*|ят)|обош\p{L}*|цен\p{L}*|взял\p{L}*|оплат\p{L}*|плат\p{L}*|срок\p{L}*|обеща\p{L}*|жд(?:[её]м|али)|проси\p{L}*|должен|должн\p{L}*|alv|maks\p{L}*|hin(?:ta|nan|taa|naksi)|kustan\p{L}*|eräpäiv\p{L}*|lupa\p{L}*|per|piti|euro\p{L}*)$/iu;

/** The one sum of a sentence that states a price or a debt, or the one day that it says was meant; else null. */
export function figureIn({ telling, sums, date, isOver, content, quote, claim }: Said): Figure | null {
  if (!telling || claim || !isOfWhatIs(quote)) return null;
  const thing = thingsIn(withoutNumbers(content)).filter(({ words }) => !OF_FIGURES.test(words));
  if (thing.every(({ weight }) => weight < 1)) return null;
  const [sum, ...more] = sums;
  const isMeant = telling.restates || telling.isTheirs || MEANT.test(quote);
  const isTold = isOver && thing.length >= LEAST_OF_WHAT_WAS;
  if (date !== null && (isMeant || isTold)) {
    const named = content.filter(({ particular }) => particular === 'sum');
    const side = telling.isTheirs ? 'theirs' : 'ours';
    const key = date.slice('yyyy-'.length);
    return { says: 'date', key, isOver: !isMeant, thing: [...named, ...thing], side };
  }
  if (!sum || more.length > 0 || telling.isTheirs) return null;
  const key = `${sum.key} ${sum.currency} ${sum.per}`;
  return { says: 'sum', key, isOver: false, thing, side: 'ours' };
}

/** Of one word only, many lines are about it and few about what happened. */
const LEAST_OF_WHAT_WAS = 2;

const MEANT =
  /(?<!\p{L})(?:due|deadline|open until|срок\p{L}*|просили|ждали|eräpäivä\p{L}*|määräaika|pyysimme|odotimme)(?!\p{L})/iu;

/** How near in weight to the line that is most about the thing others have to be to speak for it too. */
const NEARLY_AS_NEAR = 0.75;

/**
 * The line that names another figure for the same thing. Nothing is held against a figure that any line about the thing
 * names too, nor where those that are most about it name several.
 */
export function lineWithAnother<L extends FigureLine>(
  said: Said,
  figure: Figure,
  lines: readonly L[],
): L | null {
  const about = lines
    .filter(({ quote }) => isOneInOrder(said.quote, quote) && isOneInOrder(quote, said.quote))
    .map((line) => ({ line, content: contentIn(line.quote), figures: figuresIn(figure.says, line.quote) }))
    .filter(({ content }) => covers(content, figure.thing));
  if (about.some(({ line, figures }) => figures.has(figure.key) || isItsDay(figure, line))) return null;
  const naming = about
    .filter(({ line, figures }) => figures.size === 1 && speaksFor(said, figure, line, [...figures][0]!))
    .map((one) => ({ ...one, near: nearness(one.content, figure.thing) }))
    .toSorted((one, other) => other.near - one.near);
  const nearest = naming.filter(({ near }) => near >= NEARLY_AS_NEAR * naming[0]!.near);
  const isOne = new Set(nearest.flatMap(({ figures }) => [...figures])).size === 1;
  return isOne ? nearest[0]!.line : null;
}

function figuresIn(says: Figure['says'], text: string): ReadonlySet<string> {
  if (says === 'sum')
    return new Set(sumsIn(text).map(({ key, currency, per }) => `${key} ${currency} ${per}`));
  const days = particularsIn(text).filter(({ kind }) => kind === 'date');
  return new Set(days.map(({ key }) => key.slice('date:'.length)));
}

/** What was said or done on a day is often told by the day of its letter. */
function isItsDay({ says, key }: Figure, { day }: FigureLine): boolean {
  return says === 'date' && day.endsWith(key);
}

function speaksFor(
  said: Said,
  { says, isOver, side, thing }: Figure,
  line: FigureLine,
  named: string,
): boolean {
  const { quote } = line;
  // What has a number of its own, such as an invoice, is no wish of theirs.
  const isNumbered = says === 'sum' && thing.some(({ particular }) => particular !== null);
  const isRetold = says === 'date' && side === 'theirs' && isRestating(quote);
  if (
    (line.side !== side && !isNumbered && !isRetold && !isOver) ||
    /\?["”»’)\s]*$/u.test(quote) ||
    !isOfWhatIs(quote)
  )
    return false;
  if (says === 'sum')
    return isOneUse(said.quote, quote) && sumsIn(said.quote)[0]!.per === sumsIn(quote)[0]!.per;
  // A day before the letter tells what was; only a day to come was meant.
  const isDue = DUE_DAY.test(quote);
  // When it was to be paid and when it was are two days.
  if (isOver && DUE_DAY.test(said.quote) !== isDue) return false;
  if (isOver && PAID.test(said.quote) !== PAID.test(quote)) return false;
  const isOneDay = DUE_DAY.test(said.quote) ? isDue || sumsIn(quote).length > 0 : !isDue;
  return isOneDay && (isRetold || isOver || named >= line.day.slice('yyyy-'.length));
}

const PAID =
  /(?<!\p{L})(?:paid|received|оплачен\p{L}*|оплатил\p{L}*|заплатил\p{L}*|lähti|saapui|maksettiin|maksettu|maksoi\p{L}*)(?!\p{L})/iu;

const DUE_DAY =
  /(?<!\p{L})(?:due|payable|paid?|срок\p{L}*|оплат\p{L}*|eräpäivä\p{L}*|erääntyy|maks\p{L}*)(?!\p{L})/iu;

/** 1 where a line is about nothing else. */
function nearness(content: Content, thing: Content): number {
  const bare = thingsIn(withoutNumbers(content)).filter(({ words }) => !OF_FIGURES.test(words));
  return sumOf(sharedThings(thing, content)) / Math.max(1, sumOf(bare));
}
