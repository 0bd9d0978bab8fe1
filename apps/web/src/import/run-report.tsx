import { Link } from '@tanstack/react-router';
import type { RunReport as Report, RunIssue } from '../api/shapes.ts';
import { IndexLag } from '../search/index-lag.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { Guesses } from './guesses.tsx';
import { IssueGroups } from './issue-groups.tsx';
import { Totals } from './totals.tsx';

/** What became of every item, what was odd, and where to go on. */
export function RunReport({ run }: { run: Report }) {
  const { totals, issues, state, startedAt, finishedAt } = run;
  return (
    <>
      <p className="quiet">{whenOf(startedAt, finishedAt)}</p>
      <Totals totals={totals} />
      <p>
        {state === 'cancelled' && `${t('run.cancelledKept', { imported: number(totals.imported) })} `}
        {totals.leftOut > 0 && t('run.leftOut', { count: totals.leftOut })}
      </p>
      <IndexLag />
      <p className="row">
        <Link to="/clients" className="action action-first">
          {t('run.toClients')}
        </Link>
        <Link to="/import" className="action">
          {t('run.more')}
        </Link>
      </p>
      <Guesses run={run.id} />
      <Issues issues={issues} />
    </>
  );
}

/** Most runs begin and end within one minute: it is said once. */
function whenOf(startedAt: string, finishedAt: string | null): string {
  const start = momentOf(startedAt);
  const end = finishedAt ? momentOf(finishedAt) : start;
  return start === end ? start : t('run.when', { start, end });
}

function Issues({ issues }: { issues: readonly RunIssue[] }) {
  if (issues.length === 0) return <p className="quiet">{t('run.noIssues')}</p>;
  return (
    <section className="section">
      <h2>{t('run.issues', { count: issues.length })}</h2>
      <IssueGroups issues={issues} />
    </section>
  );
}
