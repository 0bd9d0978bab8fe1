import { CONDUCT } from '@evenkeel/language/conduct';
import type { Band, Finding, SignalKind } from '@evenkeel/language/finding';
import type { Brand, RecordId } from '../../kernel/brand.ts';
import { sha256 } from '../../kernel/sha256.ts';

export type SignalId = Brand<string, 'SignalId'>;

/** Marked words of the other side. `start` and `end` count UTF-16 code units of the interaction's text. */
export type Signal = {
  readonly id: SignalId;
  readonly interactionId: string;
  readonly recordId: RecordId;
  readonly kind: SignalKind;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly confidence: number;
  readonly band: Band;
  readonly why: string;
  readonly pack: string;
  readonly engine: string;
};

/** One interaction of the other side as it was read. */
export type SignalReading = {
  readonly interactionId: string;
  readonly recordId: RecordId;
  /** Its entry's place in the ledger. */
  readonly index: number;
  readonly inputSha256: Uint8Array;
  readonly lang: string;
  /** Engine, packs and profile in one word: the same words read by the same method give the same signals. */
  readonly method: string;
  readonly signals: readonly Signal[];
};

/** What a reading starts from. */
export type Readable = {
  readonly interactionId: string;
  readonly recordId: RecordId;
  readonly index: number;
  readonly text: string;
};

/** Stands where no engine could be had: the words wait to be read, and no word of them was lost. */
export const UNREAD = 'unread';

/** A quote is shown, never a document. */
const QUOTE_UNITS = 2000;
const BANDS: readonly Band[] = ['low', 'possible', 'clear'];

/**
 * The same words of the same record have the same id in every reading, so that what somebody said of a signal stays
 * with it when all are made anew.
 *
 * @returns a UUID of version 8, whose bits are ours to choose
 * @source RFC 9562 §5.8
 */
function signalId(recordId: RecordId, kind: SignalKind, start: number, end: number): SignalId {
  const digest = Buffer.from(sha256(Buffer.from(`${recordId} ${kind} ${start} ${end}`)));
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  ) as SignalId;
}

/** What was read in one interaction, as rows; of two findings of one kind and place the surer one. */
export function readingOf(
  readable: Readable,
  method: string,
  read: { readonly lang: string; readonly findings: readonly Finding<SignalKind>[] },
): SignalReading {
  const { interactionId, recordId, index, text } = readable;
  const signals = new Map<SignalId, Signal>();
  for (const { kind, start, end, quote, confidence, band, why, pack, engine } of read.findings) {
    const id = signalId(recordId, kind, start, end);
    if ((signals.get(id)?.confidence ?? -1) >= confidence) continue;
    const about = { id, interactionId, recordId, kind, start, end, confidence, band, why, pack, engine };
    signals.set(id, { ...about, quote: storableQuote(quote) });
  }
  const inputSha256 = sha256(Buffer.from(text));
  const inOrder = [...signals.values()].sort((one, other) => one.start - other.start || one.end - other.end);
  return { interactionId, recordId, index, inputSha256, lang: read.lang, method, signals: inOrder };
}

/** PostgreSQL holds no half of a character and no U+0000. */
function storableQuote(quote: string): string {
  return quote.slice(0, QUOTE_UNITS).toWellFormed().replaceAll('\0', '�');
}

/** The bands from this one up. */
export function bandsFrom(least: Band): readonly Band[] {
  return BANDS.slice(BANDS.indexOf(least));
}

/** A rule that was turned off, for everybody or for one client. */
export type RuleSwitch = {
  readonly id: string;
  readonly rule: string;
  readonly partyId: string | null;
  readonly reason: string;
  readonly offBy: string;
  readonly offAt: string;
  readonly onBy: string | null;
  readonly onAt: string | null;
};

/** The rules that are off for a client; without one, those that are off for everybody. */
export function rulesOff(switches: readonly RuleSwitch[], partyId: string | null): readonly string[] {
  const inForce = switches.filter(
    (one) => one.onAt === null && (one.partyId === null || one.partyId === partyId),
  );
  return [...new Set(inForce.map(({ rule }) => rule))];
}

export type SignalRefusal =
  | 'party-unknown'
  | 'interaction-unknown'
  | 'signal-unknown'
  | 'switch-unknown'
  | 'reason-missing'
  | 'pace-unusable'
  | 'term-missing'
  | 'terms-full';

export type KindCounts = Readonly<Partial<Record<SignalKind, number>>>;

/** How many of each kind of conduct; what is somebody's right is not among them. */
export function conductCounts(kinds: KindCounts): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [kind, count] of Object.entries(kinds)) {
    const { category } = CONDUCT[kind as SignalKind];
    if (category !== null) counts[category] = (counts[category] ?? 0) + count;
  }
  return counts;
}
