import { calendarOf } from './calendar.ts';
import { contactOf } from './contact.ts';
import type { MapiMessage, PackedFile } from './message.ts';
import { bytesOf, ID, named, textOf } from './property.ts';

const REACTIONS = '41f28f13-83f4-4114-a584-eedb5a6b0bff';

/** What a message holds beside its words and files: an appointment, a contact, reactions, and words written as RTF. */
export function extraFilesOf(message: MapiMessage, rtf: Buffer | null): readonly PackedFile[] {
  const { properties } = message;
  const messageClass = (textOf(properties, ID.messageClass) ?? '').toLowerCase();
  const reactions = bytesOf(properties, named(properties, REACTIONS, 'ReactionsHistory'));
  const found: (PackedFile | null)[] = [
    made('calendar.ics', 'text/calendar', calendarOf(message, messageClass)),
    made('contact.vcf', 'text/vcard', contactOf(message, messageClass)),
    reactions && isList(reactions) ? file('reactions.json', 'application/json', reactions) : null,
    rtf && file('body.rtf', 'application/rtf', rtf),
  ];
  return found.filter((one) => one !== null);
}

function isList(json: Buffer): boolean {
  return json.length > 2 && json[0] === 91;
}

function made(name: string, mediaType: string, text: string | null): PackedFile | null {
  return text === null ? null : file(name, mediaType, Buffer.from(text, 'utf8'));
}

function file(name: string, mediaType: string, bytes: Buffer): PackedFile {
  return { name, mediaType, bytes, contentId: null, disposition: 'attachment' };
}
