import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { SlotId } from '../vault/vault.ts';
import { projectMailbox } from './mailbox.project.store.ts';
import {
  type ContainerSeen,
  type NextStep,
  NO_ITEMS,
  type RecordedSourceFact,
  type Run,
  type RunId,
  type RunIssue,
  type SourceFact,
  type SourceId,
} from './source.ts';

/** Writes what facts about sources and runs say; actions and replay both come through here. */
export async function projectSources(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly RecordedSourceFact[],
): Promise<void> {
  for (const recorded of facts) await projectOne(tx, workspaceId, recorded);
}

async function projectOne(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: RecordedSourceFact,
): Promise<void> {
  switch (fact.kind) {
    case 'source.opened':
      await sql`
        INSERT INTO sources (workspace_id, id, record_id, kind, name, opened_at)
        VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.sourceKind}, ${fact.name}, ${recordedAt})`.execute(
        tx,
      );
      return;
    case 'source.run-started':
      await sql`
        INSERT INTO runs (workspace_id, id, source_id, record_id, fingerprint, settings, state, started_at, totals)
        VALUES (${workspaceId}, ${fact.run}, ${fact.source}, ${recordId}, ${fact.fingerprint}, ${JSON.stringify(fact.settings)}::jsonb,
          'running', ${recordedAt}, ${JSON.stringify(NO_ITEMS)}::jsonb)`.execute(tx);
      return;
    case 'source.covered':
      await sql`
        INSERT INTO coverages (workspace_id, record_id, run_id, step, next_container, next_resume, issues)
        VALUES (${workspaceId}, ${recordId}, ${fact.run}, ${fact.step}, ${fact.next.container},
          ${JSON.stringify(fact.next.resume ?? null)}::jsonb, ${JSON.stringify(fact.issues)}::jsonb)`.execute(
        tx,
      );
      await sql`
        UPDATE runs SET totals = ${JSON.stringify(fact.totals)}::jsonb
        WHERE workspace_id = ${workspaceId} AND id = ${fact.run}`.execute(tx);
      return;
    case 'source.container-read':
      await sql`
        INSERT INTO containers (workspace_id, record_id, run_id, position, name, size_bytes, sha256, items, frame_slot)
        VALUES (${workspaceId}, ${recordId}, ${fact.run}, ${fact.position}, ${fact.name}, ${fact.sizeBytes},
          ${Buffer.from(fact.sha256, 'hex')}, ${fact.items}, ${fact.frame})`.execute(tx);
      return;
    case 'source.folder-read':
    case 'source.folder-read.2':
    case 'source.mail-received':
      return projectMailbox(tx, workspaceId, { recordId, recordedAt, fact });
    case 'source.run-ended':
      await sql`
        UPDATE runs SET state = ${fact.state}, finished_at = ${recordedAt}, totals = ${JSON.stringify(fact.totals)}::jsonb
        WHERE workspace_id = ${workspaceId} AND id = ${fact.run}`.execute(tx);
  }
}

/** The first source of a kind that was opened, where one source takes all of its kind. */
export async function sourceOfKind(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  kind: Extract<SourceFact, { kind: 'source.opened' }>['sourceKind'],
): Promise<SourceId | null> {
  const { rows } = await sql<{ id: SourceId }>`
    SELECT id FROM sources WHERE workspace_id = ${workspaceId} AND kind = ${kind} ORDER BY record_id LIMIT 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

const RUN = sql.raw(`r.id, r.source_id AS "sourceId", s.name AS source, r.state, r.fingerprint, r.settings,
  r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.totals`);

export async function loadRun(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Run | null> {
  const { rows } = await sql<Run>`
    SELECT ${RUN} FROM runs r JOIN sources s ON s.workspace_id = r.workspace_id AND s.id = r.source_id
    WHERE r.workspace_id = ${workspaceId} AND r.id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** A run of the same input with the same choices that was cut off. */
export async function unfinishedRun(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  fingerprint: string,
): Promise<Run | null> {
  const { rows } = await sql<Run>`
    SELECT ${RUN} FROM runs r JOIN sources s ON s.workspace_id = r.workspace_id AND s.id = r.source_id
    WHERE r.workspace_id = ${workspaceId} AND r.fingerprint = ${fingerprint} AND r.state = 'running'
    ORDER BY r.started_at DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

export async function pageOfRuns(
  db: Db,
  workspaceId: WorkspaceId,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<readonly Run[]> {
  const { rows } = await sql<Run>`
    SELECT ${RUN} FROM runs r JOIN sources s ON s.workspace_id = r.workspace_id AND s.id = r.source_id
    WHERE r.workspace_id = ${workspaceId} AND s.kind = 'files'
      AND (${after?.at ?? null}::timestamptz IS NULL OR (r.started_at, r.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY r.started_at DESC, r.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How far a run got: its last step. */
export async function lastStep(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  run: RunId,
): Promise<{ step: number; next: NextStep } | null> {
  const { rows } = await sql<{ step: number; container: number; resume: unknown }>`
    SELECT step, next_container AS container, next_resume AS resume FROM coverages
    WHERE workspace_id = ${workspaceId} AND run_id = ${run} ORDER BY step DESC LIMIT 1`.execute(db);
  const row = rows[0];
  return row ? { step: row.step, next: { container: row.container, resume: row.resume } } : null;
}

/** What a run could not read or found doubtful, in the order of reading. */
export async function issuesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  run: string,
  limit: number,
): Promise<readonly RunIssue[]> {
  const { rows } = await sql<{ issue: RunIssue }>`
    SELECT issue FROM coverages, jsonb_array_elements(issues) WITH ORDINALITY AS e(issue, place)
    WHERE workspace_id = ${workspaceId} AND run_id = ${run}::uuid ORDER BY step, place LIMIT ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.issue);
}

export type ContainerRow = ContainerSeen & { readonly frame: SlotId | null };

/** The files of a run that held several items. */
export async function containersOf(
  db: Db,
  workspaceId: WorkspaceId,
  run: string,
): Promise<readonly ContainerRow[]> {
  const { rows } = await sql<ContainerRow>`
    SELECT position, name, size_bytes AS "sizeBytes", encode(sha256, 'hex') AS sha256, items, frame_slot AS frame
    FROM containers WHERE workspace_id = ${workspaceId} AND run_id = ${run}::uuid ORDER BY position`.execute(
    db,
  );
  return rows;
}
