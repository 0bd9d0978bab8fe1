import { type ItemEvent, isMailItem, readContainer } from './container.ts';
import { EXPORT_READERS } from './exports.ts';
import type { ByteRange, Issue } from './issue.ts';
import { type Mail, readMail } from './mail.ts';
import { shapedEntry } from './parse-export.ts';
import type { ParsedFile, ParsedItem, ParseOptions } from './parsed.ts';
import { recognised } from './recognise.ts';

import type { ByteSource } from './source.ts';

export type { ParsedFile, ParsedItem, ParseOptions } from './parsed.ts';

const HEAD_BYTES = 16 * 1024;

/** Reads a whole file into the shape of `parse --json`. For large containers prefer `readContainer`. */
export async function parseContainer(source: ByteSource, options: ParseOptions): Promise<ParsedFile> {
  const format = await formatOf(source);
  const items: ParsedItem[] = [];
  const issues: Issue[] = [];
  let unreadable = 0;
  for await (const event of readContainer(source, { limits: options.limits ?? {} })) {
    if (event.type === 'item') {
      items.push(await parsed(event, options));
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

/** One item in the shape that `parse --json` prints. */
export async function parsed(event: ItemEvent, options: ParseOptions): Promise<ParsedItem> {
  if (!isMailItem(event)) return shapedEntry(event, options);
  const isMbox = event.format === 'mbox';
  const mail = readMail(event.bytes, { hash: options.hash, mbox: isMbox, limits: options.limits ?? {} });
  return shaped(mail, event.member, event.range.start, event.issues);
}

/** What kind of file it is, exports among them. */
export async function formatOf(source: ByteSource): Promise<ParsedFile['format']> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.sizeBytes));
  const { format, reader } = recognised(head, source.name, EXPORT_READERS);
  return reader?.format ?? format;
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
    ...foundIn(mail, base),
  };
}

/** What only some messages hold is only there when they do. */
function foundIn({ report, calendar, protection, outer, piece }: Mail, base: number): Partial<ParsedItem> {
  const placed = (range: ByteRange) => ({ start: range.start + base, end: range.end + base });
  return {
    ...(report ? { report: { ...report, range: placed(report.range) } } : {}),
    ...(calendar.length > 0 ? { calendar } : {}),
    ...(protection.length > 0
      ? {
          protection: protection.map(({ signed, signature, ...one }) => ({
            ...one,
            signed: signed && placed(signed),
            signature: signature && placed(signature),
          })),
        }
      : {}),
    ...(outer ? { outer } : {}),
    ...(piece ? { piece } : {}),
  };
}

function moved(issue: Issue, base: number): Issue {
  if (!issue.range || base === 0) return issue;
  return { ...issue, range: { start: issue.range.start + base, end: issue.range.end + base } };
}
