import type { Instant } from '../../kernel/instant.ts';

export const MATCH_KINDS = ['address', 'phone', 'handle', 'url', 'plate'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** An address, number, handle, page or car plate in the form in which two are compared, and as somebody wrote it. */
export type MatchKey = { readonly kind: MatchKind; readonly value: string; readonly written: string };

/** Pages whose last part of the path is the name of whoever they are about. */
const PROFILE_HOSTS: ReadonlySet<string> = new Set([
  't.me',
  'telegram.me',
  'instagram.com',
  'vk.com',
  'x.com',
  'twitter.com',
  'tiktok.com',
  'facebook.com',
  'onlyfans.com',
  'github.com',
]);
const SHORTEST_NUMBER = 6;
const LONGEST_NUMBER = 15;

/**
 * Reads one way to reach somebody, as it was typed or pasted.
 *
 * @param callingCode of the country we are in, `358`; a number without one is compared as a number of that country
 * @returns null when nothing in it can be compared
 */
export function matchKeyOf(typed: string, callingCode: string | null = null): MatchKey | null {
  const written = typed.replaceAll('\0', '').toWellFormed().trim().replace(/\s+/g, ' ');
  const plain = written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:mailto|tel|sms):/, '');
  if (!/[\p{L}\d]/u.test(plain)) return null;
  const key =
    plateKey(plain) ?? addressKey(plain) ?? numberKey(plain, callingCode) ?? pageKey(plain, callingCode);
  if (key) return { ...key, written };
  const value = plain.replace(/^@/, '').replaceAll(' ', '');
  return { kind: 'handle', value, written };
}

type Key = Omit<MatchKey, 'written'>;

/** Only with a word that says so: without one, most plates could as well be somebody's handle. */
const PLATE = /^(?:car|plate|reg|авто|машина|госномер|номер авто|auto|rekisteri|rek)[.:]?\s+(\S.*)$/;
/** Letters that a Russian plate has, which look the same in Latin. */
const CYRILLIC_TWINS = 'авекмнорстух';
const LATIN_TWINS = 'abekmhopctyx';
const LONGEST_PLATE = 10;

function plateKey(plain: string): Key | null {
  const [, written] = plain.match(PLATE) ?? [];
  const value = [...(written ?? '').replace(/[^\p{L}\d]/gu, '')]
    .map((letter) => LATIN_TWINS[CYRILLIC_TWINS.indexOf(letter)] ?? letter)
    .join('');
  return value !== '' && value.length <= LONGEST_PLATE && /\d/.test(value) ? { kind: 'plate', value } : null;
}

/** Who writes to `name+anything@host` writes to the same box. */
function addressKey(plain: string): Key | null {
  const [, name, host] = plain.match(/^([^@\s]+)@([^@\s/]+\.[^@\s/]+)$/) ?? [];
  if (!name || !host) return null;
  return { kind: 'address', value: `${name.replace(/(?<=.)\+.*$/, '')}@${host}` };
}

