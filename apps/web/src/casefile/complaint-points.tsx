import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addComplaintPoint } from '../generated/sdk.gen.ts';
import type { Complaint } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { Act, Why, wordsOf } from './act.tsx';
import { PointSelect } from './case-points.tsx';
import { choosablePointsQuery } from './casefile.queries.ts';
import { OutcomeForm } from './outcome-form.tsx';

type Numbered = Complaint['points'][number];

/** The numbered points, each with its outcome, why, and what that rests on; and what is lacking, by number. */
export function ComplaintPoints({ found }: { found: Complaint }) {
  return (
    <section className="section" aria-labelledby="complaint-points">
      <h2 id="complaint-points">{t('complaint.points', { stage: found.stage })}</h2>
      <ul className="sheet lines">
        {found.points.map((point) => (
          <PointLine key={point.pointId} point={point} found={found} />
        ))}
      </ul>
      {found.state === 'open' && <Missing found={found} />}
      {found.state === 'open' && <AddPoint found={found} />}
    </section>
  );
}

function PointLine({ point, found }: { point: Numbered; found: Complaint }) {
  const who = useWho();
  const before = found.earlier.filter(({ pointId }) => pointId === point.pointId);
  return (
    <li className="numbered" data-point={point.number}>
      <Link
        className="number"
        to="/clients/$partyId/points/$number"
        params={{ partyId: found.partyId, number: String(point.number) }}
      >
        #{point.number}
      </Link>
      <span>{point.says}</span>
      <span className={point.outcome ? 'small' : 'small at-risk'}>
        {point.outcome ? t(`outcome.${point.outcome}`) : t('complaint.noOutcome')}
      </span>
      {point.reason && <div className="numbered-more">{point.reason}</div>}
      {point.source && (
        <div className="numbered-more small quiet">
          <Source source={point.source} partyId={found.partyId} />
        </div>
      )}
      {before.map((earlier) => (
        <div key={earlier.stage} className="numbered-more small quiet">
          {t('complaint.before', { stage: earlier.stage, who: who(earlier.actor) })}{' '}
          {t(`outcome.${earlier.outcome}`)} · {earlier.reason}
        </div>
      ))}
      {found.state === 'open' && <OutcomeForm point={point} found={found} />}
    </li>
  );
}

function Source({ source, partyId }: { source: NonNullable<Numbered['source']>; partyId: string }) {
  if (source.kind === 'clause') return t('source.rests', { says: source.says });
  if (source.kind === 'outside') return t('source.restsOutside', { says: source.says });
  return (
    <Link
      to="/clients/$partyId/interactions/$interactionId"
      params={{ partyId, interactionId: source.cite.interactionId }}
    >
      <q>{source.cite.quote}</q>
    </Link>
  );
}

/** A decision, or a letter about it, is not final while this says something. */
function Missing({ found }: { found: Complaint }) {
  if (found.missing.length === 0) return <p className="small quiet">{t('complaint.nothingMissing')}</p>;
  const numbers = [...new Set(found.missing.map(({ number }) => number))];
  return (
    <div className="missing small" role="status">
      <p>{t('complaint.missing')}</p>
      <ul>
        {numbers.map((number) => (
          <li key={number}>
            #{number}{' '}
            {found.missing
              .filter((each) => each.number === number)
              .map(({ lacks }) => t(`lacks.${lacks}`))
              .join(', ')}
          </li>
        ))}
      </ul>
    </div>
  );
}

function AddPoint({ found }: { found: Complaint }) {
  const all = useQuery(choosablePointsQuery(found.partyId)).data?.items ?? [];
  const others = all.filter(({ id }) => !found.points.some(({ pointId }) => pointId === id));
  if (others.length === 0) return null;
  const add = (fields: FormData) =>
    addComplaintPoint({
      path: { id: found.id },
      body: { point: wordsOf(fields, 'point'), reason: wordsOf(fields, 'reason') },
    });
  return (
    <Act says={t('case.addPoint')} run={add}>
      <PointSelect points={others} />
      <Why />
    </Act>
  );
}
