import type { FileSeen } from '../../kernel/files.ts';
import type { ContainerSeen, NextStep, RunIssue } from '../source/source.ts';
import type { Reading } from './reading.ts';

/** What the importer asks of its reading thread. */
export type ReaderRequest =
  | { readonly ask: 'survey'; readonly files: readonly FileSeen[]; readonly me: readonly string[] }
  | {
      readonly ask: 'open';
      readonly files: readonly FileSeen[];
      readonly from: NextStep;
      readonly me: readonly string[];
      readonly only: readonly string[] | null;
    }
  | { readonly ask: 'next' };

type Located = {
  /** The number of the container among the files of the run. */
  readonly container: number;
  readonly name: string;
  readonly member: string | null;
  readonly start: number;
  readonly until: number;
};

export type ReadMessage = Located & {
  readonly outcome: 'item';
  readonly format: 'eml' | 'mbox' | 'mmdf';
  bytes: Uint8Array;
  readonly reading: Reading;
  readonly modifiedMs: number | null;
};

export type ReadItem = ReadMessage | (Located & { readonly outcome: 'left-out' | 'unreadable' });

/** A few hundred items, read; `next` says where to go on after them. */
export type ReadBatch = {
  readonly items: ReadItem[];
  readonly issues: RunIssue[];
  /** Files of several items that ended in this batch, with the bytes that lie in no item. */
  readonly containers: (ContainerSeen & { readonly frame: Uint8Array | null })[];
  /** Sizes of the containers that ended in this batch. */
  readonly ended: number[];
  /** Bytes read of the container that is being read. */
  bytesDone: number;
  sizeBytes: number;
  next: NextStep;
  readonly isLast: boolean;
};
