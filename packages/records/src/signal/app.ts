import { blankItem, unreadItem } from '../blank-item.ts';
import { instantOf } from '../export-time.ts';
import type {
  ExportContext,
  ExportEvent,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  ExportReader,
  ExportSettings,
  Reaction,
} from '../exported.ts';
import type { ByteRange, Issue } from '../issue.ts';
import { emptiness } from '../json-export.ts';
import {
  at,
  idAt,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  readJson,
  textAt,
} from '../json-value.ts';
import { linesOf } from '../line-scan.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { attachmentsOf, type Recipient, type Registers, register, updateName, wordsOf } from './frames.ts';

/** Everybody whom the line names by number, the owner and the chat's own recipient among them. */
type SignalContext = ExportContext & {
  readonly known: Readonly<Record<string, Recipient>>;
  readonly peer: string | null;
};

const FORMAT = 'signal-app';
const TALK = [
  'standardMessage',
  'contactMessage',
  'stickerMessage',
  'viewOnceMessage',
  'directStoryReplyMessage',
  'poll',
];

/** `main.jsonl`, as the app itself exports chats since 2026: one frame of its backup per line. */
export const signalApp: ExportReader = {
  format: FORMAT,
  platform: 'signal',
  recognises: (head) => {
    const lines = asBuffer(head).toString('utf8').split('\n', 12).slice(0, -1);
    return lines.some((line) => isFrame(readJson(Buffer.from(line)).value));
  },
  read,
  readItem: (bytes, context) => {
    const { value } = readJson(bytes);
    const chatItem = at(value, 'chatItem');
    if (isObject(chatItem)) return itemOf(chatItem, context as SignalContext);
    return unreadItem(context, { code: 'json-damaged', message: 'This line is no JSON that can be read.' });
  },
};

function isFrame(value: Json | undefined): boolean {
  const isInfo = numberAt(value, 'backupTimeMs') !== null && at(value, 'version') !== undefined;
  return (
    isInfo ||
    textAt(value, 'account', 'profileKey') !== null ||
    numberAt(value, 'chatItem', 'dateSent') !== null
  );
}

async function* read(source: ByteSource, settings: ExportSettings): AsyncGenerator<ExportEvent> {
  const registers: Registers = { recipients: new Map(), chats: new Map(), owner: null, own: null };
  const tally = { entries: 0, meant: 0, silent: 0 };
  let isLost = false;
  for await (const { range, bytes } of linesOf(source)) {
    if (bytes === null) {
      yield {
        type: 'unreadable',
        range,
        issue: { code: 'entry-too-large', message: 'One line is too long to be an entry.' },
      };
      continue;
    }
    const { value } = readJson(bytes);
    const chatItem = at(value, 'chatItem');
    if (isObject(chatItem)) {
      const context = contextOf(chatItem, registers, settings.zone);
      tally.entries++;
      isLost ||= !registers.chats.has(idAt(chatItem, 'chatId') ?? '');
      if (TALK.some((kind) => chatItem[kind] !== undefined)) {
        tally.meant++;
        if (isSilent(chatItem)) tally.silent++;
      }
      yield { type: 'item', range, bytes, context, issues: isUntold(chatItem) ? [NOTHING_READ] : [] };
    } else yield other(range, bytes, value, registers);
  }
  if (isLost)
    yield {
      type: 'note',
      issue: {
        code: 'export-incomplete',
        message: 'Some messages belong to chats that main.jsonl does not describe.',
      },
    };
  const empty = emptiness(FORMAT, tally);
  if (empty) yield { type: 'note', issue: empty };
}

function other(
  range: ByteRange,
  bytes: Uint8Array,
  value: Json | undefined,
  registers: Registers,
): ExportEvent {
  if (isObject(value)) register(registers, value);
  const isBlank = asBuffer(bytes).toString('latin1').trim() === '';
  if (value !== undefined || isBlank) return { type: 'gap', range };
  return {
    type: 'unreadable',
    range,
    issue: { code: 'json-damaged', message: 'This line is no JSON that can be read.' },
  };
}

/** Neither words nor a file, nor a line of the app's own. */
function isUntold(item: JsonObject): boolean {
  const isOwnLine = item.updateMessage !== undefined || item.remoteDeletedMessage !== undefined;
  return !isOwnLine && wordsOf(item) === null && attachmentsOf(item).length === 0;
}

const NOTHING_READ: Issue = {
  code: 'text-not-exported',
  message: 'No words, file or call were found in this entry; its bytes are kept as they are.',
};

function isSilent(item: JsonObject): boolean {
  return (
    wordsOf(item) === null &&
    item.contactMessage === undefined &&
    item.stickerMessage === undefined &&
    attachmentsOf(item).length === 0
  );
}

