import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Project, Recorded } from '../ledger/deciding.actions.ts';
import type { Fact } from '../ledger/ledger.ts';
import { projecting } from '../ledger/projecting.ts';
import { projectSendings } from './sending.store.ts';
import type { OutboxFact } from './sending.ts';

/** Whether letters to a client carry the hash of the signed head from now on. */
export type HeadChosen = {
  readonly kind: 'outbox.head-chosen';
  readonly party: string;
  readonly carries: boolean;
};

export const projectHeadChoices = projecting<HeadChosen>({
  'outbox.head-chosen': async (tx, workspaceId, { recordId, recordedAt, fact }) => {
    await sql`DELETE FROM head_carriers WHERE workspace_id = ${workspaceId} AND party_id = ${fact.party}`.execute(
      tx,
    );
    if (fact.carries)
      await sql`
        INSERT INTO head_carriers (workspace_id, party_id, record_id, since)
        VALUES (${workspaceId}, ${fact.party}, ${recordId}, ${recordedAt})`.execute(tx);
  },
});

/** What is said of letters that leave, and of what they carry. */
export const replayOutbox: Project<Fact> = async (tx, workspaceId, recorded) => {
  const isChoice = (one: Recorded<Fact>): one is Recorded<HeadChosen> =>
    one.fact.kind === 'outbox.head-chosen';
  await projectHeadChoices(tx, workspaceId, recorded.filter(isChoice));
  const isSending = (one: Recorded<Fact>): one is Recorded<OutboxFact> => !isChoice(one);
  await projectSendings(tx, workspaceId, recorded.filter(isSending));
};

export async function carriesHead(db: Db | Tx, workspaceId: WorkspaceId, party: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM head_carriers WHERE workspace_id = ${workspaceId} AND party_id = ${party}`.execute(db);
  return rows.length > 0;
}
