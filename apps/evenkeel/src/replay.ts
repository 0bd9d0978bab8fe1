import type { WorkspaceId } from './kernel/brand.ts';
import { type Db, sql, type Tx } from './kernel/db.ts';
import { BrokenPromise } from './kernel/outcome.ts';
import { projectBundles } from './modules/bundle/bundle.store.ts';
import type { BundleFact } from './modules/bundle/bundle.ts';
import type { InteractionFact } from './modules/interaction/interaction.ts';
import { reprojectInteractions } from './modules/interaction/replay.actions.ts';
import type { Follower } from './modules/ledger/follower.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import { pageOfEntries } from './modules/ledger/ledger.store.ts';
import type { Fact, ReadEntry } from './modules/ledger/ledger.ts';
import { openEntries } from './modules/ledger/read.actions.ts';
import { projectParties } from './modules/party/party.store.ts';
import type { PartyFact } from './modules/party/party.ts';
import { projectSources } from './modules/source/source.store.ts';
import type { SourceFact } from './modules/source/source.ts';

const PAGE = 500;

/**
 * Empties every projection and makes it anew from the record, through the same functions that wrote it first.
 *
 * All in one transaction: whoever reads meanwhile sees the old rows, and a failure leaves them.
 *
 * @param followers Projectors to play as well, after the modules; none when they will run by themselves.
 */
export async function replay(ledger: Ledger, followers: readonly Follower[] = []): Promise<void> {
  await ledger.db.transaction().execute(async (tx) => {
    await emptyProjections(tx, ledger.workspaceId);
    await play(tx, ledger, PAGE, async (entries) => {
      for (const group of groupsOf(entries)) await project(tx, ledger, group);
    });
    for (const follower of followers.filter(({ role }) => role === 'projector'))
      await play(tx, ledger, follower.batch, (entries) => follower.handle(tx, entries));
  });
}

/** The tables that their own comment calls projections, each before those it refers to. */
export async function projectionTables(db: Db | Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; refersTo: readonly string[] }>`
    SELECT c.relname AS name, ARRAY(
      SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid) AS "refersTo"
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') LIKE 'projection%'
    ORDER BY c.relname`.execute(db);
  const ordered: string[] = [];
  while (ordered.length < rows.length) {
    const left = rows.filter((row) => !ordered.includes(row.name));
    const free = left.filter(({ name }) => !left.some((other) => other.refersTo.includes(name)));
    if (free.length === 0)
      throw new BrokenPromise('row-missing', 'Projections refer to each other in a circle.');
    ordered.push(...free.map((row) => row.name));
  }
  return ordered;
}

async function emptyProjections(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  for (const name of await projectionTables(tx))
    await sql`DELETE FROM ${sql.table(name)} WHERE workspace_id = ${workspaceId}`.execute(tx);
}

async function play(
  tx: Tx,
  ledger: Ledger,
  limit: number,
  handle: (entries: readonly ReadEntry[]) => Promise<void>,
): Promise<void> {
  for (let next = 0; ; ) {
    const entries = await pageOfEntries(tx, ledger.workspaceId, next, limit);
    if (entries.length === 0) return;
    await handle(await openEntries(ledger.vault, entries));
    next += entries.length;
  }
}

type Told = ReadEntry & { readonly fact: Fact };
type Group = { readonly room: string; readonly entries: Told[] };

/** Neighbours of one module go together; what takes something back stands alone, after what it takes back. */
function groupsOf(entries: readonly ReadEntry[]): readonly Group[] {
  const groups: Group[] = [];
  for (const entry of entries.filter(isTold)) {
    const room = entry.kind === 'interaction.unfiled' ? entry.id : moduleOf(entry);
    const last = groups.at(-1);
    if (last?.room === room) last.entries.push(entry);
    else groups.push({ room, entries: [entry] });
  }
  return groups;
}

function isTold(entry: ReadEntry): entry is Told {
  return entry.fact !== 'erased';
}

function moduleOf({ kind }: ReadEntry): string {
  return kind.slice(0, kind.indexOf('.'));
}

async function project(tx: Tx, ledger: Ledger, { entries }: Group): Promise<void> {
  const { workspaceId } = ledger;
  const module = moduleOf(entries[0]!);
  switch (module) {
    case 'party':
      return projectParties(tx, workspaceId, recorded<PartyFact>(entries));
    case 'source':
      return projectSources(tx, workspaceId, recorded<SourceFact>(entries));
    case 'interaction':
      return reprojectInteractions(tx, ledger, recorded<InteractionFact>(entries));
    case 'bundle':
      return projectBundles(tx, workspaceId, recorded<BundleFact>(entries));
    // What the log says of itself, and of members, is in no projection.
    case 'log':
    case 'account':
      return;
    default:
      throw new BrokenPromise('unknown-fact', `Nobody knows how to replay a fact of ${module}.`);
  }
}

function recorded<F extends Fact>(entries: readonly Told[]) {
  return entries.map(({ id, recordedAt, fact }) => ({ recordId: id, recordedAt, fact: fact as F }));
}
