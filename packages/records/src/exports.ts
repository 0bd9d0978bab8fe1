import { calendar } from './calendar/reader.ts';
import { discordPackage, discordTable } from './discord/package.ts';
import { discord } from './discord/reader.ts';
import { callList } from './document/calls.ts';
import { paper } from './document/paper.ts';
import { savedPage } from './document/saved-page.ts';
import { vcard } from './document/vcard.ts';
import type { ExportReader } from './exported.ts';
import { facebookHtml, instagramHtml } from './facebook/html.ts';
import { facebook, instagram } from './facebook/reader.ts';
import { googleChat } from './google/reader.ts';
import { imessage } from './imessage/reader.ts';
import { linkedin } from './linkedin/reader.ts';
import { signalApp } from './signal/app.ts';
import { signalText } from './signal/text.ts';
import { skype } from './skype/reader.ts';
import { slack } from './slack/reader.ts';
import { smsBackup } from './sms/reader.ts';
import { teams } from './teams/reader.ts';
import { teamsTranscript } from './teams/transcript.ts';
import { telegramHtml } from './telegram/html.ts';
import { telegramJson } from './telegram/json.ts';
import { vk } from './vk/archive.ts';
import { vkopt } from './vk/vkopt.ts';
import { whatsapp } from './whatsapp/reader.ts';
import { alsoWide } from './wide.ts';
import { zoom } from './zoom/reader.ts';

/**
 * All kinds of export, in the order in which they are asked whether a file is theirs: what has a sure sign of its own
 * stands before what is told by its looks.
 */
export const EXPORT_READERS: readonly ExportReader[] = [
  imessage,
  smsBackup,
  discord,
  discordPackage,
  discordTable,
  skype,
  slack,
  teams,
  googleChat,
  linkedin,
  telegramJson,
  instagram,
  facebook,
  instagramHtml,
  facebookHtml,
  signalText,
  signalApp,
  telegramHtml,
  vk,
  vkopt,
  zoom,
  calendar,
  vcard,
  callList,
  teamsTranscript,
  savedPage,
  paper,
  whatsapp,
].map(alsoWide);

const BY_FORMAT = new Map(EXPORT_READERS.map((reader) => [reader.format, reader]));

/** The reader that reads entries of this format again; null for a format that nobody knows here. */
export function readerOf(format: string): ExportReader | null {
  return BY_FORMAT.get(format) ?? null;
}
