import { language } from '../words/t.ts';

/** 450 €, 1 240,50 €. @param cents hundredths */
export function money({ cents, currency }: { cents: number; currency: string }): string {
  return new Intl.NumberFormat(language.get().tag, {
    style: 'currency',
    currency,
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(cents / 100);
}

/** Hundredths of a written sum, "450", "1 240,50"; null where it is none. */
export function centsOf(written: string): number | null {
  const match = /^(\d[\d\s\u00a0]*)(?:[.,](\d{1,2}))?$/.exec(written.trim());
  if (!match) return null;
  const whole = Number(match[1]!.replace(/\s/g, ''));
  return whole * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
