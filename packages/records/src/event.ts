import type { ByteRange, Issue } from './issue.ts';

/** The kinds of file that can be told apart. */
export type Format = 'eml' | 'mbox' | 'mmdf' | 'zip' | 'gzip' | 'unknown';

/**
 * What a container holds, in its own order.
 *
 * `member` is the path inside an archive, made unique, and null outside of one: a label, never a path to open. Ranges are
 * offsets into the member's unpacked bytes, or into the container itself when `member` is null. Per member, and for the
 * container itself, the ranges of items, gaps and unreadable stretches follow each other without hole or overlap; the
 * packed bytes of an archive's member are a gap of the archive when the member was opened, and unreadable when not.
 */
export type ContainerEvent =
  | {
      readonly type: 'item';
      readonly format: 'eml' | 'mbox' | 'mmdf';
      readonly member: string | null;
      readonly range: ByteRange;
      /** A view that may share memory with its neighbours: copy it before handing it to another thread. */
      readonly bytes: Uint8Array;
      /** The `From ` line before it, without its line end. */
      readonly separator?: string;
      readonly issues: readonly Issue[];
    }
  | { readonly type: 'gap'; readonly member: string | null; readonly range: ByteRange }
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
};

export const CONTAINER_LIMITS: ContainerLimits = {
  unpackedBytes: 64 * 1024 ** 3,
  ratio: 250,
  ratioFromBytes: 32 * 1024 ** 2,
  members: 500_000,
  depth: 2,
  innerArchiveBytes: 256 * 1024 ** 2,
};

/** Where a reader of one member stands in the whole run. */
export type Place = { readonly member: string | null; readonly from: number };
