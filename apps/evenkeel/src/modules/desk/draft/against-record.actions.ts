import { particularsIn } from '@evenkeel/language/content/facts';
import { ownSentences } from '@evenkeel/language/content/own-sentences';
import { bandOf, type RuleLang } from '@evenkeel/language/finding';
import {
  addDays,
  addWorkingDays,
  type Calendar,
  endOfDay,
  type LocalDate,
  localOf,
  startOfDay,
} from '../../../kernel/calendar.ts';
import { type Instant, instantOf } from '../../../kernel/instant.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import { termsWith } from '../../agreement/terms.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { dateSaid } from '../../point/commitment-dates.ts';
import { pointsSaid } from '../../point/points-said.actions.ts';
import { promisesWith } from '../../point/promise-views.actions.ts';
import type { Message } from '../../signal/asks.actions.ts';
import { type Draft, type DraftFinding, type DraftRecord, OF_RECORD } from '../../signal/draft-record.ts';
import { busyAt } from '../../signal/own-calendar.actions.ts';
import type { OwnWords, Reader } from '../../signal/reader.ts';
import { mannerFor } from '../../signal/working.actions.ts';
import {
  type Contradiction,
  contradictionOf,
  isWorthComparing,
  type Said,
  saidIn,
} from './contradictions.ts';
import type { Held, HeldPoint } from './held.ts';
import { agreedWords, groundOf, heldOfPromises, heldOfTerms, heldPoints } from './held-from.ts';
import { type DaySaid, type Ground, type Unheld, unheldIn } from './holds.ts';
import { searchLines } from './lines.actions.ts';
import { quotingPhrase, writtenDay } from './phrases.ts';

/** A reply is shorter; so much of a longer draft is compared. */
const COMPARED_UNITS = 20_000;
const SENTENCES_COMPARED = 200;

/** What this room says to a draft: {@link DraftRecord}. */
export const draftRecord: DraftRecord = {
  against: againstRecord,
  async agreed(ledger, party) {
    const terms = await termsWith(ledger, party);
    return terms.ok ? agreedWords(terms.value) : [];
  },
};

type DraftSentence = { readonly said: Said; readonly lang: RuleLang; readonly day: DaySaid | null };

/**
 * Where a draft to a client says otherwise than the record, and which of its promises the calendar or the agreement cannot
 * keep. Each finding quotes the line it rests on. Nothing of the draft is kept.
 */
async function againstRecord(
  ledger: Ledger,
  reader: Reader,
  { text, party, lang }: Draft,
  messages: () => Promise<readonly Message[]>,
): Promise<readonly DraftFinding[]> {
  const [calendar, manner] = await Promise.all([calendarFor(ledger, party), mannerFor(ledger, party)]);
  const compared = text.slice(0, COMPARED_UNITS);
  const [own] = await reader.read('ours', { texts: [compared], ...manner });
  const today = localOf(calendar, ledger.chance.now()).date;
  const sentences = ownSentences(compared)
    .slice(0, SENTENCES_COMPARED)
    .map((sentence) => readSentence(sentence, own, calendar, today, lang))
    .filter(({ said }) => isWorthComparing(said));
  if (sentences.length === 0) return [];
  const { held, points, ground } = await recordOf(ledger, party, calendar, sentences);
  const searched = searchLines(reader, calendar, messages);
  const unquotable = new Set(held.filter((one) => !one.isQuotable).map(({ line }) => line.interactionId));
  const findings: DraftFinding[] = [];
  for (const { said, lang: spoken, day } of sentences) {
    const found = contradictionOf(said, held, points) ?? (await searched(said));
    if (found) findings.push(contradictionFinding(found, spoken, calendar.zone, unquotable));
    const unheld = found ? null : unheldIn(said, day, ground);
    if (unheld) findings.push(unheldFinding(unheld, spoken));
  }
  return findings;
}

function readSentence(
  sentence: ReturnType<typeof ownSentences>[number],
  own: OwnWords | undefined,
  calendar: Calendar,
  today: LocalDate,
  given: RuleLang | null,
): DraftSentence {
  const { start, end, quote } = sentence;
  const meets = (one: { start: number; end: number }) => one.start < end && start < one.end;
  const read = dateSaid(quote, {
    date: today,
    plusWorkingDays: (date, days) => addWorkingDays(calendar, date, days),
  });
  const day = read?.is === 'read' ? placed(sentence, read) : null;
  const isPromise =
    own !== undefined && (own.promised.some(meets) || (read !== null && own.announced.some(meets)));
  const date = dayMeant(day?.date ?? null, dayNamed(quote, today));
  const said = saidIn(sentence, { date, isOver: date !== null && date < today, isPromise });
  const spoken = sentence.lang === 'simple' ? (given ?? 'en') : sentence.lang;
  return { said, day, lang: spoken as RuleLang };
}

