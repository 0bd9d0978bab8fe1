import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesByIndex, pageOfEntries, readHead } from '../ledger/ledger.store.ts';
import { type Entry, sealedEnvelopeOf } from '../ledger/ledger.ts';
import type { ErasureWork } from './erasure.store.ts';
import { ReachGraph } from './erasure-graph.ts';
import { broughtBy, filingsBy, namedByOthers, placesToOpen } from './erasure-known.store.ts';
import {
  type ErasureTarget,
  type NamedLine,
  namedLine,
  namesGone,
  type Reach,
  type ReadLine,
} from './erasure-reach.ts';
import { RunsSeen } from './erasure-runs.ts';

const PAGE = 500;
/** What a step of a run saw are some hundred lines: of these fewer are opened at once. */
const SEEN_PAGE = 32;

/**
 * Finds what goes, as if the whole ledger were read: what projections know is taken from them, the rest is opened. All of
 * it at one moment, whatever is recorded meanwhile. What was erased before is passed by.
 *
 * @throws the reason of `look.signal` once it is aborted
 */
export function findReach(ledger: Ledger, target: ErasureTarget, look: Looking = UNSEEN): Promise<Reach> {
  return ledger.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => find(tx, ledger, target, look));
}

/** Who is told how many entries were looked at, and may call it off. */
export type Looking = { readonly seen: (done: number, of: number) => void; readonly signal: AbortSignal };

const UNSEEN: Looking = { seen: () => {}, signal: new AbortController().signal };

async function find(tx: Tx, ledger: Ledger, target: ErasureTarget, look: Looking): Promise<Reach> {
  const { workspaceId } = ledger;
  const { size: until } = await readHead(tx, workspaceId);
  const [graph, runs] = [new ReachGraph(target.scope === 'party'), new RunsSeen()];
  const known = knownIn(tx, workspaceId, graph);
  const { first, seen } = await placesToOpen(tx, workspaceId, until);
  const whole = first.length + seen.length;
  for await (const line of linesAt(tx, ledger, first, PAGE, (done) => look.seen(done, whole))) {
    look.signal.throwIfAborted();
    graph.add(namedLine(line));
    runs.note(line);
  }
  await known.addWhatBrought([target.id, ...graph.names]);
  const shared = target.scope === 'party' ? await takeFiled(graph, target, known) : [];
  graph.takeCreatorOf(target.id);
  await follow(graph, known);
  const interactions = graph.goneInteractions();
  const seenSoFar = (done: number) => look.seen(first.length + done, whole);
  for await (const line of linesAt(tx, ledger, seen, SEEN_PAGE, seenSoFar)) {
    look.signal.throwIfAborted();
    graph.add(namedLine(line));
    runs.look(line, interactions);
  }
  const { lines, runsThatStay } = runs.gone();
  for (const line of lines) graph.takeAt(line);
  await follow(graph, known);
  return {
    ...(await sumOf(tx, workspaceId, graph)),
    interactions: [...interactions],
    shared,
    runsThatStay,
    until,
  };
}

type Known = ReturnType<typeof knownIn>;

/** Adds to a graph what projections know of entries, each of them once. */
function knownIn(tx: Tx, workspaceId: WorkspaceId, graph: ReachGraph) {
  const [brought, named] = [new Set<string>(), new Set<string>()];
  const addInteractions = async (ids: readonly string[]) => {
    const fresh = notYet(brought, ids);
    if (fresh.length > 0) graph.addAll(await broughtBy(tx, workspaceId, 'interaction_id', fresh));
  };
  const addFilings = async (filings: readonly NamedLine[]) => {
    graph.addAll(filings);
    // What brought an interaction is known before anything is followed that names it.
    await addInteractions(filings.flatMap(({ filing }) => filing?.interaction ?? []));
  };
  return {
    /** Whatever has one of these ids, or brought it. */
    addWhatBrought: async (ids: readonly string[]) => {
      for (const column of ['id', 'record_id'] as const)
        graph.addAll(await broughtBy(tx, workspaceId, column, ids));
      await addInteractions(ids);
      await addFilings(await filingsBy(tx, workspaceId, 'record_id', ids));
    },
    /** Whatever names one of these ids beside what brought it. */
    addWhatNames: async (ids: readonly string[]) => {
      const fresh = notYet(named, ids);
      if (fresh.length === 0) return;
      for (const column of ['party_id', 'interaction_id'] as const)
        await addFilings(await filingsBy(tx, workspaceId, column, fresh));
    },
  };
}

