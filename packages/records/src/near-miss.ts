import { asBuffer } from './source.ts';
import { narrowed, wideOf } from './wide.ts';

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
    sign: /"conversation_state"\s*:|"participant_data"\s*:/,
    says: 'talks of Google Hangouts, which are not read: Takeout gives them again as Google Chat',
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
    sign: /^SQLite format 3\0[\s\S]*?(?:message_media|jid_raw_string|key_remote_jid)/,
    says: 'the database of WhatsApp on Android: export the chats in the app instead, one by one',
  },
  {
    sign: /^SQLite format 3\0[\s\S]*?\bChatRelation\b/,
    says: 'the database of Viber on a computer, which is not read yet: paste the messages that matter, or bring pictures of them',
  },
  {
    sign: /^SQLite format 3\0/,
    says: 'a database, but it holds no table of messages that is known here: chat.db is the one of iMessage',
  },
  { sign: /^!BDN/, says: 'an Outlook data file, but its header makes no sense' },
  { sign: /^\xd0\xcf\x11\xe0/, says: 'an Outlook message or an old office paper, but it holds no message' },
  { sign: /^7z\xbc\xaf|^Rar!/, says: 'an archive, but of a kind that is not opened here: pack it as a zip' },
  {
    sign: /"conversationId"\s*:[\s\S]{0,4000}"sent_at"\s*:|"sent_at"\s*:[\s\S]{0,4000}"conversationId"\s*:/,
    says: 'rows out of the database of Signal Desktop: export the chats in Signal itself instead, which writes main.jsonl',
  },
  {
    sign: /^(?:\xef\xbb\xbf)?"?(?:File ID|Item Id(?:entity)?|Document ID|Immutable ID)"?,[\s\S]{0,4000}(?:Conversation|Compound path|Native file|Target path)/i,
    says: "the list of an administrator's export (Microsoft Purview), which says what was found: the messages are in the files beside it",
  },
  {
    sign: /"membership_info"\s*:|"members"\s*:\s*\[\s*\{[\s\S]{0,600}"user_type"/,
    says: 'what Takeout says of people and groups in Google Chat: the talks are in the messages.json beside it',
  },
  {
    sign: /"origin_server_ts"\s*:/,
    says: 'an export of Element (Matrix), which is not read yet',
  },
  { sign: /^(?:\xef\xbb\xbf)?\s*\[LINE\]/, says: 'a chat of LINE, which is not read yet' },
  {
    sign: /KakaoTalk Chats|\xec\xb9\xb4\xec\xb9\xb4\xec\x98\xa4\xed\x86\xa1 \xeb\x8c\x80\xed\x99\x94/,
    says: 'a chat of KakaoTalk, which is not read yet',
  },
  {
    sign: /^(?:\xef\xbb\xbf)?WEBVTT/,
    says: 'what was spoken, as subtitles (WebVTT): only the chat of a meeting is read',
  },
  {
    // A day, a time, a name, a number, and then the words: no other program puts a number beside each name.
    sign: /^(?:\xef\xbb\xbf)?\d{2}\/\d{2}\/\d{4},\d{2}:\d{2}:\d{2},[^,\r\n]{1,200},\+?\d{7,15},/m,
    says: 'a chat of Viber, which is not read yet: paste the messages that matter, or bring pictures of them',
  },
  { sign: /^\{\\rtf/, says: 'a text of a word processor (RTF): save it as plain text (UTF-8)' },
  {
    sign: /^(?:\xef\xbb\xbf)?[^\r\n]{1,80}, \[\d{1,2}[^\]\r\n]{3,30}\]:?\r?\n/,
    says: 'messages copied out of Telegram by hand: export the chat in Telegram Desktop, or paste the text on the first page',
  },
  {
    sign: /message-peer--id/,
    says: "the list of chats in VK's archive: the messages lie in the numbered folders beside it",
  },
  { sign: /^\s*[[{]/, says: 'JSON, but none of its fields is of an export that is known here' },
  { sign: /^\s*<(?:!doctype|html)/i, says: 'a web page, but where it was saved from is missing' },
];
/** Encrypted or private forms that only a name tells. */
const NAMES: readonly Sign[] = [
  {
    sign: /\.crypt(?:\d{1,2})?$/i,
    says: 'an encrypted backup of WhatsApp, which nobody can read without its key: export the chat in the app instead',
  },
  {
    sign: /(?:^|[\\/])msgstore[^\\/]*\.db$/i,
    says: 'the database of WhatsApp on Android: export the chats in the app instead, one by one',
  },
  {
    sign: /(?:^|[\\/])signal-[\d-]{8,30}\.backup$/i,
    says: 'an encrypted backup of Signal: export the chats in Signal itself, which writes main.jsonl',
  },
  {
    sign: /(?:^|[\\/])(?:integration_logs|canvases|lists|file_conversations|huddle_transcripts|org_users)\.json$/i,
    says: 'a list of a Slack export that lies beside its talks: no message is in it',
  },
  { sign: /viber/i, says: 'something of Viber, whose exports are not read yet' },
];
const WIDE =
  'This looks like text saved as UTF-16 (Notepad calls it Unicode), but its words are of no export that is known here. Its bytes were left alone.';
const DATED_LINE = /^\W{0,3}\d{1,4}(?:[./-]\d{1,2}[./-]|\.? \p{L}{3,9}\.? )\d{1,4}/mu;

/** Which export an unknown file looks like, and what is missing; null when it looks like none. */
export function looksLike(head: Uint8Array, name: string): string | null {
  const wide = wideOf(head);
  if (wide) return looksLike(narrowed(head, wide), name) ?? WIDE;
  const text = asBuffer(head).toString('latin1');
  const found =
    NAMES.find(({ sign }) => sign.test(name))?.says ?? SIGNS.find(({ sign }) => sign.test(text))?.says;
  if (found) return `This looks like ${found}. Its bytes were left alone.`;
  if (/whatsapp/i.test(name) || DATED_LINE.test(text))
    return 'This looks like a chat as text, but its lines do not begin with a date, a time and a name in a form that is known here. Its bytes were left alone.';
  return null;
}
