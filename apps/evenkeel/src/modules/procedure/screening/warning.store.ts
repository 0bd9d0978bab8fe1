import type { WorkspaceId } from '../../../kernel/brand.ts';
import { uuids } from '../../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import type { LogKind } from './warning.ts';

export type LogLine = {
  readonly id: string;
  readonly kind: LogKind;
  readonly says: string;
  readonly cite: Cite | null;
  readonly at: Instant;
  readonly actor: string;
};
export type WarningRow = {
  readonly id: string;
  readonly partyId: string;
  readonly party: string;
  readonly reason: string;
  readonly cite: Cite;
  readonly basis: string;
  readonly expiresOn: string;
  readonly expiresAt: Instant;
  readonly telling: string;
  readonly tellSays: Readonly<Record<'en' | 'ru' | 'fi', string>>;
  readonly tellSource: string;
  readonly tellOn: string | null;
  readonly tellAt: Instant | null;
  readonly toldAt: Instant | null;
  readonly at: Instant;
  readonly by: string;
  readonly log: readonly LogLine[];
};

/** @param of these parties only; all when null */
export async function loadWarnings(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  of: readonly string[] | null,
): Promise<readonly WarningRow[]> {
  const among = of === null ? sql`` : sql`AND w.party_id = ANY(${uuids(of)}::uuid[])`;
  return warningsWhere(db, workspaceId, among);
}

export async function loadWarning(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<WarningRow | null> {
  return (await warningsWhere(db, workspaceId, sql`AND w.id = ${id}::uuid`))[0] ?? null;
}

async function warningsWhere(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  where: ReturnType<typeof sql>,
): Promise<readonly WarningRow[]> {
  const { rows } = await sql<Omit<WarningRow, 'log'>>`
    SELECT w.id, w.party_id AS "partyId", p.name AS party, w.reason, w.cite, w.basis, w.expires_on AS "expiresOn",
      w.expires_at AS "expiresAt", w.telling, w.tell_says AS "tellSays", w.tell_source AS "tellSource", w.tell_on AS "tellOn", w.tell_at AS "tellAt",
      w.told_at AS "toldAt", w.entered_at AS at, w.entered_by AS by
    FROM warnings w JOIN parties p ON p.workspace_id = w.workspace_id AND p.id = w.party_id
    WHERE w.workspace_id = ${workspaceId} ${where} ORDER BY w.expires_at, w.id`.execute(db);
  const { rows: lines } = await sql<LogLine & { warningId: string }>`
    SELECT id, warning_id AS "warningId", kind, says, cite, at, actor FROM warning_log
    WHERE workspace_id = ${workspaceId} AND warning_id = ANY(${uuids(rows.map(({ id }) => id))}::uuid[]) ORDER BY at, id`.execute(
    db,
  );
  const log = Map.groupBy(lines, ({ warningId }) => warningId);
  return rows.map((row) => ({
    ...row,
    log: (log.get(row.id) ?? []).map(({ warningId: _, ...line }) => line),
  }));
}
