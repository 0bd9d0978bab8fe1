import type { Content } from '@evenkeel/language/content/content';
import { type Calendar, localOf } from '../../../kernel/calendar.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { linesAbout } from '../../point/evidence.actions.ts';
import type { Found as Line } from '../../point/evidence.ts';
import { loadMessages, type Message } from '../../signal/asks.actions.ts';
import type { RecordLine } from '../../signal/draft-record.ts';
import type { Reader } from '../../signal/reader.ts';
import { type Denied, isHandedOver, lineThat } from './claims.ts';
import type { Against, Contradiction, Said } from './contradictions.ts';
import { contentIn, covers, isOneInOrder } from './held.ts';

/** So many of the newest messages are searched for what a draft denies; they are loaded when the first sentence needs them. */
const MESSAGES_SEARCHED = 2000;
const LEAD_SHOWN = 160;

type Speaks = { readonly says: Against; readonly line: RecordLine };

/**
 * Looks for the line of the record that speaks against a sentence: what we wrote, what they sent. Messages are searched
 * only for what is denied, affirmed or promised, and a line counts only where it does what is denied.
 */
export function searchLines(
  { db, workspaceId }: Ledger,
  reader: Reader,
  party: string,
  calendar: Calendar,
): (said: Said) => Promise<Contradiction | null> {
  let loading: Promise<readonly Message[]> | undefined;
  const messages = () => (loading ??= loadMessages(db, workspaceId, party, MESSAGES_SEARCHED));
  return async (said) => {
    const about = aboutOf(said);
    if (about.length === 0) return null;
    const onDay = await sentOnDay(said, about, messages, calendar);
    const lines = onDay ? [] : await linesCovering(said, about, await messages());
    const found = onDay ?? (await speaking(reader, said, lines));
    const { start, end, quote } = said;
    return found && { start, end, quote, ...found, isQuotable: true };
  };
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
  const { claim, quote } = said;
  const of = (side: Line['side'], does: (line: string) => boolean) =>
    lines.filter((line) => line.side === side && does(line.quote));
  if (!claim) return spoken('refused', of('ours', lineThat.isRefusedByUs).at(-1));
  if (claim.does === 'deny') return spoken(...(await denied(reader, claim.denied, quote, of)));
  const refused = of('theirs', lineThat.isRefusedByThem).at(-1);
  const isTakenBack = of('theirs', lineThat.agrees).some(({ at }) => refused && at > refused.at);
  return isTakenBack ? null : spoken('refused', refused);
}

type Of = (side: Line['side'], does: (line: string) => boolean) => readonly Line[];

async function denied(
  reader: Reader,
  what: Denied,
  sentence: string,
  of: Of,
): Promise<[Against, Line | undefined]> {
  switch (what) {
    case 'promised':
      return ['denied-promise', await firstPromise(reader, of('ours', lineThat.states))];
    case 'agreed':
      return ['denied-agreement', of('ours', lineThat.agrees)[0]];
    case 'received':
      return ['denied-receipt', of('theirs', lineThat.sends)[0]];
    case 'said':
      return ['denied-words', of('ours', lineThat.states)[0]];
    case 'told': {
      const does = isHandedOver(sentence) ? lineThat.sends : lineThat.isSaid;
      return ['denied-telling', of('theirs', does)[0]];
    }
  }
}

/** Only what the language engine reads as a promise is one. */
async function firstPromise(reader: Reader, lines: readonly Line[]): Promise<Line | undefined> {
  if (lines.length === 0) return undefined;
  const texts = lines.map(({ quote }) => quote);
  const read = await reader.read('ours', { texts, profile: null, off: [] });
  return lines.find((_, i) => read[i]!.promised.length + read[i]!.announced.length > 0);
}

function spoken(says: Against, line: Line | undefined): Speaks | null {
  if (!line) return null;
  const { interactionId, at, side, start, end, quote } = line;
  return { says, line: { what: 'message', number: null, side, quote, at, interactionId, start, end } };
}
