import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RunLine } from '../import/run-line.tsx';
import { t } from '../words/t.ts';
import { LogCheck } from './log-check.tsx';
import { runsQuery } from './search.queries.ts';
import { TimeSection } from './time-section.tsx';

/** What the record was made from, and whether its log holds. */
export function RecordOverview() {
  const runs = useQuery(runsQuery);
  return (
    <>
      <section className="section">
        <div className="row">
          <h2>{t('record.runs')}</h2>
          <Link to="/import" className="small">
            {t('door.bring')}
          </Link>
        </div>
        {/* The line stands before the answer has come: what lies below it does not move under a finger. */}
        {!runs.data?.items.length && (
          <p className="quiet">{t(runs.data ? 'record.noRuns' : 'list.loading')}</p>
        )}
        <ul className={runs.data?.items.length ? 'sheet lines' : undefined}>
          {runs.data?.items.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      </section>
      <LogCheck />
      <p className="record-proves">
        <Link to="/trust">{t('trust.title')}</Link>
      </p>
      <TimeSection />
      <nav className="row section" aria-label={t('record.more')}>
        <Link to="/custody" className="action">
          {t('custody.title')}
        </Link>
        <Link to="/kept" className="action">
          {t('kept.title')}
        </Link>
      </nav>
    </>
  );
}
