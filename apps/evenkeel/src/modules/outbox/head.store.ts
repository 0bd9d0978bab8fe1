import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Project, Recorded } from '../ledger/deciding.actions.ts';
import type { Fact } from '../ledger/ledger.ts';
import { projecting } from '../ledger/projecting.ts';
import { projectSendings } from './sending.store.ts';
import { projectSendingRules, projectWaits } from './waits.store.ts';

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

const WRITERS: Readonly<Record<string, Project<never>>> = {
  'outbox.head-chosen': projectHeadChoices,
  'outbox.rules-set': projectSendingRules,
  'outbox.waits': projectWaits,
  'outbox.waits-on': projectWaits,
  'outbox.approved': projectWaits,
  'outbox.looked-again': projectWaits,
  'outbox.hurried': projectWaits,
  'outbox.taken-back': projectWaits,
  'outbox.stopped': projectWaits,
};

/** What is said of letters that wait and leave, and of what they carry, in the order in which it was said. */
export const replayOutbox: Project<Fact> = async (tx, workspaceId, recorded) => {
  for (const one of recorded) {
    const write: Project<never> = WRITERS[one.fact.kind] ?? projectSendings;
    await write(tx, workspaceId, [one as Recorded<never>]);
  }
};

export async function carriesHead(db: Db | Tx, workspaceId: WorkspaceId, party: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM head_carriers WHERE workspace_id = ${workspaceId} AND party_id = ${party}`.execute(db);
  return rows.length > 0;
}
