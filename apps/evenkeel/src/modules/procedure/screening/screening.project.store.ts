import type { WorkspaceId } from '../../../kernel/brand.ts';
import { jsonb, sql, type Tx } from '../../../kernel/db.ts';
import type { Recorded } from '../../ledger/deciding.actions.ts';
import { projecting } from '../../ledger/projecting.ts';
import type { InquiryFact, UsedKey } from './screening.ts';
import type { WarningFact } from './warning.ts';

export type ScreeningFact = InquiryFact | WarningFact;

/** Writes what facts about inquiries and warnings say; actions and replay both come through here. */
export const projectScreenings = projecting<ScreeningFact>({
  'screening.opened': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await sql`
      INSERT INTO screenings (workspace_id, id, record_id, changed_record_id, party_id, interaction_id, state, opened_at, opened_by)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.interaction}, 'open', ${recordedAt}, ${actor})`.execute(
      tx,
    );
    await insertKeys(tx, ws, told);
  },
  'screening.identified': insertKeys,
  'screening.answered': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await sql`
      INSERT INTO screening_answers (workspace_id, screening_id, question, record_id, words, cite, at, actor)
      VALUES (${ws}, ${fact.id}, ${fact.question}, ${recordId}, ${fact.words}, ${jsonb(fact.cite)}, ${recordedAt}, ${actor})
      ON CONFLICT (workspace_id, screening_id, question) DO UPDATE SET record_id = excluded.record_id, words = excluded.words,
        cite = excluded.cite, at = excluded.at, actor = excluded.actor`.execute(tx);
  },
  'screening.compared': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    const identifiers = JSON.stringify(fact.identifiers);
    await sql`
      INSERT INTO screening_verdicts (workspace_id, party_id, other_id, record_id, screening_id, verdict, identifiers, reason, at, actor)
      VALUES (${ws}, ${fact.party}, ${fact.other}, ${recordId}, ${fact.id}, ${fact.verdict}, ${identifiers}::jsonb, ${fact.reason},
        ${recordedAt}, ${actor})
      ON CONFLICT (workspace_id, party_id, other_id) DO UPDATE SET record_id = excluded.record_id,
        screening_id = excluded.screening_id, verdict = excluded.verdict, identifiers = excluded.identifiers,
        reason = excluded.reason, at = excluded.at, actor = excluded.actor`.execute(tx);
  },
  'screening.decided': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    const { decisionId, decision, reason, conditions, services, deposit, minutes } = fact;
    await sql`
      INSERT INTO screening_decisions (workspace_id, id, screening_id, record_id, decision, reason, conditions, services, deposit,
        minutes, at, actor)
      VALUES (${ws}, ${decisionId}, ${fact.id}, ${recordId}, ${decision}, ${reason}, ${conditions}, ${jsonb(services)},
        ${jsonb(deposit)}, ${jsonb(minutes)}, ${recordedAt}, ${actor})`.execute(tx);
    await linked(tx, ws, told, sql`state = ${decision === 'decline' ? 'declined' : 'accepted'}`);
  },
  'screening.offered': (tx, ws, told) => linked(tx, ws, told, sql`agreement_id = ${told.fact.agreement}`),
  'screening.letter-sent': (tx, ws, told) =>
    linked(tx, ws, told, sql`sent_interaction_id = ${told.fact.interaction}`),
  'screening.warning-entered': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    const { id, party, reason, cite, basis, expires, telling, tellSays, tellSource, tell } = fact;
    await sql`
      INSERT INTO warnings (workspace_id, id, record_id, changed_record_id, party_id, reason, cite, basis, expires_on, expires_at,
        telling, tell_says, tell_source, tell_on, tell_at, entered_at, entered_by)
      VALUES (${ws}, ${id}, ${recordId}, ${recordId}, ${party}, ${reason}, ${jsonb(cite)}, ${basis}, ${expires.on}, ${expires.at},
        ${telling}, ${jsonb(tellSays)}, ${tellSource}, ${tell?.on ?? null}, ${tell?.at ?? null}, ${recordedAt}, ${actor})`.execute(
      tx,
    );
  },
  'screening.warning-logged': async (tx, ws, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await sql`
      INSERT INTO warning_log (workspace_id, id, warning_id, record_id, kind, says, cite, at, actor)
      VALUES (${ws}, ${fact.lineId}, ${fact.id}, ${recordId}, ${fact.line}, ${fact.says}, ${jsonb(fact.cite)}, ${recordedAt},
        ${actor})`.execute(tx);
    const toldAt = fact.line === 'told' ? recordedAt : null;
    await sql`
      UPDATE warnings SET changed_record_id = ${recordId}, told_at = coalesce(told_at, ${toldAt}::timestamptz),
        expires_at = coalesce(${fact.endsAt}::timestamptz, expires_at)
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
  },
  'screening.warning-removed': (tx, ws, { fact }) => removed(tx, ws, fact.id),
});

type Keyed = Recorded<{
  readonly kind: string;
  readonly id: string;
  readonly party: string;
  readonly identifiers: readonly UsedKey[];
}>;

async function insertKeys(tx: Tx, ws: WorkspaceId, { recordId, fact }: Keyed): Promise<void> {
  for (const { kind, value, written, usedAt } of fact.identifiers)
    await sql`
      INSERT INTO screening_identifiers (workspace_id, screening_id, kind, value, record_id, party_id, written, used_at)
      VALUES (${ws}, ${fact.id}, ${kind}, ${value}, ${recordId}, ${fact.party}, ${written}, ${usedAt})
      ON CONFLICT (workspace_id, screening_id, kind, value) DO UPDATE SET record_id = excluded.record_id,
        written = excluded.written, used_at = excluded.used_at`.execute(tx);
}

async function linked(
  tx: Tx,
  ws: WorkspaceId,
  { recordId, fact }: Recorded<{ readonly kind: string; readonly id: string }>,
  set: ReturnType<typeof sql>,
): Promise<void> {
  await sql`
    UPDATE screenings SET ${set}, changed_record_id = ${recordId} WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(
    tx,
  );
}

async function removed(tx: Tx, ws: WorkspaceId, id: string): Promise<void> {
  await sql`DELETE FROM warning_log WHERE workspace_id = ${ws} AND warning_id = ${id}`.execute(tx);
  await sql`DELETE FROM warnings WHERE workspace_id = ${ws} AND id = ${id}`.execute(tx);
}
