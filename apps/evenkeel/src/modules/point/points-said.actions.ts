import type { Ledger } from '../ledger/ledger.actions.ts';
import { contentOfPoint, type PointContent } from './novelty.ts';
import { citesOfPoints, type PointCite, type PointRow, pageOfPoints } from './point.store.ts';
import { STANDING_STATES } from './point.ts';

/** A point with all its words, and what it is about. */
export type PointSaid = {
  readonly row: PointRow;
  readonly cites: readonly PointCite[];
  readonly content: PointContent;
};

const EVERY = { states: STANDING_STATES, after: 0, limit: 100_000 };

/** Every point of a client that is spoken of, by number. */
export async function pointsSaid({ db, workspaceId }: Ledger, party: string): Promise<readonly PointSaid[]> {
  const rows = await pageOfPoints(db, workspaceId, party, EVERY);
  const ids = rows.map(({ id }) => id);
  const byPoint = Map.groupBy(await citesOfPoints(db, workspaceId, ids), ({ pointId }) => pointId);
  return rows.map((row) => {
    const cites = byPoint.get(row.id) ?? [];
    const asked = cites.filter(({ role }) => role === 'asked').map(saidOf);
    const answered = cites.filter(({ role }) => role === 'answer').map(saidOf);
    return { row, cites, content: contentOfPoint({ number: row.number, title: row.title, asked, answered }) };
  });
}

function saidOf({ interactionId, threadId, lang, quote }: PointCite) {
  return { interactionId, threadId, lang: lang ?? 'simple', quote };
}
