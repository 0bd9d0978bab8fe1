import type { Mail } from '@evenkeel/records/mail';
import { LETTER_LIMITS, type LetterWithin, lettersWithin } from '@evenkeel/records/nested';
import { sha256Hex } from '../../kernel/sha256.ts';
import { storable } from './storable.ts';

/**
 * A letter that came inside a mail, or inside a letter in it.
 *
 * @property sha256 Of its own bytes, hex.
 * @property depth 1 for one in the mail itself.
 * @property within Which of the list it lies in; null for one in the mail itself.
 * @property sentAt As its Date header states it; null where that is none.
 * @property words What can be searched of it: its words, shortened to {@link WORDS_LIMIT}, without those of letters in it.
 */
export type LetterSeen = {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly name: string | null;
  readonly depth: number;
  readonly within: number | null;
  readonly subject: string | null;
  readonly from: { readonly name: string | null; readonly address: string | null } | null;
  readonly to: readonly string[];
  readonly sentAt: string | null;
  readonly words: string;
  readonly files: readonly LetterFile[];
};

export type LetterFile = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

/** Letters that are sent on whole for years hold each other: all that they say together, in characters. */
const WORDS_LIMIT = 500_000;

/** @property isWhole False where letters lie deeper, are more, or say more than is listed. */
export type LettersRead = { readonly letters: readonly LetterSeen[]; readonly isWhole: boolean };

const NONE: LettersRead = { letters: [], isWhole: true };

export const NOT_WHOLE = {
  code: 'letters-deep',
  message: `Of letters inside letters, ${LETTER_LIMITS.letters} are listed, to level ${LETTER_LIMITS.depth}, and ${WORDS_LIMIT} characters of them are searchable; the rest is in the files that hold it.`,
} as const;

/** Reads the letters inside a mail; where there is none, as in nearly every mail, nothing is done. */
export function lettersIn(bytes: Uint8Array, mail: Mail): LettersRead {
  if (mail.children.length === 0) return NONE;
  const found = lettersWithin(bytes, mail);
  let left = WORDS_LIMIT;
  const letters = found.map((within) => {
    const seen = letterSeen(within, left);
    left -= seen.words.length;
    return seen;
  });
  const isDeeper = found.some(
    ({ depth, letter }) => depth >= LETTER_LIMITS.depth && letter.children.length > 0,
  );
  return { letters, isWhole: left > 0 && !isDeeper && found.length < LETTER_LIMITS.letters };
}

function letterSeen({ letter, name, depth, within, bytes }: LetterWithin, limit: number): LetterSeen {
  const { from } = letter;
  return {
    ...{ sha256: sha256Hex(bytes), sizeBytes: bytes.length, name: orNull(name), depth, within },
    subject: orNull(letter.subject),
    from: from && { name: orNull(from.name), address: orNull(from.address) },
    to: [...letter.to, ...letter.cc].map((one) =>
      storable([one.name, one.address].filter(Boolean).join(' ')),
    ),
    sentAt: letter.sentAt,
    words: storable(letter.text ?? '')
      .slice(0, Math.max(0, limit))
      .toWellFormed(),
    files: letter.attachments.map((file) => ({
      ...{ name: orNull(file.name), mediaType: storable(file.mediaType) },
      ...{ sizeBytes: file.sizeBytes, sha256: file.sha256 },
    })),
  };
}

function orNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}

/** What can be found of a letter by its words, as of a mail. */
export function wordsOfLetter({ subject, from, to, name, words, files }: LetterSeen): string {
  const names = [name, ...files.map((file) => file.name)];
  const people = [from?.name, from?.address, ...to];
  return [subject ?? '', said(people), said(names), words].join('\n');
}

function said(words: readonly (string | null | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}
