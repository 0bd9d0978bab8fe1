import type { Notes } from '../reading.ts';
import { extraFilesOf } from './extra.ts';
import { headerOf } from './header.ts';
import { bodiesOf, filesOf, type MapiMessage, nameOf, type PackedFile } from './message.ts';
import { ID, textOf } from './property.ts';

/** Fields that speak of a body which was parted otherwise. */
const OF_THE_BODY = /^(content-[a-z-]+|mime-version):/gim;

/**
 * Makes a message as it may have come over the wire (RFC 5322, MIME) out of what Outlook kept of it.
 *
 * The header is the one that came, where it was kept; fields that described the old body are renamed `X-Original-…`.
 * Texts and files are packed in base64, so that they come out byte for byte. Equal input gives equal bytes.
 */
export function rebuildMail(message: MapiMessage, notes: Notes): Buffer {
  const kept = headerOf(message).bytes.toString('latin1').replace(OF_THE_BODY, 'X-Original-$1:');
  const header = Buffer.from(kept, 'latin1');
  return Buffer.concat([
    header,
    Buffer.from('MIME-Version: 1.0\r\n'),
    signedEntity(message) ?? bodyOf(message, notes),
  ]);
}

/** A signed message is kept as one file that is the whole entity, header and all (MS-OXOSMIME 2.1.1). */
export function signedEntity(message: MapiMessage): Buffer | null {
  const messageClass = textOf(message.properties, ID.messageClass) ?? '';
  const entity = message.attachments.length === 1 ? message.attachments[0]!.bytes : null;
  if (!entity || !/^IPM\.Note\.SMIME\.MultipartSigned/i.test(messageClass)) return null;
  const head = entity.toString('latin1', 0, 2048);
  return /^content-type:[ \t]*multipart\/signed/im.test(head) ? entity : null;
}

function bodyOf(message: MapiMessage, notes: Notes): Buffer {
  const { text, html, rtf } = bodiesOf(message);
  const ways: Buffer[] = [];
  if (text !== null) ways.push(textPart('text/plain', text));
  if (html !== null) ways.push(textPart('text/html', html));
  const words = ways.length === 2 ? multipart('alternative', ways) : (ways[0] ?? textPart('text/plain', ''));
  const files = [...filesOf(message, notes), ...extraFilesOf(message, rtf)].map(filePart);
  const inner = message.attachments.flatMap((one) =>
    one.message ? [messagePart(one.message, nameOf(one.properties), notes)] : [],
  );
  const more = [...files, ...inner];
  return more.length === 0 ? words : multipart('mixed', [words, ...more]);
}

function textPart(mediaType: string, text: string): Buffer {
  const head = `Content-Type: ${mediaType}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  return Buffer.from(head + base64Lines(Buffer.from(text, 'utf8')), 'latin1');
}

function filePart({ name, mediaType, bytes, contentId, disposition }: PackedFile): Buffer {
  const lines = [
    `Content-Type: ${isComposite(mediaType) ? 'application/octet-stream' : mediaType}`,
    `Content-Disposition: ${disposition}${filename(name)}`,
    ...(contentId && /^[\x21-\x7e]+$/.test(contentId) ? [`Content-ID: <${contentId}>`] : []),
    'Content-Transfer-Encoding: base64',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${base64Lines(bytes)}`, 'latin1');
}

/** Types whose bytes a MIME reader would part again. */
function isComposite(mediaType: string): boolean {
  return mediaType.startsWith('multipart/') || mediaType.startsWith('message/');
}

function messagePart(message: MapiMessage, name: string | null, notes: Notes): Buffer {
  const head = `Content-Type: message/rfc822\r\nContent-Disposition: attachment${filename(name)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), rebuildMail(message, notes)]);
}

/** RFC 2231 4. */
function filename(name: string | null): string {
  if (name === null) return '';
  if (/^[\w .,+@()-]+$/.test(name)) return `; filename="${name}"`;
  const escaped = Buffer.from(name.slice(0, 255), 'utf8').toString('hex').replace(/../g, '%$&');
  return `;\r\n filename*=utf-8''${escaped}`;
}

function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
}

function multipart(kind: 'mixed' | 'alternative', parts: readonly Buffer[]): Buffer {
  const boundary = freeBoundary(parts);
  const line = Buffer.from(`\r\n--${boundary}\r\n`);
  const pieces = parts.flatMap((part) => [line, part]);
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n`),
    ...pieces,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

/** One that stands in no part; a hostile header inside may hold any. */
function freeBoundary(parts: readonly Buffer[]): string {
  for (let i = 0; ; i++) {
    const boundary = `=_rebuilt_${i}`;
    if (!parts.some((part) => part.includes(boundary))) return boundary;
  }
}
