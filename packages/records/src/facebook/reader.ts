import { blankItem } from '../blank-item.ts';
import { instantOf } from '../export-time.ts';
import type { ExportContext, ExportedItem, ExportReader, Reaction } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { scanJson } from '../json-scan.ts';
import { at, type Json, type JsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import type { ByteSource } from '../source.ts';
import { filesOf } from './files.ts';
import { mended } from './mojibake.ts';
import { type Platform, personOf } from './person.ts';

/** @property threadPath Where the chat lies below `messages/`, from which its files' places are told. */
export type MetaContext = ExportContext & {
  readonly members: readonly string[];
  readonly threadPath: string | null;
};
type State = { readonly context: MetaContext };

const THREAD = ['title', 'participants', 'thread_path', 'threadName'];
const KINDS = ['photos', 'videos', 'audio_files', 'files', 'gifs', 'media', 'sticker', 'share', 'reactions'];

/** Messenger's `message_1.json`, also as end-to-end encrypted chats are downloaded. */
export const facebook: ExportReader = metaExport('facebook', (seen, name) => !isInstagram(seen, name));
/** Instagram's `message_1.json`, which differs by where it lies and what it links to. */
export const instagram: ExportReader = metaExport('instagram', isInstagram);

function metaExport(platform: Platform, isOurs: (seen: Json, name: string) => boolean): ExportReader {
  return jsonExport<State>({
    format: `${platform}-json`,
    platform,
    recognises: (seen, name) => isThread(seen) && isOurs(seen, name),
    plan: { elements: ['messages'], values: [] },
    begin: async (source, settings) => ({ context: await threadContext(platform, source, settings.zone) }),
    contextOf: ({ context }, entry) => (isEntry(entry) ? context : null),
    itemOf: (entry, context) => itemOf(platform, entry, context as MetaContext),
    says: (entry) => {
      if (isCall(entry) || isUnsent(entry)) return null;
      return wordsOf(entry) !== '' ? true : KINDS.some((key) => at(entry, key) !== undefined) ? null : false;
    },
  });
}

function isThread(seen: Json): boolean {
  const [first] = listAt(seen, 'messages');
  if (first !== undefined) return isEntry(first);
  return textAt(seen, 'participants') === null && textAt(listAt(seen, 'participants')[0], 'name') !== null;
}

function isEntry(entry: Json): boolean {
  const isPlain = textAt(entry, 'sender_name') !== null && stampOf(entry) !== null;
  return isPlain || (textAt(entry, 'senderName') !== null && numberAt(entry, 'timestamp') !== null);
}

/** Milliseconds; the downloads of before 2018 state seconds. */
function stampOf(entry: Json): number | null {
  const stated = numberAt(entry, 'timestamp_ms') ?? numberAt(entry, 'timestamp');
  return stated !== null && stated < 1e11 ? stated * 1000 : stated;
}

function isInstagram(seen: Json, name: string): boolean {
  if (/(?:^|\/)(?:your_)?facebook|across_facebook/i.test(name)) return false;
  if (/instagram/i.test(name)) return true;
  return listAt(seen, 'messages').some((entry) =>
    /^your_instagram_activity\/|^https:\/\/(?:www\.)?instagram\.com\//.test(
      textAt(entry, 'share', 'link') ?? firstUri(entry) ?? '',
    ),
  );
}

function firstUri(entry: Json): string | null {
  return textAt(listAt(entry, 'photos')[0], 'uri') ?? textAt(listAt(entry, 'videos')[0], 'uri');
}

