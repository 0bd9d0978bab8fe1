import type { Attachment } from './attachment.ts';
import type { Envelope } from './envelope.ts';
import type { Findings } from './findings.ts';
import type { HeaderField } from './header-block.ts';
import type { ByteRange, Issue } from './issue.ts';
import type { CharsetUse } from './reading.ts';
import type { Segment } from './structure.ts';
import type { TransferEncoding } from './transfer.ts';

/**
 * What a message says, as far as its bytes tell. Absent values are null; nothing is invented.
 *
 * `segments` account for every byte of `range`; offsets are into the bytes handed to `readMail`, also in nested
 * messages, unless `packing` says that the nested message was itself packed (see `childBytes`).
 */
export type Mail = Envelope &
  Findings & {
    readonly kind: 'message';
    /** The words: plain parts as they are, HTML turned into text where there is nothing else. Quotations are whole. */
    readonly text: string | null;
    /** The HTML parts, raw. */
    readonly html: string | null;
    readonly attachments: readonly Attachment[];
    /** Messages inside this one, each with its own reading. */
    readonly children: readonly Mail[];
    readonly issues: readonly Issue[];
    readonly charsets: readonly CharsetUse[];
    readonly headers: readonly HeaderField[];
    readonly segments: readonly Segment[];
    readonly range: ByteRange;
    /** The name a nested message was given as an attachment. */
    readonly name: string | null;
    /** How a nested message was packed; if not `7bit`, its offsets are into `childBytes`. */
    readonly packing: TransferEncoding | 'inside' | 'sealed';
    /** Which message it is in the .msg or winmail.dat at `range`; only with the packing `inside`. */
    readonly inside?: { readonly encoding: TransferEncoding; readonly index: number };
    /** Where it lies in what the opaque signature at `range` holds; only with the packing `sealed`. */
    readonly sealed?: Pick<Mail, 'range' | 'packing' | 'inside' | 'sealed'> & {
      readonly encoding: TransferEncoding;
    };
  };
