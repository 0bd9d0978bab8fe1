import type { ByteRange } from '../issue.ts';
import { type Notes, newNotes, note } from '../reading.ts';
import { asBuffer } from '../source.ts';
import { decodeTransfer, type TransferEncoding } from '../transfer.ts';
import { isCfb } from './cfb.ts';
import { extraFilesOf } from './extra.ts';
import { headerOf } from './header.ts';
import {
  bodiesOf,
  filesOf,
  type MapiAttachment,
  type MapiMessage,
  nameOf,
  type PackedFile,
} from './message.ts';
import { rebuildMail, signedEntity } from './mime.ts';
import { beginsAsMsg, openMsg } from './msg.ts';
import { ID, textOf, timeOf } from './property.ts';
import { isTnef, readTnef } from './tnef.ts';

/** A message inside: an inner winmail.dat as it stands, else rebuilt as RFC 5322 out of its properties. */
export type PackedMessage = {
  readonly name: string | null;
  readonly bytes: Buffer;
  /** The same with its words in the charset that a person named; places are those in `bytes`. */
  readonly said?: Buffer;
};

/**
 * A message that Outlook packed into one file, .msg or TNEF (winmail.dat), opened for reading.
 *
 * @property header As it came over the wire, or made of the properties; nothing follows it.
 * @property files Byte for byte; also what we make of an appointment, a contact or reactions. Their order never changes,
 *   so that a file is found again by its index.
 */
export type Packed = {
  readonly header: Buffer;
  readonly text: string | null;
  readonly html: string | null;
  readonly deliveredAt: string | null;
  readonly files: readonly PackedFile[];
  readonly messages: readonly PackedMessage[];
  readonly notes: Notes;
};

/** True for the bytes of a .msg (or another compound file) and of a winmail.dat. */
export function isPacked(bytes: Uint8Array): boolean {
  return isCfb(bytes) || isTnef(bytes);
}

/** Whether a part of a mail is worth looking into: by its type or name. */
export function mayBePacked({ mediaType, name }: { mediaType: string; name: string | null }): boolean {
  return /ms-tnef|ms-outlook/.test(mediaType) || /^winmail\.dat$|\.(?:msg|tnef)$/i.test(name ?? '');
}

/**
 * Opens a .msg or a winmail.dat, by its content. Null when it is neither. Never throws.
 *
 * @param charset What a person says its 8-bit texts are written in. The bytes of what is inside do not depend on it: they
 *   are found again without it.
 */
export function openPacked(bytes: Uint8Array, charset: string | null = null): Packed | null {
  const read = opening(bytes, charset);
  if (!read || charset === null) return read;
  const inside = opening(bytes, null)!;
  const files = inside.files.map((file, i) => ({ ...file, name: read.files[i]?.name ?? file.name }));
  const messages = inside.messages.map((one, i) => {
    const said = read.messages[i];
    return said ? { ...one, name: said.name, said: said.bytes } : one;
  });
  return { ...read, files, messages };
}

function opening(bytes: Uint8Array, charset: string | null): Packed | null {
  if (isTnef(bytes)) {
    const { message, notes } = readTnef(bytes, charset);
    return packedOf(message, notes);
  }
  const msg = isCfb(bytes) ? openMsg(asBuffer(bytes), newNotes(charset)) : null;
  return msg && packedOf(msg.message, msg.notes);
}

/** Where a packed file lies in a message. */
export type PackedRange = { readonly range: ByteRange; readonly encoding: TransferEncoding };

type Known = PackedRange['range'] & { readonly packed: Packed | null };
/** The last that was opened of each message, so that a thousand files in one cost one opening. */
const opened = new WeakMap<Uint8Array, Known>();

/** The packed file that lies in a message; null when there is none. */
export function packedAt(message: Uint8Array, { range, encoding }: PackedRange): Packed | null {
  const known = opened.get(message);
  if (known && known.start === range.start && known.end === range.end) return known.packed;
  const packed = openPacked(decodeTransfer(asBuffer(message).subarray(range.start, range.end), encoding));
  opened.set(message, { ...range, packed });
  return packed;
}

function packedOf(message: MapiMessage, notes: Notes): Packed {
  const header = headerOf(message);
  if (header.isRebuilt)
    note(notes, 'rebuilt', 'Outlook kept no header of this message; it was made of its properties.');
  const { text, html, rtf } = bodiesOf(message);
  return {
    header: header.bytes,
    text,
    html,
    deliveredAt: timeOf(message.properties, ID.deliveryTime),
    files: [...filesOf(message, notes), ...extraFilesOf(message, rtf)],
    messages: messagesOf(message, notes),
    notes,
  };
}

/** A file that is a message: a winmail.dat that came on inside another, a .msg that was attached as a file. */
function isMessageFile({ bytes, properties }: MapiAttachment): boolean {
  if (!bytes) return false;
  return isTnef(bytes) || (/\.msg$/i.test(nameOf(properties) ?? '') && beginsAsMsg(bytes));
}

/** The messages inside; of a signed one, the message that was signed, whole. */
function messagesOf(message: MapiMessage, notes: Notes): readonly PackedMessage[] {
  if (signedEntity(message)) return [{ name: null, bytes: rebuildMail(message, notes) }];
  return message.attachments.flatMap((one) => {
    if (!one.message)
      return one.bytes && isMessageFile(one) ? [{ name: nameOf(one.properties), bytes: one.bytes }] : [];
    const name = nameOf(one.properties) ?? textOf(one.message.properties, ID.subject);
    return [{ name, bytes: one.message.packed ?? rebuildMail(one.message, notes) }];
  });
}
