import type { Content } from '@evenkeel/language/content/content';
import { particularsIn } from '@evenkeel/language/content/facts';
import { sharedThings, sumOf } from '@evenkeel/language/content/likeness';
import { type Calendar, localOf } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { linesAbout } from '../../point/evidence.actions.ts';
import type { Found as Line } from '../../point/evidence.ts';
import type { Message } from '../../signal/asks.actions.ts';
import type { RecordLine } from '../../signal/draft-record.ts';
import type { Reader } from '../../signal/reader.ts';
import { type Denied, isHandedOver, lineThat } from './claims.ts';
import type { Against, Contradiction, Said } from './contradictions.ts';
import { type Figure, figureIn, lineWithAnother } from './figures.ts';
import { contentIn, covers, isOneInOrder } from './held.ts';

const LEAD_SHOWN = 160;

type Speaks = { readonly says: Against; readonly line: RecordLine };

/**
 * Looks for the line of the record that speaks against a sentence: what we wrote, what they sent. Messages are searched
 * only for what is denied, affirmed or promised, where a line counts only if it does what is denied, and for another sum
 * or day than the one that is named.
 */
export function searchLines(
  reader: Reader,
  calendar: Calendar,
  messages: () => Promise<readonly Message[]>,
): (said: Said) => Promise<Contradiction | null> {
  return async (said) => {
    const figure = figureIn(said);
    const other = figure && (await otherFigure(said, figure, await messages(), calendar));
    if (other) return other;
    const about = aboutOf(said);
    if (about.length === 0) return null;
    const onDay = await sentOnDay(said, about, messages, calendar);
    const lines = onDay ? [] : await linesCovering(said, about, await messages());
    const found = onDay ?? (await speaking(reader, said, lines)) ?? (await refusedSum(said, about, messages));
    const { start, end, quote } = said;
    return found && { start, end, quote, ...found, isQuotable: true };
  };
}

async function otherFigure(
  said: Said,
  figure: Figure,
  messages: readonly Message[],
  calendar: Calendar,
): Promise<Contradiction | null> {
  const lines = await linesAbout(figure.thing, messages, () => false);
  const days = lines.map((line) => ({ ...line, day: localOf(calendar, line.at as Instant).date }));
  const found = spoken(figure.says, lineWithAnother(said, figure, days) ?? undefined);
  const { start, end, quote } = said;
  return found && { start, end, quote, ...found, isQuotable: true };
}

/** What is looked for; nothing where no line could speak against it. */
function aboutOf({ claim, about, isPromise, telling, content }: Said): Content {
  if (claim) return claim.does === 'deny' || claim.does === 'affirm-agreed' ? about : [];
  return isPromise && telling ? content : [];
}

async function linesCovering(
  { quote: sentence }: Said,
  about: Content,
  messages: readonly Message[],
): Promise<readonly Line[]> {
  const lines = await linesAbout(about, messages, () => false);
  return lines.filter(({ quote }) => isOneInOrder(sentence, quote) && covers(contentIn(quote), about));
}

/** "We did not get your mail of 4 May": any message of theirs of that day. */
async function sentOnDay(
  { claim, date }: Said,
  about: Content,
  messages: () => Promise<readonly Message[]>,
  calendar: Calendar,
): Promise<Speaks | null> {
  const isOnlyDay = about.every(({ particular }) => particular === 'date');
  if (claim?.does !== 'deny' || claim.denied !== 'received' || date === null || !isOnlyDay) return null;
  const sent = (await messages()).find(
    ({ side, isTimed, at }) => side === 'theirs' && isTimed && localOf(calendar, at).date === date,
  );
  if (!sent) return null;
  const { interactionId, at, side, text } = sent;
  const quote = text.slice(0, LEAD_SHOWN).trim();
  return {
    says: 'denied-receipt',
    line: { what: 'message', number: null, side, quote, at, interactionId, start: 0, end: quote.length },
  };
}

