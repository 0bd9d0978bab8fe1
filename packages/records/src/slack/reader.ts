import { blankItem } from '../blank-item.ts';
import { instantOfSeconds } from '../export-time.ts';
import type {
  Beside,
  ExportContext,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  ExportSettings,
  Reaction,
} from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, idAt, isObject, type Json, type JsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import type { ByteSource } from '../source.ts';
import { type Channel, channelNamed, directoryOf, type SlackDirectory } from './directory.ts';
import { idsIn, shownText, withoutSecrets } from './texts.ts';

type SlackContext = ExportContext & { readonly members?: readonly string[] };
type State = {
  readonly zone: string | null;
  readonly directory: SlackDirectory;
  readonly fileName: string;
  channel: Channel;
};

const TS = /^\d{9,11}(?:\.\d{1,8})?$/;
/** Lists in lists in a text; nobody writes more. */
const MAX_DEPTH = 10;
const CHANGED: Readonly<Record<string, string>> = {
  message_changed: 'message',
  message_deleted: 'previous_message',
};
const REPLIES = 'slackdump_thread_replies';
/** Lines that the platform wrote. */
const SYSTEM =
  /^(?:(?:channel|group|mpim|im)_(?!broadcast)\w+|bot_(?:add|remove|enable|disable)|pinned_item|unpinned_item|reminder_add|app_conversation_\w+|tombstone_\w+)$/;
const WHY_NO_FILE: Readonly<Record<string, string>> = {
  tombstone: 'it had been deleted',
  hidden_by_limit: 'it is hidden by the limit of the plan',
  external: 'it is kept elsewhere',
};

/** A day of a channel in a Slack export, or a channel as the tool slackdump writes it. */
export const slack = jsonExport<State>({
  format: 'slack',
  platform: 'slack',
  recognises: (seen) =>
    (Array.isArray(seen) ? seen : isDump(seen) ? listAt(seen, 'messages') : []).slice(0, 3).some(isMessage),
  plan: { elements: ['', 'messages'], values: ['channel_id', 'name'] },
  begin,
  met: (state, path, value) => {
    const id = path === 'channel_id' ? idAt(value) : null;
    const name = path === 'name' ? idAt(value) : null;
    if (id || name) state.channel = { ...state.channel, ...(id && { id }), ...(name && { name }) };
  },
  contextOf: (state, entry) => (isMessage(entry) ? contextOf(state, entry) : null),
  inner: REPLIES,
  itemOf,
  says: (entry) => {
    const isSilent =
      textAt(entry, 'text') === null && listAt(entry, 'files').length === 0 && otherWords(entry) === '';
    const subtype = textAt(entry, 'subtype') ?? '';
    const isTold = SYSTEM.test(subtype) || subtype in CHANGED || subtype === 'huddle_thread';
    return isTold ? null : !isSilent;
  },
  ended: (state, entries) => (entries > 0 && !state.directory.isFound ? [noUsers(state.fileName)] : []),
});

function isDump(seen: Json): boolean {
  return textAt(seen, 'channel_id') !== null;
}

function isMessage(entry: Json): boolean {
  return TS.test(textAt(entry, 'ts') ?? '') && (textAt(entry, 'type') ?? 'message') === 'message';
}

async function begin(source: ByteSource, settings: ExportSettings, beside: Beside): Promise<State> {
  const directory = await directoryOf(beside);
  const channel = channelNamed(directory, source.name);
  return { zone: settings.zone, directory, fileName: source.name.replace(/^.*[\\/]/, ''), channel };
}

function contextOf({ zone, directory, channel }: State, entry: JsonObject): SlackContext {
  const named = idsIn(entry).flatMap((id) => {
    const name = directory.names.get(id);
    return name === undefined ? [] : [[id, name] as const];
  });
  const { id, name, isGroup, members } = channel;
  const others = isGroup === false ? members : [];
  const known = others.flatMap((member) => {
    const found = directory.names.get(member);
    return found === undefined ? [] : [[member, found] as const];
  });
  return {
    conversation: { id: `slack:${id ?? `name=${name}`}`, name: nameOf(channel, directory), isGroup },
    zone,
    people: Object.fromEntries([...known, ...named]),
    ...(others.length > 0 && { members: others }),
  };
}

/** A talk between two is named by the people in it. */
function nameOf({ name, members, isGroup }: Channel, { names }: SlackDirectory): string | null {
  if (isGroup !== false || members.length === 0) return name;
  return members.map((member) => names.get(member) ?? member).join(', ');
}

/** A change is an entry of its own, with the message as it is now; a deletion has it as it was. */
function itemOf(entry: JsonObject, context: SlackContext): ExportedItem {
  const changed = at(entry, CHANGED[textAt(entry, 'subtype') ?? ''] ?? '');
  if (!isObject(changed)) return messageOf(entry, context);
  const ts = textAt(entry, 'ts');
  const state = textAt(entry, 'subtype') === 'message_deleted' ? 'deleted' : 'edited';
  return { ...messageOf(changed, context), sentAt: instantOfSeconds(ts), sentAtRaw: ts, state, id: ts };
}

