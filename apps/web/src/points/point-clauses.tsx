import { useQuery } from '@tanstack/react-query';
import type { Point } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { clausesQuery } from './points.queries.ts';

/** Clauses that speak of what is asked; whether they cover it, a person decides. */
export function PointClauses({ point: { partyId, id, title, cites } }: { point: Point }) {
  const words = [title, cites.find(({ role }) => role === 'asked')?.quote ?? ''].join('. ');
  const hints = useQuery(clausesQuery(partyId, id, words)).data?.hints ?? [];
  if (hints.length === 0) return null;
  return (
    <section className="sheet" aria-label={t('point.clauses')}>
      <h2 className="answer-head">{t('point.clauses')}</h2>
      <ul className="course-quotes">
        {hints.map(({ clause, shared }) => (
          <li key={clause.id}>
            <span className="number">§{clause.number}</span> {clause.says}
            <div className="small quiet">{t('novelty.words', { words: shared.join(', ') })}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
