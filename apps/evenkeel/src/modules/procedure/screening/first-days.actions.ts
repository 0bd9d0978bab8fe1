import type { Due } from '../../../kernel/due.ts';
import { instantOf } from '../../../kernel/instant.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { earlyRecords } from './first-days.store.ts';
import { muchMoney } from './first-days.ts';
import { firstDaysRules } from './rules.store.ts';

const DAY_MS = 24 * 3_600_000;

/** Somebody new who pays much in their first hours: said once, with the words that say it, so that proof is kept in time. */
export async function firstDaysDue(
  { db, workspaceId, chance }: Ledger,
  dataDir: string,
): Promise<readonly Due[]> {
  const rules = await firstDaysRules(dataDir);
  const since = instantOf(Date.parse(chance.now()) - rules.shownDays * DAY_MS);
  const found = muchMoney(await earlyRecords(db, workspaceId, since, rules.withinHours), rules);
  return found.map(({ partyId, interactionId, at, quote, payments, sum, unit }) => ({
    // Of the party: once it was looked at, it does not come back with the next payment.
    ...{ id: partyId, room: 'procedure', kind: 'decision', side: 'ours', partyId, interactionId, at },
    isWholeDay: false,
    says: quote,
    code: 'first-days-money',
    params: { count: payments, sum: Math.round(sum * 100) / 100, unit, hours: rules.withinHours },
    source: rules.source,
  }));
}