function messageOf(entry: JsonObject, context: SlackContext): ExportedItem {
  const ts = textAt(entry, 'ts');
  const subtype = textAt(entry, 'subtype') ?? '';
  const thread = textAt(entry, 'thread_ts');
  const from = SYSTEM.test(subtype) ? null : authorOf(entry, context);
  const files = listAt(entry, 'files').map(fileOf);
  const editedAt = instantOfSeconds(textAt(entry, 'edited', 'ts'));
  const text = shownText(textAt(entry, 'text') ?? otherWords(entry), context.people ?? {});
  return {
    ...blankItem(context),
    kind: subtype === 'huddle_thread' ? 'call' : 'message',
    from,
    to: from ? othersThan(from, context) : [],
    sentAt: instantOfSeconds(ts),
    sentAtRaw: ts,
    editedAt,
    text: text === '' ? null : text,
    state: subtype === 'tombstone' ? 'deleted' : editedAt ? 'edited' : null,
    id: ts,
    replyTo: thread !== ts ? thread : null,
    durationSec: lengthOf(entry),
    files: files.map(({ file }) => file),
    ...reacted(listAt(entry, 'reactions').flatMap((sign) => reactionsOf(sign, context))),
    issues: files.map(({ issue }) => issue),
  };
}

function authorOf(entry: JsonObject, context: SlackContext): ExportedPerson | null {
  const user = textAt(entry, 'user');
  const bot = textAt(entry, 'bot_id');
  const id = user ?? bot;
  const profile = at(entry, 'user_profile');
  const stated = textAt(profile, 'display_name') ?? textAt(profile, 'real_name') ?? textAt(entry, 'username');
  const name = (id && context.people?.[id]) ?? stated ?? textAt(entry, 'bot_profile', 'name');
  if (!id && !name) return null;
  return {
    name: name === null ? null : withoutSecrets(name),
    address: `slack:${id ?? `name=${name}`}`,
    isMe: false,
  };
}

/** Slack keeps a sign's name and who set it, and no time. */
function reactionsOf(sign: Json, { people }: SlackContext): readonly Reaction[] {
  const name = textAt(sign, 'name');
  const named = listAt(sign, 'users').flatMap((one) => {
    const id = idAt(one);
    return id === null
      ? []
      : [{ by: { name: people?.[id] ?? null, address: `slack:${id}`, isMe: false }, at: null }];
  });
  return reactionsTo(name && `:${withoutSecrets(name)}:`, named, numberAt(sign, 'count'));
}

function othersThan(from: ExportedPerson, { members, people }: SlackContext): readonly ExportedPerson[] {
  const others = (members ?? []).filter((member) => `slack:${member}` !== from.address);
  return others.map((member) => ({
    name: people?.[member] ?? null,
    address: `slack:${member}`,
    isMe: false,
  }));
}

/** What bots say beside the text. */
function otherWords(entry: JsonObject): string {
  const attached = listAt(entry, 'attachments').map(
    (one) => textAt(one, 'text') ?? textAt(one, 'fallback') ?? '',
  );
  const blocks = listAt(entry, 'blocks').map((block) => textAt(block, 'text', 'text') ?? richWords(block));
  return [...attached, ...blocks].filter((words) => words !== '').join('\n');
}

/** The words of a text that was laid out: its pieces lie some levels down. */
function richWords(block: Json, depth = 0): string {
  const pieces = depth > MAX_DEPTH ? [] : listAt(block, 'elements');
  return pieces
    .map((piece) => textAt(piece, 'text') ?? textAt(piece, 'url') ?? richWords(piece, depth + 1))
    .join('');
}

function lengthOf(entry: JsonObject): number | null {
  const [start, end] = [numberAt(entry, 'room', 'date_start'), numberAt(entry, 'room', 'date_end')];
  return start && end && end >= start ? end - start : null;
}

/** The link to a file holds a key that opens it, so nothing of a link is given on. */
function fileOf(file: Json): { readonly file: ExportedFile; readonly issue: Issue } {
  const name = textAt(file, 'name') ?? textAt(file, 'title');
  const shown = name === null ? null : withoutSecrets(name);
  const why = WHY_NO_FILE[textAt(file, 'mode') ?? ''] ?? 'exports hold only a link to it';
  return {
    file: { name: shown, mediaType: textAt(file, 'mimetype'), path: null, bytes: null },
    issue: {
      code: 'file-not-exported',
      message: `The file ${shown ?? 'without a name'} is not in the export: ${why}.`,
    },
  };
}

function noUsers(fileName: string): Issue {
  const message = `${fileName} is part of a Slack export, but users.json does not lie beside its folder: people have ids and no names.`;
  return { code: 'export-incomplete', message };
}
