import type { ExportEvent, ExportReader } from '../exported.ts';
import type { ByteRange, Issue } from '../issue.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { tagsIn, textIn } from './attributes.ts';
import { conversationOf, readItem } from './item.ts';
import { type Stretch, stretchesOf } from './scan.ts';

/** Messages and calls of a phone, as SMS Backup & Restore writes them. */
export const smsBackup: ExportReader = { format: 'sms-backup', platform: 'sms', recognises, read, readItem };

const HEAD_BYTES = 8 * 1024;
const TAIL_BYTES = 1024;
/** What may stand before the root: a declaration, comments, a document type. */
const BEFORE_ROOT =
  /^(?:\ufeff|\s+|<\?[^>]{0,500}\?>|<!--[\s\S]{0,2000}?-->|<!DOCTYPE[^>[]{0,500}(?:\[[\s\S]{0,2000}?\])?\s*>){0,20}/;
const ROOT = /^<(smses|calls)(?=[\s>/])[^>]{0,1000}/;

function rootOf(head: Uint8Array): { name: string; count: number | null } | null {
  const text = asBuffer(head).toString('utf8', 0, Math.min(head.length, HEAD_BYTES));
  const root = ROOT.exec(text.slice(BEFORE_ROOT.exec(text)?.[0].length ?? 0));
  if (!root) return null;
  const count = /\scount=["'](\d{1,9})["']/.exec(root[0])?.[1];
  return { name: root[1]!, count: count === undefined ? null : Number(count) };
}

/** Other programs have calls too: theirs have no numbers in quotes. */
function recognises(head: Uint8Array): boolean {
  const root = rootOf(head);
  if (root?.name === 'smses') return true;
  return root !== null && (root.count !== null || asBuffer(head).includes('<call number='));
}

/** What was counted over a whole backup. */
type Tally = { entries: number; messages: number; said: number };

async function* read(source: ByteSource): AsyncGenerator<ExportEvent> {
  const root = rootOf(await source.read(0, HEAD_BYTES));
  const tally: Tally = { entries: 0, messages: 0, said: 0 };
  let after: ByteRange | null = null;
  for await (const stretch of stretchesOf(source)) {
    yield told(stretch);
    if (stretch.type === 'element') count(stretch.bytes, tally);
    after = stretch.type === 'gap' ? stretch.range : null;
  }
  yield* notes(root, tally, after ? await tailOf(source, after) : '');
}

function told(stretch: Stretch): ExportEvent {
  const { range } = stretch;
  if (stretch.type === 'gap') return { type: 'gap', range };
  if (stretch.type === 'element') {
    const { bytes } = stretch;
    return { type: 'item', range, bytes, context: { conversation: conversationOf(bytes) }, issues: [] };
  }
  return { type: 'unreadable', range, issue: stretch.type === 'damaged' ? DAMAGED : TOO_LARGE };
}

/** Counted on the bytes: decoding every picture to see that there is one would be dear. */
function count(bytes: Uint8Array, tally: Tally): void {
  tally.entries += 1;
  const tags = tagsIn(bytes);
  if (tags[0]?.name === 'call') return;
  tally.messages += 1;
  const says = tags.some((tag) =>
    tag.name === 'part'
      ? tag.values.has('data') || Boolean(textIn(tag, 'text'))
      : Boolean(textIn(tag, 'body')),
  );
  if (says) tally.said += 1;
}

/** The last bytes of a gap; only those after the last entry are still there at the end. */
async function tailOf(source: ByteSource, { start, end }: ByteRange): Promise<string> {
  return asBuffer(await source.read(Math.max(start, end - TAIL_BYTES), end)).toString('latin1');
}

function* notes(
  root: { name: string; count: number | null } | null,
  { entries, messages, said }: Tally,
  tail: string,
): Generator<ExportEvent> {
  if (root && root.count !== null && root.count !== entries)
    yield { type: 'note', issue: countDiffers(root.count, entries) };
  const isSelfClosed = entries === 0 && /\/>\s*$/.test(tail);
  if (root && !isSelfClosed && !tail.includes(`</${root.name}>`)) yield { type: 'note', issue: CUT };
  if (entries === 0 || (messages > 0 && said === 0)) yield { type: 'note', issue: EMPTY };
}

function countDiffers(stated: number, found: number): Issue {
  return {
    code: 'count-differs',
    message: `The backup says that it holds ${stated} entries, and ${found} were found.`,
  };
}

const DAMAGED: Issue = {
  code: 'export-damaged',
  message:
    'An entry of the backup is not closed as it should be; it was left unread, and the next one was found.',
};
const TOO_LARGE: Issue = {
  code: 'entry-too-large',
  message: 'An entry of the backup is larger than any phone sends; it was left unread.',
};
const CUT: Issue = {
  code: 'export-incomplete',
  message: 'The backup ends in its middle: its last line is missing. What is there was read.',
};
const EMPTY: Issue = {
  code: 'export-empty',
  message: 'This looks like a backup of SMS Backup & Restore, but no message in it holds a text or a file.',
};
