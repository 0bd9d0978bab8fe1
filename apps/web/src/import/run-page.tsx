import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RunReport as Report } from '../api/shapes.ts';
import { IndexLag } from '../search/index-lag.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { number, size } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { cancelRun, runQuery } from './import.queries.ts';
import { Meter } from './meter.tsx';
import { useRunEvents } from './run-events.ts';
import { RunReport } from './run-report.tsx';
import { sourceWords } from './source-words.ts';
import { minutesLeft } from './time-left.ts';
import { Totals } from './totals.tsx';
import './import.css';

const route = getRouteApi('/runs/$runId');

/** One reading of a source: live while it runs, reconciled when it has ended. */
export function RunPage() {
  const { runId } = route.useParams();
  const run = useQuery({ ...runQuery(runId), throwOnError: true }).data;
  if (!run) return null;
  return (
    <div className="page stack">
      <PageTitle says={t(`run.title.${run.state}`)} />
      <header className="page-head">
        <div role="status">
          <h1>{t(`run.title.${run.state}`)}</h1>
        </div>
        <span className="quiet">{sourceWords(run.source)}</span>
      </header>
      {run.state === 'running' ? <Running run={run} /> : <RunReport run={run} />}
    </div>
  );
}

function Running({ run }: { run: Report }) {
  const { totals, progress } = useRunEvents(run);
  const cancelling = useMutation({ mutationFn: () => cancelRun(run.id) });
  const { bytes, ofBytes } = progress ?? { bytes: 0, ofBytes: 0 };
  const minutes = minutesLeft(run.startedAt, bytes, ofBytes);
  return (
    <>
      <div>
        <Meter value={bytes} of={ofBytes} label={t('run.progress')} />
        <p className="small quiet number">
          {t('run.bytes', { bytes: size(bytes), of: size(ofBytes) })}
          {minutes !== null && ` · ${t('run.timeLeft', { minutes })}`}
        </p>
      </div>
      <Totals totals={totals} />
      <IndexLag />
      {cancelling.error && <p className="notice">{problemWords(cancelling.error)}</p>}
      <div className="row">
        <Button
          variant="default"
          loading={cancelling.isPending || cancelling.isSuccess}
          onClick={() => cancelling.mutate()}
        >
          {t('run.cancel')}
        </Button>
        <span className="small quiet">{t('run.cancelWhy', { imported: number(totals.imported) })}</span>
      </div>
    </>
  );
}
