import { queryOptions } from '@tanstack/react-query';
import { call, getJson, sendJson } from '../api/http.ts';
import type { Run, RunProgress, RunTotals, Survey } from '../api/shapes.ts';
import { jsonLines } from './json-lines.ts';

export type RunEvent =
  | { progress: RunProgress & { totals?: RunTotals } }
  | { acknowledged: string[] }
  | { report: Run };

export type ImportOrder = { uploads: string[]; only: string[] | null; client: string | null; me: string[] };

export const survey = (uploads: readonly string[]) =>
  sendJson<Survey>('POST', '/imports/survey', { uploads });
export const startImport = (order: ImportOrder) => sendJson<{ run: string }>('POST', '/imports', order);
export const cancelRun = (id: string) => sendJson<Run>('POST', `/runs/${encodeURIComponent(id)}/cancel`);
export const dropUpload = (id: string) => sendJson<unknown>('DELETE', `/uploads/${encodeURIComponent(id)}`);

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => getJson<Run>(`/runs/${encodeURIComponent(id)}`, { signal }),
  });

/** What happens in a run, as it happens; ends with the report. */
export async function* runEvents(id: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const answer = await call('GET', `/runs/${encodeURIComponent(id)}/events`, undefined, { signal });
  if (answer.body) yield* jsonLines<RunEvent>(answer.body);
}
