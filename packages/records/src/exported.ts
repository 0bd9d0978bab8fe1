import type { ByteRange, Issue } from './issue.ts';
import type { ByteSource } from './source.ts';

/**
 * Somebody in an export. A display name is no identity: `address` is what the platform tells people apart by, and null
 * when it says a name and nothing else.
 *
 * @property address A number as `+358401234567`, a mail address, or `platform:id` (`telegram:user123`, `slack:U024BE7LH`,
 *   `discord:1234`); where only a name is there, `platform:name=Dmitri Orlov`.
 * @property isMe The export says that these are the words of the person who made it.
 */
export type ExportedPerson = {
  readonly name: string | null;
  readonly address: string | null;
  readonly isMe: boolean;
};

/** A file that an entry speaks of: where it lies beside the export, or null when it was not exported. */
export type ExportedFile = {
  readonly name: string | null;
  readonly mediaType: string | null;
  /** Relative to the file that holds the entry; a label, never a path to open. */
  readonly path: string | null;
  /** Bytes that the entry itself holds, as an MMS does. */
  readonly bytes: Uint8Array | null;
};

/**
 * A sign that somebody set under an entry: the same bytes say both, so it is no entry of its own.
 *
 * @property what As the export writes it: `👍`, `:tada:`, `like`.
 * @property by Null where only a number is stated.
 * @property count 1 for somebody who is named; else how many more there are.
 * @property at As `sentAt`; null where the export keeps no time of it.
 */
export type Reaction = {
  readonly what: string;
  readonly by: ExportedPerson | null;
  readonly count: number;
  readonly at: string | null;
};

/** What one entry of an export says, as far as its bytes and their context tell. Absent values are null. */
export type ExportedItem = {
  readonly kind: 'message' | 'call' | 'meeting' | 'document';
  readonly conversation: {
    readonly id: string;
    readonly name: string | null;
    readonly isGroup: boolean | null;
  };
  /** Null for lines that nobody wrote: "Orlov left". */
  readonly from: ExportedPerson | null;
  /** The others, as far as the export names them. */
  readonly to: readonly ExportedPerson[];
  /** ISO 8601; without an offset when the export states a local time and no zone. Null when unknown, never now. */
  readonly sentAt: string | null;
  readonly sentAtRaw: string | null;
  readonly editedAt: string | null;
  readonly subject: string | null;
  readonly text: string | null;
  /** What the export says became of it: `edited`, `deleted`, `missed`, `rejected`, `voicemail`, `draft`, `queued`,
   * `failed`, `reaction`, `reaction-removed`; null for nothing. */
  readonly state: string | null;
  /** The platform's own id of the entry and of what it answers, unique within the conversation. */
  readonly id: string | null;
  readonly replyTo: string | null;
  readonly durationSec: number | null;
  readonly files: readonly ExportedFile[];
  /** What it said before it was edited, oldest first, where the export kept that. */
  readonly earlier?: readonly { readonly text: string | null; readonly at: string | null }[];
  /** In the export's order, where there are any. */
  readonly reactions?: readonly Reaction[];
  readonly issues: readonly Issue[];
};

/**
 * What must be known beside an entry's own bytes to read them again: plain JSON, small, kept in the record. Guesses stand
 * here (`dateOrder`, `zone`), so that a person can correct them without touching the bytes.
 */
export type ExportContext = {
  readonly conversation: ExportedItem['conversation'];
  /** The order of day, month and year where the export leaves it open, and how sure that is. */
  readonly dateOrder?: {
    readonly value: 'dmy' | 'mdy' | 'ymd';
    readonly certainty: 'stated' | 'shown' | 'guessed';
  };
  /** The zone that local times are read in: given by a person, or the workspace's own. */
  readonly zone?: string | null;
  /** Names of the people that the entry's bytes name by id only. */
  readonly people?: Readonly<Record<string, string>>;
  /** Which of several entries with equal bytes this is, from 2 on; readers leave it to what stands around them. */
  readonly nth?: number;
  /** How many entries of the same likeness stood before it in its export; see `likenessOf`. */
  readonly ordinal?: number;
  readonly [more: string]: unknown;
};

/** What a person stated about an export before it is read. */
export type ExportSettings = {
  readonly zone: string | null;
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
};

export const NOTHING_STATED: ExportSettings = { zone: null, dateOrder: null };

/**
 * What an export holds, in its own order: items, gaps and unreadable stretches follow each other without hole or overlap.
 * A rebuilt item (out of a database or a PST) has no bytes of its own in the file: its range is empty, its `start` counts
 * the items, and the whole file is one gap after them.
 */
export type ExportEvent =
  | {
      readonly type: 'item';
      readonly range: ByteRange;
      readonly bytes: Uint8Array;
      readonly context: ExportContext;
      readonly isRebuilt?: boolean;
      readonly issues: readonly Issue[];
    }
  | { readonly type: 'gap'; readonly range: ByteRange }
  | { readonly type: 'unreadable'; readonly range: ByteRange; readonly issue: Issue }
  | { readonly type: 'note'; readonly issue: Issue };

/** Files that lie beside this one, in the same folder or archive: `users.json`, `photos/1.jpg`. Null when there is none. */
export type Beside = (path: string) => Promise<ByteSource | null>;

/**
 * A kind of export.
 *
 * @property recognises By content; a name only decides between what looks the same.
 * @property read Never throws over what stands in the file. An export whose texts are all empty ends with the note
 *   `export-empty`; its name says which export it looked like and what is missing.
 * @property readItem Reads one entry from its own bytes and its context, today and in ten years. Never throws.
 */
export type ExportReader = {
  readonly format: string;
  readonly platform: string;
  readonly recognises: (head: Uint8Array, name: string) => boolean;
  readonly read: (
    source: ByteSource,
    settings: ExportSettings,
    beside: Beside,
  ) => AsyncGenerator<ExportEvent>;
  readonly readItem: (bytes: Uint8Array, context: ExportContext) => ExportedItem;
};
