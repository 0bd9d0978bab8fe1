import type { Band, SignalKind } from '@evenkeel/language/finding';
import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, ints, texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import { onlyWithin, type Span } from '../interaction/parts.ts';
import { bandsFrom, type KindCounts, type Readable, type Signal, type SignalReading } from './signal.ts';

/** Writes what was read; the projector and a new reading both come through here. */
export async function insertReadings(
  tx: Tx,
  workspaceId: WorkspaceId,
  readings: readonly SignalReading[],
): Promise<void> {
  if (readings.length === 0) return;
  await sql`
    INSERT INTO signal_readings (workspace_id, interaction_id, record_id, index, input_sha256, lang, method)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${uuids(readings.map((r) => r.interactionId))}::uuid[], ${uuids(readings.map((r) => r.recordId))}::uuid[],
      ${bigints(readings.map((r) => r.index))}::bigint[], ${byteas(readings.map((r) => r.inputSha256))}::bytea[],
      ${texts(readings.map((r) => r.lang))}::text[], ${texts(readings.map((r) => r.method))}::text[])`.execute(
    tx,
  );
  await insertSignals(
    tx,
    workspaceId,
    readings.flatMap(({ signals }) => signals),
  );
}

async function insertSignals(tx: Tx, workspaceId: WorkspaceId, signals: readonly Signal[]): Promise<void> {
  if (signals.length === 0) return;
  await sql`
    INSERT INTO signals (workspace_id, id, interaction_id, record_id, kind, first_unit, end_unit, quote, confidence, band, why, pack, engine)
    SELECT ${workspaceId}::uuid, id, interaction_id, record_id, kind, first_unit, end_unit, quote, confidence::float8, band, why, pack, engine
    FROM unnest(
      ${uuids(signals.map((s) => s.id))}::uuid[], ${uuids(signals.map((s) => s.interactionId))}::uuid[], ${uuids(signals.map((s) => s.recordId))}::uuid[],
      ${texts(signals.map((s) => s.kind))}::text[], ${ints(signals.map((s) => s.start))}::int[], ${ints(signals.map((s) => s.end))}::int[],
      ${texts(signals.map((s) => s.quote))}::text[], ${texts(signals.map((s) => String(s.confidence)))}::text[], ${texts(signals.map((s) => s.band))}::text[],
      ${texts(signals.map((s) => s.why))}::text[], ${texts(signals.map((s) => s.pack))}::text[], ${texts(signals.map((s) => s.engine))}::text[]
    ) AS r(id, interaction_id, record_id, kind, first_unit, end_unit, quote, confidence, band, why, pack, engine)`.execute(
    tx,
  );
}

export async function deleteReadings(
  tx: Tx,
  workspaceId: WorkspaceId,
  interactionIds: readonly string[],
): Promise<void> {
  const ids = uuids(interactionIds);
  await sql`DELETE FROM signals WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`DELETE FROM signal_readings WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${ids}::uuid[])`.execute(
    tx,
  );
}

/** Their words: all of what they sent, and the quotes in what was recorded by hand. Each stays at its place. */
function theirWords<T extends Their>({ theirs, ...read }: T): Omit<T, 'theirs'> {
  return theirs ? { ...read, text: onlyWithin(read.text, theirs) } : read;
}

type Their = { readonly text: string; readonly theirs: readonly Span[] | null };

/** The other side's words among these records. Whose words nobody knows are left alone, and ours are never stored. */
export async function loadInbound(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  records: readonly RecordId[],
): Promise<readonly Omit<Readable, 'index'>[]> {
  const { rows } = await sql<Omit<Readable, 'index'> & Their>`
    SELECT i.id AS "interactionId", i.record_id AS "recordId", i.text, n.theirs
    FROM interactions i LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.record_id = ANY(${uuids(records)}::uuid[])
      AND CASE WHEN n.theirs IS NULL THEN i.direction = 'inbound' ELSE n.theirs <> '[]'::jsonb END
    ORDER BY i.record_id`.execute(db);
  return rows.map(theirWords);
}

export type Outdated = Readable & { readonly at: Instant };

/** Interactions that were read by another method than this one, oldest entry first. */
export async function outdatedReadings(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  method: string,
  afterIndex: number,
  limit: number,
): Promise<readonly Outdated[]> {
  const { rows } = await sql<Outdated & Their>`
    SELECT r.interaction_id AS "interactionId", r.record_id AS "recordId", r.index, i.text, i.at, n.theirs
    FROM signal_readings r JOIN interactions i ON i.workspace_id = r.workspace_id AND i.id = r.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE r.workspace_id = ${workspaceId} AND r.method <> ${method} AND r.index > ${afterIndex}
    ORDER BY r.index LIMIT ${limit}`.execute(db);
  return rows.map(theirWords);
}

export async function countOutdated(db: Db, workspaceId: WorkspaceId, method: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM signal_readings WHERE workspace_id = ${workspaceId} AND method <> ${method}`.execute(
    db,
  );
  return rows[0]!.count;
}

