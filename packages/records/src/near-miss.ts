import { asBuffer } from './source.ts';

/** A sign that a file belongs to an export, and what of it is missing where it was not recognised. */
type Sign = { readonly sign: RegExp; readonly says: string };

/** The first that fits speaks; what has several signs stands before what has few. */
const SIGNS: readonly Sign[] = [
  {
    sign: /"chats"\s*:\s*\{|"date_unixtime"|"saved_messages"/,
    says: 'a Telegram export, but the list "messages" of a chat is missing at its beginning: give the whole result.json',
  },
  {
    sign: /"guild"\s*:|"exportedAt"\s*:/,
    says: 'a Discord export, but its "channel" and "messages" are missing',
  },
  {
    sign: /"sender_name"\s*:|"timestamp_ms"\s*:/,
    says: 'a Facebook or Instagram download, but its "participants" are missing: give the whole message_1.json',
  },
  {
    sign: /"conversations"\s*:|"MessageList"/,
    says: 'a Skype export, but its "userId" or "conversations" are missing',
  },
  {
    sign: /"client_msg_id"|"user_profile"|"team_id"/,
    says: 'a Slack export, but not one of its day files: give the whole folder with users.json and channels.json',
  },
  {
    sign: /<smses\b|<calls\b|<sms /,
    says: 'a backup of SMS Backup & Restore, but its root element is missing',
  },
  {
    sign: /class="message(?:__header)?"|class=["']history["']/,
    says: 'a saved chat page, but of no program that is known here',
  },
  {
    sign: /^SQLite format 3\0/,
    says: 'a database, but it holds no table of messages that is known here: chat.db is the one of iMessage',
  },
  { sign: /^!BDN/, says: 'an Outlook data file, but its header makes no sense' },
  { sign: /^\xd0\xcf\x11\xe0/, says: 'an Outlook message or an old office paper, but it holds no message' },
  { sign: /^7z\xbc\xaf|^Rar!/, says: 'an archive, but of a kind that is not opened here: pack it as a zip' },
  { sign: /^\s*[[{]/, says: 'JSON, but none of its fields is of an export that is known here' },
  { sign: /^\s*<(?:!doctype|html)/i, says: 'a web page, but where it was saved from is missing' },
];
const DATED_LINE = /^\W{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/m;

/** Which export an unknown file looks like, and what is missing; null when it looks like none. */
export function looksLike(head: Uint8Array, name: string): string | null {
  const text = asBuffer(head).toString('latin1');
  const found = SIGNS.find(({ sign }) => sign.test(text))?.says;
  if (found) return `This looks like ${found}. Its bytes were left alone.`;
  if (/whatsapp/i.test(name) || DATED_LINE.test(text))
    return 'This looks like a chat as text, but its lines do not begin with a date, a time and a name in a form that is known here. Its bytes were left alone.';
  return null;
}
