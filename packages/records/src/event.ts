import type { Beside, ExportContext } from './exported.ts';
import type { ByteRange, Issue } from './issue.ts';

/** The ways in which mail lies in files. */
export type MailFormat = 'eml' | 'mbox' | 'mmdf' | 'emlx' | 'msg' | 'pst';

const MAIL_FORMATS: ReadonlySet<string> = new Set<MailFormat>(['eml', 'mbox', 'mmdf', 'emlx', 'msg', 'pst']);

/** The kinds of file that can be told apart without asking the readers of exports. */
export type Format = MailFormat | 'zip' | 'gzip' | 'tar' | 'unknown';

/** One message, call, meeting or document. `bytes` may share memory with their neighbours: copy before handing over. */
export type ItemEvent = MailItem | ExportItem;

type AnyItem = {
  readonly type: 'item';
  readonly member: string | null;
  readonly range: ByteRange;
  readonly bytes: Uint8Array;
  readonly issues: readonly Issue[];
  /** It has no bytes of its own in the file: its range is empty, and `start` counts such items. */
  readonly isRebuilt?: boolean;
  /** The `From ` line before it, without its line end. */
  readonly separator?: string;
};

/** A message that `readMail` reads. */
export type MailItem = AnyItem & {
  readonly format: MailFormat;
  readonly context?: ExportContext;
};

/** An entry of an export: `readerOf(format).readItem(bytes, context)` reads it, today and again. */
export type ExportItem = AnyItem & {
  readonly format: string;
  readonly context: ExportContext;
  /** The files it names, by the paths it names them by. */
  readonly beside: Beside;
};

/** Whether an item is read by `readMail`; anything else is an entry of an export. */
export function isMailItem(item: ItemEvent): item is MailItem {
  return MAIL_FORMATS.has(item.format);
}

/**
 * What a container holds, in its own order.
 *
 * `member` is the path inside an archive, made unique, and null outside of one: a label, never a path to open. Ranges are
 * offsets into the member's unpacked bytes, or into the container itself when `member` is null. Per member, and for the
 * container itself, the ranges of items, gaps and unreadable stretches follow each other without hole or overlap; the
 * packed bytes of an archive's member are a gap of the archive when the member was opened, and unreadable when not.
 */
export type ContainerEvent =
  | ItemEvent
  | {
      readonly type: 'gap';
      readonly member: string | null;
      readonly range: ByteRange;
      /** Why there is no item: `companion` for a file that entries of an export take along. */
      readonly kind?: 'companion';
    }
  | {
      readonly type: 'unreadable';
      readonly member: string | null;
      readonly range: ByteRange;
      readonly issue: Issue;
    }
  /** Something worth knowing that concerns no single item. */
  | { readonly type: 'note'; readonly member: string | null; readonly issue: Issue };

/** Where to go on: an item's `member` and `range.start`. That item is given again, then all after it. */
export type ResumePoint = { readonly member: string | null; readonly start: number };

/** How far a hostile archive may drive the reader. */
export type ContainerLimits = {
  /** Unpacked bytes of a whole run. */
  readonly unpackedBytes: number;
  /** Unpacked to packed, counted once a member has passed `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly members: number;
  /** Archives inside each other; 2 reads a zip inside a zip. */
  readonly depth: number;
  /** An archive inside an archive is unpacked in memory up to this size. */
  readonly innerArchiveBytes: number;
  /** An export inside an archive, and each file it takes along, is unpacked in memory up to this size. */
  readonly exportBytes: number;
};

export const CONTAINER_LIMITS: ContainerLimits = {
  unpackedBytes: 64 * 1024 ** 3,
  ratio: 250,
  ratioFromBytes: 32 * 1024 ** 2,
  members: 500_000,
  depth: 2,
  innerArchiveBytes: 256 * 1024 ** 2,
  exportBytes: 1024 ** 3,
};

/** Where a reader of one member stands in the whole run. `isResumed`: an item begins at `from`, and was given before. */
export type Place = { readonly member: string | null; readonly from: number; readonly isResumed: boolean };
