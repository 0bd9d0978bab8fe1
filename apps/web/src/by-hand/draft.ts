import type { InteractionInPlace } from '../api/shapes.ts';
import type { RecordByHandData } from '../generated/types.gen.ts';
import { localNow, withOffset } from '../paste/paste.ts';
import { clockNow } from '../words/clock.ts';
import { READER_ZONE } from '../words/when.ts';

export type ByHandBody = RecordByHandData['body'];
export const KINDS = ['call', 'meeting', 'session', 'note', 'document'] as const;
export type Kind = (typeof KINDS)[number];
export type OnTheCall = { who: string; place: string | null; agreed: boolean };

/** What has been typed so far. */
export type Draft = {
  readonly kind: Kind;
  readonly who: string;
  readonly direction: 'inbound' | 'outbound';
  /** It ended a moment ago; otherwise it began at `at`. */
  readonly isNow: boolean;
  /** Local time as a date field gives it: 2026-05-12T09:14. */
  readonly at: string;
  readonly minutes: string;
  readonly text: string;
  readonly quotes: readonly string[];
  readonly outcome: string;
  /** Names, with commas between them. */
  readonly people: string;
  readonly channel: string;
  readonly on: readonly OnTheCall[];
  /** Files cannot be kept over a reload; their names can. */
  readonly fileNames: readonly string[];
};

export type Change = (part: Partial<Draft>) => void;

export function emptyDraft(kind: Kind, who: string): Draft {
  return {
    ...{ kind, who, direction: 'inbound', isNow: true, at: localNow(clockNow()), minutes: '' },
    ...{ text: '', quotes: [], outcome: '', people: '', channel: '', on: [], fileNames: [] },
  };
}

/** When, how long and with whom something was, for a record that says anew what happened then. */
export function sameEvent({ row, noted }: InteractionInPlace): Partial<Draft> {
  return {
    direction: row.direction === 'outbound' ? 'outbound' : 'inbound',
    isNow: false,
    at: localNow(new Date(row.at)),
    minutes: noted?.durationMin == null ? '' : String(noted.durationMin),
    people: noted?.people.join(', ') ?? '',
    channel: noted?.channel ?? '',
  };
}

/** Whether anything was typed that would be missed. */
export function hasWords({ text, quotes, outcome, fileNames }: Draft): boolean {
  return [text, ...quotes, outcome, ...fileNames].some((words) => words.trim() !== '');
}

/** A note and a paper are of a moment; the others last. */
export function lasts({ kind }: Pick<Draft, 'kind'>): boolean {
  return kind !== 'note' && kind !== 'document';
}

/** Whether somebody called or wrote to the other. */
export function hasDirection({ kind }: Pick<Draft, 'kind'>): boolean {
  return kind === 'call' || kind === 'document';
}

/** Null until a length is given. */
export function minutesOf(draft: Draft): number | null {
  const minutes = Number.parseInt(draft.minutes, 10);
  return lasts(draft) && Number.isFinite(minutes) ? minutes : null;
}

/** When it began. */
export function beganAt(draft: Draft, now: Date): Date {
  if (!draft.isNow) return new Date(draft.at);
  return new Date(now.getTime() - Math.max(0, minutesOf(draft) ?? 0) * 60_000);
}

const LATE_AFTER_MIN = 24 * 60;

/** Minutes between what happened and now, where they are more than a day. */
export function lateBy(draft: Draft, now: Date): number | null {
  const minutes = Math.floor((now.getTime() - beganAt(draft, now).getTime()) / 60_000);
  return minutes > LATE_AFTER_MIN ? minutes : null;
}

/** Fields that can be seen to be wrong before anything is sent. */
export type Fault = 'nothing' | 'nobody' | 'noTime' | 'future' | 'backwards';

export function faultsIn(draft: Draft, now: Date): ReadonlySet<Fault> {
  const faults = new Set<Fault>();
  const began = beganAt(draft, now).getTime();
  const minutes = minutesOf(draft);
  if (!hasWords(draft)) faults.add('nothing');
  if (draft.who.trim() === '') faults.add('nobody');
  if (Number.isNaN(began)) faults.add('noTime');
  else if (began + Math.max(0, minutes ?? 0) * 60_000 > now.getTime() + 60_000) faults.add('future');
  if (minutes !== null && minutes < 0) faults.add('backwards');
  return faults;
}

type Sent = {
  readonly known: readonly { id: string; name: string }[];
  readonly corrects: string | null;
  readonly uploads: readonly { upload: string; name: string }[];
  readonly hasRecording: boolean;
  readonly now: Date;
};

/** The draft as the record takes it. */
export function bodyOf(draft: Draft, { known, corrects, uploads, hasRecording, now }: Sent): ByHandBody {
  const name = draft.who.trim();
  const party = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const outcome = draft.outcome.trim() === '' ? null : draft.outcome;
  return {
    kind: draft.kind,
    direction: directionOf(draft),
    parties: [party ? { id: party.id } : { name }],
    at: withOffset(localNow(beganAt(draft, now))),
    zone: READER_ZONE,
    durationMin: minutesOf(draft),
    channel: draft.channel.trim() || null,
    people: namesIn(draft.people),
    text: draft.text,
    quotes: draft.quotes.filter((quote) => quote.trim() !== ''),
    outcome,
    files: [...uploads],
    consent: hasRecording ? { on: draft.on.filter(({ who }) => who.trim() !== '') } : null,
    corrects,
  };
}

function directionOf(draft: Draft): 'inbound' | 'outbound' | 'internal' | null {
  if (hasDirection(draft)) return draft.direction;
  return draft.kind === 'note' ? 'internal' : null;
}

export function namesIn(people: string): string[] {
  return people
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
