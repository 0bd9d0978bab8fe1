import type { DraftKind, Finding, RuleLang } from '@evenkeel/language/finding';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Message } from './messages.store.ts';
import type { Helped, Reader } from './reader.ts';

/**
 * What only the record can show of a draft, beside what the language engine sees in its words. Such a finding always
 * carries the line of the record that it rests on, which no finding of the engine can.
 */
export const RECORD_KINDS = ['contradiction'] as const;

/** What `why` of such a finding begins with, and of a promise that the record shows cannot be kept. */
export const OF_RECORD = 'record:';

export const RECORD_THINGS = ['promise', 'offer', 'clause', 'agreement', 'sum', 'point', 'message'] as const;

/** A line of the record beside a draft: whose words, when, and where they stand. */
export type RecordLine = {
  readonly what: (typeof RECORD_THINGS)[number];
  /** As it is said aloud: of the promise, the offer, the clause, the point; null for a message. */
  readonly number: number | null;
  readonly side: 'ours' | 'theirs';
  readonly quote: string;
  /** When it was written, else when it was recorded. */
  readonly at: string | null;
  /** Where the words stand; null where what is recorded quotes nobody. */
  readonly interactionId: string | null;
  readonly start: number | null;
  readonly end: number | null;
};

/**
 * @property record null for what no line of the record says, such as a holiday
 * @property instead words that can stand in its place as they are
 */
export type DraftFinding = Omit<Helped<Finding<DraftKind>>, 'kind' | 'level' | 'instead'> & {
  readonly kind: DraftKind | (typeof RECORD_KINDS)[number];
  readonly level: 'warning' | 'note';
  readonly record: RecordLine | null;
  readonly instead: readonly string[];
};

export type Draft = { readonly text: string; readonly lang: RuleLang | null; readonly party: string };

/** What promises, points and agreements with a client say to a draft; handed in, because they lie downstream. */
export type DraftRecord = {
  /** Where the draft says otherwise than the record. @param messages with them, as far back as they are looked at */
  readonly against: (
    ledger: Ledger,
    reader: Reader,
    draft: Draft,
    messages: () => Promise<readonly Message[]>,
  ) => Promise<readonly DraftFinding[]>;
  /** What was agreed with them, in its own words. */
  readonly agreed: (ledger: Ledger, party: string) => Promise<readonly string[]>;
};
