import { queryOptions } from '@tanstack/react-query';
import type { PrivilegeWish } from '../apart/apart.queries.ts';
import type { RunProgress, RunReport, RunTotals } from '../api/shapes.ts';
import {
  applyReader,
  dropUpload as deleteUpload,
  followRun,
  getRun,
  listGuesses,
  cancelRun as postCancel,
  startImport as postImport,
  previewReader,
  rereadRun,
  surveyImport,
} from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';
import { jsonLines } from './json-lines.ts';
import type { StatedAbout } from './stated.tsx';

export type RunEvent =
  | { progress: RunProgress & { totals?: RunTotals } }
  | { acknowledged: string[] }
  | { report: RunReport };

export type ImportOrder = StatedAbout & {
  uploads: string[];
  only: string[] | null;
  nameless: boolean;
  client: string | null;
  me: string[];
  privilege?: PrivilegeWish | null;
};

export const survey = (uploads: string[]) => surveyImport({ body: { uploads } });
export const startImport = (body: ImportOrder) => postImport({ body });
export const cancelRun = (id: string) => postCancel({ path: { id } });
export const reread = (id: string, body: StatedAbout & { container: string }) =>
  rereadRun({ path: { id }, body });
export const dropUpload = (id: string) => deleteUpload({ path: { id } });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => getRun({ path: { id }, signal }),
  });

/** What a run assumed to read exports. */
export const guessesQuery = (id: string) =>
  queryOptions({
    queryKey: ['guesses', id],
    queryFn: ({ signal }) => listGuesses({ path: { id }, signal }),
  });

const LOOKED_AT_ONCE = 50;

/** What today's reader makes otherwise of mails that an older one read; some at a time. */
export const readerQuery = queryOptions({
  queryKey: ['reader'],
  queryFn: ({ signal }) => previewReader({ query: { limit: LOOKED_AT_ONCE }, signal }),
});

/** Everything that shows what these mails say is asked for anew. */
export async function readAnew(interactions: string[]): Promise<void> {
  await applyReader({ body: { interactions } });
  await queries.invalidateQueries();
}

/** What happens in a run, as it happens; ends with the report. */
export async function* runEvents(id: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  // The contract calls the lines a string; read as a stream they come as bytes.
  const lines: unknown = await followRun({ path: { id }, parseAs: 'stream', signal });
  if (lines instanceof ReadableStream) yield* jsonLines<RunEvent>(lines);
}