async function speaking(reader: Reader, said: Said, lines: readonly Line[]): Promise<Speaks | null> {
  const { claim } = said;
  const of: Of = (side, does) => lines.filter((line) => line.side === side && does(line.quote, line.words));
  if (!claim) return spoken('refused', of('ours', lineThat.isRefusedByUs).at(-1));
  if (claim.does === 'deny') return spoken(...(await denied(reader, claim.denied, said, of)));
  const refused = of('theirs', lineThat.isRefusedByThem).at(-1);
  const isTakenBack = of('theirs', lineThat.agrees).some(({ at }) => refused && at > refused.at);
  return isTakenBack ? null : spoken('refused', refused);
}

/** A sum that they refused, in whatever words they spoke of the thing; a yes that came later takes it back. */
async function refusedSum(
  { claim }: Said,
  about: Content,
  messages: () => Promise<readonly Message[]>,
): Promise<Speaks | null> {
  const sums = about.filter(({ particular }) => particular === 'sum');
  if (claim?.does !== 'affirm-agreed' || sums.length === 0) return null;
  const theirs = (await linesAbout(sums, await messages(), () => false)).filter(
    ({ side }) => side === 'theirs',
  );
  const refused = theirs.findLast(({ quote }) => lineThat.isRefusedByThem(quote));
  const isTakenBack = theirs.some(({ quote, at }) => refused && at > refused.at && lineThat.agrees(quote));
  return isTakenBack ? null : spoken('refused', refused);
}

type Of = (side: Line['side'], does: (line: string, about: readonly string[]) => boolean) => readonly Line[];

async function denied(
  reader: Reader,
  what: Denied,
  said: Said,
  of: Of,
): Promise<[Against, Line | undefined]> {
  switch (what) {
    case 'promised':
      return ['denied-promise', await firstPromise(reader, said, of('ours', lineThat.states))];
    case 'agreed':
      return ['denied-agreement', of('ours', lineThat.agrees)[0]];
    case 'received':
      return ['denied-receipt', of('theirs', lineThat.sends)[0]];
    case 'offered':
      return ['denied-promise', of('ours', lineThat.states)[0]];
    case 'said':
      return ['denied-words', of('ours', lineThat.states)[0]];
    case 'told': {
      const does = isHandedOver(said.quote) ? lineThat.sends : lineThat.isSaid;
      return ['denied-telling', of('theirs', does)[0] ?? of('ours', lineThat.retells)[0]];
    }
  }
}

/**
 * What the language engine reads as a promise is one, and what we stated of ourselves nearly word for word, or for a day to come.
 */
async function firstPromise(
  reader: Reader,
  { about }: Said,
  lines: readonly Line[],
): Promise<Line | undefined> {
  if (lines.length === 0) return undefined;
  const stated = lines.find(
    ({ quote, at }) =>
      (about.length >= WORD_FOR_WORD && coversAll(contentIn(quote), about)) ||
      (isAhead(quote, at) && isMostlyAbout(contentIn(quote), about)),
  );
  if (stated) return stated;
  const texts = lines.map(({ quote }) => quote);
  const read = await reader.read('ours', { texts, profile: null, off: [] });
  return lines.find((_, i) => read[i]!.promised.length + read[i]!.announced.length > 0);
}

const WORD_FOR_WORD = 3;

function coversAll(content: Content, about: Content): boolean {
  return sumOf(sharedThings(about, content)) >= sumOf(about) - BROADEST;
}

/** So much may lack of what is said nearly word for word. */
const BROADEST = 0.5;

/** A line of an offer in parts speaks of many things. */
function isMostlyAbout(content: Content, about: Content): boolean {
  return sumOf(sharedThings(about, content)) >= MOSTLY * sumOf(content);
}

const MOSTLY = 0.34;

/** Whether a line names a day that lay ahead when it was written. */
function isAhead(quote: string, at: string): boolean {
  const days = particularsIn(quote).filter(({ kind }) => kind === 'date');
  return days.some(({ key }) => key.slice('date:'.length) > at.slice('yyyy-'.length, 10));
}

function spoken(says: Against, line: Line | undefined): Speaks | null {
  if (!line) return null;
  const { interactionId, at, side, start, end, quote } = line;
  return { says, line: { what: 'message', number: null, side, quote, at, interactionId, start, end } };
}
