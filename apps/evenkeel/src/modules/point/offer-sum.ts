import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** An amount as decimal text, `150.00`, so that nothing is lost in binary fractions; ISO 4217. */
export type Sum = { readonly amount: string; readonly currency: string };
export type SumRefusal = 'sum-not-a-number' | 'currency-unknown';

const AMOUNT = /^(\d{1,12})(?:[.,](\d{1,4}))?$/;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Reads a sum as a person types it: `1 240,50`, `1240.5`. */
export function readSum(typed: Sum): Outcome<Sum, SumRefusal> {
  const currency = typed.currency.trim().toUpperCase();
  if (!CURRENCIES.has(currency)) return refuse('currency-unknown', { currency: typed.currency });
  const match = typed.amount.replaceAll(/[\s\u00A0\u202F]/g, '').match(AMOUNT);
  const places = decimalsOf(currency);
  if (!match || (match[2] ?? '').length > Math.max(places, 0))
    return refuse('sum-not-a-number', { amount: typed.amount });
  const whole = match[1]!.replace(/^0+(?=\d)/, '');
  const amount = places === 0 ? whole : `${whole}.${(match[2] ?? '').padEnd(places, '0')}`;
  return accept({ amount, currency });
}

function decimalsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/**
 * Whether any of these sums is more than somebody may offer alone. Another currency cannot be compared, so it is.
 *
 * @param allowance null when there is no limit
 */
export function isBeyond(sums: readonly Sum[], allowance: Sum | null): boolean {
  if (allowance === null) return false;
  return sums.some(
    ({ amount, currency }) => currency !== allowance.currency || Number(amount) > Number(allowance.amount),
  );
}
