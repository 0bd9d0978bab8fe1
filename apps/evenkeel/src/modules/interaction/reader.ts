import type { MailFormat } from '@evenkeel/records/container';
import type { ExportSettings } from '@evenkeel/records/exported';
import type { FileSeen } from '../../kernel/files.ts';
import type { PartyId } from '../party/party.ts';
import type { ContainerSeen, NextStep, RunIssue } from '../source/source.ts';
import type { Exported, TakenAlong } from './exported.ts';
import type { Direction, InteractionKind } from './interaction.ts';
import type { Reading } from './reading.ts';

/** What the importer asks of its reading thread. */
export type ReaderRequest =
  | {
      readonly ask: 'survey';
      readonly files: readonly FileSeen[];
      readonly me: readonly string[];
      readonly settings: ExportSettings;
    }
  | {
      readonly ask: 'open';
      readonly files: readonly FileSeen[];
      readonly from: NextStep;
      readonly me: readonly string[];
      readonly only: readonly string[] | null;
      readonly nameless: boolean;
      readonly settings: ExportSettings;
      readonly zone: NonNullable<Exported['zone']>;
      readonly hasClient: boolean;
    }
  // The next batch, of so many items at most; fewer when they are large.
  | { readonly ask: 'next'; readonly most: number };

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
  readonly format: MailFormat | 'export';
  bytes: Uint8Array;
  readonly reading: Reading;
  readonly modifiedMs: number | null;
  /** What is kept of an entry of an export beside its bytes; nothing for mail. */
  readonly exported?: ReadExport | null;
  /** Whom it is about, where that is known and its sender is nobody's correspondent: a report on what we sent them. */
  readonly parties?: readonly PartyId[];
};

/** An entry of an export, as it is to be recorded. */
export type ReadExport = {
  readonly exported: Exported;
  readonly kind: InteractionKind;
  readonly direction: Direction | null;
  /** The addresses it is filed under. */
  readonly parties: readonly string[];
  readonly mediaType: string;
  readonly files: readonly (TakenAlong & { readonly name: string; readonly bytes: Uint8Array })[];
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