function notYet(asked: Set<string>, ids: readonly string[]): readonly string[] {
  const fresh = ids.filter((id) => !asked.has(id));
  for (const id of fresh) asked.add(id);
  return [...new Set(fresh)];
}

async function follow(graph: ReachGraph, known: Known): Promise<void> {
  for (let ids = graph.freshlyGone(); ids.length > 0; ids = graph.freshlyGone()) {
    await known.addWhatNames(ids);
    graph.takeNaming(ids);
    await giveWay();
  }
}

/** Takes all that only a party is in, or that was chosen. @returns what others are in too */
async function takeFiled(
  graph: ReachGraph,
  { id, also }: Extract<ErasureTarget, { scope: 'party' }>,
  known: Known,
): Promise<readonly string[]> {
  const shared: string[] = [];
  await known.addWhatNames([id]);
  const filed = graph.filedUnder(id);
  await known.addWhatNames(filed);
  for (const interaction of filed)
    if (graph.isOnlyWith(interaction, id) || also.has(interaction)) graph.takeCreatorOf(interaction);
    else shared.push(interaction);
  return shared;
}

async function sumOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  graph: ReachGraph,
): Promise<Pick<Reach, 'lines' | 'ids' | 'objects'>> {
  const lines = graph.goneLines();
  const objects = graph.goneObjects();
  const kept = new Set(
    await namedByOthers(
      tx,
      workspaceId,
      objects,
      lines.map(({ id }) => id),
    ),
  );
  return { lines, ids: graph.goneIds(), objects: objects.filter((one) => !kept.has(one)) };
}

/** Entries that were recorded since the plan was made and name something that goes. */
export async function findLate(tx: Tx, ledger: Ledger, work: ErasureWork): Promise<readonly ReadLine[]> {
  const late: ReadLine[] = [];
  const ids = new Set(work.ids);
  for await (const line of linesFrom(tx, ledger, work.until))
    if (namesGone(line, ids, work.wish.scope === 'party')) late.push(line);
  return late;
}

async function* linesFrom(tx: Tx, ledger: Ledger, first: number): AsyncGenerator<ReadLine> {
  for (let from = first; ; from += PAGE) {
    const entries = await pageOfEntries(tx, ledger.workspaceId, from, PAGE);
    yield* opened(ledger, entries);
    if (entries.length < PAGE) return;
  }
}

async function* linesAt(
  tx: Tx,
  ledger: Ledger,
  places: readonly number[],
  atOnce: number,
  looked: (done: number) => void,
): AsyncGenerator<ReadLine> {
  for (let i = 0; i < places.length; i += atOnce) {
    looked(i);
    yield* opened(ledger, await entriesByIndex(tx, ledger.workspaceId, places.slice(i, i + atOnce)));
    await giveWay();
  }
}

async function* opened({ vault }: Ledger, entries: readonly Entry[]): AsyncGenerator<ReadLine> {
  const envelopes = await vault.openEnvelopes(entries.map(sealedEnvelopeOf));
  for (const [i, { index, id, kind, slot }] of entries.entries()) {
    const envelope = envelopes[i]!;
    if (envelope === 'erased') continue;
    yield { index, id, kind, slot, envelope: Buffer.from(envelope).toString('utf8') };
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