function placed(
  sentence: { readonly start: number; readonly quote: string },
  { date, time, words }: { readonly date: LocalDate; readonly time: string | null; readonly words: string },
): DaySaid {
  const start = sentence.start + Math.max(0, sentence.quote.indexOf(words));
  return { date, time, start, end: start + words.length, quote: words };
}

/** "Monday 25 May" said in August is that day, and not the Monday that comes. */
function dayMeant(ahead: LocalDate | null, named: LocalDate | null): LocalDate | null {
  const isOne = ahead === null || named === null || ahead.slice('yyyy'.length) === named.slice('yyyy'.length);
  return isOne ? (ahead ?? named) : named;
}

/** The one day of this year that a sentence names, also one that is past. */
function dayNamed(quote: string, today: LocalDate): LocalDate | null {
  const days = particularsIn(quote).filter(({ kind }) => kind === 'date');
  return days.length === 1
    ? (`${today.slice(0, 4)}-${days[0]!.key.slice('date:'.length)}` as LocalDate)
    : null;
}

async function recordOf(
  ledger: Ledger,
  party: string,
  calendar: Calendar,
  sentences: readonly DraftSentence[],
): Promise<{ held: readonly Held[]; points: readonly HeldPoint[]; ground: Ground }> {
  const [promises, terms, points, isBusy] = await Promise.all([
    promisesWith(ledger, party),
    termsWith(ledger, party),
    pointsSaid(ledger, party),
    busyDays(ledger, calendar, sentences),
  ]);
  const ofTerms = terms.ok ? terms.value : null;
  const held = [
    ...(promises.ok ? heldOfPromises(promises.value) : []),
    ...(ofTerms ? heldOfTerms(ofTerms) : []),
  ];
  return {
    held,
    points: heldPoints(points),
    ground: { calendar, isBusy, ...groundOf(ofTerms) },
  };
}

const WEEKS_AHEAD = 6;

/** The days on which our own calendars have the whole day taken, from the first promised one on. */
async function busyDays(
  ledger: Ledger,
  calendar: Calendar,
  sentences: readonly DraftSentence[],
): Promise<Ground['isBusy']> {
  const days = sentences.flatMap(({ day }) => (day ? [day.date] : [])).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return () => false;
  const until = addDays(last, 7 * WEEKS_AHEAD);
  const times = await busyAt(ledger, startOfDay(calendar, first), endOfDay(calendar, until));
  const whole = times.filter(({ isWholeDay }) => isWholeDay);
  return (date) => {
    const middle = midday(calendar, date);
    return whole.some(({ startsAt, endsAt }) => startsAt <= middle && middle < endsAt);
  };
}

const HALF_A_DAY_MS = 12 * 3_600_000;

function midday(calendar: Calendar, date: LocalDate): Instant {
  return instantOf(Date.parse(startOfDay(calendar, date)) + HALF_A_DAY_MS);
}

/** @param unquotable messages in which something was offered without prejudice: none of their words go into a reply */
function contradictionFinding(
  { start, end, quote, says, line, isQuotable }: Contradiction,
  lang: RuleLang,
  zone: string,
  unquotable: ReadonlySet<string | null>,
): DraftFinding {
  const phrase = isQuotable && !unquotable.has(line.interactionId) ? quotingPhrase(lang, zone, line) : null;
  return finding(
    { start, end, quote },
    { kind: 'contradiction', why: `${OF_RECORD}${says}`, phrase, record: line },
  );
}

/** What stands behind the second colon of `why` is a name, such as that of a holiday. */
function unheldFinding(
  { start, end, quote, says, named, better, line }: Unheld,
  lang: RuleLang,
): DraftFinding {
  const why = `${OF_RECORD}${says}${named === null ? '' : `: ${named}`}`;
  const phrase = better === null ? null : writtenDay(lang, better, quote);
  return finding({ start, end, quote }, { kind: 'over_promise', why, phrase, record: line });
}

const CONFIDENCE = 0.85;

function finding(
  place: Pick<DraftFinding, 'start' | 'end' | 'quote'>,
  says: Pick<DraftFinding, 'kind' | 'why' | 'phrase' | 'record'>,
): DraftFinding {
  const made = { confidence: CONFIDENCE, band: bandOf(CONFIDENCE), pack: 'record', engine: 'record-1' };
  return { ...place, ...says, ...made, level: 'warning', instead: [] };
}
