import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Case } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { proceduresQuery } from '../procedure/procedure.queries.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

/** What runs or ran about the complaints of a case, the words its points quote, and its records. */
export function CaseProcedures({ found }: { found: Case }) {
  const { partyId, complaints, quoted, records } = found;
  const { data } = useQuery(proceduresQuery({ party: partyId }));
  const about = new Set([...complaints, ...records].map(({ id }) => id).concat(quoted));
  const items = (data?.items ?? []).filter(({ subject }) => about.has(subject.id));
  if (items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="case-procedures">
      <h2 id="case-procedures">{t('case.procedures')}</h2>
      <ul className="sheet lines">
        {items.map(({ id, title, step, outcome, startedAt, endedAt }) => (
          <li key={id} className="line-block">
            <Link to="/clients/$partyId/procedures/$id" params={{ partyId, id }}>
              {inReaders(title)}
            </Link>{' '}
            <span className="small quiet">
              {step
                ? t('procedure.stepOf', { number: step.number, of: step.of })
                : outcome
                  ? inReaders(outcome)
                  : t('procedure.endedEarly')}{' '}
              · {dateOf(endedAt ?? startedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
