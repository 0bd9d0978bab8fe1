import type { WorkspaceId } from './kernel/brand.ts';
import { type Db, sql, type Tx } from './kernel/db.ts';
import { BrokenPromise } from './kernel/outcome.ts';
import { projectAgreements } from './modules/agreement/agreement.project.store.ts';
import { projectBoundaries } from './modules/agreement/boundary.project.store.ts';
import { projectBundles } from './modules/bundle/bundle.store.ts';
import { projectCustody } from './modules/bundle/custody.store.ts';
import { projectRedactions } from './modules/bundle/redaction.store.ts';
import { projectStatements } from './modules/bundle/statement.store.ts';
import { projectCasefile } from './modules/casefile/casefile.store.ts';
import { projectErasures } from './modules/casefile/erasure.store.ts';
import { projectPrivileges } from './modules/interaction/privilege.store.ts';
import { reprojectInteractions } from './modules/interaction/replay.actions.ts';
import { projectSenderChecks } from './modules/interaction/sender-check.store.ts';
import { replayLog } from './modules/ledger/anchor.store.ts';
import type { Project } from './modules/ledger/deciding.actions.ts';
import type { Follower } from './modules/ledger/follower.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import { entriesByIndex, linesBetween, pageOfEntries, readHead } from './modules/ledger/ledger.store.ts';
import type { Fact, ReadEntry } from './modules/ledger/ledger.ts';
import { openEntries } from './modules/ledger/read.actions.ts';
import { replayOutbox } from './modules/outbox/head.store.ts';
import { replayParties } from './modules/party/party-replay.actions.ts';
import { replayRoom } from './modules/point/point-replay.actions.ts';
import { projectEndings } from './modules/procedure/ending/ending.store.ts';
import { projectPolicies } from './modules/procedure/policy/policy.store.ts';
import { projectProcedures } from './modules/procedure/procedure.store.ts';
import { projectRestrictions } from './modules/procedure/restriction/restriction.store.ts';
import { projectScreenings } from './modules/procedure/screening/screening.project.store.ts';
import { projectSilences } from './modules/procedure/silence/silence.store.ts';
import { projectSources } from './modules/source/source.store.ts';

const PAGE = 500;
const LINES = 10_000;

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
    for (const follower of followers.filter(isProjector))
      await play(tx, ledger, follower.batch, (entries) => follower.handle(tx, entries));
  });
}

/** Makes the projections of these kinds of fact anew, into tables that were emptied before. */
export async function replayKinds(tx: Tx, ledger: Ledger, isMeant: (kind: string) => boolean): Promise<void> {
  const { workspaceId, vault } = ledger;
  const { size } = await readHead(tx, workspaceId);
  for (let from = 0; from < size; from += LINES) {
    // Most entries are of other kinds: what they have sealed is not even read.
    const lines = await linesBetween(tx, workspaceId, from, from + LINES, { batch: LINES });
    const meant = lines.filter(({ kind }) => isMeant(kind)).map(({ index }) => index);
    for (let i = 0; i < meant.length; i += PAGE) {
      const entries = await entriesByIndex(tx, workspaceId, meant.slice(i, i + PAGE));
      for (const group of groupsOf(await openEntries(vault, entries))) await project(tx, ledger, group);
    }
  }
}

function isProjector(follower: Follower): follower is Exclude<Follower, { readonly needs: 'nothing' }> {
  return follower.role === 'projector' && follower.needs !== 'nothing';
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

const STANDS_ALONE: ReadonlySet<string> = new Set([
  'interaction.unfiled',
  'interaction.reread',
  'interaction.read-as',
  'interaction.read-anew',
]);

/** Neighbours of one module go together; what takes something back stands alone, after what it takes back. */
function groupsOf(entries: readonly ReadEntry[]): readonly Group[] {
  const groups: Group[] = [];
  for (const entry of entries.filter(isTold)) {
    const room = STANDS_ALONE.has(entry.kind) ? entry.id : moduleOf(entry);
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

/** What makes the projections of each room, by the first word of its facts. */
const ROOMS: Readonly<Record<string, Project<never>>> = {
  party: replayParties,
  source: projectSources,
  sender: projectSenderChecks,
  privilege: projectPrivileges,
  point: replayRoom,
  case: projectCasefile,
  complaint: projectCasefile,
  hold: projectCasefile,
  erasure: projectErasures,
  custody: projectCustody,
  policy: projectPolicies,
  procedure: projectProcedures,
  screening: projectScreenings,
  restriction: projectRestrictions,
  silence: projectSilences,
  ending: projectEndings,
  outbox: replayOutbox,
  bundle: projectBundles,
  exhibit: projectRedactions,
  chronology: projectStatements,
  agreement: projectAgreements,
  boundary: projectBoundaries,
  log: replayLog,
  // What is said of members is in no projection.
  account: async () => {},
};

async function project(tx: Tx, ledger: Ledger, { entries }: Group): Promise<void> {
  const room = moduleOf(entries[0]!);
  if (room === 'interaction') return reprojectInteractions(tx, ledger, recorded(entries));
  const projectRoom = ROOMS[room];
  if (!projectRoom) throw new BrokenPromise('unknown-fact', `Nobody knows how to replay a fact of ${room}.`);
  await projectRoom(tx, ledger.workspaceId, recorded(entries));
}

function recorded<F extends Fact>(entries: readonly Told[]) {
  return entries.map(({ id, recordedAt, actor, fact }) => ({
    recordId: id,
    recordedAt,
    actor,
    fact: fact as F,
  }));
}
