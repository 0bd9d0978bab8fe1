import type { Mailbox } from './address.ts';
import type { Attachment, Hasher } from './attachment.ts';
import type { ContainerLimits, Format } from './container.ts';
import type { ExportedItem } from './exported.ts';
import type { ByteRange, Issue } from './issue.ts';
import type { Mail } from './mail.ts';
import type { MailLimits } from './structure.ts';

/** One message in the shape that `parse --json` prints. Absent values are null. */
export type ParsedItem = {
  readonly kind: 'message' | 'call' | 'meeting' | 'document';
  readonly subject: string | null;
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly sentAt: string | null;
  readonly sentAtSource: 'date-header' | 'export' | null;
  readonly sentAtRaw: string | null;
  readonly receivedAt: string | null;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string | null;
  readonly html: string | null;
  /** Size and hash are null for a file that an export names and does not hold. */
  readonly attachments: readonly (Pick<Attachment, 'name' | 'mediaType' | 'contentId'> & {
    readonly sizeBytes: number | null;
    readonly sha256: string | null;
  })[];
  readonly children: readonly ParsedItem[];
  /** Whose words these are, where an export says it; of mail that is for the importer to say. */
  readonly direction: 'inbound' | 'outbound' | null;
  /** Only of entries of exports. */
  readonly conversation?: ExportedItem['conversation'];
  readonly state?: string | null;
  readonly editedAt?: string | null;
  readonly durationSec?: number | null;
  readonly reactions?: ExportedItem['reactions'];
  /** Only of messages that hold such things; ranges are offsets as those of issues. */
  readonly report?: Mail['report'];
  readonly calendar?: Mail['calendar'];
  readonly protection?: Mail['protection'];
  readonly outer?: Mail['outer'];
  readonly piece?: Mail['piece'];
  readonly issues: readonly Issue[];
  /** The path inside an archive, or null. */
  readonly member: string | null;
  /** Offsets in the file, or in the archive's member. */
  readonly range: ByteRange;
};

/** One file in the shape that `parse --json` prints. `totals.items` is the sum of the other four. */
export type ParsedFile = {
  readonly path: string;
  /** Of mail and archives as {@link Format}, of an export the reader's own word. */
  readonly format: Format | (string & {});
  readonly items: readonly ParsedItem[];
  readonly issues: readonly Issue[];
  readonly totals: {
    readonly items: number;
    readonly imported: number;
    /** Equal bytes are for the caller to find over all its files. */
    readonly duplicates: number;
    readonly leftOut: number;
    readonly unreadable: number;
  };
};

export type ParseOptions = {
  readonly hash: () => Hasher;
  readonly limits?: Partial<MailLimits & ContainerLimits>;
};
