import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunReport as Report, RunProgress, RunTotals } from '../api/shapes.ts';
import { runEvents, runQuery } from './import.queries.ts';

type Live = { totals: RunTotals; progress: RunProgress | null };

/** Follows a running import; when its report is there, everything that counts records is asked for anew. */
export function useRunEvents(run: Report): Live {
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>({ totals: run.totals, progress: run.progress });
  const { id } = run;
  useEffect(() => {
    const stop = new AbortController();
    const follow = async () => {
      for await (const event of runEvents(id, stop.signal)) {
        if ('progress' in event) {
          const { totals, ...progress } = event.progress;
          setLive((now) => ({ totals: totals ?? now.totals, progress }));
        } else if ('report' in event) {
          queries.setQueryData(runQuery(id).queryKey, event.report);
          await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'run' });
        }
      }
    };
    follow().catch(() => {
      // The stream broke off: how the run stands is asked for instead.
      if (!stop.signal.aborted) void queries.invalidateQueries({ queryKey: runQuery(id).queryKey });
    });
    return () => stop.abort();
  }, [id, queries]);
  return live;
}
