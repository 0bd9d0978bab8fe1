import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { ClauseWish } from '../../agreement/clause.ts';
import type { Lang } from '../../agreement/ladder.ts';
import { filledIn } from '../../agreement/wording.ts';
import type { InquiryRules, QuestionRule } from './rules.ts';
import type { Answered, Decided } from './screening.store.ts';
import type { Deposit } from './screening.ts';

export type Offer = { readonly title: string; readonly clauses: readonly ClauseWish[] };

/** Makes the first offer of what they answered and what we decided: a clause for each, in a language. */
export function offerOf(
  rules: InquiryRules,
  answers: readonly Pick<Answered, 'question' | 'words'>[],
  decision: Pick<Decided, 'conditions' | 'services' | 'deposit'>,
  lang: Lang,
): Outcome<Offer, 'field-missing'> {
  const { title, service, deposit } = rules.sentences;
  const clauses: ClauseWish[] = [];
  for (const question of rules.questions) {
    const answer = answers.find((one) => one.question === question.id);
    if (!answer) continue;
    const says = filledIn(question.becomes[lang], { answer: answer.words });
    if (!says.ok) return says;
    clauses.push(clauseOf(question, says.value, answer.words));
  }
  if (decision.conditions !== null) clauses.push({ kind: 'other', says: decision.conditions });
  for (const line of decision.services) {
    const says = filledIn(service[lang], { service: line.service, price: priceIn(line, lang) });
    if (!says.ok) return says;
    clauses.push(paymentClause(says.value, line.currency, null));
  }
  if (decision.deposit) {
    const says = filledIn(deposit[lang], { price: priceIn(decision.deposit, lang) });
    if (!says.ok) return says;
    clauses.push(paymentClause(says.value, decision.deposit.currency, null));
  }
  return accept({ title: title[lang], clauses });
}

function clauseOf({ clause, as }: QuestionRule, says: string, words: string): ClauseWish {
  if (clause === 'payment') {
    const sum = as === 'sum' ? sumIn(words) : null;
    return paymentClause(says, sum?.currency ?? null, sum?.price ?? null);
  }
  if (clause === 'response_time') {
    const hours = as === 'hours' ? Number(words.match(/\d{1,3}/)?.[0] ?? 0) : 0;
    return hours > 0
      ? { kind: 'response_time', says, within: { count: hours, unit: 'hours' } }
      : { kind: 'other', says };
  }
  return { kind: clause, says };
}

function paymentClause(says: string, currency: string | null, price: string | null): ClauseWish {
  return { kind: 'payment', says, currency: currency ?? 'EUR', price, per: null, termDays: null };
}

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '₽': 'RUB' };

/** "about 1 200,50 €" → 1200.50 EUR; null where no currency stands beside a number. */
function sumIn(words: string): { readonly price: string; readonly currency: string } | null {
  const number = String.raw`(\d{1,3}(?:[ \u00a0.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?(?!\d)`;
  const currency = '(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|RUB|[€$£₽]|руб|евро|euro)';
  const [, one, cents, sign] = words.match(new RegExp(`${number}[ \\u00a0]?${currency}`, 'i')) ?? [];
  const [, before, other, more] = words.match(new RegExp(`${currency}[ \\u00a0]?${number}`, 'i')) ?? [];
  const whole = (one ?? other)?.replace(/\D/g, '');
  const code = currencyOf(sign ?? before);
  if (!whole || !code) return null;
  const part = cents ?? more;
  return { price: part ? `${whole}.${part.padEnd(2, '0')}` : whole, currency: code };
}

function currencyOf(sign: string | undefined): string | null {
  if (sign === undefined) return null;
  const word = sign.toLowerCase();
  if (word === 'руб') return 'RUB';
  if (word === 'евро' || word === 'euro') return 'EUR';
  return SIGNS[sign] ?? sign.toUpperCase();
}

const TAGS = { en: 'en-GB', ru: 'ru', fi: 'fi' } as const satisfies Record<Lang, string>;

/** `15 %`, or a sum as one writes it in a language. */
function priceIn({ percent, amount, currency }: Deposit, lang: Lang): string {
  const number = (value: string) => new Intl.NumberFormat(TAGS[lang]).format(Number(value));
  return percent !== null ? `${number(percent)} %` : `${number(amount ?? '0')} ${currency}`;
}

/** Minutes for each of so many clients: those that are stated, and those that are estimated by what we wrote. */
export type Comparison = {
  readonly n: number;
  readonly minutesPerMessage: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** How much of it was stated, 0…1; the rest is an estimate. */
  readonly statedPart: number;
};

const FEWEST_CASES = 3;

/** @returns `cases-too-few` under three: one or two say nothing about the next */
export function comparisonOf(
  work: readonly { readonly statedMinutes: number; readonly written: number }[],
  minutesPerMessage: number,
): Outcome<Comparison, 'cases-too-few'> {
  const n = work.length;
  if (n < FEWEST_CASES) return refuse('cases-too-few', { n, needed: FEWEST_CASES });
  const each = work
    .map(({ statedMinutes, written }) => statedMinutes + written * minutesPerMessage)
    .sort((one, another) => one - another);
  const sum = each.reduce((all, minutes) => all + minutes, 0);
  const stated = work.reduce((all, { statedMinutes }) => all + statedMinutes, 0);
  return accept({
    ...{ n, minutesPerMessage, median: medianOf(each), least: each[0]!, most: each[n - 1]! },
    statedPart: sum === 0 ? 0 : Math.round((100 * stated) / sum) / 100,
  });
}

function medianOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : Math.round((sorted[half - 1]! + sorted[half]!) / 2);
}
