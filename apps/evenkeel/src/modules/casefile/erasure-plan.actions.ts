import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { pageOfEntries } from '../ledger/ledger.store.ts';
import { sealedEnvelopeOf } from '../ledger/ledger.ts';
import type { ErasureWork } from './erasure.store.ts';
import { type ErasureTarget, namesGone, type Reach, ReachFinder, type ReadLine } from './erasure-reach.ts';

const PAGE = 1000;

/** Reads the whole ledger and finds what goes. What was erased before is passed by. */
export async function findReach(ledger: Ledger, target: ErasureTarget): Promise<Reach> {
  const finder = new ReachFinder();
  for await (const line of linesFrom(ledger.db, ledger, 0)) finder.add(line);
  return finder.reach(target);
}

/** Entries that were recorded since the plan was made and name something that goes. */
export async function findLate(tx: Tx, ledger: Ledger, work: ErasureWork): Promise<readonly ReadLine[]> {
  const late: ReadLine[] = [];
  const ids = new Set(work.ids);
  for await (const line of linesFrom(tx, ledger, work.until))
    if (namesGone(line, ids, work.wish.scope === 'party')) late.push(line);
  return late;
}

async function* linesFrom(
  db: Db | Tx,
  { workspaceId, vault }: Ledger,
  first: number,
): AsyncGenerator<ReadLine> {
  for (let from = first; ; from += PAGE) {
    const entries = await pageOfEntries(db, workspaceId, from, PAGE);
    const envelopes = await vault.openEnvelopes(entries.map(sealedEnvelopeOf));
    for (const [i, { index, id, kind, slot }] of entries.entries()) {
      const envelope = envelopes[i]!;
      if (envelope === 'erased') continue;
      yield { index, id, kind, slot, envelope: Buffer.from(envelope).toString('utf8') };
    }
    if (entries.length < PAGE) return;
    await giveWay();
  }
}

/** A record as a preview shows it. */
export type ErasedLine = {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly lead: string;
  readonly parties: readonly string[];
};

/** What would go and what would stay, in numbers and lines. */
export type ErasurePreview = {
  readonly records: number;
  readonly entries: number;
  readonly objects: number;
  readonly first: Instant | null;
  readonly last: Instant | null;
  /** What goes beside records, by the word of its room: points, cases, agreements … */
  readonly beside: readonly { readonly room: string; readonly count: number }[];
  /** Records that others are in too; each stays unless it is chosen. */
  readonly shared: readonly ErasedLine[];
  readonly sharedCount: number;
  readonly runsThatStay: number;
};

const SHOWN = 200;
/** Facts that bring something a person would look for. */
const BRINGING =
  /^(point\.opened|case\.opened|complaint\.registered|agreement\.opened|boundary\.set|procedure\.started|restriction\.planned|bundle\.created|screening\.opened|hold\.set|ending\.planned|outbox\.begun)$/;

export async function previewOf(ledger: Ledger, reach: Reach): Promise<ErasurePreview> {
  const { db, workspaceId } = ledger;
  const { rows } = await sql<{ first: Instant | null; last: Instant | null }>`
    SELECT min(at) AS first, max(at) AS last FROM interactions
    WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(reach.interactions)}::uuid[])`.execute(db);
  const counts = new Map<string, number>();
  for (const { kind } of reach.lines) {
    if (!BRINGING.test(kind)) continue;
    const room = kind.slice(0, kind.indexOf('.'));
    counts.set(room, (counts.get(room) ?? 0) + 1);
  }
  return {
    records: reach.interactions.length,
    entries: reach.lines.length,
    objects: reach.objects.length,
    first: rows[0]?.first ?? null,
    last: rows[0]?.last ?? null,
    beside: [...counts].map(([room, count]) => ({ room, count })),
    shared: await linesOf(ledger, reach.shared.slice(0, SHOWN)),
    sharedCount: reach.shared.length,
    runsThatStay: reach.runsThatStay,
  };
}

/** Records with the names of all they are filed under, oldest first. */
export async function linesOf(
  { db, workspaceId }: Ledger,
  ids: readonly string[],
): Promise<readonly ErasedLine[]> {
  const { rows } = await sql<ErasedLine>`
    SELECT i.id, i.at, i.kind, coalesce(i.from_name, i.from_address) AS "from", i.subject, left(i.lead, 160) AS lead,
      ARRAY(SELECT p.name FROM filings f JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
        WHERE f.workspace_id = i.workspace_id AND f.interaction_id = i.id ORDER BY p.name) AS parties
    FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[])
    ORDER BY i.at, i.id`.execute(db);
  return rows;
}
