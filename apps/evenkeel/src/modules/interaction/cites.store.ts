import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';

/** Words of a record, with where they stand in its text, in UTF-16 code units. */
export type Cite = {
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};

export type CiteRefusal = 'quote-not-found';

/**
 * Whether words are quoted that stand so in the record of this party: nothing is recorded as somebody's words that
 * cannot be looked up.
 *
 * @returns null when all of them do
 */
export async function citesRefused(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  cites: readonly Cite[],
): Promise<Extract<Outcome<never, CiteRefusal>, { ok: false }> | null> {
  const { rows } = await sql<{ id: string; text: string }>`
    SELECT i.id, i.text FROM interactions i
    JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid
      AND i.id = ANY(${uuids(cites.map(({ interactionId }) => interactionId))}::uuid[])`.execute(db);
  const texts = new Map(rows.map(({ id, text }) => [id, text]));
  const lost = cites.find(({ interactionId, start, end, quote }) => {
    return quote === '' || texts.get(interactionId)?.slice(start, end) !== quote;
  });
  return lost ? refuse('quote-not-found', { quote: lost.quote }) : null;
}
