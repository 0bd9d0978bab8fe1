import { particularsIn } from '@evenkeel/language/content/facts';

/**
 * A sum in a text. Two are compared only in one currency and by one unit.
 *
 * @property key `n:85`: the value, however it was written
 * @property per what it is the price of one of; null for a sum of its own
 */
export type SumSaid = {
  readonly key: string;
  readonly currency: string;
  readonly per: Unit | null;
  readonly words: string;
};
export type Unit = 'hour' | 'day' | 'week' | 'month' | 'piece';

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|eur|евро/iu, 'EUR'],
  [/\$|usd|dollar|доллар/iu, 'USD'],
  [/£|gbp/iu, 'GBP'],
  [/₽|rub|руб/iu, 'RUB'],
  [/sek/iu, 'SEK'],
  [/token|токен/iu, 'token'],
];

const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^h$|^hours?$|^час\p{L}*$|^tun[tn]\p{L}*$/iu, 'hour'],
  [/^days?$|^день$|^дн\p{L}*$|^päiv\p{L}*$/iu, 'day'],
  [/^weeks?$|^недел\p{L}*$|^viik\p{L}*$/iu, 'week'],
  [/^months?$|^mo$|^месяц\p{L}*$|^kuukau\p{L}*$|^kk$/iu, 'month'],
  [/^pieces?$|^each$|^pages?$|^items?$|^шт$|^штук\p{L}*$|^kpl$|^kappal\p{L}*$/iu, 'piece'],
];
const BEHIND = /^\s*(?:\/\s*|(?:per|an|a|every|в|за)\s+)?(\p{L}{1,12})/iu;
const HOURLY =
  /(?<!\p{L})(?:hourly|почасов\p{L}*|часов(?:ая|ой|ую)|tuntihin\p{L}*|tuntiveloitu\p{L}*)(?!\p{L})/iu;

/** The sums of a text, with currency and unit; a number without a currency is none. */
export function sumsIn(text: string): readonly SumSaid[] {
  return particularsIn(text)
    .filter(({ kind }) => kind === 'sum')
    .flatMap(({ key, quote, end }) => {
      const currency = CURRENCIES.find(([written]) => written.test(quote))?.[1];
      return currency ? [{ key, currency, per: unitIn(text, end), words: quote }] : [];
    });
}

function unitIn(text: string, end: number): Unit | null {
  const next = BEHIND.exec(text.slice(end, end + 24))?.[1];
  const unit = next && UNITS.find(([named]) => named.test(next))?.[1];
  return unit || (HOURLY.test(text) ? 'hour' : null);
}

/** A sum as the record keeps it, `1240.00`. */
export function keptSum(amount: string, currency: string, per: Unit | null = null): SumSaid {
  return { key: `n:${Number(amount)}`, currency, per, words: `${amount} ${currency}` };
}

/** What is done with money: a refund of a part is no other price of the whole. */
const DONE_WITH_IT: readonly RegExp[] = [
  /refund|reimburs|(?:pay|paid|money)\s+back|верн[уё]|возвра|возме|palaut|hyvit|korvau|korvaa/iu,
  /discount|rebate|скидк|alennu|alenta/iu,
  /(?<!\p{L})(?:half|part|partly|instalments?|deposit|advance|remaining|rest|balance|first|second|third)(?!\p{L})|аванс|половин|частич|предоплат|остат|остал|перв|втор|puol(?:et|i|ikas)|ennakko|loput|jäljel|ensimmäi|tois(?:en|es|ta)|erän(?!\p{L})/iu,
  /(?<!\p{L})(?:paid|received|transferred)(?!\p{L})|оплатил|оплачен|заплатил|получил|перевел|перевели|maks(?:ettu|oi)|saatu|saimme/iu,
  /interest|late fee|penalt|(?<!\p{L})vat(?!\p{L})|(?<!\p{L})tax|пен[иья](?!\p{L})|неустойк|ндс|(?<!\p{L})налог|korko|viivästys|(?<!\p{L})alv|muistutusmaksu|(?<!\p{L})vero/iu,
];

/** Beside a price it is no other use of the money. */
const PLUS_TAX = /(?<!\p{L})(?:plus|\+|и|плюс|sekä)?\s*(?:vat|alv|ндс)(?!\p{L})/giu;

/** Whether two texts speak of the same use of money. */
export function isOneUse(one: string, other: string): boolean {
  const [mine, theirs] = [one.replace(PLUS_TAX, ''), other.replace(PLUS_TAX, '')];
  return DONE_WITH_IT.every((use) => use.test(mine) === use.test(theirs));
}
