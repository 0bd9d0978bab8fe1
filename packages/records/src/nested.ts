import { attachmentBytes } from './attachment.ts';
import { readCms } from './cms.ts';
import type { ByteRange } from './issue.ts';
import type { Mail } from './mail-shape.ts';
import { isPacked, packedAt } from './outlook/packed.ts';
import { asBuffer } from './source.ts';
import { decodeTransfer, type TransferEncoding } from './transfer.ts';

type Place = Pick<Mail, 'range' | 'packing' | 'inside' | 'sealed'>;

/** The bytes that a nested message's offsets refer to. */
export function childBytes(bytes: Uint8Array, child: Place): Uint8Array {
  if (child.packing === '7bit') return bytes;
  const { range, inside } = child;
  if (child.packing === 'inside') {
    const packed = packedAt(bytes, { range, encoding: inside!.encoding });
    return packed?.messages[inside!.index]?.bytes ?? new Uint8Array();
  }
  const own = asBuffer(bytes).subarray(range.start, range.end);
  if (child.packing !== 'sealed') return decodeTransfer(own, child.packing);
  return nestedBytes(signedContent(bytes, range, child.sealed!.encoding), child.sealed!);
}

type Known = ByteRange & { readonly content: Uint8Array };
/** The last signature that was opened of each message, so that a thousand letters in one cost one opening. */
const opened = new WeakMap<Uint8Array, Known>();

function signedContent(
  message: Uint8Array,
  { start, end }: ByteRange,
  encoding: TransferEncoding,
): Uint8Array {
  const known = opened.get(message);
  if (known && known.start === start && known.end === end) return known.content;
  const packed = decodeTransfer(asBuffer(message).subarray(start, end), encoding);
  const content = readCms(packed)?.content ?? new Uint8Array();
  opened.set(message, { start, end, content });
  return content;
}

/** The bytes of a nested message alone. */
export function nestedBytes(bytes: Uint8Array, place: Place): Buffer {
  if (place.packing === '7bit') return asBuffer(bytes).subarray(place.range.start, place.range.end);
  return asBuffer(childBytes(bytes, place));
}

/** A file that lies in a mail; `bytes` unpacks it. */
export type FileInside = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly bytes: () => Uint8Array;
};

/** Everything that can be taken out of a mail as a file: its attachments, then the letters inside it. */
export function filesInside(bytes: Uint8Array, mail: Mail): readonly FileInside[] {
  const files = mail.attachments.map((one) => ({
    ...{ name: one.name, mediaType: one.mediaType },
    bytes: () => attachmentBytes(bytes, one),
  }));
  return [...files, ...lettersInside(bytes, mail)];
}

/** The letters inside a mail, such as one that was forwarded whole; those that are an attachment besides are left out. */
export function lettersInside(bytes: Uint8Array, { attachments, children }: Mail): readonly FileInside[] {
  const files = new Set(attachments.map(({ range }) => range.start));
  return children.flatMap((child) => {
    // What lies inside a packed or signed file shares its place, and is no attachment.
    const isWithin = child.packing === 'inside' || child.packing === 'sealed';
    if (!isWithin && files.has(child.range.start)) return [];
    const letter = nestedBytes(bytes, child);
    const mediaType = isPacked(letter) ? 'application/ms-tnef' : 'message/rfc822';
    return [{ name: nestedName(child), mediaType, bytes: () => letter }];
  });
}

/**
 * A letter inside a letter, however deep.
 *
 * @property letter As it was read; its offsets are into `base`.
 * @property depth 1 for a letter in the mail itself.
 * @property within Which of the list it lies in; null for one in the mail itself.
 * @property bytes Its own bytes alone.
 */
export type LetterWithin = {
  readonly letter: Mail;
  readonly base: Uint8Array;
  readonly name: string | null;
  readonly depth: number;
  readonly within: number | null;
  readonly bytes: Uint8Array;
};

/** How far letters inside letters are followed: what lies deeper, or beyond so many, stays in the file that holds it. */
export const LETTER_LIMITS = { depth: 5, letters: 200 } as const;

/** The letters inside a mail and inside those, each behind the one it lies in. Costs nothing where there is none. */
export function lettersWithin(bytes: Uint8Array, mail: Mail): readonly LetterWithin[] {
  const found: LetterWithin[] = [];
  const visit = (base: Uint8Array, { children }: Mail, depth: number, within: number | null): void => {
    for (const letter of children) {
      if (found.length >= LETTER_LIMITS.letters) return;
      const own = nestedBytes(base, letter);
      // Offsets of a letter that lies there as it is are into the bytes around it.
      const inner = letter.packing === '7bit' ? base : own;
      found.push({ letter, base: inner, name: nestedName(letter), depth, within, bytes: own });
      if (depth < LETTER_LIMITS.depth) visit(inner, letter, depth + 1, found.length - 1);
    }
  };
  visit(bytes, mail, 1, null);
  return found;
}

const LONGEST_NAME = 200;

function nestedName({ name, subject }: Mail): string | null {
  const called = (name ?? subject)?.trim().slice(0, LONGEST_NAME);
  if (!called) return null;
  return /\.(?:eml|msg)$/i.test(called) ? called : `${called}.eml`;
}
