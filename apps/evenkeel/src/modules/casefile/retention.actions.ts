import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadPeriods, proposals, type RetentionPeriod, replacePeriods } from './retention.store.ts';

const SHOWN = 500;

/** The periods, and whose time is over by them. */
export async function lookAtRetention({ db, workspaceId, chance }: Ledger) {
  return {
    periods: await loadPeriods(db, workspaceId),
    over: await proposals(db, workspaceId, chance.now(), null, SHOWN),
  };
}

/** Puts these periods in the place of all there were. */
export async function setRetention(
  { db, workspaceId, chance }: Ledger,
  actor: Actor,
  periods: readonly RetentionPeriod[],
): Promise<Outcome<null, 'retention-twice'>> {
  if (new Set(periods.map(({ kind }) => kind)).size < periods.length) return refuse('retention-twice');
  await db.transaction().execute((tx) => replacePeriods(tx, workspaceId, periods, actor, chance.now()));
  return accept(null);
}
