import { type Notes, note } from '../reading.ts';
import { bytesOf, decode8, ID, numberOf, type Properties, TYPE, textOf, wordsOf } from './property.ts';
import { readRtf } from './rtf.ts';
import { unpackRtf } from './rtf-unpack.ts';

/**
 * A message as Outlook keeps it: properties, not lines. The same out of TNEF, .msg and .pst.
 *
 * @property packed The bytes it stands in, where it has bytes of its own: a TNEF stream inside another.
 */
export type MapiMessage = {
  readonly packed?: Buffer;
  readonly properties: Properties;
  readonly recipients: readonly Properties[];
  readonly attachments: readonly MapiAttachment[];
};

/**
 * @property bytes The file; null when the message only names it.
 * @property message The message, where one is attached.
 */
export type MapiAttachment = {
  readonly properties: Properties;
  readonly bytes: Buffer | null;
  readonly message: MapiMessage | null;
};

/** @property rtf The RTF body, when it was written as RTF and not made from `html` or `text`. */
export type Bodies = {
  readonly text: string | null;
  readonly html: string | null;
  readonly rtf: Buffer | null;
};

/** A file inside a message; `name` is for display only. */
export type PackedFile = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline';
};

/** The words of a message: as stated, and what only its RTF holds. */
export function bodiesOf({ properties }: MapiMessage): Bodies {
  const text = wordsOf(properties, ID.body);
  const html = htmlOf(properties);
  const rtf = html === null ? rtfOf(properties) : null;
  if (rtf === null) return { text: lined(text), html, rtf: null };
  const read = readRtf(rtf, properties.notes.charset);
  return {
    text: lined(text ?? (read.from === 'html' || read.words.trim() === '' ? null : read.words)),
    html: read.from === 'html' ? read.words : null,
    rtf: read.from === 'rtf' ? rtf : null,
  };
}

function lined(text: string | null): string | null {
  return text === null ? null : text.replace(/\r\n?/g, '\n');
}

function htmlOf(properties: Properties): string | null {
  const property = properties.byId.get(ID.html);
  const bytes = property?.values[0];
  if (!property || !bytes || bytes.length === 0) return null;
  if (property.type !== TYPE.binary) return textOf(properties, ID.html);
  const codePage = numberOf(properties, ID.internetCodePage);
  return decode8(properties, withoutNul(bytes), codePage, true);
}

function withoutNul(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes;
}

function rtfOf(properties: Properties): Buffer | null {
  const packed = bytesOf(properties, ID.rtf);
  return packed && packed.length > 0 ? unpackRtf(packed, properties.notes) : null;
}

/** The files of a message, byte for byte. One that is named but not inside is an issue, not an empty file. */
export function filesOf({ attachments }: MapiMessage, notes: Notes): readonly PackedFile[] {
  const files: PackedFile[] = [];
  for (const attachment of attachments) {
    const { bytes, message, properties } = attachment;
    if (bytes) files.push(fileOf(properties, bytes));
    else if (!message)
      note(notes, 'attachment-missing', `The file ${quotedName(properties)} is named but not inside.`);
  }
  return files;
}

function quotedName(properties: Properties): string {
  const elsewhere = textOf(properties, ID.attachLongPathname) ?? textOf(properties, ID.attachPathname);
  return JSON.stringify((nameOf(properties) ?? elsewhere ?? '').slice(0, 200));
}

export function nameOf(properties: Properties): string | null {
  const name =
    textOf(properties, ID.attachLongFilename) ??
    textOf(properties, ID.attachFilename) ??
    textOf(properties, ID.displayName);
  return name?.trim() || null;
}

/** In the HTML body (MS-OXCMSG 2.2.2.18). */
const IN_HTML = 4;

function fileOf(properties: Properties, bytes: Buffer): PackedFile {
  const name = nameOf(properties);
  const contentId = textOf(properties, ID.attachContentId)?.replace(/^<|>$/g, '') || null;
  const isInline =
    ((numberOf(properties, ID.attachFlags) ?? 0) & IN_HTML) !== 0 ||
    textOf(properties, ID.attachDisposition)?.toLowerCase() === 'inline';
  const stated = textOf(properties, ID.attachMediaType)?.toLowerCase() ?? '';
  return {
    name,
    mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(stated) ? stated : mediaTypeOf(name),
    bytes,
    contentId,
    disposition: isInline ? 'inline' : 'attachment',
  };
}

const BY_ENDING: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  rtf: 'application/rtf',
  zip: 'application/zip',
  eml: 'message/rfc822',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  msg: 'application/vnd.ms-outlook',
};

function mediaTypeOf(name: string | null): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending]! : 'application/octet-stream';
}
