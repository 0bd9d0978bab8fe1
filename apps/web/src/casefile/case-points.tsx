import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addCasePoint, removeCasePoint } from '../generated/sdk.gen.ts';
import type { Case } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { Act, Why, wordsOf } from './act.tsx';
import { choosablePointsQuery } from './casefile.queries.ts';

/** The points of a case with where each stands. */
export function CasePoints({ found }: { found: Case }) {
  return (
    <section className="section" aria-labelledby="case-points">
      <h2 id="case-points">{t('case.pointsTitle')}</h2>
      {found.points.length === 0 && <p className="small quiet">{t('case.noPoints')}</p>}
      {found.points.length > 0 && (
        <ul className="sheet lines">
          {found.points.map((point) => (
            <li key={point.id} className="numbered">
              <Link
                className="number"
                to="/clients/$partyId/points/$number"
                params={{ partyId: found.partyId, number: String(point.number) }}
              >
                #{point.number}
              </Link>
              <span>{point.says}</span>
              <span className="small quiet">{named('pointstate', point.state)}</span>
              {found.stage !== 'closed' && (
                <Act
                  says={t('case.removePoint')}
                  run={(fields) =>
                    removeCasePoint({
                      path: { id: found.id, pointId: point.id },
                      body: { reason: wordsOf(fields, 'reason') },
                    })
                  }
                >
                  <Why />
                </Act>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.stage !== 'closed' && <AddPoint found={found} />}
    </section>
  );
}

function AddPoint({ found }: { found: Case }) {
  const all = useQuery(choosablePointsQuery(found.partyId)).data?.items ?? [];
  const others = all.filter(({ id }) => !found.points.some((point) => point.id === id));
  if (others.length === 0) return null;
  return (
    <Act
      says={t('case.addPoint')}
      run={(fields) => addCasePoint({ path: { id: found.id }, body: { point: wordsOf(fields, 'point') } })}
    >
      <PointSelect points={others} />
    </Act>
  );
}

type Choosable = { readonly id: string; readonly number: number; readonly title: string };

export function PointSelect({ points }: { points: readonly Choosable[] }) {
  return (
    <label className="field">
      {t('case.point')}
      <select name="point" required>
        {points.map(({ id, number, title }) => (
          <option key={id} value={id}>{`#${number} ${title}`}</option>
        ))}
      </select>
    </label>
  );
}
