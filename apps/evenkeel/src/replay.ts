import { type Db, sql, type Tx } from './kernel/db.ts';
import { projectBundles } from './modules/bundle/bundle.store.ts';
import { BUNDLE_FACTS, type BundleFact } from './modules/bundle/bundle.ts';
import { INTERACTION_FACTS, type InteractionFact } from './modules/interaction/interaction.ts';
import { reprojectInteractions } from './modules/interaction/replay.actions.ts';
import type { Follower } from './modules/ledger/follower.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import { pageOfEntries } from './modules/ledger/ledger.store.ts';
import { type Fact, factsOf, type ReadEntry } from './modules/ledger/ledger.ts';
import { openEntries } from './modules/ledger/read.actions.ts';
import { projectParties } from './modules/party/party.store.ts';
import { PARTY_FACTS, type PartyFact } from './modules/party/party.ts';
import { projectSources } from './modules/source/source.store.ts';
import { SOURCE_FACTS, type SourceFact } from './modules/source/source.ts';

const PAGE = 1000;

/**
 * Empties every projection and makes it anew from the record, through the same functions that wrote it first.
 *
 * @param followers Projectors to play as well, after the modules; none when they will run by themselves.
 */
export async function replay(ledger: Ledger, followers: readonly Follower[] = []): Promise<void> {
  await emptyProjections(ledger.db);
  await play(ledger, PAGE, (tx, entries) => project(tx, ledger, entries));
  for (const follower of followers.filter(({ role }) => role === 'projector')) {
    await play(ledger, follower.batch, (tx, entries) => follower.handle(tx, entries));
  }
}

/** The tables that their own comment calls projections. */
async function emptyProjections(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND obj_description(c.oid) LIKE 'projection%'`.execute(db);
  await sql`TRUNCATE ${sql.join(rows.map(({ name }) => sql.id(name)))}`.execute(db);
}

async function play(
  ledger: Ledger,
  limit: number,
  handle: (tx: Tx, entries: readonly ReadEntry[]) => Promise<void>,
): Promise<void> {
  for (let next = 0; ; ) {
    const entries = await pageOfEntries(ledger.db, ledger.workspaceId, next, limit);
    if (entries.length === 0) return;
    const opened = await openEntries(ledger.vault, entries);
    await ledger.db.transaction().execute((tx) => handle(tx, opened));
    next += entries.length;
  }
}

/** In the groups in which entries were recorded, so that a later fact never overtakes an earlier one. */
async function project(tx: Tx, ledger: Ledger, entries: readonly ReadEntry[]): Promise<void> {
  for (const group of groupsOf(entries)) await projectGroup(tx, ledger, group);
}

function groupsOf(entries: readonly ReadEntry[]): readonly ReadEntry[][] {
  const groups: ReadEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.[0]?.recordedAt === entry.recordedAt) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

async function projectGroup(tx: Tx, ledger: Ledger, entries: readonly ReadEntry[]): Promise<void> {
  const { workspaceId } = ledger;
  const sources = recorded<SourceFact>(entries, SOURCE_FACTS);
  await projectSources(
    tx,
    workspaceId,
    sources.filter(({ fact }) => fact.kind === 'source.opened'),
  );
  await projectParties(tx, workspaceId, recorded<PartyFact>(entries, PARTY_FACTS));
  await reprojectInteractions(tx, ledger, recorded<InteractionFact>(entries, INTERACTION_FACTS));
  await projectSources(
    tx,
    workspaceId,
    sources.filter(({ fact }) => fact.kind !== 'source.opened'),
  );
  await projectBundles(tx, workspaceId, recorded<BundleFact>(entries, BUNDLE_FACTS));
}

function recorded<F extends Fact>(entries: readonly ReadEntry[], kinds: readonly F['kind'][]) {
  return factsOf<F>(entries, ...kinds).map(({ id, recordedAt, fact }) => ({
    recordId: id,
    recordedAt,
    fact,
  }));
}
