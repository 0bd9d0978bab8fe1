import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadPartyRow, type PartyRow, pageOfParties } from './desk.store.ts';
import { pageOfThread, threadAbout } from './thread.store.ts';
import {
  countAboutPoint,
  countTimeline,
  pageOfTimeline,
  type TimelineFilter,
  timelineRows,
} from './timeline.store.ts';

/** Clients and contacts by name. */
export async function partiesPage(
  { db, workspaceId }: Ledger,
  query: string,
  after: string | undefined,
  limit: number,
) {
  const rows = await pageOfParties(db, workspaceId, query.trim(), readNameKey(after), limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? nameKey(items.at(-1)!) : null };
}

export async function partyRow({ db, workspaceId }: Ledger, id: string): Promise<PartyRow | null> {
  return loadPartyRow(db, workspaceId, id);
}

/** One client with the counts of both directions. */
export async function partyPage({ db, workspaceId }: Ledger, id: string) {
  const row = await loadPartyRow(db, workspaceId, id);
  if (!row) return null;
  const { inbound, outbound, unknown } = await countTimeline(db, workspaceId, id);
  return { ...row, counts: { inbound, outbound, unknown } };
}

/** What happened with a client, newest first. All of it is counted for the first page alone. */
export async function timelinePage(
  { db, workspaceId }: Ledger,
  party: string,
  filter: TimelineFilter,
  after: TimeKey | null,
  limit: number,
) {
  const [rows, counts] = await Promise.all([
    pageOfTimeline(db, workspaceId, party, filter, after, limit + 1),
    after === null ? countOf({ db, workspaceId }, party, filter) : null,
  ]);
  return { ...pageOf(rows, limit), total: counts };
}

async function countOf(
  { db, workspaceId }: Pick<Ledger, 'db' | 'workspaceId'>,
  party: string,
  { point }: TimelineFilter,
): Promise<number> {
  if (point !== null) return countAboutPoint(db, workspaceId, party, point);
  return (await countTimeline(db, workspaceId, party)).total;
}

/** The line of one interaction, and how many messages its conversation has. */
export async function contextOf({ db, workspaceId }: Ledger, id: string) {
  const [[row], about] = await Promise.all([
    timelineRows(db, workspaceId, [id]),
    threadAbout(db, workspaceId, id),
  ]);
  return row && about ? { row, inThread: about.total } : null;
}

/** A conversation in the order in which it was held, both sides, with its words. */
export async function threadPage(
  { db, workspaceId }: Ledger,
  id: string,
  after: TimeKey | null,
  limit: number,
) {
  const about = await threadAbout(db, workspaceId, id);
  if (!about) return null;
  const page = pageOf(await pageOfThread(db, workspaceId, id, after, limit + 1), limit);
  const rows = await timelineRows(
    db,
    workspaceId,
    page.items.map((one) => one.id),
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const items = page.items.map(({ id, text, isCut, quotedFrom }) => ({
    ...{ row: rowOf.get(id)!, text, isCut },
    quotedFrom,
  }));
  return { ...about, items, next: page.next };
}

function nameKey({ name, id }: PartyRow): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

function readNameKey(cursor: string | undefined): { name: string; id: string } | null {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')) as [
      string,
      string,
    ];
    return { name, id };
  } catch {
    return null;
  }
}
