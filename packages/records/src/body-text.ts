import { decodeText } from './charset.ts';
import { withoutArmour } from './clear-signed.ts';
import { htmlToText } from './html-text.ts';
import { type InlineFile, withoutFiles } from './inline-file.ts';
import { type Notes, note } from './reading.ts';
import type { MailLimits, Part } from './structure.ts';
import { decodeTransferBriefly, isDamagedBase64, isHardlyBase64, type TransferEncoding } from './transfer.ts';

/** Which parts of a message are read as its words, and which are kept as attachments; nested messages apart. */
export type Bodies = {
  readonly text: readonly Part[];
  readonly html: readonly Part[];
  readonly attachments: readonly Part[];
  readonly messages: readonly Part[];
};

type Kind = 'plain' | 'html' | 'enriched';
const NO_BODY_TEXT =
  /^text\/(?:calendar|x-?vcard|vcard|directory|csv|css|xml|xsl|javascript|rfc822-headers|x-amp-html|x-(?:patch|diff|csrc|python|script).*|rtf|tab-separated-values)$/;

/** How a part reads as a body, or null if it is never one. */
export function bodyKind(part: Part): Kind | null {
  const type = part.mediaType;
  if (type === 'text/plain') return 'plain';
  if (type === 'text/html') return 'html';
  if (type === 'text/enriched' || type === 'text/richtext') return 'enriched';
  return type.startsWith('text/') && !NO_BODY_TEXT.test(type) ? 'plain' : null;
}

/** True for a part that holds a message of its own. */
export function holdsMessage(part: Part): boolean {
  return (
    part.mediaType === 'message/rfc822' ||
    part.mediaType === 'message/global' ||
    part.mediaType === 'message/news'
  );
}

/**
 * Sorts a message's parts.
 *
 * @source RFC 8621 4.1.4, except that images and the like are always attachments
 */
export function sortParts(root: Part): Bodies {
  const out = { text: [] as Part[], html: [] as Part[], attachments: [] as Part[], messages: [] as Part[] };
  if (root.parts.length > 0) walk(root, false, out.text, out.html, out);
  else walkAll([root], '', false, out.text, out.html, out);
  // Enriched text is read only where there is no plain one; it is never shown as HTML.
  out.attachments.push(
    ...out.html.filter((part) => bodyKind(part) === 'enriched' && !out.text.includes(part)),
  );
  return out;
}

type Sorting = { readonly attachments: Part[]; readonly messages: Part[] };

function walk(
  multipart: Part,
  inAlternative: boolean,
  text: Part[] | null,
  html: Part[] | null,
  out: Sorting,
): void {
  const kind = multipart.mediaType.slice('multipart/'.length);
  const parts = kind === 'related' ? rootFirst(multipart) : multipart.parts;
  walkAll(parts, kind, inAlternative || kind === 'alternative', text, html, out);
}

/** In a related group the root need not come first (RFC 2387 3.2). */
function rootFirst(related: Part): readonly Part[] {
  const start = related.params.get('start')?.replace(/^<|>$/g, '');
  const stated = start ? related.parts.findIndex((part) => part.contentId === start) : -1;
  const isText = (part: Part): boolean => part.parts.length > 0 || bodyKind(part) !== null;
  const found = stated >= 0 ? stated : related.parts.findIndex(isText);
  if (found <= 0) return related.parts;
  return [related.parts[found]!, ...related.parts.slice(0, found), ...related.parts.slice(found + 1)];
}

