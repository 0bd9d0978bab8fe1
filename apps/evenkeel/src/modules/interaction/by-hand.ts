import { type Instant, instantOf, type Stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { PartyId } from '../party/party.ts';
import type { Attaching } from './attached.ts';
import type { Consent } from './consent.ts';
import type { Direction, InteractionId, InteractionKind } from './interaction.ts';
import type { Parts, Span } from './parts.ts';
import type { PrivilegeWish } from './privilege.ts';

/** Something that happened, as a person states it. */
export type ByHand = {
  readonly kind: InteractionKind;
  /** Null where nobody called or wrote to the other: a meeting, a session. */
  readonly direction: Direction | null;
  readonly partyIds: readonly PartyId[];
  /** People who are not known yet; they become contacts. */
  readonly newParties?: readonly { readonly name: string; readonly identifier: string | null }[];
  readonly at: Stated;
  /** IANA name of the zone in which `at` was stated. */
  readonly zone?: string | null;
  readonly durationMin: number | null;
  readonly channel: string | null;
  /** Who took part, by name. */
  readonly people: readonly string[];
  readonly subject: string | null;
  readonly text: string;
  /** What the other side said, word for word. */
  readonly quotes: readonly string[];
  readonly outcome: string | null;
  /** Bytes that existed before, such as a letter that was handed over; otherwise the words themselves are the original. */
  readonly original?: { readonly bytes: Uint8Array; readonly mediaType: string };
  readonly attachments: readonly Attaching[];
  /** Who was on the call and where, when a recording of it is attached. */
  readonly consent?: Consent | null;
  /** The record by hand that this one corrects; both stay. */
  readonly corrects?: InteractionId | null;
  /** Said when it is written: it stays with us. */
  readonly privilege?: PrivilegeWish | null;
  /** The session it was noted in, and the id that the page gave it when it was noted. */
  readonly live?: { readonly id: InteractionId; readonly session: string };
};

/** Where the words of a live session lay before they were kept. */
export const LIVE_CONTAINER = 'live session';

export type StatedRefusal =
  | 'nothing-noted'
  | 'time-in-future'
  | 'end-before-start'
  | 'zone-unknown'
  | 'zone-contradicts'
  | 'party-needed';

/** Clocks of two machines may differ by so much; what is further ahead has not happened. */
const CLOCKS_DIFFER_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/** Decides whether what was stated can be so; the words themselves are never judged. */
export function decideStated(wish: ByHand, now: Instant): Outcome<null, StatedRefusal> {
  if (isEmpty(wish)) return refuse('nothing-noted');
  if (wish.partyIds.length + (wish.newParties?.length ?? 0) === 0) return refuse('party-needed');
  return decideTimes(wish, now);
}

function isEmpty({ text, quotes, outcome, attachments, original }: ByHand): boolean {
  const words = [text, ...quotes, outcome ?? ''];
  return !original && attachments.length === 0 && words.every((part) => part.trim() === '');
}

function decideTimes(
  { at, zone, durationMin }: Pick<ByHand, 'at' | 'zone' | 'durationMin'>,
  now: Instant,
): Outcome<null, StatedRefusal> {
  if (durationMin !== null && durationMin < 0) return refuse('end-before-start');
  const latest = instantOf(Date.parse(now) + CLOCKS_DIFFER_MS);
  const end = instantOf(Date.parse(at.at) + (durationMin ?? 0) * MINUTE_MS);
  if (end > latest) return refuse('time-in-future', { at: at.at });
  if (!zone) return accept(null);
  const offset = offsetIn(zone, at.at);
  if (offset === null) return refuse('zone-unknown', { zone });
  return offset === at.offsetMin ? accept(null) : refuse('zone-contradicts', { zone });
}

/** Minutes east of UTC; null when nobody knows the zone. */
function offsetIn(zone: string, at: Instant): number | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
    if (sign === undefined) return 0;
    return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  } catch {
    return null;
  }
}

const BETWEEN = '\n\n';

/** The words as they are kept: what was noted, what was said in quotation marks, what came of it. Nothing is added to them. */
export function wordsOf({ text, quotes, outcome }: Pick<ByHand, 'text' | 'quotes' | 'outcome'>): {
  readonly words: string;
  readonly parts: Parts;
} {
  let words = '';
  const add = (part: string, [open, close] = ['', '']): Span => {
    if (words !== '') words += BETWEEN;
    const start = words.length + open!.length;
    words += `${open}${part.toWellFormed()}${close}`;
    return { start, end: start + part.length };
  };
  const isSaid = (part: string | null): part is string => part !== null && part.trim() !== '';
  const parts = {
    text: isSaid(text) ? add(text) : null,
    quotes: quotes.filter(isSaid).map((quote) => add(quote, ['“', '”'])),
    outcome: isSaid(outcome) ? add(outcome) : null,
  };
  return { words, parts };
}

/** Kinds whose text is what was written to the other; in the others it is our own note of what happened. */
const WRITTEN: readonly InteractionKind[] = ['message', 'document'];

/** Whose words are whose: quotes are theirs, a letter is its writer's, and a note of ours was said to nobody. */
export function sidesOf(
  kind: InteractionKind,
  direction: Direction | null,
  { text, quotes }: Parts,
): { readonly theirs: readonly Span[]; readonly ours: readonly Span[] } {
  const written = text && WRITTEN.includes(kind) ? [text] : [];
  return {
    theirs: [...(direction === 'inbound' ? written : []), ...quotes],
    ours: direction === 'outbound' ? written : [],
  };
}
