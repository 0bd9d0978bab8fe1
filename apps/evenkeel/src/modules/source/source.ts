import type { RecordId } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { MailboxFact } from './mailbox.ts';
import type { RunId, SourceId } from './source-id.ts';

export type { RunId, SourceId };

/** What became of the items of an input. `items` is always the sum of the other four. */
export type Totals = {
  readonly items: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly leftOut: number;
  readonly unreadable: number;
};
export const NO_ITEMS: Totals = { items: 0, imported: 0, duplicates: 0, leftOut: 0, unreadable: 0 };

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    items: a.items + b.items,
    imported: a.imported + b.imported,
    duplicates: a.duplicates + b.duplicates,
    leftOut: a.leftOut + b.leftOut,
    unreadable: a.unreadable + b.unreadable,
  };
}

/** r recorded, d equal bytes are in the record already, l left out by choice, u unreadable. */
export type Outcome = 'r' | 'd' | 'l' | 'u';

/** One item of a container: where it lies, what became of it, and which interaction it is (none when left out). */
export type CoveredItem = readonly [
  container: number,
  member: string | null,
  start: number,
  until: number,
  outcome: Outcome,
  interaction: string | null,
];

export type RunIssue = {
  readonly code: string;
  readonly message: string;
  readonly container: string;
  readonly member: string | null;
  readonly range: { readonly start: number; readonly end: number } | null;
};

/** Where to go on reading after a step: a container's number and the reader's own resume point in it. */
export type NextStep = { readonly container: number; readonly resume: unknown };

export type RunSettings = {
  readonly client: string | null;
  readonly only: readonly string[] | null;
  /** Also what names nobody who could be chosen; absent when only those who were. */
  readonly nameless?: true;
  readonly me: readonly string[];
  /** What a person stated about exports; absent when nothing was. */
  readonly exports?: { readonly zone: string | null; readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null };
};

/**
 * A file that held more than one item and nothing else. With its frame (every byte that lies in no item) and its items
 * it can be given back byte for byte; the frame is kept only when nothing in the file was left out by choice.
 */
export type ContainerSeen = {
  readonly position: number;
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 hex of the whole file. */
  readonly sha256: string;
  readonly items: number;
};

export type SourceFact =
  | MailboxFact
  | {
      readonly kind: 'source.opened';
      readonly id: SourceId;
      readonly sourceKind: 'files' | 'paste' | 'by-hand' | 'mailbox' | 'receiving';
      readonly name: string;
    }
  | {
      readonly kind: 'source.run-started';
      readonly run: RunId;
      readonly source: SourceId;
      readonly fingerprint: string;
      readonly settings: RunSettings;
    }
  | {
      readonly kind: 'source.covered';
      readonly run: RunId;
      readonly step: number;
      readonly items: readonly CoveredItem[];
      readonly totals: Totals;
      readonly issues: readonly RunIssue[];
      readonly next: NextStep;
    }
  | {
      readonly kind: 'source.run-ended';
      readonly run: RunId;
      readonly state: 'finished' | 'cancelled';
      readonly totals: Totals;
    }
  | (ContainerSeen & {
      readonly kind: 'source.container-read';
      readonly run: RunId;
      /** The frame's slot: where its secret lies; null when it is not kept. */
      readonly frame: number | null;
    });

export type RecordedSourceFact = {
  readonly recordId: RecordId;
  readonly recordedAt: Instant;
  readonly fact: SourceFact;
};

export type Run = {
  readonly id: RunId;
  readonly sourceId: SourceId;
  readonly source: string;
  readonly state: 'running' | 'finished' | 'cancelled';
  readonly fingerprint: string;
  readonly settings: RunSettings;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly totals: Totals;
};
