import type { Db, Tx } from '../../kernel/db.ts';
import { sumsOf } from '../agreement/terms.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { pageOfPoints } from '../point/point-views.actions.ts';
import { commitmentsOf, offersOf } from '../point/promise-views.actions.ts';

const MOST = 100;

/** Something that stands open between us and a client, as the record has it. */
export type Standing = {
  readonly kind: 'point' | 'promise' | 'offer' | 'sum';
  /** Whose turn it is: who is to answer, to keep the promise, who offered, who owes. */
  readonly side: 'ours' | 'theirs';
  readonly id: string;
  readonly number: number;
  readonly says: string;
  /** `2026-05-12`; null where no day was named. */
  readonly dueOn: string | null;
};

/** Open points, promises, offers and sums of a client: what was said before stays owed, whatever is said now. */
export async function standingOf(
  { workspaceId }: Ledger,
  db: Db | Tx,
  partyId: string,
): Promise<readonly Standing[]> {
  const [points, promises, offers, sums] = await Promise.all([
    pageOfPoints(db, workspaceId, partyId, { states: ['open'], after: 0, limit: MOST }),
    commitmentsOf(db, workspaceId, partyId, MOST),
    offersOf(db, workspaceId, partyId, MOST),
    sumsOf(db, workspaceId, partyId),
  ]);
  return [
    ...sums.filter(isOpen).map(({ id, number, side, what, amount, currency, dueOn }) => {
      return { kind: 'sum' as const, side, id, number, says: `${amount} ${currency}: ${what}`, dueOn };
    }),
    ...promises.filter(isOpen).map(({ id, number, side, what, due }) => {
      return { kind: 'promise' as const, side, id, number, says: what, dueOn: due?.date ?? null };
    }),
    ...offers.filter(isOpen).map(({ id, number, side, options, decideBy }) => {
      const says = options.map(({ what }) => what).join(' · ');
      return { kind: 'offer' as const, side, id, number, says, dueOn: decideBy.date };
    }),
    ...points.map(({ id, number, title }) => {
      return { kind: 'point' as const, side: 'ours' as const, id, number, says: title, dueOn: null };
    }),
  ];
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'open';
}
