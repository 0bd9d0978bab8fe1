import { charsetNamed } from '@evenkeel/records/charset-name';
import type { Mail } from '@evenkeel/records/mail';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Reading, readMailOriginal } from './reading.ts';
import { storable } from './storable.ts';

export type ReadAsRefusal = 'interaction-unknown' | 'not-read-as-mail' | 'no-such-charset' | 'reads-the-same';

/** A reading that a person may choose, with the beginning of what it makes of the words. */
export type OtherReading = {
  readonly charset: string;
  readonly subject: string | null;
  readonly text: string;
};

/** What mail without a word about its charset is written in, where our clients write. */
const USUAL = ['windows-1251', 'koi8-r', 'ibm866', 'windows-1252', 'iso-8859-2', 'utf-8'] as const;
const SHOWN_UNITS = 400;

/** What was stated and used for the texts and headers of a mail, each once. */
export function charsetsOf(mail: Pick<Mail, 'charsets'>) {
  const used = mail.charsets.map(({ declared, used, certainty }) => ({
    declared: declared === null ? null : storable(declared).slice(0, 100),
    ...{ used, certainty },
  }));
  return [...new Map(used.map((one) => [JSON.stringify(one), one])).values()];
}

/** Whether its reading is a guess, goes against what the mail states, or was put right by a person. */
export function isDoubtful(mail: Pick<Mail, 'charsets' | 'otherReadings'>): boolean {
  const unsure = mail.charsets.some(({ certainty }) => certainty === 'guessed' || certainty === 'corrected');
  return unsure || mail.otherReadings.length > 0;
}

/** Whether anything in it could be read otherwise: a label of one byte a character fits all bytes, also wrongly. */
export function isOpen({ charsets }: Pick<Mail, 'charsets'>): boolean {
  return charsets.some(
    ({ used, certainty }) => certainty === 'guessed' || (used !== 'us-ascii' && used !== 'utf-8'),
  );
}

/**
 * How a mail reads in other charsets, the stated one first; those that make no difference are left out.
 *
 * @param charset in which it is read now, as a person said
 */
export function otherReadingsOf(
  bytes: Uint8Array,
  mail: Pick<Mail, 'otherReadings'>,
  charset: string | null,
): readonly OtherReading[] {
  const seen = new Set([wordsOf(readMailOriginal(bytes, null, charset))]);
  const named = [...mail.otherReadings.map((one) => one.charset), ...USUAL];
  return [...new Set(named)].flatMap((charset) => {
    const reading = readMailOriginal(bytes, null, charset);
    const words = wordsOf(reading);
    if (seen.has(words)) return [];
    seen.add(words);
    return [{ charset, subject: reading.subject, text: reading.text.slice(0, SHOWN_UNITS).toWellFormed() }];
  });
}

function wordsOf({ subject, text, from, participants, attachments }: Reading): string {
  return JSON.stringify([subject, text, from, participants, attachments.map(({ name }) => name)]);
}

/** Decides whether a mail is to be read otherwise. @param now the charset a person named before, or null */
export function decideReadAs(
  bytes: Uint8Array,
  now: string | null,
  charset: string | null,
): Outcome<string | null, ReadAsRefusal> {
  const label = charset === null ? null : (charsetNamed(charset)?.label ?? undefined);
  if (label === undefined) return refuse('no-such-charset', { charset });
  const [before, after] = [now, label].map((one) => wordsOf(readMailOriginal(bytes, null, one)));
  return before === after ? refuse('reads-the-same', { charset: label }) : accept(label);
}
