import type { RunTotals } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';

const PARTS = ['imported', 'duplicates', 'leftOut', 'unreadable'] as const;

/** Every item read is in exactly one of four: the sum is shown, so that it can be checked. */
export function Totals({ totals }: { totals: RunTotals }) {
  return (
    <dl className="sheet totals">
      <Total says={t('total.items')} value={totals.items} sign="" />
      {PARTS.map((part, at) => (
        <Total key={part} says={t(`total.${part}`)} value={totals[part]} sign={at === 0 ? '=' : '+'} />
      ))}
    </dl>
  );
}

function Total({ says, value, sign }: { says: string; value: number; sign: string }) {
  return (
    <div data-sign={sign}>
      <dt className="small quiet">{says}</dt>
      <dd className="number">{number(value)}</dd>
    </div>
  );
}
