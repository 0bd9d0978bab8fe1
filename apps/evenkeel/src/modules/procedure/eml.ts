import { plainText } from './letter.ts';

export type Mail = {
  readonly from: { readonly name: string; readonly address: string | null };
  readonly to: { readonly name: string; readonly address: string | null };
  readonly subject: string;
  /** Markdown. */
  readonly text: string;
  readonly lang: string;
  /** Without angle brackets. */
  readonly messageId: string;
  /** When it was sent; null for one that a mail program is to send, which then writes its own. */
  readonly sentAt: string | null;
  /** Where a receipt of reading is asked to go (RFC 8098); without it none is asked for. */
  readonly receiptTo?: string;
  /** SHA-256 of the signed head of our log, in hexadecimal: it tells nothing, and can be shown to be ours later. */
  readonly headSha256?: string;
};

const LINE = 76;
const ENCODED_WORD_BYTES = 45;

/**
 * A letter as a mail that any mail program opens. One that was not sent yet opens as a draft.
 *
 * @returns bytes with CRLF lines, none longer than 76
 * @source RFC 5322, RFC 2047 §2, RFC 2045 §6.8; X-Unsent is Outlook's
 */
export function mailBytes({
  from,
  to,
  subject,
  text,
  lang,
  messageId,
  sentAt,
  receiptTo,
  headSha256,
}: Mail): Uint8Array {
  const headers = [
    ...(from.address === null ? [] : [`From: ${mailbox(from.name, from.address)}`]),
    ...(to.address === null ? [] : [`To: ${mailbox(to.name, to.address)}`]),
    `Subject: ${headerText(subject)}`,
    ...(sentAt === null ? [] : [`Date: ${mailDate(sentAt)}`]),
    `Message-ID: <${messageId}>`,
    ...(sentAt === null ? ['X-Unsent: 1'] : []),
    ...(receiptTo ? [`Disposition-Notification-To: ${mailbox('', receiptTo)}`] : []),
    ...(headSha256 ? [`X-Record-Head: sha256=\r\n ${headSha256}`] : []),
    `Content-Language: ${lang}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = base64Lines(`${plainText(text).replaceAll('\n', '\r\n')}\r\n`);
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
}

function mailbox(name: string, address: string): string {
  // What could end the header, or the address, is no part of either.
  const bare = address.replace(/[\s<>,;\p{Cc}]/gu, '');
  return name === '' || name === address ? bare : `${headerText(name, true)}\r\n <${bare}>`;
}

/** @param isPhrase whether it names somebody: then punctuation needs quoting */
function headerText(text: string, isPhrase = false): string {
  const clean = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const isPlain = /^[\x20-\x7e]*$/.test(clean) && clean.length < LINE - 12 && !clean.includes('=?');
  if (isPlain && (!isPhrase || /^[\w .-]*$/.test(clean))) return clean;
  if (isPlain) return `"${clean.replace(/["\\]/g, '\\$&')}"`;
  return chunks(clean, ENCODED_WORD_BYTES)
    .map((chunk) => `=?utf-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join('\r\n ');
}

/** Pieces of at most so many bytes; no character is cut. */
function chunks(text: string, mostBytes: number): readonly string[] {
  const pieces = [''];
  for (const character of text) {
    const last = pieces.at(-1) as string;
    if (Buffer.byteLength(last + character) > mostBytes) pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}

function base64Lines(text: string): string {
  return (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');
}

function mailDate(at: string): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
