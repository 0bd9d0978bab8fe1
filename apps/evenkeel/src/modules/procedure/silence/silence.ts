import { isDate, type LocalDate } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import type { Clockwork } from '../restriction/deciding.ts';
import type { Day } from '../restriction/restriction.ts';

/** What a look at a message brings to a person, each in the words of the message. */
export const NEW_KINDS = ['fact', 'document', 'demand', 'danger'] as const;
export type Found = {
  readonly kind: (typeof NEW_KINDS)[number];
  /** The words, or the name of a document. */
  readonly says: string;
  /** Where the words stand; null for a document. */
  readonly cite: Cite | null;
};

type About = { readonly id: string; readonly party: string };
export type SilenceFact =
  | (About & {
      readonly kind: 'silence.began';
      readonly number: number;
      readonly reason: string;
      /** Their words that say once more what was answered. */
      readonly repeat: Cite;
      /** Our words that answered it. */
      readonly answer: Cite;
      readonly until: Day;
    })
  | (About & {
      /** A message was read, by the program or by whoever it names, and this was found. */
      readonly kind: 'silence.looked';
      readonly interaction: string;
      readonly found: readonly Found[];
      /** With how many earlier messages it was compared. */
      readonly compared: number;
    })
  | (About & {
      /** A person saw what a look had brought. */
      readonly kind: 'silence.settled';
      readonly interaction: string;
      readonly outcome: 'filed' | 'answered';
      readonly note: string | null;
    })
  | (About & { readonly kind: 'silence.ended'; readonly reason: string });

export type Silence = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly reason: string;
  readonly repeat: Cite;
  readonly answer: Cite;
  readonly until: Day;
  readonly beganAt: Instant;
  readonly beganBy: string;
  readonly ended: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

export type SilenceRefusal =
  | 'party-unknown'
  | 'silence-unknown'
  | 'silence-running'
  | 'silence-over'
  | 'reason-missing'
  | 'repeat-missing'
  | 'answer-missing'
  | 'repeat-not-theirs'
  | 'answer-not-ours'
  | 'quote-not-found'
  | 'end-date-missing'
  | 'date-unusable'
  | 'date-past'
  | 'message-unknown'
  | 'settled-already';

/** It ends by itself on its last day; nobody has to remember it. */
export function isQuiet({ ended, until, beganAt }: Silence, at: Instant): boolean {
  return ended === null && beganAt <= at && at <= until.at;
}

export type SilenceWish = {
  readonly reason: string;
  readonly repeat: Cite | null;
  readonly answer: Cite | null;
  readonly untilOn: string | null;
};

/** What was never answered is not a repeat, and what has no last day is no decision. */
export function decideSilence(
  about: About & { readonly number: number },
  wish: SilenceWish,
  running: boolean,
  { today, endOf }: Clockwork,
): Outcome<Extract<SilenceFact, { kind: 'silence.began' }>, SilenceRefusal> {
  const { repeat, answer, untilOn } = wish;
  if (running) return refuse('silence-running');
  if (wish.reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  if (repeat === null) return refuse('repeat-missing', { at: 'repeat' });
  if (answer === null) return refuse('answer-missing', { at: 'answer' });
  if (untilOn === null) return refuse('end-date-missing', { at: 'untilOn' });
  if (!isDate(untilOn)) return refuse('date-unusable', { at: 'untilOn', date: untilOn });
  if (untilOn <= today) return refuse('date-past', { at: 'untilOn', date: untilOn });
  const until = { on: untilOn, at: endOf(untilOn as LocalDate) };
  return accept({ kind: 'silence.began', ...about, reason: wish.reason.trim(), repeat, answer, until });
}

export type Look = { readonly isNew: boolean; readonly settled: 'filed' | 'answered' | null };

/** A person saw the new words and answers, or files the message all the same. */
export function decideSettling(
  { id, partyId: party }: Silence,
  wish: { readonly interaction: string; readonly outcome: 'filed' | 'answered'; readonly note: string },
  look: Look | null,
): Outcome<Extract<SilenceFact, { kind: 'silence.settled' }>, SilenceRefusal> {
  const { interaction, outcome } = wish;
  if (!look) return refuse('message-unknown');
  if (look.settled) return refuse('settled-already');
  // What brought something new is not put away without words.
  if (outcome === 'filed' && look.isNew && wish.note.trim() === '')
    return refuse('reason-missing', { at: 'note' });
  return accept({ kind: 'silence.settled', id, party, interaction, outcome, note: wish.note.trim() || null });
}

export function decideSpeaking(
  silence: Silence,
  reason: string,
  now: Instant,
): Outcome<Extract<SilenceFact, { kind: 'silence.ended' }>, SilenceRefusal> {
  if (!isQuiet(silence, now)) return refuse('silence-over');
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({
    kind: 'silence.ended',
    id: silence.id,
    party: silence.partyId,
    reason: reason.trim(),
  });
}
