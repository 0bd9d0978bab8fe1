import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, sql } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept, refuse } from '../../../kernel/outcome.ts';
import {
  duesOf as agreementDues,
  agreementsOf,
  type SumView,
  sumsOf,
} from '../../agreement/terms.actions.ts';
import { listCases } from '../../casefile/case-detail.actions.ts';
import { duesOf as casefileDues } from '../../casefile/dues.actions.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { loadParty } from '../../party/party.actions.ts';
import { pageOfPoints } from '../../point/point-views.actions.ts';
import { commitmentsOf } from '../../point/promise-views.actions.ts';
import { duesOf as procedureDues } from '../dues.actions.ts';

const MOST = 500;
/** A clause that may say how an agreement ends; a person reads which one does. */
const OF_THE_END =
  /(?<!\p{L})(?:notice|terminat\p{L}*|cancel\p{L}*|end of (?:the|this)|уведомл\p{L}*|расторг\p{L}*|расторж\p{L}*|прекра\p{L}*|irtisan\p{L}*|päätty\p{L}*|päättä\p{L}*|lopett\p{L}*|purk\p{L}*)(?!\p{L})/iu;

/**
 * Everything that is needed to decide whether to stay or to leave, as recorded. It recommends nothing and adds nothing
 * up but money of one currency.
 */
export async function stayOrLeave(ledger: Ledger, partyId: string) {
  const { db, workspaceId } = ledger;
  const party = await loadParty(db, workspaceId, partyId);
  if (!party) return refuse('party-unknown');
  const [sums, commitments, agreements, points, cases, complaints, breaches, effort, dates] =
    await Promise.all([
      sumsOf(db, workspaceId, partyId),
      commitmentsOf(db, workspaceId, partyId, MOST),
      agreementsOf(db, workspaceId, partyId),
      pageOfPoints(db, workspaceId, partyId, { states: ['open', 'answered'], after: 0, limit: MOST }),
      listCases(db, workspaceId, { party: partyId, isClosedShown: false }, null, MOST),
      openComplaints(db, workspaceId, partyId),
      breachesOf(db, workspaceId, partyId),
      effortOf(db, workspaceId, partyId),
      datesOf(ledger, partyId),
    ]);
  const owed = sums.filter(({ state }) => state === 'open').map(sumLine);
  const inForce = agreements
    .filter(({ state }) => state === 'open')
    .flatMap(({ clauses }) =>
      clauses.filter(({ agreedVersion, isWithdrawn }) => agreedVersion !== null && !isWithdrawn),
    );
  return accept({
    party: { id: partyId, name: party.name, state: party.state },
    owed,
    totals: totalsOf(owed),
    promises: commitments
      .filter(({ state }) => state === 'open')
      .map(({ id, number, side, who, what, due }) => ({
        ...{ id, number, side, who, what },
        on: due?.date ?? null,
      })),
    work: inForce.filter(({ kind }) => kind === 'scope_in').map(clauseLine),
    points: points.map(({ id, number, title, state }) => ({ id, number, title, state })),
    notice: inForce.filter(({ says }) => OF_THE_END.test(says)).map(clauseLine),
    ends: agreements
      .filter(({ state, endsOn }) => state === 'open' && endsOn !== null)
      .map(({ id, title, endsOn }) => ({ id, title, on: endsOn })),
    breaches,
    cases: cases.map(({ id, title, stage }) => ({ id, title, stage })),
    complaints,
    effort,
    dates,
  });
}

export type Sheet = Extract<Awaited<ReturnType<typeof stayOrLeave>>, { ok: true }>['value'];

function sumLine({ id, number, side, what, amount, currency, disputed, dueOn }: SumView) {
  return { id, number, side, what, amount, currency, disputed, dueOn };
}

function clauseLine(clause: { id: string; number: number; agreedVersion: number | null; says: string }) {
  const { id, number, agreedVersion, says } = clause;
  return { id, number, version: agreedVersion ?? 0, says };
}

/** Sums of one side and one currency, in hundredths while they are added: money is not added as fractions. */
function totalsOf(owed: readonly { side: string; currency: string; amount: string }[]) {
  const groups = Map.groupBy(owed, ({ side, currency }) => `${side} ${currency}`);
  const ordered = [...groups.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  return ordered.map(([, sums]) => {
    const { side, currency } = sums[0]!;
    const cents = sums.reduce((sum, { amount }) => sum + centsOf(amount), 0n);
    const text = cents.toString().padStart(3, '0');
    return { side, currency, amount: `${text.slice(0, -2)}.${text.slice(-2)}`, count: sums.length };
  });
}

function centsOf(amount: string): bigint {
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2));
}

async function openComplaints(db: Db, workspaceId: WorkspaceId, partyId: string) {
  const { rows } = await sql<{ id: string; number: string; stage: number; receivedAt: Instant }>`
    SELECT id, number, stage, received_at AS "receivedAt" FROM complaints
    WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid AND state = 'open' ORDER BY received_at LIMIT ${MOST}`.execute(
    db,
  );
  return rows;
}

async function breachesOf(db: Db, workspaceId: WorkspaceId, partyId: string) {
  const { rows } = await sql<{ boundaryId: string; number: number; says: string; at: Instant; cite: Cite }>`
    SELECT b.id AS "boundaryId", b.number, b.says, r.happened_at AS at, r.cite
    FROM breaches r JOIN boundaries b ON b.workspace_id = r.workspace_id AND b.id = r.boundary_id
    WHERE r.workspace_id = ${workspaceId} AND r.party_id = ${partyId}::uuid AND r.withdrawn_reason IS NULL
    ORDER BY b.number, r.happened_at LIMIT ${MOST}`.execute(db);
  return [...Map.groupBy(rows, ({ boundaryId }) => boundaryId).values()].map((all) => {
    const { boundaryId, number, says } = all[0]!;
    return { boundaryId, number, says, count: all.length, items: all.map(({ at, cite }) => ({ at, cite })) };
  });
}

/** What was recorded of the time this relation took: a talk that nobody noted, or whose length nobody stated, is not in it. */
async function effortOf(db: Db, workspaceId: WorkspaceId, partyId: string) {
  const { rows } = await sql<{
    inbound: number;
    outbound: number;
    talks: number;
    talksWithLength: number;
    minutes: number;
    since: Instant | null;
  }>`
    SELECT count(*) FILTER (WHERE i.kind = 'message' AND i.direction = 'inbound')::int AS inbound,
      count(*) FILTER (WHERE i.kind = 'message' AND i.direction = 'outbound')::int AS outbound,
      count(*) FILTER (WHERE i.kind IN ('call', 'meeting', 'session'))::int AS talks,
      count(n.duration_min) FILTER (WHERE i.kind IN ('call', 'meeting', 'session'))::int AS "talksWithLength",
      coalesce(sum(n.duration_min), 0)::int AS minutes, min(i.at) AS since
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid`.execute(db);
  return rows[0]!;
}

/** Dates of law and contract that run whether one stays or leaves. */
async function datesOf({ db, workspaceId }: Ledger, partyId: string) {
  const all = await Promise.all(
    [agreementDues, casefileDues, procedureDues].map((dues) => dues(db, workspaceId, { party: partyId })),
  );
  return all
    .flat()
    .filter(({ kind }) => kind === 'law' || kind === 'contract' || kind === 'decision')
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .map(({ id, kind, side, at, says, code, source, isWholeDay }) => ({
      ...{ id, kind, side, at, says, code, source, isWholeDay },
    }));
}
