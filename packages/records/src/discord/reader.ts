import { blankItem } from '../blank-item.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson, Reaction } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, glimpse, idAt, type Json, type JsonObject, listAt, numberAt, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import type { ByteSource } from '../source.ts';

type DiscordContext = ExportContext & { readonly peer?: string | null; readonly peerName?: string | null };
type State = {
  readonly zone: string | null;
  readonly peer: { readonly id: string; readonly name: string | null } | null;
  readonly channel: { id: string | null; type: string | null; name: string | null };
  guild: { id: string | null; name: string | null };
  stated: number | null;
};

const HEAD_BYTES = 256 * 1024;
/** Entries that a person wrote or sent; every other kind is the platform's own line. */
const WRITTEN =
  /^(?:Default|Reply|19|ChatInputCommand|20|ContextMenuCommand|23|ThreadStarterMessage|21|Call|3)$/;

/** A channel as DiscordChatExporter writes it. */
export const discord = jsonExport<State>({
  format: 'discord-chat-exporter',
  platform: 'discord',
  recognises: (seen) => idAt(seen, 'guild', 'id') !== null && idAt(seen, 'channel', 'id') !== null,
  plan: {
    elements: ['messages'],
    values: ['guild', 'channel', 'messageCount'],
  },
  begin: async (source, settings) => ({
    zone: settings.zone,
    peer: await peerIn(source),
    channel: { id: null, type: null, name: null },
    guild: { id: null, name: null },
    stated: null,
  }),
  met: (state, path, value) => {
    if (path === 'guild') state.guild = { id: idAt(value, 'id'), name: textAt(value, 'name') };
    if (path === 'messageCount') state.stated = numberAt(value);
    if (path !== 'channel') return;
    Object.assign(state.channel, {
      id: idAt(value, 'id'),
      type: textAt(value, 'type'),
      name: textAt(value, 'name'),
    });
  },
  contextOf: (state, entry) => (idAt(entry, 'id') && textAt(entry, 'timestamp') ? contextOf(state) : null),
  itemOf,
  says: (entry) => {
    if (!WRITTEN.test(textAt(entry, 'type') ?? 'Default') || callEnd(entry)) return null;
    const hasMore =
      attachmentsOf(entry).length > 0 || ['stickers', 'embeds'].some((key) => listAt(entry, key).length > 0);
    return wordsOf(entry) !== '' ? true : hasMore ? null : false;
  },
  ended: ({ stated }, entries) =>
    stated === null || stated === entries ? [] : [otherCount(stated, entries)],
});

/** A talk between two bears the other one's name; whoever else writes in it is the owner. */
async function peerIn(source: ByteSource): Promise<State['peer']> {
  const seen = glimpse(await source.read(0, HEAD_BYTES));
  const name = textAt(seen, 'channel', 'name');
  if (at(seen, 'channel', 'type') !== 'DirectTextChat' || name === null) return null;
  const authors = listAt(seen, 'messages').map((message) => at(message, 'author'));
  const peer =
    authors.find((author) => at(author, 'name') === name) ??
    authors.find((author) => at(author, 'nickname') === name);
  const id = idAt(peer, 'id');
  return id === null ? null : { id, name: nameOf(peer) };
}

function contextOf({ zone, peer, channel, guild }: State): DiscordContext {
  const isDirect = channel.type?.startsWith('Direct') ?? false;
  const place = isDirect || !guild.name ? channel.name : `${guild.name} #${channel.name ?? channel.id}`;
  const isGroup = channel.type === null ? null : channel.type !== 'DirectTextChat';
  return {
    conversation: { id: `discord:${channel.id}`, name: place, isGroup },
    zone,
    ...(peer && { peer: peer.id, peerName: peer.name }),
  };
}

