import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, booleans, byteas, ints, jsonbs, texts, timestamps, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type BytesOf, insertExported } from './exported.store.ts';
import { projectFilings } from './filing.store.ts';
import {
  type InteractionFact,
  type InteractionId,
  type RecordedInteractionFact,
  type Times,
  timelineTime,
} from './interaction.ts';
import { insertNoted } from './noted.store.ts';
import { READER_VERSION, type Reading } from './reading.ts';
import type { Searchable } from './search.ts';

type Of<K extends InteractionFact['kind']> = Omit<RecordedInteractionFact, 'fact'> & {
  readonly fact: Extract<InteractionFact, { kind: K }>;
};

/** What was read in the original of an entry. */
export type ReadingOf = (recordId: RecordId) => Reading;

/** Writes what facts about interactions say; actions and replay both come through here. */
export async function projectInteractions(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly RecordedInteractionFact[],
  readingOf: ReadingOf,
  bytesOf: BytesOf,
): Promise<void> {
  const of = <K extends InteractionFact['kind']>(kind: K) =>
    facts.filter((f): f is Of<K> => f.fact.kind === kind);
  const noted = of('interaction.noted');
  const exported = of('interaction.exported');
  const first = [...of('interaction.recorded'), ...noted, ...exported];
  const times = await insertInteractions(tx, workspaceId, first, readingOf);
  await insertOriginals(tx, workspaceId, [...first, ...of('interaction.also-seen')], readingOf);
  await insertNoted(tx, workspaceId, noted);
  await insertExported(tx, workspaceId, exported, bytesOf);
  await projectFilings(tx, workspaceId, of('interaction.filed'), of('interaction.unfiled'), times);
}

type First = Of<'interaction.recorded' | 'interaction.noted' | 'interaction.exported'>;

function timesOf({ fact, recordedAt }: First, reading: Reading): Times {
  return {
    sent: reading.sent,
    received: reading.received,
    exported: fact.kind === 'interaction.noted' ? null : fact.exported,
    recorded: { at: recordedAt, offsetMin: 0, source: 'this-program', certainty: 'stated' },
  };
}

/** @returns where each lies on the timeline */
async function insertInteractions(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly First[],
  readingOf: ReadingOf,
): Promise<ReadonlyMap<InteractionId, Instant>> {
  if (facts.length === 0) return new Map();
  const rows = facts.map((recorded) => {
    const reading = readingOf(recorded.recordId);
    const times = timesOf(recorded, reading);
    return { ...recorded, reading, times, time: timelineTime(times) };
  });
  await sql`
    INSERT INTO interactions (workspace_id, id, record_id, source_id, kind, direction, at, at_source, times, from_name, from_address,
      to_line, subject, text, lead, quoted_from, lang, message_id, reply_ids, has_html, content_digest, participants, attachments,
      issues, letters, reader_version)
    SELECT ${workspaceId}::uuid, *, ${READER_VERSION}::int FROM unnest(
      ${uuids(rows.map((r) => r.fact.id))}::uuid[], ${uuids(rows.map((r) => r.recordId))}::uuid[], ${uuids(rows.map((r) => r.fact.source))}::uuid[],
      ${texts(rows.map((r) => r.fact.interactionKind))}::text[], ${texts(rows.map((r) => r.fact.direction))}::text[],
      ${timestamps(rows.map((r) => r.time.at))}::timestamptz[], ${texts(rows.map((r) => r.time.source))}::text[], ${jsonbs(rows.map((r) => JSON.stringify(r.times)))}::jsonb[],
      ${texts(rows.map((r) => r.reading.from?.name ?? null))}::text[], ${texts(rows.map((r) => r.reading.from?.address ?? null))}::text[],
      ${texts(rows.map((r) => toLine(r.reading)))}::text[], ${texts(rows.map((r) => r.reading.subject))}::text[], ${texts(rows.map((r) => r.reading.text))}::text[],
      ${texts(rows.map((r) => r.reading.lead))}::text[], ${ints(rows.map((r) => r.reading.quotedFrom))}::int[], ${texts(rows.map((r) => r.reading.lang))}::text[],
      ${texts(rows.map((r) => r.reading.messageId))}::text[], ${jsonbs(rows.map((r) => JSON.stringify(r.reading.replyIds)))}::jsonb[],
      ${booleans(rows.map((r) => r.reading.hasHtml))}::boolean[], ${byteas(rows.map((r) => Buffer.from(r.reading.contentDigest, 'hex')))}::bytea[],
      ${jsonbs(rows.map((r) => JSON.stringify(r.reading.participants)))}::jsonb[], ${jsonbs(rows.map((r) => JSON.stringify(r.reading.attachments)))}::jsonb[],
      ${jsonbs(rows.map((r) => JSON.stringify(r.reading.issues)))}::jsonb[], ${jsonbs(rows.map((r) => lettersText(r.reading)))}::jsonb[])`.execute(
    tx,
  );
  return new Map(rows.map(({ fact, time }) => [fact.id, time.at]));
}

