/** Beginnings of the names of months, January first, folded; the endings of each language follow. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan(?:uary)?|январ\p{L}{0,2}|tammi(?:kuu\p{L}*)?)$/u,
  /^(?:feb(?:ruary)?|феврал\p{L}{0,2}|helmi(?:kuu\p{L}*)?)$/u,
  /^(?:mar(?:ch)?|март\p{L}{0,2}|maalis(?:kuu\p{L}*)?)$/u,
  /^(?:apr(?:il)?|апрел\p{L}{0,2}|huhti(?:kuu\p{L}*)?)$/u,
  /^(?:may|ма[яйею]|touko(?:kuu\p{L}*)?)$/u,
  /^(?:june?|июн\p{L}{0,2}|kesä(?:kuu\p{L}*))$/u,
  /^(?:july?|июл\p{L}{0,2}|heinä(?:kuu\p{L}*)?)$/u,
  /^(?:aug(?:ust)?|август\p{L}{0,2}|elo(?:kuu\p{L}*))$/u,
  /^(?:sept?(?:ember)?|сентябр\p{L}{0,2}|syys(?:kuu\p{L}*)?)$/u,
  /^(?:oct(?:ober)?|октябр\p{L}{0,2}|loka(?:kuu\p{L}*)?)$/u,
  /^(?:nov(?:ember)?|ноябр\p{L}{0,2}|marras(?:kuu\p{L}*)?)$/u,
  /^(?:dec(?:ember)?|декабр\p{L}{0,2}|joulu(?:kuu\p{L}*)?)$/u,
];

/** 1 for January … 12; null for a word that names no month. @param folded lower case */
export function monthOf(folded: string): number | null {
  const at = MONTHS.findIndex((month) => month.test(folded));
  return at < 0 ? null : at + 1;
}

type Dated = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray) => string | null };

/** Ways of writing a day; each reads `MM-DD`. The year is left out: few write it. */
export const DATED: readonly Dated[] = [
  {
    pattern: /(?<![\d-])\d{4}-(\d\d)-(\d\d)(?![\d-])/g,
    read: ([, month, day]) => dayKey(day, Number(month)),
  },
  {
    pattern: /(?<![\d.,:])(\d{1,2})\.(\d{1,2})\.(?:(?:\d{4}|\d\d)(?!\d))?/g,
    read: ([, day, month]) => dayKey(day, Number(month)),
  },
  {
    pattern: /(?<![\d.,:])(\d{1,2})\.(\d\d)\.(?:\d{4}|\d\d)(?!\d)/g,
    read: ([, day, month]) => dayKey(day, Number(month)),
  },
  {
    pattern:
      /(?<![\p{L}\d.,:])(\d{1,2})(?:st|nd|rd|th|-?(?:го|е))?\.?[ \u00a0](?:of )?(\p{L}{3,12})(?![\p{L}])(?:,? \d{4}(?!\d))?/gu,
    read: ([, day, month]) => dayKey(day, monthOf(month!.toLowerCase())),
  },
  {
    pattern:
      /(?<![\p{L}\d])(\p{Lu}\p{Ll}{2,8})[ \u00a0](\d{1,2})(?:st|nd|rd|th)?(?![\d:%€]|[.,]\d)(?:,? \d{4}(?!\d))?/gu,
    read: ([, month, day]) => dayKey(day, monthOf(month!.toLowerCase())),
  },
];

function dayKey(day: string | undefined, month: number | null): string | null {
  const two = (value: number) => String(value).padStart(2, '0');
  if (month === null || month < 1 || month > 12 || Number(day) < 1 || Number(day) > 31) return null;
  return `${two(month)}-${two(Number(day))}`;
}