function itemOf(entry: JsonObject, context: DiscordContext): ExportedItem {
  const type = textAt(entry, 'type') ?? 'Default';
  const author = personOf(at(entry, 'author'), context);
  const isWritten = WRITTEN.test(type) || /^\d+$/.test(type);
  const isCall = type === 'Call' || callEnd(entry) !== null;
  const stamp = textAt(entry, 'timestamp');
  const editedAt = instant(textAt(entry, 'timestampEdited'));
  const files = attachmentsOf(entry).map(fileOf);
  const text = wordsOf(entry);
  return {
    ...blankItem(context),
    kind: isCall ? 'call' : 'message',
    from: isWritten ? author : null,
    to: isWritten && author ? othersThan(author, context) : [],
    sentAt: instant(stamp),
    sentAtRaw: stamp,
    editedAt,
    state: editedAt ? 'edited' : null,
    subject: at(entry, 'forwardedMessage') ? 'Forwarded' : null,
    text: text === '' ? null : isWritten || !author?.name ? text : `${author.name}: ${text}`,
    id: idAt(entry, 'id'),
    replyTo: isWritten ? idAt(entry, 'reference', 'messageId') : null,
    durationSec: isCall ? secondsBetween(stamp, callEnd(entry)) : null,
    files: files.map(({ file }) => file),
    ...reacted(listAt(entry, 'reactions').flatMap((sign) => reactionsOf(sign, context))),
    issues: files.flatMap(({ issue }) => issue ?? []),
  };
}

/** Who set a sign is written only when the tool was asked for it. */
function reactionsOf(sign: Json, context: DiscordContext): readonly Reaction[] {
  const named = listAt(sign, 'users').map((user) => ({ by: personOf(user, context), at: null }));
  const isOwn = idAt(sign, 'emoji', 'id') !== null;
  const name = textAt(sign, 'emoji', 'name') ?? textAt(sign, 'emoji', 'code');
  return reactionsTo(name && isOwn ? `:${name}:` : name, named, numberAt(sign, 'count'));
}

function callEnd(entry: JsonObject): string | null {
  return textAt(entry, 'callEndedTimestamp');
}

function secondsBetween(start: string | null, end: string | null): number | null {
  const length = Math.round((Date.parse(end ?? '') - Date.parse(start ?? '')) / 1000);
  return length >= 0 ? length : null;
}

/** Its own, and those of the message that it passes on. */
function attachmentsOf(entry: JsonObject): readonly Json[] {
  return [...listAt(entry, 'attachments'), ...listAt(entry, 'forwardedMessage', 'attachments')];
}

function wordsOf(entry: JsonObject): string {
  const own = textAt(entry, 'content') || textAt(entry, 'forwardedMessage', 'content');
  if (own) return own;
  const embeds = [...listAt(entry, 'embeds'), ...listAt(entry, 'forwardedMessage', 'embeds')].map((embed) => [
    textAt(embed, 'title'),
    textAt(embed, 'description'),
  ]);
  const stickers = listAt(entry, 'stickers').map((sticker) => textAt(sticker, 'name'));
  return [...embeds.flat(), ...stickers].filter(Boolean).join('\n');
}

function personOf(author: Json | undefined, { peer }: DiscordContext): ExportedPerson | null {
  const id = idAt(author, 'id');
  const name = nameOf(author);
  if (id === null && name === null) return null;
  return { name, address: `discord:${id ?? `name=${name}`}`, isMe: Boolean(peer) && id !== peer };
}

function nameOf(author: Json | undefined): string | null {
  return textAt(author, 'nickname') ?? textAt(author, 'name');
}

function othersThan(author: ExportedPerson, { peer, peerName }: DiscordContext): readonly ExportedPerson[] {
  if (!peer) return [];
  if (author.isMe) return [{ name: peerName ?? null, address: `discord:${peer}`, isMe: false }];
  return [{ name: null, address: null, isMe: true }];
}

/** A link expires; what was saved with the export has a path. */
function fileOf(file: Json): { readonly file: ExportedFile; readonly issue: Issue | null } {
  const url = textAt(file, 'url') ?? '';
  const isSaved = url !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(url);
  const name = textAt(file, 'fileName');
  const message = `The file ${name ?? 'without a name'} is not in the export, only a link that expires.`;
  return {
    file: { name, mediaType: null, path: isSaved ? decoded(url) : null, bytes: null },
    issue: isSaved ? null : { code: 'file-not-exported', message },
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\\', '/');
  } catch {
    return path;
  }
}

function instant(stated: string | null): string | null {
  return stated !== null && !Number.isNaN(Date.parse(stated)) ? stated : null;
}

function otherCount(stated: number, entries: number): Issue {
  return {
    code: 'count-differs',
    message: `The export says that it holds ${stated} messages, and ${entries} were found.`,
  };
}
