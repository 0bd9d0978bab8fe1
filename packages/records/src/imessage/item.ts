import { blankItem } from '../blank-item.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { appleInstant, appWords, historyOf, spoken, wordsOf } from './content.ts';
import { blobCell, type MessageRow, numberCell, rowOf, textCell } from './row.ts';

const GROUP_STYLE = 43;
const TAPBACKS = ['❤️', '👍', '👎', '😂', '‼️', '❓'];

/** The conversation of a message: its chat, else the person it came from. */
export function conversationOf({ chat, handle }: MessageRow): ExportedItem['conversation'] {
  const people = chat?.people ?? [];
  const name = chat?.name ?? (people.join(', ') || handle);
  const isGroup = chat === null ? null : chat.style === null ? people.length > 1 : chat.style === GROUP_STYLE;
  return { id: `imessage:${chat?.guid ?? handle ?? 'unknown'}`, name, isGroup };
}

/** Reads one rebuilt message. Never throws. */
export function readItem(bytes: Uint8Array, context: ExportContext): ExportedItem {
  const row = rowOf(bytes);
  return row ? itemOf(row, context) : { ...blankItem(context), issues: [NO_ROW] };
}

function itemOf(row: MessageRow, context: ExportContext): ExportedItem {
  const { message } = row;
  const isSystem = numberCell(message.item_type) !== 0;
  const words = wordsOf(message);
  const history = historyOf(blobCell(message.message_summary_info));
  const text = spoken(words?.text) ?? history.latest?.text ?? appWords(blobCell(message.payload_data));
  const sentAt = appleInstant(message.date);
  const earlier = history.earlier.length > 0 ? { earlier: history.earlier } : {};
  return {
    ...blankItem(context),
    ...(isSystem ? {} : peopleOf(row)),
    sentAt,
    sentAtRaw: textCell(message.date),
    editedAt: appleInstant(message.date_edited) ?? history.latest?.at ?? null,
    subject: textCell(message.subject) || null,
    ...(isSystem ? { text: eventText(message) } : statedOf(row, text, history.isWithdrawn)),
    id: textCell(message.guid),
    files: row.attachments.map(fileOf),
    ...earlier,
    issues: [
      ...(sentAt === null ? [NO_DATE] : []),
      ...(words?.isDamaged ? [DAMAGED_TEXT] : []),
      ...(!isSystem && isUntold(row, text, history.isWithdrawn) ? [NOTHING_READ] : []),
    ],
  };
}

/** What happened to a group, by its kind: nobody wrote it. */
const EVENTS: Readonly<Record<number, string>> = {
  1: 'participant added or removed',
  2: 'group named',
  3: 'participant left, or group picture changed',
};

function eventText({ group_title, item_type }: MessageRow['message']): string | null {
  return textCell(group_title) || (EVENTS[numberCell(item_type)] ?? null);
}

/** Neither words nor files, and nobody took it back. */
function isUntold({ message, attachments }: MessageRow, text: string | null, isWithdrawn: boolean): boolean {
  const isGone = isWithdrawn || numberCell(message.date_retracted) > 0;
  const isTapback = tapbackOf(numberCell(message.associated_message_type)) !== null;
  return text === null && attachments.length === 0 && !isGone && !isTapback;
}

/** What became of it, what it answers, and its words. */
function statedOf({ message }: MessageRow, text: string | null, isWithdrawn: boolean) {
  const type = numberCell(message.associated_message_type);
  const tapback = tapbackOf(type);
  if (tapback) {
    const emoji = textCell(message.associated_message_emoji) ?? TAPBACKS[type % 1000] ?? null;
    return {
      text: text ?? emoji,
      state: tapback,
      replyTo: targetOf(textCell(message.associated_message_guid)),
    };
  }
  const replyTo = textCell(message.thread_originator_guid);
  if (text === null && (isWithdrawn || numberCell(message.date_retracted) > 0))
    return { text, state: 'deleted', replyTo };
  if (numberCell(message.error) !== 0) return { text, state: 'failed', replyTo };
  const isEdited =
    numberCell(message.date_edited) > 0 || historyOf(blobCell(message.message_summary_info)).latest !== null;
  return { text, state: isEdited ? 'edited' : null, replyTo };
}

function tapbackOf(type: number): string | null {
  if (type >= 2000 && type < 3000) return 'reaction';
  return type >= 3000 && type < 4000 ? 'reaction-removed' : null;
}

/** `p:0/GUID` and `bp:GUID` name a part of the message that is meant. */
function targetOf(guid: string | null): string | null {
  return guid === null ? null : guid.replace(/^(?:p:\d+\/|bp:)/, '');
}

function peopleOf({ message, handle, chat }: MessageRow) {
  const own = textCell(message.destination_caller_id);
  const me: ExportedPerson = { name: null, address: own ? addressOf(own) : null, isMe: true };
  const others = (chat?.people ?? []).filter((one) => one !== handle);
  if (numberCell(message.is_from_me) !== 0) {
    const all = chat?.people.length ? chat.people : handle === null ? [] : [handle];
    return { from: me, to: all.map(personOf) };
  }
  return { from: handle === null ? null : personOf(handle), to: [me, ...others.map(personOf)] };
}

function personOf(handle: string): ExportedPerson {
  return { name: null, address: addressOf(handle), isMe: false };
}

/** A number with its country code, a mail address, else what the app showed: a short number, a firm. */
function addressOf(handle: string): string {
  const digits = handle.replace(/[\s().-]/g, '');
  if (/^\+\d{5,15}$/.test(digits)) return digits;
  return /^[^@\s]+@[^@\s]+$/.test(handle) ? handle.toLowerCase() : `imessage:${handle}`;
}

/** Files lie in a folder beside the database; one that lies elsewhere was not exported with it. */
function fileOf(file: MessageRow['attachments'][number]): ExportedFile {
  const stored = textCell(file.filename);
  const path = /(?:^|\/)Library\/(?:Messages|SMS)\/(.+)$/.exec(stored ?? '')?.[1] ?? null;
  const name = textCell(file.transfer_name) ?? stored?.split('/').at(-1) ?? null;
  return { name, mediaType: textCell(file.mime_type), path: path?.includes('..') ? null : path, bytes: null };
}

const NO_ROW: Issue = { code: 'export-damaged', message: 'These bytes are no message out of a database.' };
const NO_DATE: Issue = { code: 'date-missing', message: 'The database states no time for it.' };
const NOTHING_READ: Issue = {
  code: 'text-not-exported',
  message: 'No words or file were found in this message; its row is kept as it is.',
};
const DAMAGED_TEXT: Issue = {
  code: 'export-damaged',
  message: 'The words are stored in a damaged form; what could be read of them is shown.',
};
