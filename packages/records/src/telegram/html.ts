import { blankItem } from '../blank-item.ts';
import { inZone, localOf } from '../export-time.ts';
import type {
  Beside,
  ExportContext,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  Reaction,
} from '../exported.ts';
import { divsOf } from '../html-blocks.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, parseHtml, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/**
 * @property sender Who wrote the message before: a joined one does not repeat it.
 * @property peer The chat's own name, when it is that of one of the two who write in it.
 */
type HtmlContext = ExportContext & { readonly sender: string | null; readonly peer: string | null };
type State = { readonly context: HtmlContext; sender: string | null; isLocal: boolean };

const MARKS = ['<div class="message default', '<div class="message service'];
const STAMP = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:\d{2}))?$/;
const SENDER = /<div class="from_name">\s*([^<]{1,300}?)\s*<\/div>/g;
const TAIL_BYTES = 512 * 1024;
const MAX_FILE_BYTES = 64 * 1024 ** 2;

/** Telegram Desktop's `messages.html`, `messages2.html`, … */
export const telegramHtml = htmlExport<State>({
  format: 'telegram-html',
  platform: 'telegram',
  charset: 'utf-8',
  recognises: (head) =>
    (/<div class="page_header/.test(head) && MARKS.some((mark) => head.includes(mark))) ||
    /<title>Exported Data<\/title>[\s\S]*<div class="history">/.test(head),
  marks: MARKS,
  begin,
  next: (state, entry) => {
    if (isDay(entry)) return null;
    const context = { ...state.context, sender: state.sender };
    state.sender = senderOf(entry) ?? state.sender;
    const stamp = stampOf(entry);
    state.isLocal ||= stamp !== null && !stamp.includes('UTC');
    return context;
  },
  itemOf: (entry, context) =>
    (withClass('service')(entry) ? serviceItem : messageItem)(entry, context as HtmlContext),
  ended: ({ isLocal, context }) => (isLocal && !context.zone ? [NO_ZONE] : []),
});

async function begin(
  head: string,
  source: ByteSource,
  settings: { zone: string | null },
  beside: Beside,
): Promise<State> {
  const page = parseHtml(head.slice(0, 64 * 1024));
  const header = find(page, withClass('page_header'));
  const name = textOf(header && find(header, withClass('text'))) || null;
  const senders = new Set([...head.matchAll(SENDER)].map((found) => textOf(parseHtml(found[1]!))));
  const isPair = name !== null && senders.has(name) && senders.size <= 2;
  const context: HtmlContext = {
    conversation: {
      id: `telegram:name=${name ?? ''}`,
      name,
      isGroup: isPair ? false : senders.size > 2 ? true : null,
    },
    zone: settings.zone,
    sender: null,
    peer: isPair ? name : null,
  };
  return { context, sender: await senderBefore(source.name, beside), isLocal: false };
}

/** The last one who wrote in the file before this one: `messages.html` before `messages2.html`. */
async function senderBefore(path: string, beside: Beside): Promise<string | null> {
  const number = Number(/messages(\d+)\.html$/i.exec(path)?.[1] ?? 1);
  const before = number > 1 ? await beside(`messages${number === 2 ? '' : number - 1}.html`) : null;
  if (!before) return null;
  // A packed file knows its size only at its end.
  const start = Number.isFinite(before.sizeBytes) ? Math.max(0, before.sizeBytes - TAIL_BYTES) : 0;
  const bytes = await before.read(start, Math.min(before.sizeBytes, start + MAX_FILE_BYTES));
  let sender: string | null = null;
  const tail: ByteSource = {
    name: '',
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.subarray(from, to),
  };
  for await (const block of divsOf(tail, MARKS)) {
    if (block.bytes) sender = senderOf(parseHtml(asBuffer(block.bytes).toString('utf8'))) ?? sender;
  }
  return sender;
}

function isDay(entry: HtmlNode): boolean {
  if (!withClass('service')(entry) || !attr(entry, 'id').startsWith('message-')) return false;
  return /^\d{1,2}\.? \S{3,20} \d{4}$/.test(textOf(entry));
}

/** The name above the message, but not the one above a message that was passed on. */
function senderOf(entry: HtmlNode): string | null {
  const isName = withClass('from_name');
  const isForwarded = withClass('forwarded');
  const name = findAll(entry, (node) => isName(node) || isForwarded(node)).find(isName) ?? null;
  return textOf(name, withClass('details')) || null;
}

function stampOf(entry: HtmlNode): string | null {
  return (
    attr(
      find(entry, (node) => withClass('date')(node) && withClass('pull_right')(node)),
      'title',
    ).trim() || null
  );
}

function messageItem(entry: HtmlNode, context: HtmlContext): ExportedItem {
  const name = senderOf(entry) ?? context.sender;
  const from = name === null ? null : personOf(name, context);
  const forwarded = find(entry, withClass('forwarded'));
  const calls = find(entry, withClass('media_call'));
  const files = calls ? [] : filesOf(entry);
  const text = textOf(find(entry, withClass('text'))) || (files.length > 0 || calls ? '' : mediaText(entry));
  const stamp = stampOf(entry);
  const sentAt = timeOf(stamp, context.zone);
  return {
    ...blankItem(context),
    kind: calls ? 'call' : 'message',
    from: calls ? callerOf(calls, context) : from,
    to: from ? othersThan(from, context) : [],
    sentAt,
    sentAtRaw: stamp,
    subject: forwarded
      ? `Forwarded from ${textOf(find(forwarded, withClass('from_name')), withClass('details'))}`
      : null,
    text: text === '' ? null : text,
    state: calls && /missed|cancel|declin/i.test(textOf(calls)) ? 'missed' : null,
    id: /^message(\d+)$/.exec(attr(entry, 'id'))?.[1] ?? null,
    replyTo: replyTo(entry),
    durationSec: calls ? secondsIn(textOf(find(calls, withClass('status')))) : null,
    files: files.map(({ file }) => file),
    ...reacted(findAll(entry, withClass('reaction')).flatMap((sign) => reactionsOf(sign, context))),
    issues: [...files.flatMap(({ issue }) => issue ?? []), ...(sentAt === null ? [NO_TIME] : [])],
  };
}

function serviceItem(entry: HtmlNode, context: HtmlContext): ExportedItem {
  const text = textOf(find(entry, withClass('body')));
  return {
    ...blankItem(context),
    text: text === '' ? null : text,
    id: attr(entry, 'id').replace(/^message/, '') || null,
  };
}

function personOf(name: string, { peer }: HtmlContext): ExportedPerson {
  return { name, address: `telegram:name=${name}`, isMe: peer !== null && name !== peer };
}

function othersThan(from: ExportedPerson, { peer }: HtmlContext): readonly ExportedPerson[] {
  if (peer === null) return [];
  return from.isMe
    ? [{ name: peer, address: `telegram:name=${peer}`, isMe: false }]
    : [{ name: null, address: null, isMe: true }];
}

/** A call is shown under the other's name, and says itself which way it went. */
function callerOf(call: HtmlNode, context: HtmlContext): ExportedPerson | null {
  const isOurs = /outgoing|cancel/i.test(textOf(find(call, withClass('status'))));
  const peer = textOf(find(call, withClass('title'))) || context.peer;
  if (isOurs) return { name: null, address: null, isMe: true };
  return peer ? { name: peer, address: `telegram:name=${peer}`, isMe: false } : null;
}

function secondsIn(status: string): number | null {
  const [, hours, minutes, seconds] =
    /\((?:(\d+) hours?,? ?)?(?:(\d+) minutes?,? ?)?(?:(\d+) seconds?)?\)/.exec(status) ?? [];
  if (!hours && !minutes && !seconds) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

function timeOf(stamp: string | null, zone: string | null | undefined): string | null {
  const [, day, month, year, clock, offset] = STAMP.exec(stamp ?? '') ?? [];
  const local = clock ? localOf(Number(year), Number(month), Number(day), clock) : null;
  if (local === null) return null;
  return offset ? local + offset : inZone(local, zone);
}

function replyTo(entry: HtmlNode): string | null {
  const link = find(entry, withClass('reply_to'));
  return (
    /#go_to_message(\d+)$/.exec(attr(link && find(link, (node) => node.name === 'a'), 'href'))?.[1] ?? null
  );
}

function filesOf(entry: HtmlNode): readonly { file: ExportedFile; issue: Issue | null }[] {
  const isMedia = (node: HtmlNode) =>
    /(?:^| )(?:photo_wrap|video_file_wrap|sticker_wrap|animated_wrap|media|media_\w+)(?: |$)/.test(
      attr(node, 'class'),
    ) && !withClass('media_wrap')(node);
  return findAll(entry, isMedia).flatMap((media) => {
    const href =
      attr(media, 'href') ||
      attr(
        find(media, (node) => node.name === 'a'),
        'href',
      );
    const title = textOf(find(media, withClass('title')));
    const isMissing = href === '' && /not included|exceeds maximum|unavailable/i.test(textOf(media));
    if (href === '' && !isMissing) return [];
    const path = /^[a-z][a-z0-9+.-]*:/i.test(href) || href === '' ? null : pathOf(href);
    const name = title || path?.replace(/^.*\//, '') || null;
    const message = `The file ${name ?? 'without a name'} is not in the export.`;
    return [
      {
        file: { name, mediaType: null, path, bytes: null },
        issue: path === null ? { code: 'file-not-exported' as const, message } : null,
      },
    ];
  });
}

function pathOf(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

/** The newest of those who set a sign are shown by their pictures' titles, the others are counted; no time is stated. */
function reactionsOf(sign: HtmlNode, context: HtmlContext): readonly Reaction[] {
  const named = findAll(sign, withClass('initials')).flatMap((picture) => {
    const name = attr(picture, 'title').trim();
    return name === '' ? [] : [{ by: personOf(name, context), at: null }];
  });
  const count = /^\d{1,9}$/.exec(textOf(find(sign, withClass('count'))))?.[0];
  const what = textOf(find(sign, withClass('emoji'))) || (withClass('paid')(sign) ? 'paid' : 'custom emoji');
  return reactionsTo(what, named, count ? Number(count) : null);
}

/** A poll, a place or a contact shows its words in other boxes. */
function mediaText(entry: HtmlNode): string {
  const media = findAll(entry, withClass('media_wrap'));
  return media
    .flatMap((box) => (isInnermost(box) ? [box] : findAll(box, isInnermost)))
    .map((box) => textOf(box))
    .filter(Boolean)
    .join('\n');
}

function isInnermost(node: HtmlNode): boolean {
  return node.name === 'div' && find(node, ({ name }) => name === 'div') === null;
}

const NO_TIME: Issue = { code: 'date-missing', message: 'The message states no time that can be read.' };
const NO_ZONE: Issue = {
  code: 'date-unknown-zone',
  message: 'The pages state local times of the computer that made the export, and no zone.',
};