function walkAll(
  parts: readonly Part[],
  kind: string,
  inAlternative: boolean,
  textList: Part[] | null,
  htmlList: Part[] | null,
  out: Sorting,
): void {
  let text = textList;
  let html = htmlList;
  const textBefore = text?.length ?? 0;
  const htmlBefore = html?.length ?? 0;
  for (const [index, part] of parts.entries()) {
    if (part.parts.length > 0) {
      walk(part, inAlternative, text, html, out);
    } else if (holdsMessage(part)) {
      out.messages.push(part);
    } else if (!isBody(part, index, kind)) {
      if (!isEmptyMultipart(part)) out.attachments.push(part);
    } else if (kind === 'alternative') {
      if (bodyKind(part) !== 'plain') html?.push(part);
      else if (isSecondBest(part, parts)) out.attachments.push(part);
      else text?.push(part);
    } else {
      if (inAlternative && bodyKind(part) !== 'plain') text = null;
      if (inAlternative && bodyKind(part) === 'plain') html = null;
      text?.push(part);
      html?.push(part);
    }
  }
  if (kind === 'alternative' && text && html) shareOnlyChoice(text, textBefore, html, htmlBefore);
}

function isBody(part: Part, index: number, kind: string): boolean {
  if (part.disposition === 'attachment') return false;
  const isUsual = part.mediaType === 'text/plain' || part.mediaType === 'text/html';
  if (bodyKind(part) === null) return false;
  // A private kind of text is a body only where there is nothing else.
  if (kind !== '' && part.mediaType.startsWith('text/x-')) return false;
  if (index === 0 || kind === 'alternative') return isUsual || part.name === null;
  return kind !== 'related' && part.name === null && (isUsual || part.disposition === 'inline');
}

/** Another way of saying what a plain sibling says already. */
function isSecondBest(part: Part, siblings: readonly Part[]): boolean {
  return part.mediaType !== 'text/plain' && siblings.some((sibling) => sibling.mediaType === 'text/plain');
}

function isEmptyMultipart(part: Part): boolean {
  return part.mediaType.startsWith('multipart/') && part.body.start === part.body.end;
}

/** An alternative with one kind only stands for both. */
function shareOnlyChoice(text: Part[], textBefore: number, html: Part[], htmlBefore: number): void {
  const newText = text.slice(textBefore);
  const newHtml = html.slice(htmlBefore);
  if (newText.length === 0) text.push(...newHtml);
  if (newHtml.length === 0) html.push(...newText);
}

/** The encoding to take off: as stated, unless the bytes show that it never was put on. */
export function trueEncoding(bytes: Buffer, part: Part, notes: Notes): TransferEncoding {
  if (part.encoding !== 'base64' || part.body.start === part.body.end) return part.encoding;
  if (!isHardlyBase64(bytes.subarray(part.body.start, Math.min(part.body.end, part.body.start + 800))))
    return 'base64';
  note(
    notes,
    'transfer-encoding-wrong',
    'A part is stated to be base64 but is not; its bytes were taken as they are.',
    part.body,
  );
  return '7bit';
}

/** Says that a part in base64 holds what is none, or more than could be decoded. */
export function noteDamage(packed: Buffer, decodedBytes: number, { body }: Part, notes: Notes): void {
  if (!isDamagedBase64(packed, decodedBytes)) return;
  const message = 'A part in base64 is damaged or holds other words; what could be decoded was read.';
  note(notes, 'transfer-encoding-wrong', message, body);
}

/** Joins the words of several parts, each HTML one turned into text. */
export function joinText(parts: readonly Part[], texts: ReadonlyMap<Part, string>): string | null {
  let joined: string | null = null;
  for (const part of parts) {
    const own = texts.get(part) ?? '';
    const text = bodyKind(part) === 'html' ? htmlToText(own) : own;
    joined =
      joined === null ? text : joined === '' || joined.endsWith('\n') ? joined + text : `${joined}\n${text}`;
  }
  return joined;
}

/** Joins the HTML parts as they are. */
export function joinHtml(parts: readonly Part[], texts: ReadonlyMap<Part, string>): string | null {
  let joined: string | null = null;
  for (const part of parts) {
    if (bodyKind(part) !== 'html') continue;
    const own = texts.get(part) ?? '';
    joined = joined === null ? own : `${joined}\n${own}`;
  }
  return joined;
}

/**
 * Decodes one text part; HTML comes back raw, plain text with `\n` line ends, unflowed, without the armour of a signature.
 *
 * @param files Those that lie in its words, and are none.
 */
