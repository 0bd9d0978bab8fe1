import type { WorkspaceId } from '../../kernel/brand.ts';
import { jsonbs, texts, timestamps, uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { pageOfExported, type Rereadable } from './exported.store.ts';
import type { Exported } from './exported.ts';
import { type InteractionFact, type RecordedInteractionFact, timelineTime } from './interaction.ts';
import type { Reading } from './reading.ts';

type Reread = Extract<InteractionFact, { kind: 'interaction.reread' }>;

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Reads the entries of runs again as persons put right what was guessed; actions and replay both come through here. */
export async function projectRereading(
  tx: Tx,
  ledger: Ledger,
  facts: readonly RecordedInteractionFact[],
): Promise<void> {
  for (const { recordId, fact } of facts)
    if (fact.kind === 'interaction.reread') await rereadRun(tx, ledger, fact, recordId);
}

async function rereadRun(tx: Tx, ledger: Ledger, fact: Reread, recordId: string): Promise<void> {
  const { workspaceId, vault } = ledger;
  const { readExported } = await import('./exported.ts');
  for (let after = BEFORE_ALL; ; ) {
    const page = await pageOfExported(tx, workspaceId, fact.run, fact.container, after, PAGE);
    const last = page.at(-1);
    if (!last) return;
    const read: Corrected[] = [];
    for (const entry of page) {
      const bytes = await vault.openSlot(tx, entry.slot);
      if (bytes === 'erased') continue;
      const exported = corrected(entry, fact);
      read.push({ id: entry.id, exported, reading: readExported(bytes, exported, entry.files) });
    }
    await updateRead(tx, workspaceId, read, recordId);
    after = last.id;
  }
}

type Corrected = { readonly id: string; readonly exported: Exported; readonly reading: Reading };

function corrected({ context, zone, ...entry }: Rereadable, fact: Reread): Exported {
  const dateOrder = fact.dateOrder && { value: fact.dateOrder, certainty: 'stated' as const };
  return {
    ...entry,
    context: {
      ...context,
      ...(dateOrder ? { dateOrder } : {}),
      ...(fact.zone === null ? {} : { zone: fact.zone }),
    },
    zone: fact.zone === null ? zone : { name: fact.zone, certainty: 'stated' },
  };
}

async function updateRead(
  tx: Tx,
  workspaceId: WorkspaceId,
  read: readonly Corrected[],
  recordId: string,
): Promise<void> {
  const ids = uuids(read.map(({ id }) => id));
  const digests = read.map(({ reading }) => reading.contentDigest);
  const sents = read.map(({ reading }) => JSON.stringify(reading.sent));
  const issues = read.map(({ reading }) => JSON.stringify(reading.issues));
  await sql`
    UPDATE exported e SET context = r.context, zone = r.zone, reread_record_id = ${recordId}::uuid
    FROM unnest(${ids}::uuid[], ${jsonbs(read.map(({ exported }) => JSON.stringify(exported.context)))}::jsonb[],
      ${jsonbs(read.map(({ exported }) => JSON.stringify(exported.zone)))}::jsonb[]) AS r(id, context, zone)
    WHERE e.workspace_id = ${workspaceId} AND e.interaction_id = r.id`.execute(tx);
  const { rows } = await sql<{ id: string; times: Parameters<typeof timelineTime>[0] }>`
    UPDATE interactions i SET times = jsonb_set(i.times, '{sent}', r.sent), issues = r.issues, content_digest = decode(r.digest, 'hex')
    FROM unnest(${ids}::uuid[], ${jsonbs(sents)}::jsonb[], ${jsonbs(issues)}::jsonb[], ${texts(digests)}::text[]) AS r(id, sent, issues, digest)
    WHERE i.workspace_id = ${workspaceId} AND i.id = r.id RETURNING i.id, i.times`.execute(tx);
  const at = rows.map(({ id, times }) => ({ id, ...timelineTime(times) }));
  await sql`
    UPDATE interactions i SET at = r.at, at_source = r.source
    FROM unnest(${uuids(at.map(({ id }) => id))}::uuid[], ${timestamps(at.map((one) => one.at))}::timestamptz[],
      ${texts(at.map(({ source }) => source))}::text[]) AS r(id, at, source)
    WHERE i.workspace_id = ${workspaceId} AND i.id = r.id`.execute(tx);
  await followInTime(
    tx,
    workspaceId,
    read.map(({ id }) => id),
  );
}

/** Puts what is sorted by the time of interactions where those are now. */
export async function followInTime(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  for (const table of ['filings', 'search_rows'])
    await sql`
      UPDATE ${sql.table(table)} c SET at = i.at FROM interactions i
      WHERE c.workspace_id = ${workspaceId} AND i.workspace_id = ${workspaceId} AND i.id = c.interaction_id
        AND c.interaction_id = ANY(${uuids(ids)}::uuid[]) AND c.at <> i.at`.execute(tx);
}
