import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Erasure, Retention } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { named, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { erasuresQuery, retentionQuery } from './erasure.queries.ts';
import { KeptForm } from './kept-form.tsx';
import '../casefile/casefile.css';
import './erasure.css';

/** How long records are kept, whose time is over, and what was erased. */
export function KeptPage() {
  const { data: kept } = useQuery({ ...retentionQuery, throwOnError: true });
  const { data: erasures } = useQuery({ ...erasuresQuery, throwOnError: true });
  return (
    <div className="page erasure">
      <PageTitle says={t('kept.title')} />
      <header className="page-head">
        <h1>{t('kept.title')}</h1>
      </header>
      <p className="quiet">{t('kept.what')}</p>
      {kept && <KeptForm periods={kept.periods} />}
      {kept && <Over over={kept.over} />}
      {erasures && <Erasures erasures={erasures} />}
    </div>
  );
}

function Over({ over }: Pick<Retention, 'over'>) {
  return (
    <section className="section" aria-labelledby="kept-over">
      <h2 id="kept-over">{t('kept.over')}</h2>
      {over.length === 0 && <p className="small quiet">{t('kept.overNone')}</p>}
      {over.length > 0 && (
        <ul className="sheet lines">
          {over.map(({ partyId, partyName, kind, lastAt, at }) => (
            <li key={partyId} className="line-block">
              <div className="row">
                <Link to="/clients/$partyId" params={{ partyId }}>
                  {partyName}
                </Link>
                <Link to="/erase" search={{ party: partyId }} className="action">
                  {t('erasure.look')}
                </Link>
              </div>
              <div className="small quiet">
                {named('state', kind)} · {t('kept.since', { date: dateOf(at), last: dateOf(lastAt) })}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Erasures({ erasures }: { erasures: readonly Erasure[] }) {
  return (
    <section className="section" aria-labelledby="kept-erased">
      <h2 id="kept-erased">{t('kept.erased')}</h2>
      <p className="small quiet">{t('kept.erasedWhat')}</p>
      {erasures.length > 0 && (
        <ul className="sheet lines">
          {erasures.map((erasure) => (
            <ErasureLine key={erasure.id} erasure={erasure} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ErasureLine({ erasure }: { erasure: Erasure }) {
  const who = useWho();
  const { state, scope, ground, reason, second } = erasure;
  const to = scope === 'party' ? { party: erasure.subject } : { record: erasure.subject };
  return (
    <li className="line-block">
      <div>
        {t(`erasure.state.${state}`)} · {t(`erasure.scope.${scope}`)} · {t(`erasure.ground.${ground}`)}
      </div>
      <div className="small">
        <q>{reason}</q>
      </div>
      <div className="small quiet">
        {who(erasure.erasedBy ?? erasure.askedBy)} · {momentOf(erasure.erasedAt ?? erasure.askedAt)}
        {second && ` · ${t(`second.${second.who}`, { name: second.name ?? '' })}`}
        {erasure.reviewAt && ` · ${t('hold.reviewOn', { date: dateOf(erasure.reviewAt) })}`}
        {erasure.until && state === 'waiting' && ` · ${t('erasure.from', { date: momentOf(erasure.until) })}`}
      </div>
      {state === 'erased' && (
        <div className="small quiet">
          {t('erasure.doneWhat', { entries: erasure.entries ?? 0, objects: erasure.objects ?? 0 })}{' '}
          {erasure.keysCopiedAt
            ? t('erasure.keys', { date: dateOf(erasure.keysCopiedAt) })
            : t('erasure.keysNone')}
          {erasure.reach === 'tables' && ` ${t('erasure.tables')}`}
        </div>
      )}
      {state !== 'erased' && (
        <Link to="/erase" search={to} className="small">
          {t('erasure.look')}
        </Link>
      )}
    </li>
  );
}
