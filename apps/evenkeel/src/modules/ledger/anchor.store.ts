import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { AnchorFact, Stamp, TimeAuthority } from './anchor.ts';
import type { Project, Recorded } from './deciding.actions.ts';
import type { Fact } from './ledger.ts';
import type { OutsideFact, OutsideKind, Witness } from './outside.ts';
import { projecting } from './projecting.ts';

export async function timeAuthorities(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly TimeAuthority[]> {
  const { rows } = await sql<TimeAuthority>`
    SELECT name, url, roots FROM time_authorities WHERE workspace_id = ${workspaceId} ORDER BY name`.execute(
    db,
  );
  return rows;
}

export async function replaceAuthorities(
  tx: Tx,
  workspaceId: WorkspaceId,
  authorities: readonly TimeAuthority[],
): Promise<void> {
  await sql`DELETE FROM time_authorities WHERE workspace_id = ${workspaceId}`.execute(tx);
  for (const { name, url, roots } of authorities)
    await sql`INSERT INTO time_authorities (workspace_id, name, url, roots) VALUES (${workspaceId}, ${name}, ${url}, ${roots})`.execute(
      tx,
    );
}

export async function witnesses(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Witness[]> {
  const { rows } = await sql<Witness>`
    SELECT name, vkey, url FROM witnesses WHERE workspace_id = ${workspaceId} ORDER BY name`.execute(db);
  return rows;
}

export async function replaceWitnesses(
  tx: Tx,
  workspaceId: WorkspaceId,
  wished: readonly Witness[],
): Promise<void> {
  await sql`DELETE FROM witnesses WHERE workspace_id = ${workspaceId}`.execute(tx);
  for (const { name, vkey, url } of wished)
    await sql`INSERT INTO witnesses (workspace_id, name, vkey, url) VALUES (${workspaceId}, ${name}, ${vkey}, ${url})`.execute(
      tx,
    );
}

type Said = {
  readonly kind: OutsideKind;
  readonly name: string;
  readonly size: number;
  /** By whose clock it is, `kind` says. */
  readonly at?: Instant;
  readonly refusedAs?: string;
  readonly said?: unknown;
};

export const projectAnchors = projecting<AnchorFact | OutsideFact>({
  'log.anchored': (tx, id, one) => insert(tx, id, one, { ...stamp(one.fact), at: one.fact.stampedAt }),
  'log.anchor-failed': (tx, id, one) => insert(tx, id, one, { ...stamp(one.fact), refusedAs: one.fact.code }),
  'log.anchor-cosigned': (tx, id, one) =>
    insert(tx, id, one, { ...cosignature(one.fact), at: one.fact.cosignedAt }),
  'log.anchor-refused': (tx, id, one) =>
    insert(tx, id, one, {
      ...cosignature(one.fact),
      refusedAs: one.fact.code,
      said: { size: one.fact.said },
    }),
  'log.anchor-ots': (tx, id, one) =>
    insert(tx, id, one, {
      ...{ kind: 'block', name: 'OpenTimestamps', size: one.fact.size, said: one.fact.attestations },
    }),
  'log.anchor-revocation': (tx, id, { fact, ...one }) =>
    insert(tx, id, one, {
      ...{ kind: 'revocation', name: fact.url, size: fact.size, at: fact.fetchedAt },
      said: { certificate: fact.certificate, form: fact.form },
    }),
  'log.anchor-carried': (tx, id, { fact, ...one }) =>
    insert(tx, id, one, {
      ...{ kind: 'carried', name: fact.sending, size: fact.size },
      said: { sha256: fact.sha256, party: fact.party },
    }),
});

const stamp = ({ authority, size }: AnchorFact) => ({ kind: 'stamp', name: authority, size }) as const;
const cosignature = ({ witness, size }: { readonly witness: string; readonly size: number }) =>
  ({ kind: 'cosignature', name: witness, size }) as const;

const ANCHOR_KINDS: readonly string[] = [
  'log.anchored',
  'log.anchor-failed',
  'log.anchor-cosigned',
  'log.anchor-refused',
  'log.anchor-ots',
  'log.anchor-revocation',
  'log.anchor-carried',
] satisfies (AnchorFact | OutsideFact)['kind'][];

/** Of what the log says of itself only receipts are in a projection. */
export const replayLog: Project<Fact> = (tx, workspaceId, recorded) =>
  projectAnchors(
    tx,
    workspaceId,
    recorded.filter((one): one is Recorded<AnchorFact | OutsideFact> => ANCHOR_KINDS.includes(one.fact.kind)),
  );

async function insert(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt }: Pick<Recorded<Fact>, 'recordId' | 'recordedAt'>,
  { kind, name, size, at = undefined, refusedAs = undefined, said = undefined }: Said,
): Promise<void> {
  await sql`
    INSERT INTO anchors (workspace_id, record_id, authority, size, stamped_at, refused_as, recorded_at, kind, said)
    VALUES (${workspaceId}, ${recordId}, ${name}, ${size}, ${at ?? null}, ${refusedAs ?? null}, ${recordedAt}, ${kind},
      ${said === undefined ? null : JSON.stringify(said)}::jsonb)`.execute(tx);
}

export type AnchorRow = {
  readonly recordId: string;
  readonly kind: OutsideKind;
  readonly said: unknown;
  readonly authority: string;
  readonly size: number;
  readonly stampedAt: Instant | null;
  readonly refusedAs: string | null;
  readonly recordedAt: Instant;
};

/** The newest receipts, and answers that did not hold. */
export async function newestAnchors(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  limit: number,
): Promise<readonly AnchorRow[]> {
  const { rows } = await sql<AnchorRow>`
    SELECT record_id AS "recordId", kind, authority, said, size::float8 AS size, stamped_at AS "stampedAt", refused_as AS "refusedAs",
      recorded_at AS "recordedAt"
    FROM anchors WHERE workspace_id = ${workspaceId} AND kind IN ('stamp', 'cosignature', 'block')
    ORDER BY size DESC, recorded_at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How far the newest receipt of each who was asked reaches, and when it came. */
export async function lastAnchors(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<ReadonlyMap<string, { readonly size: number; readonly recordedAt: Instant }>> {
  const { rows } = await sql<{ name: string; size: number; recordedAt: Instant }>`
    SELECT DISTINCT ON (authority) authority AS name, size::float8 AS size, recorded_at AS "recordedAt" FROM anchors
    WHERE workspace_id = ${workspaceId} AND refused_as IS NULL AND kind IN ('stamp', 'cosignature')
    ORDER BY authority, size DESC`.execute(db);
  return new Map(rows.map(({ name, ...last }) => [name, last]));
}

/** When something was last fetched from each place. */
export async function lastRevocations(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ url: string; at: Instant }>`
    SELECT authority AS url, max(stamped_at) AS at FROM anchors
    WHERE workspace_id = ${workspaceId} AND kind = 'revocation' GROUP BY authority`.execute(db);
  return new Map(rows.map(({ url, at }) => [url, at]));
}

export type Silence = { readonly name: string; readonly since: Instant; readonly times: number };

export async function silences(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Silence[]> {
  const { rows } = await sql<Silence>`
    SELECT name, since, times FROM anchor_silences WHERE workspace_id = ${workspaceId} ORDER BY since`.execute(
    db,
  );
  return rows;
}

/** Whoever answers, however, is not silent any more. */
export async function noteSilence(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  name: string,
  isSilent: boolean,
  now: Instant,
): Promise<void> {
  if (!isSilent) {
    await sql`DELETE FROM anchor_silences WHERE workspace_id = ${workspaceId} AND name = ${name}`.execute(db);
    return;
  }
  await sql`
    INSERT INTO anchor_silences (workspace_id, name, since, tried_at, times)
    VALUES (${workspaceId}, ${name}, ${now}, ${now}, 1)
    ON CONFLICT (workspace_id, name) DO UPDATE SET tried_at = excluded.tried_at, times = anchor_silences.times + 1`.execute(
    db,
  );
}

/** The time-stamps that held, in the order of the log. */
export async function stampsInOrder(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly (Stamp & { readonly stampedAt: Instant })[]> {
  const { rows } = await sql<Stamp & { stampedAt: Instant }>`
    SELECT e.index::float8 AS index, a.size::float8 AS size, a.stamped_at AS "stampedAt"
    FROM anchors a JOIN entries e ON e.workspace_id = a.workspace_id AND e.id = a.record_id
    WHERE a.workspace_id = ${workspaceId} AND a.refused_as IS NULL AND a.kind = 'stamp' ORDER BY e.index`.execute(
    db,
  );
  return rows;
}

/** Where the lines of other anchors stand: of each kind those over the largest heads, up to a head. */
export async function newestOutside(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  kind: OutsideKind,
  size: number,
  limit: number,
): Promise<readonly { readonly index: number; readonly size: number; readonly name: string }[]> {
  const { rows } = await sql<{ index: number; size: number; name: string }>`
    SELECT e.index::float8 AS index, a.size::float8 AS size, a.authority AS name
    FROM anchors a JOIN entries e ON e.workspace_id = a.workspace_id AND e.id = a.record_id
    WHERE a.workspace_id = ${workspaceId} AND a.kind = ${kind} AND a.refused_as IS NULL AND e.index < ${size}
    ORDER BY a.size DESC, e.index DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Whether anything but receipts was recorded from this entry on. */
export async function hasNewsSince(db: Db | Tx, workspaceId: WorkspaceId, index: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM entries WHERE workspace_id = ${workspaceId} AND index >= ${index} AND kind NOT LIKE 'log.anchor%' LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}
