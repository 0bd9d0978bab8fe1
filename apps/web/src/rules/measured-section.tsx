import measured from '../../../../packages/language/measured.json' with { type: 'json' };
import type { SignalKind } from '../api/shapes.ts';
import { kindWords } from '../language/kind-words.ts';
import { number } from '../words/how-much.ts';
import { nameOfLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';

type Measured = (typeof measured.kinds)[number];

/** How often a mark is right and how much is found, on real labelled texts; with the counts, for some are few. */
export function MeasuredSection() {
  return (
    <section className="section">
      <h2>{t('measured.title')}</h2>
      <p className="small quiet rules-what">{t('measured.what')}</p>
      <div className="sheet rules-scroll">
        <table className="rules-table small">
          <thead>
            <tr>
              <th>{t('measured.kind')}</th>
              <th>{t('measured.language')}</th>
              <th className="number">{t('measured.precision')}</th>
              <th className="number">{t('measured.recall')}</th>
            </tr>
          </thead>
          <tbody>
            {measured.kinds.map((row) => (
              <Line key={row.side + row.lang + row.kind} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Line({ row }: { row: Measured }) {
  const { tp, fp, fn, side, kind, lang } = row;
  return (
    <tr>
      <td>
        {kindWords({ kind: kind as SignalKind, ...(side === 'draft' ? { level: 'note' as const } : {}) })}
      </td>
      <td>{nameOfLanguage(lang)}</td>
      <td className="number">{share(tp, tp + fp)}</td>
      <td className="number">{share(tp, tp + fn)}</td>
    </tr>
  );
}

function share(hits: number, of: number): string {
  if (of === 0) return t('measured.none');
  return t('measured.share', {
    percent: number(Math.round((100 * hits) / of)),
    hits: number(hits),
    of: number(of),
  });
}
