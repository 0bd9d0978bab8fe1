import type { WorkspaceId } from '../../../kernel/brand.ts';
import { texts, uuids } from '../../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { TimeKey } from '../../../kernel/paging.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import { onlyWithin, type Span } from '../../interaction/parts.ts';
import type { MatchKey, MatchKind } from '../../party/matching.ts';
import type { WorkDone } from './past-work.ts';
import type { Decision, Deposit, Minutes, Screening, Surcharge, UsedKey, Verdict } from './screening.ts';

export type ScreeningRow = Screening & {
  readonly party: string;
  readonly partyState: string;
  readonly lead: string;
  readonly lang: string;
  readonly writtenAt: Instant;
  readonly at: Instant;
  readonly by: string;
};

const ROW = sql`
  s.id, s.party_id AS "partyId", s.interaction_id AS "interactionId", s.state, s.agreement_id AS "agreementId",
  s.sent_interaction_id AS "sentInteractionId", p.name AS party, p.state AS "partyState", left(i.text, 200) AS lead, i.lang,
  i.at AS "writtenAt", s.opened_at AS at, s.opened_by AS by
  FROM screenings s JOIN parties p ON p.workspace_id = s.workspace_id AND p.id = s.party_id
  JOIN interactions i ON i.workspace_id = s.workspace_id AND i.id = s.interaction_id`;

export async function loadScreening(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ScreeningRow | null> {
  const { rows } = await sql<ScreeningRow>`
    SELECT ${ROW} WHERE s.workspace_id = ${workspaceId} AND s.id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** Inquiries, the newest first. */
export async function pageOfScreenings(
  db: Db,
  workspaceId: WorkspaceId,
  after: TimeKey | null,
  limit: number,
): Promise<readonly ScreeningRow[]> {
  const older = after ? sql`AND (s.opened_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<ScreeningRow>`
    SELECT ${ROW} WHERE s.workspace_id = ${workspaceId} ${older} ORDER BY s.opened_at DESC, s.id DESC LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export async function screeningOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactionId: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM screenings WHERE workspace_id = ${workspaceId} AND interaction_id = ${interactionId}::uuid`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/** What a message is that somebody calls an inquiry; null where it is not filed under this party. */
export async function inquiryOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  interactionId: string,
): Promise<{ direction: string | null; at: Instant; fromAddress: string | null } | null> {
  const { rows } = await sql<{ direction: string | null; at: Instant; fromAddress: string | null }>`
    SELECT i.direction, i.at, i.from_address AS "fromAddress" FROM interactions i
    JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${interactionId}::uuid AND f.party_id = ${partyId}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function inquiryText(db: Db, workspaceId: WorkspaceId, interactionId: string): Promise<string> {
  // Of an inquiry that was noted by hand only their words are read.
  const { rows } = await sql<{ text: string; theirs: readonly Span[] | null }>`
    SELECT i.text, n.theirs FROM interactions i
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${interactionId}::uuid`.execute(db);
  const [found] = rows;
  if (!found) return '';
  return found.theirs ? onlyWithin(found.text, found.theirs) : found.text;
}

/** The identifiers that belong to a party in the record, as they are kept there. */
export async function identifiersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM identifiers WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY value`.execute(
    db,
  );
  return rows.map(({ value }) => value);
}

export async function keysOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  screeningIds: readonly string[],
): Promise<readonly (UsedKey & { readonly screeningId: string })[]> {
  const { rows } = await sql<UsedKey & { screeningId: string }>`
    SELECT screening_id AS "screeningId", kind, value, written, used_at AS "usedAt" FROM screening_identifiers
    WHERE workspace_id = ${workspaceId} AND screening_id = ANY(${uuids(screeningIds)}::uuid[]) ORDER BY kind, value`.execute(
    db,
  );
  return rows;
}

export type Answered = {
  readonly question: string;
  readonly words: string;
  readonly cite: Cite | null;
  readonly at: Instant;
  readonly actor: string;
};

export async function answersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  screeningId: string,
): Promise<readonly Answered[]> {
  const { rows } = await sql<Answered>`
    SELECT question, words, cite, at, actor FROM screening_answers
    WHERE workspace_id = ${workspaceId} AND screening_id = ${screeningId}::uuid ORDER BY question`.execute(
    db,
  );
  return rows;
}

export type Decided = {
  readonly id: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly conditions: string | null;
  readonly services: readonly Surcharge[];
  readonly deposit: Deposit | null;
  readonly minutes: Minutes | null;
  readonly at: Instant;
  readonly actor: string;
};

/** What was decided, the newest first. */
export async function decisionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  screeningId: string,
): Promise<readonly Decided[]> {
  const { rows } = await sql<Decided>`
    SELECT id, decision, reason, conditions, services, deposit, minutes, at, actor FROM screening_decisions
    WHERE workspace_id = ${workspaceId} AND screening_id = ${screeningId}::uuid ORDER BY at DESC, id DESC`.execute(
    db,
  );
  return rows;
}

