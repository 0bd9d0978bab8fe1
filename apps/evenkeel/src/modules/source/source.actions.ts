import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db } from '../../kernel/db.ts';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import { issuesOf, loadRun, pageOfRuns } from './source.store.ts';
import type { Run } from './source.ts';

export {
  type FolderLoss,
  type FolderSeen,
  folderLosses,
  foldersSeen,
  type RunSeen,
  runsOf,
} from './coverage.store.ts';
// What modules downstream do with sources inside their own transactions.
export {
  containersOf,
  lastStep,
  loadRun,
  projectSources,
  sourceOfKind,
  unfinishedRun,
} from './source.store.ts';

const ISSUES_SHOWN = 200;

type At = { readonly db: Db; readonly workspaceId: WorkspaceId };

/** What everybody may see of a run; how it is recognised again is nobody's business. */
export type RunRow = Omit<Run, 'fingerprint' | 'settings' | 'sourceId'>;

export type Report = RunRow & { readonly issues: Awaited<ReturnType<typeof issuesOf>> };

/** Imports, newest first. */
export async function runsPage({ db, workspaceId }: At, after: TimeKey | null, limit: number) {
  const rows = await pageOfRuns(db, workspaceId, after, limit + 1);
  const page = pageOf(
    rows.map((row) => ({ ...row, at: row.startedAt as string })),
    limit,
  );
  return { items: page.items.map(rowOf), next: page.next };
}

/** What a run did so far, with what it found doubtful. */
export async function reportOf({ db, workspaceId }: At, id: string): Promise<Report | null> {
  const run = await loadRun(db, workspaceId, id);
  return run && { ...rowOf(run), issues: await issuesOf(db, workspaceId, id, ISSUES_SHOWN) };
}

function rowOf({ id, state, source, startedAt, finishedAt, totals }: Run): RunRow {
  return { id, state, source, startedAt, finishedAt, totals };
}
