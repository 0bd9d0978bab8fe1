import { blankItem } from '../blank-item.ts';
import { instantOfSeconds, inZone, possibleLocal } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson, Reaction } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, glimpse, idAt, type Json, type JsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import type { ByteSource } from '../source.ts';
import { extraText, serviceText, textOf } from './texts.ts';

/**
 * @property owner The account that was exported, `user123`, where the export says so.
 * @property peer The other side of a personal chat, when it was seen to write there.
 */
type TelegramContext = ExportContext & {
  readonly owner?: string | null;
  readonly ownerName?: string | null;
  readonly peer?: string | null;
};
type State = {
  readonly zone: string | null;
  chat: { name: string | null; type: string | null; id: string | null };
  ownerId: string | null;
  ownerNames: string[];
  peerSeen: string | null;
  isLocal: boolean;
};

const HEAD_BYTES = 1024 * 1024;
const CHATS = ['', 'chats.list.*.', 'left_chats.list.*.'];
/** What stands in place of a path when the file was not exported. */
const NO_FILE = /^\([^/\\]*[.)]\)?$|^\(.*\)$/;
const ME = 'personal_information.';

/** Telegram Desktop's `result.json`: one chat, or a whole account. */
export const telegramJson = jsonExport<State>({
  format: 'telegram-json',
  platform: 'telegram',
  recognises: (seen) => isChat(seen) || isAccount(seen),
  plan: {
    elements: CHATS.map((chat) => `${chat}messages`),
    values: [
      ...CHATS.flatMap((chat) => [`${chat}name`, `${chat}type`, `${chat}id`]),
      ...['user_id', 'first_name', 'last_name'].map((key) => ME + key),
    ],
  },
  begin: async (source, settings) => ({
    zone: settings.zone,
    chat: { name: null, type: null, id: null },
    ownerId: null,
    ownerNames: [],
    peerSeen: await peerIn(source),
    isLocal: false,
  }),
  met,
  contextOf: (state, entry) => {
    if (!idAt(entry, 'id') || !textAt(entry, 'type')) return null;
    state.isLocal ||= idAt(entry, 'date_unixtime') === null && textAt(entry, 'date') !== null;
    return contextOf(state);
  },
  itemOf: (entry, context) => (at(entry, 'type') === 'service' ? serviceItem : messageItem)(entry, context),
  says: (entry) => {
    if (at(entry, 'type') !== 'message') return null;
    return textOf(entry) !== '' ? true : hasMore(entry) ? null : false;
  },
  ended: ({ isLocal, zone }) => (isLocal && zone === null ? [NO_ZONE] : []),
});

const NO_ZONE: Issue = {
  code: 'date-unknown-zone',
  message: 'Some entries state only a local time of the computer that made the export, and no zone.',
};

function isChat(seen: Json): boolean {
  return /^(?:saved_messages|replies|verify_codes|(?:personal|bot)_chat|(?:private|public)_(?:group|supergroup|channel))$/.test(
    textAt(seen, 'type') ?? '',
  );
}

function isAccount(seen: Json): boolean {
  const isOfTelegram =
    at(seen, 'personal_information', 'user_id') !== undefined || listAt(seen, 'chats', 'list').some(isChat);
  return textAt(seen, 'about') !== null && isOfTelegram ? true : listAt(seen, 'chats', 'list').some(isChat);
}

/** In a personal chat whoever is not the other side is the owner; only where the other side is seen to write is that sure. */
async function peerIn(source: ByteSource): Promise<string | null> {
  const head = await source.read(0, HEAD_BYTES);
  const seen = glimpse(head.subarray(0, 4096));
  const id = idAt(seen, 'id');
  if (at(seen, 'type') !== 'personal_chat' || id === null) return null;
  return Buffer.from(head).includes(`"user${id}"`) ? `user${id}` : null;
}

function met(state: State, path: string, value: Json | undefined): void {
  if (value === undefined) {
    if (path.endsWith('list.*')) state.chat = { name: null, type: null, id: null };
    return;
  }
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (path.startsWith(ME)) {
    if (key === 'user_id') state.ownerId = idAt(value);
    else if (typeof value === 'string' && value !== '') state.ownerNames.push(value);
  } else if (key === 'name' || key === 'type' || key === 'id') {
    state.chat[key] = idAt(value);
  }
}

function contextOf(state: State): TelegramContext {
  const { name, type, id } = state.chat;
  const isPersonal = type === 'personal_chat' || type === 'bot_chat';
  const owner = state.ownerId === null ? null : `user${state.ownerId}`;
  return {
    conversation: {
      id: `telegram:${id ?? `name=${name ?? ''}`}`,
      name: name ?? (type === 'saved_messages' ? 'Saved Messages' : null),
      isGroup: type === null ? null : /group|channel/.test(type),
    },
    zone: state.zone,
    ...(owner && { owner, ownerName: state.ownerNames.join(' ') || null }),
    ...(isPersonal && id !== null && (owner || state.peerSeen) && { peer: `user${id}` }),
  };
}