/** As its column holds them: null where there is none, as in nearly every mail. */
export function lettersText({ letters }: Pick<Reading, 'letters'>): string | null {
  return letters.length === 0 ? null : JSON.stringify(letters);
}

/** What can be found of a reading; the same as its row holds. */
export function searchableOf(reading: Reading): Searchable {
  const { subject, from, participants, attachments, text, letters, earlier = null } = reading;
  const [fromName, fromAddress] = [from?.name ?? null, from?.address ?? null];
  return {
    subject,
    fromName,
    fromAddress,
    toLine: toLine(reading),
    participants,
    attachments,
    text,
    letters,
    earlier,
  };
}

/** Whom it went to, in one line. */
export function toLine({ participants }: Pick<Reading, 'participants'>): string {
  return [...participants.to, ...participants.cc]
    .map((one) => one.name ?? one.address ?? '')
    .filter(Boolean)
    .join(', ')
    .slice(0, 400);
}

async function insertOriginals(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly (First | Of<'interaction.also-seen'>)[],
  readingOf: ReadingOf,
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(({ recordId, fact }) => ({ recordId, fact, reading: readingOf(recordId) }));
  await sql`
    INSERT INTO originals (workspace_id, id, interaction_id, record_id, slot, sha256, line_digest, size_bytes, media_type, container, member, start, until)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${uuids(rows.map((r) => r.fact.original))}::uuid[], ${uuids(rows.map((r) => r.fact.id))}::uuid[], ${uuids(rows.map((r) => r.recordId))}::uuid[],
      ${bigints(rows.map((r) => r.fact.slot))}::bigint[], ${byteas(rows.map((r) => Buffer.from(r.reading.sha256, 'hex')))}::bytea[],
      ${byteas(rows.map((r) => Buffer.from(r.reading.lineDigest, 'hex')))}::bytea[], ${bigints(rows.map((r) => r.fact.origin.until - r.fact.origin.start))}::bigint[],
      ${texts(rows.map((r) => r.fact.mediaType))}::text[], ${texts(rows.map((r) => r.fact.origin.container))}::text[], ${texts(rows.map((r) => r.fact.origin.member ?? ''))}::text[],
      ${bigints(rows.map((r) => r.fact.origin.start))}::bigint[], ${bigints(rows.map((r) => r.fact.origin.until))}::bigint[])`.execute(
    tx,
  );
}

export type KnownOriginal = {
  readonly lineDigest: string;
  readonly sha256: string;
  readonly interactionId: InteractionId;
};

/** Which of these bytes, up to line ends, are in the record already. */
export async function originalsByLineDigest(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  digests: readonly string[],
): Promise<readonly KnownOriginal[]> {
  const { rows } = await sql<KnownOriginal>`
    SELECT encode(line_digest, 'hex') AS "lineDigest", encode(sha256, 'hex') AS sha256, interaction_id AS "interactionId"
    FROM originals WHERE workspace_id = ${workspaceId} AND line_digest = ANY(${byteas(digests.map((d) => Buffer.from(d, 'hex')))}::bytea[])`.execute(
    db,
  );
  return rows;
}

/** What the threads need of an interaction. */
export type Named = {
  readonly id: InteractionId;
  readonly recordId: RecordId;
  readonly messageId: string | null;
  readonly replyIds: readonly string[];
};

export async function loadNamed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  records: readonly RecordId[],
): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    SELECT id, record_id AS "recordId", message_id AS "messageId", reply_ids AS "replyIds"
    FROM interactions WHERE workspace_id = ${workspaceId} AND record_id = ANY(${uuids(records)}::uuid[]) ORDER BY record_id`.execute(
    db,
  );
  return rows;
}

/** What the search index needs of an interaction. */
export type Indexable = Searchable & { readonly id: InteractionId; readonly recordId: RecordId };

/** By what was recorded. */
export function loadIndexable(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  records: readonly RecordId[],
): Promise<readonly Indexable[]> {
  return indexables(db, workspaceId, 'record_id', records);
}

/** The same, by interaction. */
export function loadSearchable(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly InteractionId[],
): Promise<readonly Indexable[]> {
  return indexables(db, workspaceId, 'id', ids);
}

/** Which of these hold letters. */
export async function holdingLetters(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly InteractionId[],
): Promise<readonly InteractionId[]> {
  const { rows } = await sql<{ id: InteractionId }>`
    SELECT id FROM interactions
    WHERE workspace_id = ${workspaceId} AND letters IS NOT NULL AND id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

async function indexables(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  key: 'id' | 'record_id',
  among: readonly string[],
): Promise<readonly Indexable[]> {
  const { rows } = await sql<Indexable>`
    SELECT id, record_id AS "recordId", subject, from_name AS "fromName", from_address AS "fromAddress", to_line AS "toLine",
      participants, attachments, text, letters,
      (SELECT e.earlier FROM exported e WHERE e.workspace_id = interactions.workspace_id AND e.interaction_id = interactions.id) AS earlier
    FROM interactions WHERE workspace_id = ${workspaceId} AND ${sql.ref(key)} = ANY(${uuids(among)}::uuid[])`.execute(
    db,
  );
  return rows;
}
