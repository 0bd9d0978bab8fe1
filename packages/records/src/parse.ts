import type { Mailbox } from './address.ts';
import type { Attachment, Hasher } from './attachment.ts';
import { type ContainerLimits, type Format, readContainer, sniff } from './container.ts';
import type { ByteRange, Issue } from './issue.ts';
import { type Mail, readMail } from './mail.ts';
import type { ByteSource } from './source.ts';
import type { MailLimits } from './structure.ts';

/** One message in the shape that `parse --json` prints. Absent values are null. */
export type ParsedItem = {
  readonly kind: 'message';
  readonly subject: string | null;
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly sentAt: string | null;
  readonly sentAtSource: 'date-header' | null;
  readonly sentAtRaw: string | null;
  readonly receivedAt: string | null;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly Pick<
    Attachment,
    'name' | 'mediaType' | 'sizeBytes' | 'sha256' | 'contentId'
  >[];
  readonly children: readonly ParsedItem[];
  /** Whose words these are is for the importer to say. */
  readonly direction: null;
  readonly issues: readonly Issue[];
  /** The path inside an archive, or null. */
  readonly member: string | null;
  /** Offsets in the file, or in the archive's member. */
  readonly range: ByteRange;
};

/** One file in the shape that `parse --json` prints. `totals.items` is the sum of the other four. */
export type ParsedFile = {
  readonly path: string;
  readonly format: Format;
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

/** Reads a whole file into the shape of `parse --json`. For large containers prefer `readContainer`. */
export async function parseContainer(source: ByteSource, options: ParseOptions): Promise<ParsedFile> {
  const format = sniff(await source.read(0, 16 * 1024), source.name);
  const items: ParsedItem[] = [];
  const issues: Issue[] = [];
  let unreadable = 0;
  for await (const event of readContainer(source, { limits: options.limits ?? {} })) {
    if (event.type === 'item') {
      const isMbox = event.format === 'mbox';
      const mail = readMail(event.bytes, { hash: options.hash, mbox: isMbox, limits: options.limits ?? {} });
      items.push(shaped(mail, event.member, event.range.start, event.issues));
    } else if (event.type === 'unreadable') {
      unreadable++;
      issues.push(located(event.issue, event.member, event.range));
    } else if (event.type === 'note') {
      issues.push(located(event.issue, event.member));
    }
  }
  const totals = {
    items: items.length + unreadable,
    imported: items.length,
    duplicates: 0,
    leftOut: 0,
    unreadable,
  };
  return { path: source.name, format, items, issues, totals };
}

function located(issue: Issue, member: string | null, range?: ByteRange): Issue {
  const message = member === null ? issue.message : `${member}: ${issue.message}`;
  const where = range ?? issue.range;
  return where ? { code: issue.code, message, range: where } : { code: issue.code, message };
}

/** @param base Where the message begins in its container: ranges come out as offsets there. */
export function shaped(
  mail: Mail,
  member: string | null,
  base: number,
  more: readonly Issue[] = [],
): ParsedItem {
  const inner = mail.packing === '7bit' ? base : base + mail.range.start;
  return {
    kind: mail.kind,
    subject: mail.subject,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    bcc: mail.bcc,
    replyTo: mail.replyTo,
    sentAt: mail.sentAt,
    sentAtSource: mail.sentAtSource,
    sentAtRaw: mail.sentAtRaw,
    receivedAt: mail.receivedAt,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ name, mediaType, sizeBytes, sha256, contentId }) => ({
      name,
      mediaType,
      sizeBytes,
      sha256,
      contentId,
    })),
    children: mail.children.map((child) => shaped(child, member, inner)),
    direction: null,
    issues: [...more, ...mail.issues].map((issue) => moved(issue, base)),
    member,
    range: { start: base + mail.range.start, end: base + mail.range.end },
  };
}

function moved(issue: Issue, base: number): Issue {
  if (!issue.range || base === 0) return issue;
  return { ...issue, range: { start: issue.range.start + base, end: issue.range.end + base } };
}