function messageItem(entry: JsonObject, context: TelegramContext): ExportedItem {
  const files = filesOf(entry);
  const text = textOf(entry) || extraText(entry);
  const from = personOf(idAt(entry, 'from_id'), textAt(entry, 'from'), context);
  const edited = editedAt(entry, context);
  return {
    ...common(entry, context, files.issues),
    from,
    to: othersOf(from, context),
    editedAt: edited,
    state: edited ? 'edited' : null,
    subject: forwardedFrom(entry),
    text: text === '' ? null : text,
    replyTo: idAt(entry, 'reply_to_message_id'),
    durationSec: numberAt(entry, 'duration_seconds'),
    files: files.files,
  };
}

function serviceItem(entry: JsonObject, context: TelegramContext): ExportedItem {
  const isCall = at(entry, 'action') === 'phone_call' || at(entry, 'action') === 'group_call';
  const from = isCall ? personOf(idAt(entry, 'actor_id'), textAt(entry, 'actor'), context) : null;
  const isMissed = /^(?:missed|busy)$/.test(textAt(entry, 'discard_reason') ?? '');
  return {
    ...common(entry, context, []),
    kind: isCall ? 'call' : 'message',
    from,
    to: from ? othersOf(from, context) : [],
    state: isCall && isMissed ? 'missed' : null,
    text: isCall ? null : serviceText(entry),
    replyTo: idAt(entry, 'reply_to_message_id'),
    durationSec: numberAt(entry, 'duration_seconds') ?? numberAt(entry, 'duration'),
  };
}

function common(entry: JsonObject, context: TelegramContext, issues: readonly Issue[]): ExportedItem {
  return {
    ...blankItem(context),
    id: idAt(entry, 'id'),
    sentAt: stampOf(entry, context),
    sentAtRaw: idAt(entry, 'date_unixtime') ?? textAt(entry, 'date'),
    ...reacted(listAt(entry, 'reactions').flatMap((one) => reactionsOf(one, context))),
    issues,
  };
}

/** The newest of those who set a sign are named, the others counted. */
function reactionsOf(sign: Json, context: TelegramContext): readonly Reaction[] {
  const named = listAt(sign, 'recent').map((one) => ({
    by: personOf(idAt(one, 'from_id'), textAt(one, 'from'), context),
    at: stampOf(one, context),
  }));
  const what = textAt(sign, 'emoji') ?? textAt(sign, 'type')?.replaceAll('_', ' ') ?? null;
  return reactionsTo(what, named, numberAt(sign, 'count'));
}

function stampOf(entry: Json, { zone }: TelegramContext): string | null {
  const local = textAt(entry, 'date');
  const unix = instantOfSeconds(idAt(entry, 'date_unixtime'));
  return unix ?? (local && possibleLocal(local) ? inZone(local, zone) : null);
}

/** Old versions wrote the first second of 1970 for "never". */
function editedAt(entry: JsonObject, context: TelegramContext): string | null {
  const unix = instantOfSeconds(idAt(entry, 'edited_unixtime'));
  const local = textAt(entry, 'edited');
  if (unix || !local || local.startsWith('1970-') || possibleLocal(local) === null) return unix;
  return inZone(local, context.zone);
}

function personOf(id: string | null, name: string | null, context: TelegramContext): ExportedPerson | null {
  if (id === null && name === null) return null;
  const known = id !== null && /^\d+$/.test(id) ? `user${id}` : id;
  const isOwner = context.owner
    ? known === context.owner
    : Boolean(context.peer) && /^user/.test(known ?? '') && known !== context.peer;
  return { name, address: `telegram:${known ?? `name=${name}`}`, isMe: isOwner };
}

function othersOf(from: ExportedPerson | null, context: TelegramContext): readonly ExportedPerson[] {
  if (!context.peer || !from) return [];
  if (from.isMe)
    return [{ name: context.conversation.name, address: `telegram:${context.peer}`, isMe: false }];
  return [
    {
      name: context.ownerName ?? null,
      address: context.owner ? `telegram:${context.owner}` : null,
      isMe: true,
    },
  ];
}

function forwardedFrom(entry: JsonObject): string | null {
  const name = textAt(entry, 'forwarded_from') ?? textAt(entry, 'saved_from');
  if (name) return `Forwarded from ${name}`;
  return Object.hasOwn(entry, 'forwarded_from') ? 'Forwarded' : null;
}

function hasMore(entry: JsonObject): boolean {
  return filesOf(entry).files.length > 0 || extraText(entry) !== '' || Object.hasOwn(entry, 'media_type');
}

function filesOf(entry: JsonObject): { files: readonly ExportedFile[]; issues: readonly Issue[] } {
  const files: ExportedFile[] = [];
  const issues: Issue[] = [];
  for (const key of ['photo', 'file', 'contact_vcard']) {
    const path = textAt(entry, key);
    if (!path) continue;
    const isMissing = NO_FILE.test(path);
    files.push({
      name: textAt(entry, 'file_name') ?? (isMissing ? null : path.slice(path.lastIndexOf('/') + 1)),
      mediaType: textAt(entry, 'mime_type'),
      path: isMissing ? null : path,
      bytes: null,
    });
    if (isMissing) issues.push({ code: 'file-not-exported', message: `The export says of a file: ${path}` });
  }
  return { files, issues };
}
