import type { WorkspaceId } from '../../kernel/brand.ts';
import { addWorkingDays, type Calendar, type LocalDate, localOf } from '../../kernel/calendar.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Due, DueWindow } from '../../kernel/due.ts';
import { instantOf } from '../../kernel/instant.ts';
import { openCommitments } from './commitment.store.ts';
import type { Commitment } from './commitment.ts';
import { undecidedOffers } from './offer.store.ts';
import type { Offer } from './offer.ts';
import { firstCites } from './promise-steps.store.ts';

/** Longer than any row of days off: somebody is reminded on the last working day before. */
const LONGEST_LEAD_MS = 21 * 24 * 3_600_000;

/**
 * Promises of both sides, and offers that wait for somebody's decision.
 *
 * @param calendar whose working days: a reminder on a day on which nobody works comes too late
 * @returns by date; with `until`, also what is due later but of which one is reminded by then (`params.remindOn`)
 */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
  calendar: Calendar,
): Promise<readonly Due[]> {
  const latest = until ? instantOf(Date.parse(until) + LONGEST_LEAD_MS) : null;
  const [commitments, offers] = await Promise.all([
    openCommitments(db, workspaceId, latest, party ?? null),
    undecidedOffers(db, workspaceId, latest, party ?? null),
  ]);
  const ids = [...commitments, ...offers].map(({ id }) => id as string);
  const cites = await firstCites(db, workspaceId, ids);
  const dues = [
    ...commitments.map((one) => promiseDue(one, cites.get(one.id) ?? null, calendar)),
    ...offers.map((one) => offerDue(one, cites.get(one.id) ?? null, calendar)),
  ];
  return dues
    .filter(({ at, remindOn, zone }) => !until || at <= until || remindOn <= localOf({ zone }, until).date)
    .map(({ remindOn: _, zone: __, ...due }) => due)
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

type Reminding = Due & { readonly remindOn: LocalDate; readonly zone: string };

function promiseDue(
  { id, partyId, number, side, who, what, due }: Commitment,
  interactionId: string | null,
  calendar: Calendar,
): Reminding {
  const { date, time, zone, at } = due!;
  const remindOn = addWorkingDays(calendar, date, -1);
  return {
    ...{ id, room: 'point', kind: 'promise', side, partyId, at, isWholeDay: time === null, says: what },
    code: side === 'ours' ? 'promise-ours' : 'promise-theirs',
    params: { number, who, remindOn },
    ...{ interactionId, source: null, remindOn, zone },
  };
}

/** Ours wait for their decision once they were told; until then, and with theirs, it is our turn. */
function offerDue(
  { id, partyId, number, side, state, options, decideBy }: Offer,
  interactionId: string | null,
  calendar: Calendar,
): Reminding {
  const { date, time, zone, at } = decideBy;
  const remindOn = addWorkingDays(calendar, date, -1);
  const isTheirTurn = side === 'ours' && state === 'open';
  const code = isTheirTurn ? 'offer-with-them' : state === 'prepared' ? 'offer-not-told' : 'offer-with-us';
  return {
    ...{ id, room: 'point', kind: 'decision', side: isTheirTurn ? 'theirs' : 'ours', partyId, at },
    ...{ isWholeDay: time === null, says: options.map(({ what }) => what).join(' · '), code },
    params: { number, options: options.length, remindOn },
    ...{ interactionId, source: null, remindOn, zone },
  };
}