const SIGNAL =
  sql.raw(`s.id, s.interaction_id AS "interactionId", s.record_id AS "recordId", s.kind, s.first_unit AS start,
  s.end_unit AS "end", s.quote, s.confidence, s.band, s.why, s.pack, s.engine`);

/** All signals of these interactions, as they are stored. */
export async function storedSignals(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactionIds: readonly string[],
): Promise<readonly Signal[]> {
  const { rows } = await sql<Signal>`
    SELECT ${SIGNAL} FROM signals s WHERE s.workspace_id = ${workspaceId}
      AND s.interaction_id = ANY(${uuids(interactionIds)}::uuid[]) ORDER BY s.interaction_id, s.first_unit, s.id`.execute(
    db,
  );
  return rows;
}

/** What somebody said of marked words. */
export type Verdict = {
  readonly verdict: 'confirmed' | 'dismissed';
  readonly name: string;
  readonly at: Instant;
  readonly note: string | null;
};

export type ShownSignal = Signal & { readonly at: Instant; readonly verdicts: readonly Verdict[] };

const VERDICTS = sql.raw(`(SELECT coalesce(jsonb_agg(jsonb_build_object('verdict', v.verdict, 'name', v.name,
  'at', to_char(v.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', v.note) ORDER BY v.at DESC, v.actor), '[]'::jsonb)
  FROM signal_verdicts v WHERE v.workspace_id = s.workspace_id AND v.signal_id = s.id) AS verdicts`);

/** The newest word on it decides. */
const IS_DISMISSED =
  sql.raw(`(SELECT v.verdict FROM signal_verdicts v WHERE v.workspace_id = s.workspace_id AND v.signal_id = s.id
  ORDER BY v.at DESC, v.actor LIMIT 1) IS NOT DISTINCT FROM 'dismissed'`);

/** No rule that is off, for everybody or for the client in question, shows anything. */
function isOn(parties: ReturnType<typeof sql>) {
  return sql`NOT EXISTS (
    SELECT 1 FROM rule_switches o WHERE o.workspace_id = s.workspace_id AND o.on_at IS NULL
      AND (o.rule = s.why OR (o.rule = 'model' AND s.why LIKE 'model:%'))
      AND (o.party_id IS NULL OR o.party_id IN (${parties})))`;
}

/** Of several copies of one message only the first recorded counts. */
const IS_FIRST_COPY = sql.raw(`NOT EXISTS (
  SELECT 1 FROM interactions o JOIN filings fo ON fo.workspace_id = o.workspace_id AND fo.interaction_id = o.id AND fo.party_id = f.party_id
  WHERE o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest AND o.id < i.id)`);

const OF_PARTY = sql.raw(`FROM filings f
  JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
  JOIN signals s ON s.workspace_id = f.workspace_id AND s.interaction_id = f.interaction_id`);

export type SignalFilter = {
  readonly kinds: readonly SignalKind[];
  readonly least: Band;
  readonly isDismissedShown: boolean;
};

