import { at, idAt, type Json, type JsonObject, listAt, textAt } from '../json-value.ts';

/** Somebody in the app's export. `address` is the number, else the account's id; null for the owner when neither is said. */
export type Recipient = {
  readonly name: string | null;
  readonly address: string | null;
  readonly isMe: boolean;
  readonly isGroup: boolean;
};

/** What the lines before the first message said: people by their number in this export, and whose chat is whose. */
export type Registers = {
  readonly recipients: Map<string, Recipient>;
  readonly chats: Map<string, string>;
  owner: string | null;
  /** The owner's own number. */
  own: string | null;
};

/** Remembers a line that names the owner, a person, a group or a chat; false for every other line. */
export function register(into: Registers, frame: JsonObject): boolean {
  if (frame.account !== undefined) {
    into.owner = fullName(textAt(frame, 'account', 'givenName'), textAt(frame, 'account', 'familyName'));
    return true;
  }
  const [recipient, chat] = [idAt(frame, 'recipient', 'id'), idAt(frame, 'chat', 'id')];
  if (recipient !== null) into.recipients.set(recipient, recipientOf(frame.recipient, into.owner));
  if (recipient !== null && into.recipients.get(recipient)?.isMe) into.own = recipient;
  if (chat !== null) into.chats.set(chat, idAt(frame, 'chat', 'recipientId') ?? '');
  return recipient !== null || chat !== null;
}

function recipientOf(recipient: Json | undefined, owner: string | null): Recipient {
  const { contact, group, self } = recipient as JsonObject;
  if (self !== undefined) return { name: owner ?? 'Me', address: null, isMe: true, isGroup: false };
  if (group !== undefined) {
    const key = textAt(group, 'masterKey');
    const name = textAt(group, 'snapshot', 'title', 'title') ?? textAt(group, 'snapshot', 'title');
    return { name, address: key === null ? null : `signal:${key}`, isMe: false, isGroup: true };
  }
  return { name: contactName(contact), address: contactAddress(contact), isMe: false, isGroup: false };
}

function contactName(contact: Json | undefined): string | null {
  return (
    fullName(textAt(contact, 'nickname', 'given'), textAt(contact, 'nickname', 'family')) ??
    fullName(textAt(contact, 'systemGivenName'), textAt(contact, 'systemFamilyName')) ??
    fullName(textAt(contact, 'profileGivenName'), textAt(contact, 'profileFamilyName')) ??
    textAt(contact, 'username')
  );
}

function fullName(given: string | null, family: string | null): string | null {
  return [given, family].filter(Boolean).join(' ') || null;
}

function contactAddress(contact: Json | undefined): string | null {
  const number = idAt(contact, 'e164');
  if (number && /^\+?\d{5,15}$/.test(number)) return number.startsWith('+') ? number : `+${number}`;
  const id = accountId(textAt(contact, 'aci') ?? textAt(contact, 'pni'));
  return id === null ? null : `signal:${id}`;
}

/** Sixteen bytes in base64 or hex are a UUID. */
function accountId(stated: string | null): string | null {
  if (stated === null) return null;
  const hex = /^[0-9a-f]{32}$/i.test(stated) ? stated : Buffer.from(stated, 'base64').toString('hex');
  if (hex.length !== 32 || /^[0-9a-f]{8}-/i.test(stated)) return stated;
  return hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The words of one state of a message. */
export function wordsOf(item: Json | undefined): string | null {
  return (
    textAt(item, 'standardMessage', 'text', 'body') ??
    textAt(item, 'directStoryReplyMessage', 'textReply', 'text', 'body') ??
    textAt(item, 'poll', 'question') ??
    cardOf(item) ??
    textAt(item, 'stickerMessage', 'sticker', 'emoji')
  );
}

/** A card that was passed on: names and numbers. */
function cardOf(item: Json | undefined): string | null {
  const card = at(item, 'contactMessage', 'contact') ?? listAt(item, 'contactMessage', 'contact')[0];
  const numbers = listAt(card, 'number').map((one) => textAt(one, 'value'));
  const name = fullName(textAt(card, 'name', 'givenName'), textAt(card, 'name', 'familyName'));
  return [name ?? textAt(card, 'organization'), ...numbers].filter(Boolean).join('\n') || null;
}

/** The kind of line that the app itself wrote: "groupChange", "expirationTimerChange". */
export function updateName(item: JsonObject): string | null {
  const { updateMessage } = item;
  const type = textAt(updateMessage, 'simpleUpdate', 'type');
  const key = type ?? Object.keys((updateMessage ?? {}) as JsonObject)[0] ?? null;
  return (
    key
      ?.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
      .replaceAll('_', ' ')
      .toLowerCase() ?? null
  );
}

export function attachmentsOf(item: JsonObject): readonly Json[] {
  const view = item.viewOnceMessage as Json | undefined;
  const single =
    typeof view === 'object' && view !== null && 'attachment' in view
      ? [(view as JsonObject).attachment!]
      : [];
  return [...listAt(item, 'standardMessage', 'attachments'), ...single];
}
