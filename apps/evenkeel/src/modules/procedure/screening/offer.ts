import { accept, type Outcome } from '../../../kernel/outcome.ts';
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