/** Marked words of a client, newest first. */
export async function pageOfSignals(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  { kinds, least, isDismissedShown }: SignalFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly ShownSignal[]> {
  const { rows } = await sql<ShownSignal>`
    SELECT ${SIGNAL}, f.at, ${VERDICTS} ${OF_PARTY}
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND ${IS_FIRST_COPY} AND ${isOn(sql`f.party_id`)}
      AND s.band = ANY(${bandsFrom(least)}::text[]) AND (cardinality(${kinds}::text[]) = 0 OR s.kind = ANY(${kinds}::text[]))
      AND (${isDismissedShown} OR NOT (${IS_DISMISSED}))
      AND (${after?.at ?? null}::timestamptz IS NULL OR (f.at, s.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY f.at DESC, s.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many of each kind, dismissed ones left out. */
export async function countSignals(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  least: Band,
): Promise<KindCounts> {
  const { rows } = await sql<{ kind: SignalKind; count: number }>`
    SELECT s.kind, count(*) AS count ${OF_PARTY}
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND ${IS_FIRST_COPY} AND ${isOn(sql`f.party_id`)}
      AND s.band = ANY(${bandsFrom(least)}::text[]) AND NOT (${IS_DISMISSED})
    GROUP BY s.kind ORDER BY s.kind`.execute(db);
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** How much of what is filed under a client was read, and of how much nobody knows whose words they are. */
export async function readCounts(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly read: number; readonly unattributed: number }> {
  const { rows } = await sql<{ read: number; unattributed: number }>`
    SELECT count(r.interaction_id) AS read, count(*) FILTER (WHERE i.direction IS NULL AND n.record_id IS NULL) AS unattributed
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN signal_readings r ON r.workspace_id = f.workspace_id AND r.interaction_id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = f.workspace_id AND n.interaction_id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid`.execute(db);
  return rows[0]!;
}

/** What is marked in these interactions, for whoever looks at them under this client, or under any. */
export async function marksOf(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  party: string | null,
  least: Band,
): Promise<readonly ShownSignal[]> {
  const filed = sql`SELECT f.party_id FROM filings f WHERE f.workspace_id = s.workspace_id AND f.interaction_id = s.interaction_id`;
  const { rows } = await sql<ShownSignal>`
    SELECT ${SIGNAL}, i.at, ${VERDICTS} FROM signals s JOIN interactions i ON i.workspace_id = s.workspace_id AND i.id = s.interaction_id
    WHERE s.workspace_id = ${workspaceId} AND s.interaction_id = ANY(${uuids(ids)}::uuid[])
      AND s.band = ANY(${bandsFrom(least)}::text[]) AND ${isOn(party === null ? filed : sql`${party}::uuid`)}
    ORDER BY s.interaction_id, s.first_unit, s.id`.execute(db);
  return rows;
}

export type NewSignal = ShownSignal & {
  readonly party: { readonly id: string; readonly name: string } | null;
};

const NEW = sql.raw(`FROM signal_readings r
  JOIN interactions i ON i.workspace_id = r.workspace_id AND i.id = r.interaction_id
  JOIN signals s ON s.workspace_id = r.workspace_id AND s.interaction_id = r.interaction_id
  LEFT JOIN LATERAL (SELECT p.id, p.name FROM filings g JOIN parties p ON p.workspace_id = g.workspace_id AND p.id = g.party_id
    WHERE g.workspace_id = i.workspace_id AND g.interaction_id = i.id ORDER BY p.name, p.id LIMIT 1) p ON true`);

export type Window = {
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly since: Instant;
  readonly least: Band;
};

function isInWindow(workspaceId: WorkspaceId, { fromIndex, toIndex, since, least }: Window) {
  // A time that nobody stated is no reason to announce anything: it may be ours, of the import.
  return sql`r.workspace_id = ${workspaceId} AND r.index >= ${fromIndex} AND r.index < ${toIndex} AND i.at >= ${since}
    AND i.at_source IN ('sent', 'received') AND s.band = ANY(${bandsFrom(least)}::text[]) AND ${isOn(sql`p.id`)} AND NOT (${IS_DISMISSED})
    AND NOT EXISTS (SELECT 1 FROM interactions c WHERE c.workspace_id = i.workspace_id AND c.content_digest = i.content_digest AND c.id < i.id)`;
}

export async function newSignals(
  db: Db,
  workspaceId: WorkspaceId,
  window: Window,
  limit: number,
): Promise<readonly NewSignal[]> {
  const { rows } = await sql<NewSignal>`
    SELECT ${SIGNAL}, i.at, ${VERDICTS}, CASE WHEN p.id IS NULL THEN NULL ELSE jsonb_build_object('id', p.id, 'name', p.name) END AS party
    ${NEW} WHERE ${isInWindow(workspaceId, window)} ORDER BY i.at DESC, s.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Marked words with the party they are filed under. */
export type Danger = {
  readonly id: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly at: Instant;
  readonly kind: SignalKind;
  readonly quote: string;
};

/** Marked words of some kinds since a time, as far as they are sure enough and nobody has dismissed them. */
export async function signalsOfKinds(
  db: Db,
  workspaceId: WorkspaceId,
  kinds: readonly SignalKind[],
  since: Instant,
): Promise<readonly Danger[]> {
  const { rows } = await sql<Danger>`
    SELECT s.id, p.id AS "partyId", s.interaction_id AS "interactionId", i.at, s.kind, s.quote ${NEW}
    WHERE s.kind = ANY(${texts(kinds)}::text[]) AND p.id IS NOT NULL
      AND ${isInWindow(workspaceId, { fromIndex: 0, toIndex: Number.MAX_SAFE_INTEGER, since, least: 'possible' })}
    ORDER BY i.at, s.id`.execute(db);
  return rows;
}

export async function countNewSignals(db: Db, workspaceId: WorkspaceId, window: Window): Promise<KindCounts> {
  const { rows } = await sql<{ kind: SignalKind; count: number }>`
    SELECT s.kind, count(*) AS count ${NEW} WHERE ${isInWindow(workspaceId, window)} GROUP BY s.kind ORDER BY s.kind`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** One past the last entry that was read. */
export async function readUpTo(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    SELECT coalesce(max(index) + 1, 0) AS next FROM signal_readings WHERE workspace_id = ${workspaceId}`.execute(
    db,
  );
  return rows[0]!.next;
}

/** The record that a signal was read from; null when there is no such signal. */
export async function recordOfSignal(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{ recordId: string }>`
    SELECT record_id AS "recordId" FROM signals WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
  return rows[0]?.recordId ?? null;
}
