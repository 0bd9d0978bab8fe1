import { money } from '../agreement/clause-words.ts';
import { language } from '../words/t.ts';
import type { Surcharge } from './screening.queries.ts';

/** `15 %`, or a sum with its currency, as the reader writes it. */
export function priceSays({ percent, amount, currency }: Omit<Surcharge, 'id' | 'service'>): string {
  const { tag } = language.get();
  if (percent)
    return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(
      Number(percent) / 100,
    );
  return amount && currency ? money(amount, currency, tag) : '';
}