/** Title and path stand after the messages, so the file is passed over once before. */
async function threadContext(
  platform: Platform,
  source: ByteSource,
  zone: string | null,
): Promise<MetaContext> {
  const found = new Map<string, Json>();
  for await (const event of scanJson(kept(source), { elements: [], values: THREAD })) {
    if (event.type === 'value') found.set(event.path, event.value);
  }
  const thread = Object.fromEntries(found);
  const members = listAt(thread, 'participants').flatMap(
    (one) => textAt(one, 'name') ?? (typeof one === 'string' ? one : []),
  );
  const folder = source.name.replaceAll('\\', '/').split('/').at(-2) ?? null;
  const path = textAt(thread, 'thread_path') ?? textAt(thread, 'threadName') ?? folder;
  const stated = textAt(thread, 'title') ?? textAt(thread, 'threadName')?.replace(/_\d+$/, '');
  const name = stated ?? (members.join(', ') || null);
  return {
    conversation: {
      id: `${platform}:${path ?? `name=${name ?? ''}`}`,
      name: name === null ? null : mended(name),
      isGroup: members.length === 0 ? null : members.length > 2,
    },
    zone,
    members: members.map(mended),
    threadPath: textAt(thread, 'thread_path'),
  };
}

/** The same bytes, which may be read a second time. */
function kept(source: ByteSource): ByteSource {
  return {
    name: source.name,
    get sizeBytes() {
      return source.sizeBytes;
    },
    read: (start, end) => source.read(start, end),
  };
}

function itemOf(platform: Platform, entry: JsonObject, context: MetaContext): ExportedItem {
  const sender = textAt(entry, 'sender_name') ?? textAt(entry, 'senderName');
  const stamp = stampOf(entry);
  const words = wordsOf(entry);
  const text = wordsIn(entry).map(mended).join('\n');
  const isSystem = /^(?:Unsubscribe|Subscribe)$/i.test(textAt(entry, 'type') ?? '');
  const from = isSystem || !sender ? null : personOf(platform, mended(sender));
  const others = from ? context.members.filter((member) => member !== from.name) : [];
  return {
    ...blankItem(context),
    kind: isCall(entry) ? 'call' : 'message',
    from,
    to: others.map((member) => personOf(platform, member)),
    sentAt: instantOf(stamp),
    sentAtRaw: stamp === null ? null : String(stamp),
    text: text === '' ? null : text,
    state: isUnsent(entry) ? 'deleted' : isMissed(entry) ? 'missed' : null,
    durationSec: numberAt(entry, 'call_duration'),
    files: filesOf(entry, context.threadPath),
    ...reacted(listAt(entry, 'reactions').flatMap((sign) => reactionsOf(platform, sign))),
    issues: text === words ? [] : [textRepaired(words)],
  };
}

function reactionsOf(platform: Platform, sign: Json): readonly Reaction[] {
  const [what, actor] = [textAt(sign, 'reaction'), textAt(sign, 'actor')];
  const by = actor === null ? null : personOf(platform, mended(actor));
  return reactionsTo(what && mended(what), [{ by, at: instantOf(stampOf(sign)) }]);
}

function isCall(entry: Json): boolean {
  return numberAt(entry, 'call_duration') !== null || textAt(entry, 'type') === 'Call';
}

/** A call that lasted no second was not taken. */
function isMissed(entry: Json): boolean {
  return at(entry, 'missed') === true || numberAt(entry, 'call_duration') === 0;
}

function isUnsent(entry: Json): boolean {
  return at(entry, 'is_unsent') === true || at(entry, 'isUnsent') === true;
}

function wordsOf(entry: Json): string {
  return wordsIn(entry).join('\n');
}

/** What was typed, and what was passed on with it. */
function wordsIn(entry: Json): readonly string[] {
  const own = textAt(entry, 'content') ?? textAt(entry, 'text') ?? '';
  const shared = [textAt(entry, 'share', 'share_text'), textAt(entry, 'share', 'link')];
  const more = shared.filter((words): words is string => words !== null && !own.includes(words));
  return own === '' ? more : [own, ...more];
}

function textRepaired(words: string): Issue {
  const message = `The export wrote the bytes of UTF-8 as single characters; it was read again. As written: ${words.slice(0, 300)}`;
  return { code: 'text-repaired', message };
}