export function readText(
  bytes: Buffer,
  part: Part,
  notes: Notes,
  limits: MailLimits,
  isMbox: boolean,
  files: readonly InlineFile[] = [],
): string {
  const end = endOfReading(bytes, part, limits);
  if (end < part.body.end)
    note(
      notes,
      'text-cut',
      'A text is too long to show whole; it is kept whole as an attachment.',
      part.body,
    );
  const packed = bytes.subarray(part.body.start, end);
  const encoding = trueEncoding(bytes, part, notes);
  const plain = decodeTransferBriefly(packed, encoding);
  if (encoding === 'base64' && end === part.body.end) noteDamage(packed, plain.length, part, notes);
  const kind = bodyKind(part);
  const words = files.length > 0 ? withoutFiles(bytes, { start: part.body.start, end }, files) : plain;
  const text = decodeText(words, part.params.get('charset') || null, kind === 'html', notes, part.body);
  if (text.includes('\0')) note(notes, 'nul-byte', 'A text holds NUL bytes.', part.body);
  if (kind === 'html') return text;
  const lined = text.includes('\r') ? withLineFeeds(text) : text;
  const unquoted = isMbox && lined.includes('>From ') ? lined.replace(/^>(>*From )/gm, '$1') : lined;
  if (kind === 'enriched') return enrichedToText(unquoted);
  if (unquoted.includes('-----BEGIN PGP SIGNED')) return withoutArmour(unquoted);
  return part.params.get('format')?.toLowerCase() === 'flowed' ? unflow(unquoted, part.params) : unquoted;
}

/** CRLF, CR and the CRCRLF of broken relays become LF. */
function withLineFeeds(text: string): string {
  if (!text.includes('\r\r')) return text.replace(/\r\n?/g, '\n');
  return text.replace(/\r+\n?/g, (run) => (run.endsWith('\n') ? '\n' : '\n'.repeat(run.length)));
}

/** A long text is cut at a line's end, so that no character is. */
function endOfReading(bytes: Buffer, part: Part, limits: MailLimits): number {
  const cap = part.body.start + limits.textBytes;
  if (cap >= part.body.end) return part.body.end;
  const line = bytes.subarray(part.body.start, cap).lastIndexOf(10);
  return line < 0 ? cap : part.body.start + line + 1;
}

/** RFC 3676: joins lines that end in a space with the next of the same quote depth. */
export function unflow(text: string, params: ReadonlyMap<string, string>): string {
  const deletesSpace = params.get('delsp')?.toLowerCase() === 'yes';
  const out: string[] = [];
  let flowing: string | null = null;
  let depth = 0;
  for (const line of text.split('\n')) {
    const marks = /^>*/.exec(line)![0].length;
    const rest = line.slice(marks);
    const words = rest.startsWith(' ') ? rest.slice(1) : rest;
    const isSignature = words === '-- ';
    const joins = flowing !== null && marks === depth && !isSignature;
    if (flowing !== null && !joins) out.push(quoted(depth, flowing));
    const whole: string = joins ? flowing + words : words;
    const flows = words.endsWith(' ') && !isSignature;
    flowing = flows ? (deletesSpace ? whole.slice(0, -1) : whole) : null;
    depth = marks;
    if (!flows) out.push(quoted(marks, whole));
  }
  if (flowing !== null) out.push(quoted(depth, flowing));
  return out.join('\n');
}

function quoted(depth: number, words: string): string {
  return depth === 0 ? words : `${'>'.repeat(depth)} ${words}`;
}

/** RFC 1896, words only: single line ends are folding, commands go. */
function enrichedToText(text: string): string {
  return text
    .replace(/<param>[^<]*<\/param>/gi, '')
    .replace(/\n(\n*)/g, (_all, more: string) => more || ' ')
    .replace(/<</g, '\0')
    .replace(/<[^<>\n]{1,60}>/g, '')
    .replaceAll('\0', '<');
}