export type Compared = {
  readonly partyId: string;
  readonly otherId: string;
  readonly verdict: Verdict;
  readonly identifiers: readonly Pick<MatchKey, 'kind' | 'value'>[];
  readonly reason: string;
  readonly at: Instant;
  readonly actor: string;
};

/** What was said about these parties, whichever of the two was compared with the other. */
export async function verdictsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyIds: readonly string[],
): Promise<readonly Compared[]> {
  const { rows } = await sql<Compared>`
    SELECT party_id AS "partyId", other_id AS "otherId", verdict, identifiers, reason, at, actor FROM screening_verdicts
    WHERE workspace_id = ${workspaceId}
      AND (party_id = ANY(${uuids(partyIds)}::uuid[]) OR other_id = ANY(${uuids(partyIds)}::uuid[]))
    ORDER BY at DESC`.execute(db);
  return rows;
}

/** One way to reach a party that stands somewhere in the record, and when it was last used. */
export type Held = {
  readonly partyId: string;
  readonly kind: MatchKind | null;
  readonly value: string;
  readonly usedAt: Instant;
  readonly where: 'record' | 'inquiry';
};

/**
 * What the record holds that may be the same as these keys. Addresses are compared without what stands behind a plus;
 * numbers, handles and pages stand in the record as they were typed, so all of them are handed out to be compared.
 */
export async function heldLike(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  addresses: readonly string[],
): Promise<readonly Held[]> {
  const { rows } = await sql<Held>`
    SELECT d.party_id AS "partyId", NULL AS kind, d.value, 'record' AS where,
      coalesce((
        SELECT max(i.at) FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
        WHERE f.workspace_id = d.workspace_id AND f.party_id = d.party_id AND i.direction = 'inbound'
          AND (i.from_address IS NULL OR lower(i.from_address) = d.value)), p.added_at) AS "usedAt"
    FROM identifiers d JOIN parties p ON p.workspace_id = d.workspace_id AND p.id = d.party_id
    WHERE d.workspace_id = ${workspaceId} AND (d.kind = 'handle'
      OR regexp_replace(d.value, '(.)\\+[^@]*@', '\\1@') = ANY(${texts(addresses)}::text[]))`.execute(db);
  return rows;
}

/** The same of what those gave who asked before. */
export async function givenLike(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  values: readonly string[],
): Promise<readonly Held[]> {
  const { rows } = await sql<Held>`
    SELECT party_id AS "partyId", kind, value, max(used_at) AS "usedAt", 'inquiry' AS where FROM screening_identifiers
    WHERE workspace_id = ${workspaceId} AND value = ANY(${texts(values)}::text[]) GROUP BY party_id, kind, value`.execute(
    db,
  );
  return rows;
}

export async function partiesNamed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly { id: string; name: string; state: string }[]> {
  const { rows } = await sql<{ id: string; name: string; state: string }>`
    SELECT id, name, state FROM parties WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return rows;
}

/** What was done for each client: minutes that are stated beside calls and meetings, and what we wrote. */
export async function workDone(
  db: Db,
  workspaceId: WorkspaceId,
  exceptParty: string,
): Promise<readonly (Omit<WorkDone, 'outsideHours'> & { partyId: string; writtenAt: readonly Instant[] })[]> {
  const { rows } = await sql<{
    partyId: string;
    statedMinutes: number;
    written: number;
    revisions: number;
    writtenAt: Instant[];
  }>`
    SELECT p.id AS "partyId", coalesce(sum(n.duration_min), 0)::int AS "statedMinutes",
      (count(*) FILTER (WHERE i.direction = 'outbound' AND i.kind IN ('message', 'document')))::int AS written,
      (SELECT count(*) - count(DISTINCT v.clause_id) FROM clauses c
        JOIN clause_versions v ON v.workspace_id = c.workspace_id AND v.clause_id = c.id
        WHERE c.workspace_id = p.workspace_id AND c.party_id = p.id)::int AS revisions,
      coalesce(jsonb_agg(i.at) FILTER (WHERE i.direction = 'outbound' AND i.at_source IN ('sent', 'received')), '[]') AS "writtenAt"
    FROM parties p JOIN filings f ON f.workspace_id = p.workspace_id AND f.party_id = p.id
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE p.workspace_id = ${workspaceId} AND p.state IN ('client', 'former') AND p.id <> ${exceptParty}::uuid
    GROUP BY p.workspace_id, p.id
    HAVING coalesce(sum(n.duration_min), 0) > 0 OR count(*) FILTER (WHERE i.direction = 'outbound') > 0`.execute(
    db,
  );
  return rows;
}
