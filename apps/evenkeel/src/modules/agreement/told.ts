import { localOf } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { LANGS, type Lang, type Rung, type Worded } from './ladder.ts';

/** A day as one writes it in a language, with its weekday where it is `full`. @param date `2026-05-12` */
export function dateIn(lang: Lang, date: string, style: 'long' | 'full' = 'long'): string {
  const written = new Intl.DateTimeFormat(TAGS[lang], { dateStyle: style, timeZone: 'UTC' });
  // In Russian the short word for a year would put a second full stop behind a sentence.
  return written.format(Date.parse(date)).replace(/\sг\.$/u, ' года');
}

/** A moment, to the minute, as the clock on our wall showed it. */
export function momentIn(lang: Lang, zone: string, at: Instant): string {
  const { date, time } = localOf({ zone }, at);
  return `${dateIn(lang, date)}, ${time}`;
}

const TAGS = { en: 'en-GB', ru: 'ru', fi: 'fi' } as const satisfies Record<Lang, string>;

/** The language of somebody's own words, when we have texts in it. */
export function langOf(lang: string): Lang | null {
  return LANGS.find((one) => one === lang) ?? null;
}

/** The words that are agreed, where other words are only offered. */
export function inForce({ versions, agreedVersion, says }: Versioned): string {
  return versions.find(({ version }) => version === agreedVersion)?.says ?? says;
}
type Versioned = {
  readonly says: string;
  readonly agreedVersion: number | null;
  readonly versions: readonly { readonly version: number; readonly says: string }[];
};

/** How a text begins what a clause says; nothing where no file has words for it, and then the text cannot be used. */
export function basisIn(
  basis: { readonly agreed?: Worded | undefined; readonly offered?: Worded | undefined },
  lang: Lang,
  isAgreed: boolean,
): string {
  return basis[isAgreed ? 'agreed' : 'offered']?.[lang] ?? '';
}

/** What the ways that stay open are called, in a list. */
export function waysIn(
  lang: Lang,
  { leavesOpen }: Pick<Rung, 'leavesOpen'>,
  names: Readonly<Record<string, Worded | undefined>>,
): string {
  return leavesOpen.map((way) => names[way]?.[lang] ?? way).join(', ');
}
