import type { Db } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import {
  citesOfPoints,
  countStates,
  type Kin,
  kinOf,
  loadPointRow,
  type PointCite,
  type PointRow,
  pageOfPoints,
  stepsOf,
} from './point.store.ts';
import { type PointState, STANDING_STATES } from './point.ts';
import { lineOf, type PointLine, type StepShown, stateOn, stepsWith } from './point.views.ts';

// What modules downstream read.
export { pageOfPoints } from './point.store.ts';

export type PointList = {
  readonly items: readonly PointLine[];
  readonly next: number | null;
  readonly counts: Readonly<Record<PointState, number>>;
};

/** Points of a client by number, with how many are in each state. */
export async function pointsPage(
  { db, workspaceId }: Ledger,
  party: string,
  {
    state,
    after,
    limit,
  }: { readonly state: PointState | null; readonly after: number; readonly limit: number },
): Promise<Outcome<PointList, 'party-unknown'>> {
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const states = state ? [state] : STANDING_STATES;
  const [rows, counts] = await Promise.all([
    pageOfPoints(db, workspaceId, party, { states, after, limit: limit + 1 }),
    countStates(db, workspaceId, party),
  ]);
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.number ?? null) : null;
  return accept({ items: await linesOf(db, workspaceId, shown), next, counts });
}

/** Rows as lists show them. */
async function linesOf(
  db: Db,
  workspaceId: Ledger['workspaceId'],
  rows: readonly PointRow[],
): Promise<readonly PointLine[]> {
  const ids = rows.map(({ id }) => id);
  const cites = await citesOfPoints(db, workspaceId, ids);
  return rows.map((row) =>
    lineOf(
      row,
      cites.filter(({ pointId }) => pointId === row.id),
    ),
  );
}

/** The point behind a threat or an accusation: what it is now, and what it was when the words were written. */
export type Behind = {
  readonly number: number;
  readonly title: string;
  readonly state: PointState;
  /** Null where the point had not been asked yet. */
  readonly stateThen: PointState | null;
};

export type PointDetail = PointLine &
  Kin & {
    readonly steps: readonly StepShown[];
    readonly cites: readonly PointCite[];
    readonly expected: PointCite | null;
    readonly terms: PointCite | null;
    readonly about: Behind | null;
  };

/** Everything a page shows of one point but what the record says beside it. */
export async function pointDetail(
  { db, workspaceId }: Ledger,
  which: { readonly party: string; readonly number: number },
): Promise<Outcome<PointDetail, 'point-unknown'>> {
  const row = await loadPointRow(db, workspaceId, which);
  if (!row) return refuse('point-unknown');
  const [steps, cites, kin] = await Promise.all([
    stepsOf(db, workspaceId, row.id),
    citesOfPoints(db, workspaceId, [row.id]),
    kinOf(db, workspaceId, row.id),
  ]);
  const shown = stepsWith(steps, cites);
  const line = lineOf(row, cites);
  return accept({
    ...line,
    ...kin,
    steps: shown,
    cites,
    expected: cites.findLast(({ role }) => role === 'expected') ?? null,
    terms: line.agreed ? (cites.findLast(({ role }) => role === 'terms') ?? null) : null,
    about: await behind(db, workspaceId, row.aboutId, shown[0]),
  });
}

async function behind(
  db: Db,
  workspaceId: Ledger['workspaceId'],
  id: string | null,
  said: StepShown | undefined,
): Promise<Behind | null> {
  const row = id === null ? null : await loadPointRow(db, workspaceId, { id });
  if (!row || !said) return null;
  const [steps, cites] = await Promise.all([
    stepsOf(db, workspaceId, row.id),
    citesOfPoints(db, workspaceId, [row.id]),
  ]);
  const { number, title, state } = row;
  return { number, title, state, stateThen: stateOn(stepsWith(steps, cites), said.at) };
}
