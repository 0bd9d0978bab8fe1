import { localOf } from '../export-time.ts';

/**
 * Months from January on as they stand in a whole date, by language. Takeout writes dates in the language of the account.
 *
 * @source CLDR, full date
 */
const MONTHS = [
  'january february march april may june july august september october november december',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar mars april mai juni juli august september oktober november desember',
  'januar februar marts april maj juni juli august september oktober november december',
  'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'január február március április május június július augusztus szeptember október november december',
];
const MONTH_OF = new Map(MONTHS.flatMap((year) => year.split(' ').map((name, i) => [name, i + 1] as const)));

/** `May 12, 2026`, `12. toukokuuta 2026`, `12 de mayo de 2026`, or `2026. május 12.` */
const DATES = [
  /(?:^|\s)(?<month>\p{L}+) (?<day>\d{1,2}), (?<year>\d{4})(?!\d)/u,
  /(?:^|\s)(?<day>\d{1,2})\.? (?:de )?(?<month>\p{L}+),?(?: de)? (?<year>\d{4})(?!\d)/u,
  /(?:^|\s)(?<year>\d{4})\. (?<month>\p{L}+) (?<day>\d{1,2})\./u,
];
/** The last of it, always in UTC: `6:14:00 AM UTC`, `6.14.00 UTC`. */
const CLOCK =
  /(?:^|\s)(?<hour>\d{1,2})[:.](?<minute>\d\d)[:.](?<second>\d\d)(?: (?<half>[ap])\.? ?m\.?)? utc$/u;

/**
 * Reads a time as Takeout writes it, a sentence in the language of the account: `Tuesday, May 12, 2026 at 6:14:00 AM UTC`,
 * `tiistai 12. toukokuuta 2026 klo 6.14.00 UTC`.
 *
 * @returns ISO 8601 with `+00:00`; null for words of a language that is not read here, and for no possible time.
 * @source CLDR, full date and long time; English and Hungarian as seen in exports
 */
export function instantIn(stamp: string | null): string | null {
  if (stamp === null || stamp.length > LONGEST) return null;
  const said = stamp
    .normalize('NFC')
    .replace(/[\s\u200e\u200f]+/gu, ' ')
    .trim()
    .toLowerCase();
  const clock = CLOCK.exec(said);
  if (!clock?.groups) return null;
  const { hour, minute, second, half } = clock.groups;
  const before = said.slice(0, clock.index);
  const date = DATES.map((form) => form.exec(before)?.groups).find(
    (found) => found && MONTH_OF.has(found.month!),
  );
  if (!date) return null;
  const shift = half ? (half === 'p' ? 12 : 0) - (hour === '12' ? 12 : 0) : 0;
  const at = `${Number(hour) + shift}:${minute}:${second}`;
  const local = localOf(Number(date.year), MONTH_OF.get(date.month!)!, Number(date.day), at);
  return local === null ? null : `${local}+00:00`;
}

/** No date is longer in any language; what is longer is none. */
const LONGEST = 120;