function numberKey(plain: string, callingCode: string | null): Key | null {
  if (!/^[+(\d][\d\s().\-/–]*$/.test(plain)) return null;
  // A zero in brackets is dialled at home only: +44 (0)20 …
  const isAbroad = plain.startsWith('+') || plain.startsWith('00');
  const digits = (isAbroad ? plain.replace('(0)', '') : plain).replace(/\D/g, '');
  const international = isAbroad ? digits.replace(/^00/, '') : atHome(digits, callingCode);
  if (international.length < SHORTEST_NUMBER || international.length > LONGEST_NUMBER) return null;
  return { kind: 'phone', value: isAbroad || international !== digits ? `+${international}` : digits };
}

/** Russia and Kazakhstan dial 8 before a number at home, most others 0. */
function atHome(digits: string, callingCode: string | null): string {
  if (callingCode === null) return digits;
  if (callingCode === '7') return digits.length === 11 ? `7${digits.slice(1)}` : `7${digits}`;
  return digits.startsWith('0') ? `${callingCode}${digits.slice(1)}` : `${callingCode}${digits}`;
}

function pageKey(plain: string, callingCode: string | null): Key | null {
  const [, host, path] =
    plain.match(/^(?:https?:\/\/)?(?:www\.|m\.)?([^\s/@:]+\.[a-z\p{L}]{2,})(?::\d+)?(?:\/([^\s?#]*))?/u) ??
    [];
  if (!host) return null;
  const parts = (path ?? '').split('/').filter((part) => part !== '');
  if (host === 'wa.me' && parts[0]) return numberKey(`+${parts[0].replace(/^\+/, '')}`, callingCode);
  const [name] = parts;
  if (name && parts.length === 1 && PROFILE_HOSTS.has(host))
    return { kind: 'handle', value: name.replace(/^@/, '') };
  return { kind: 'url', value: [host, ...parts].join('/') };
}

/** For how long what was last used then is as good as used now, and after how much longer it is worth half, in days. */
const WEAR: Readonly<Record<MatchKind, { readonly graceDays: number; readonly halfDays: number }>> = {
  address: { graceDays: 365, halfDays: 1095 },
  // Numbers of mobile networks may be given to somebody else 45 days after they were given up.
  phone: { graceDays: 45, halfDays: 365 },
  handle: { graceDays: 180, halfDays: 730 },
  url: { graceDays: 365, halfDays: 1095 },
  // A plate stays on a car that is sold.
  plate: { graceDays: 365, halfDays: 1095 },
};
const DAY_MS = 24 * 3600 * 1000;

/** How much it still says that two have it in common, 0…1: less, the longer ago it was last used. */
export function confidenceAt(kind: MatchKind, lastUsedAt: Instant, now: Instant): number {
  const days = (Date.parse(now) - Date.parse(lastUsedAt)) / DAY_MS;
  const { graceDays, halfDays } = WEAR[kind];
  return Math.round(100 * 0.5 ** (Math.max(0, days - graceDays) / halfDays)) / 100;
}

/** Below it, what two have in common is shown and does not count. */
const COUNTS_FROM = 0.25;

/** Two that count name a person, one only says that it is possible, and what is too old says nothing by itself. */
export type MatchLevel = 'two-identifiers' | 'one-identifier' | 'too-old';

export function matchLevelOf(shared: readonly { readonly confidence: number }[]): MatchLevel {
  const counting = shared.filter(({ confidence }) => confidence >= COUNTS_FROM).length;
  if (counting >= 2) return 'two-identifiers';
  return counting === 1 ? 'one-identifier' : 'too-old';
}

/** What one dials before a number in the country of a zone; null where it is not known. */
export function callingCodeOf(zone: string): string | null {
  return CALLING_CODES[zone] ?? null;
}

/** @source ITU-T E.164, list of assigned country codes */
const CALLING_CODES: Readonly<Record<string, string>> = {
  'Europe/Helsinki': '358',
  'Europe/Mariehamn': '358',
  'Europe/Moscow': '7',
  'Europe/Kaliningrad': '7',
  'Europe/Samara': '7',
  'Europe/Volgograd': '7',
  'Europe/Saratov': '7',
  'Europe/Astrakhan': '7',
  'Europe/Ulyanovsk': '7',
  'Europe/Kirov': '7',
  'Asia/Yekaterinburg': '7',
  'Asia/Omsk': '7',
  'Asia/Novosibirsk': '7',
  'Asia/Krasnoyarsk': '7',
  'Asia/Irkutsk': '7',
  'Asia/Vladivostok': '7',
  'Asia/Almaty': '7',
  'Europe/Tallinn': '372',
  'Europe/Riga': '371',
  'Europe/Vilnius': '370',
  'Europe/Stockholm': '46',
  'Europe/Oslo': '47',
  'Europe/Copenhagen': '45',
  'Europe/Berlin': '49',
  'Europe/London': '44',
  'Europe/Dublin': '353',
  'Europe/Paris': '33',
  'Europe/Amsterdam': '31',
  'Europe/Brussels': '32',
  'Europe/Madrid': '34',
  'Europe/Vienna': '43',
  'Europe/Zurich': '41',
  'Europe/Warsaw': '48',
  'Europe/Prague': '420',
  'Europe/Kyiv': '380',
  'America/New_York': '1',
  'America/Chicago': '1',
  'America/Denver': '1',
  'America/Los_Angeles': '1',
  'America/Toronto': '1',
};
