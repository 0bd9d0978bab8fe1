import type { ExportItem } from './event.ts';
import type { ExportedFile, ExportedItem, ExportedPerson } from './exported.ts';
import { readerOf } from './exports.ts';
import type { ParsedItem, ParseOptions } from './parsed.ts';

type Files = ParsedItem['attachments'];

/** An entry of an export in the shape that `parse --json` prints, with the files that lie beside it hashed. */
export async function shapedEntry(
  event: ExportItem,
  { hash }: Pick<ParseOptions, 'hash'>,
): Promise<ParsedItem> {
  const { bytes, context, format, member, range } = event;
  const item = readerOf(format)!.readItem(bytes, context);
  return {
    ...NO_MAIL,
    kind: item.kind,
    subject: item.subject,
    from: item.from && mailbox(item.from),
    to: item.to.map(mailbox),
    sentAt: item.sentAt,
    sentAtSource: item.sentAt === null ? null : 'export',
    sentAtRaw: item.sentAtRaw,
    messageId: item.id,
    inReplyTo: item.replyTo,
    text: item.text,
    attachments: await filesOf(item, event, hash),
    direction: directionOf(item),
    conversation: item.conversation,
    state: item.state,
    editedAt: item.editedAt,
    durationSec: item.durationSec,
    ...(item.reactions && { reactions: item.reactions }),
    issues: [...event.issues, ...item.issues],
    member,
    range,
  };
}

const NO_MAIL = {
  ...{ cc: [], bcc: [], replyTo: [], references: [], children: [] },
  ...{ receivedAt: null, html: null },
} as const;

function mailbox({ name, address }: ExportedPerson) {
  return { name, address };
}

function directionOf({ from, to }: ExportedItem): ParsedItem['direction'] {
  if (from?.isMe) return 'outbound';
  return from && to.some(({ isMe }) => isMe) ? 'inbound' : null;
}

async function filesOf(
  { files }: ExportedItem,
  { beside }: ExportItem,
  hash: ParseOptions['hash'],
): Promise<Files> {
  const found: Files[number][] = [];
  for (const { name, mediaType, path, bytes: own } of files) {
    const bytes = own ?? (await bytesAt({ path }, beside));
    const sum = hash();
    if (bytes) sum.update(bytes);
    const seen = bytes ? { sizeBytes: bytes.length, sha256: sum.hex() } : { sizeBytes: null, sha256: null };
    found.push({ name, mediaType: mediaType ?? 'application/octet-stream', ...seen, contentId: null });
  }
  return found;
}

async function bytesAt(
  { path }: Pick<ExportedFile, 'path'>,
  beside: ExportItem['beside'],
): Promise<Uint8Array | null> {
  const source: (Awaited<ReturnType<typeof beside>> & { close?: () => Promise<void> }) | null =
    path === null ? null : await beside(path);
  if (!source) return null;
  const bytes = await source.read(0, source.sizeBytes);
  await source.close?.();
  return bytes;
}