function contextOf(
  item: JsonObject,
  { recipients, chats, own }: Registers,
  zone: string | null,
): SignalContext {
  const peer = chats.get(idAt(item, 'chatId') ?? '') ?? null;
  const chat = peer === null ? undefined : recipients.get(peer);
  const reactors = signsOn(item).map((sign) => idAt(sign, 'authorId'));
  const named = [idAt(item, 'authorId'), peer, own, ...reactors].flatMap((id) =>
    id && recipients.has(id) ? [[id, recipients.get(id)!]] : [],
  );
  const address = chat?.address?.replace(/^signal:/, '');
  const id = address
    ? `signal:${address}`
    : chat?.isMe
      ? 'signal:self'
      : `signal:chat=${idAt(item, 'chatId')}`;
  return {
    conversation: { id, name: chat?.name ?? null, isGroup: chat?.isGroup ?? null },
    zone,
    peer,
    known: Object.fromEntries(named),
  };
}

function itemOf(item: JsonObject, context: SignalContext): ExportedItem {
  const update = item.updateMessage !== undefined;
  const call = at(item, 'updateMessage', 'individualCall') ?? at(item, 'updateMessage', 'groupCall');
  const from = update && !call ? null : personOf(idAt(item, 'authorId'), context);
  const { sent, edited } = timesOf(item);
  const text = update ? (call ? null : updateName(item)) : wordsOf(item);
  return {
    ...blankItem(context),
    kind: call ? 'call' : 'message',
    from,
    to: from ? othersThan(from, context) : [],
    sentAt: instantOf(sent),
    sentAtRaw: sent === null ? null : String(sent),
    editedAt: instantOf(edited),
    text,
    state:
      item.remoteDeletedMessage !== undefined ? 'deleted' : call ? callState(call) : edited ? 'edited' : null,
    id: sent === null ? null : String(sent),
    replyTo: idAt(item, 'standardMessage', 'quote', 'targetSentTimestamp'),
    durationSec: call ? lengthOf(call) : null,
    files: attachmentsOf(item).map(fileOf),
    ...earlierOf(item),
    ...reacted(signsOn(item).flatMap((sign) => reactionOf(sign, context))),
  };
}

/** What it said before it was edited, oldest first. */
function earlierOf(item: JsonObject): Pick<ExportedItem, 'earlier'> {
  const states = listAt(item, 'revisions').map((one) => ({
    text: wordsOf(one),
    sent: numberAt(one, 'dateSent'),
  }));
  const earlier = states
    .toSorted((a, b) => (a.sent ?? 0) - (b.sent ?? 0))
    .map(({ text, sent }) => ({ text, at: instantOf(sent) }));
  return earlier.length > 0 ? { earlier } : {};
}

function signsOn(item: JsonObject): readonly Json[] {
  return TALK.flatMap((kind) => listAt(item, kind, 'reactions'));
}

function reactionOf(sign: Json, context: SignalContext): readonly Reaction[] {
  const by = personOf(idAt(sign, 'authorId'), context);
  return reactionsTo(textAt(sign, 'emoji'), [{ by, at: instantOf(numberAt(sign, 'sentTimestamp')) }]);
}

/** A message that was edited carries its earlier states; the oldest one says when it was sent. */
function timesOf(item: JsonObject): { readonly sent: number | null; readonly edited: number | null } {
  const last = numberAt(item, 'dateSent');
  const earlier = listAt(item, 'revisions').flatMap((one) => numberAt(one, 'dateSent') ?? []);
  return earlier.length === 0 ? { sent: last, edited: null } : { sent: Math.min(...earlier), edited: last };
}

function personOf(id: string | null, { known }: SignalContext): ExportedPerson | null {
  const found = id === null ? undefined : known[id];
  if (!found) return null;
  const { name, address, isMe } = found;
  return { name, address: address ?? (isMe ? null : `signal:name=${name}`), isMe };
}

function othersThan(from: ExportedPerson, context: SignalContext): readonly ExportedPerson[] {
  if (context.conversation.isGroup) return [];
  const own = Object.keys(context.known).find((id) => context.known[id]!.isMe) ?? null;
  const other = personOf(from.isMe ? context.peer : own, context);
  return other ? [other] : [];
}

function callState(call: Json): string | null {
  return /MISSED|NOT_ACCEPTED|DECLINED/.test(textAt(call, 'state') ?? '') ? 'missed' : null;
}

function lengthOf(call: Json): number | null {
  const [start, end] = [numberAt(call, 'startedCallTimestamp'), numberAt(call, 'endedCallTimestamp')];
  return start && end && end >= start ? Math.round((end - start) / 1000) : null;
}

/** Files lie in `files/`, under a name that is told from their hash, which the line does not spell out. */
function fileOf(attachment: Json): ExportedFile {
  const pointer = at(attachment, 'pointer');
  return {
    name: textAt(pointer, 'fileName'),
    mediaType: textAt(pointer, 'contentType'),
    path: null,
    bytes: null,
  };
}
