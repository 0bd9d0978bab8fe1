import type { AttachmentPlace } from './attachment.ts';
import { clearSignedRange } from './clear-signed.ts';
import { readCms } from './cms.ts';
import type { ByteRange } from './issue.ts';
import { asBuffer } from './source.ts';
import type { Part } from './structure.ts';
import { decodeTransfer, type TransferEncoding } from './transfer.ts';

/**
 * How a message, or a part of it, is signed or encrypted. Nothing is verified here.
 *
 * @property form `signed`: the signature lies beside what it speaks of. `opaque`: what is signed lies inside the signature.
 *   `clear`: both are in one text between lines of dashes. `encrypted`: only the key opens it.
 * @property signed Exactly the bytes that the signature speaks of, where they lie in the message as they are.
 * @property signature The signature as it is packed for the wire; of what is encrypted, all of it.
 */
export type Protection = {
  readonly by: 'smime' | 'pgp';
  readonly form: 'signed' | 'opaque' | 'clear' | 'encrypted';
  readonly signed: ByteRange | null;
  readonly signature: ByteRange | null;
  readonly encoding: TransferEncoding;
};

export const ENCRYPTED = 'This is encrypted: without the key its words cannot be read. Its bytes are kept.';

/** The bytes that a signature speaks of, bit for bit; null when there are none without a key. */
export function signedBytes(
  message: Uint8Array,
  { form, signed, signature, encoding }: Protection,
): Uint8Array | null {
  const all = asBuffer(message);
  if (signed) return all.subarray(signed.start, signed.end);
  return form === 'opaque' && signature ? sealedContent(all, { range: signature, encoding }) : null;
}

/** What lies inside an opaque signature. */
function sealedContent(message: Uint8Array, { range, encoding }: AttachmentPlace): Buffer | null {
  return (
    readCms(decodeTransfer(asBuffer(message).subarray(range.start, range.end), encoding))?.content ?? null
  );
}

/** True for a part that may be S/MIME of one piece. */
export function maybeSealed({
  mediaType,
  name,
}: {
  readonly mediaType: string;
  readonly name: string | null;
}): boolean {
  return /^application\/(?:x-)?pkcs7-mime$/.test(mediaType) || /^smime\.p7m$/i.test(name ?? '');
}

/** What the structure of a message says about signatures and encryption; the insides of `smime.p7m` apart. */
export function protectionsOf(bytes: Buffer, root: Part): readonly Protection[] {
  const found: Protection[] = [];
  visit(bytes, root, found);
  return found;
}

function visit(bytes: Buffer, part: Part, found: Protection[]): void {
  const [first, second] = part.parts;
  if (part.mediaType === 'multipart/signed' && first && second) {
    const signed = { start: first.header.start, end: first.body.end };
    found.push({
      by: byOf(part, second),
      form: 'signed',
      signed,
      signature: second.body,
      encoding: second.encoding,
    });
  } else if (part.mediaType === 'multipart/encrypted') {
    const secret = second ?? first ?? part;
    found.push({
      by: byOf(part, secret),
      form: 'encrypted',
      signed: null,
      signature: secret.body,
      encoding: secret.encoding,
    });
  } else if (part.parts.length === 0 && part.mediaType.startsWith('text/')) {
    found.push(...inText(bytes, part));
  }
  for (const inner of part.parts) visit(bytes, inner, found);
}

function byOf(part: Part, second: Part): Protection['by'] {
  return /pgp/i.test(`${part.params.get('protocol') ?? ''} ${second.mediaType}`) ? 'pgp' : 'smime';
}

/** On lines of its own: a letter may speak of such a message too. */
function holdsSecret(text: Buffer): boolean {
  const at = text.indexOf('-----BEGIN PGP MESSAGE-----');
  const before = text[at - 1];
  const isLine = at === 0 || before === 10 || before === 13 || before === 62;
  return at >= 0 && isLine && text.includes('-----END PGP MESSAGE-----', at);
}

/** OpenPGP as lines of a text, RFC 9580 6 and 7. */
function inText(bytes: Buffer, part: Part): readonly Protection[] {
  const { body, encoding } = part;
  const text = bytes.subarray(body.start, body.end);
  if (holdsSecret(text)) return [{ by: 'pgp', form: 'encrypted', signed: null, signature: body, encoding }];
  const clear = encoding === '7bit' ? clearSignedRange(text) : null;
  if (!clear && !text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) return [];
  const signed = clear && { start: body.start + clear.start, end: body.start + clear.end };
  return [{ by: 'pgp', form: 'clear', signed, signature: body, encoding }];
}
