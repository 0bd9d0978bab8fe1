import type { ExportContext, ExportedItem } from './exported.ts';

const UNIT = '\u001f';

/**
 * What two copies of one entry in overlapping exports have in common, whatever the phone, its language and whether media
 * came along: who, the minute, the words, how many files, and how many equal ones stood before it (`context.ordinal`).
 * It names no conversation, since two exports may call one chat by two names. Never a key: equal ones are shown as
 * copies of each other, and each is kept.
 *
 * @returns null for what nobody said or nobody dated: it is like nothing.
 */
export function likenessOf(item: ExportedItem, context: ExportContext): string | null {
  if (item.from === null || item.sentAt === null) return null;
  const who = item.from.address ?? (item.from.isMe ? 'me' : (item.from.name ?? ''));
  const ordinal = typeof context.ordinal === 'number' ? context.ordinal : 0;
  return [
    item.kind,
    who,
    item.sentAt.slice(0, 16),
    item.state ?? '',
    item.files.length,
    item.kind === 'call' ? '' : (item.text ?? '').trim(),
    ordinal,
  ].join(UNIT);
}
