import type { Calendar } from '../../kernel/calendar.ts';
import type { Due, DueWindow } from '../../kernel/due.ts';
import { duesOf as agreementDues } from '../agreement/terms.actions.ts';
import { duesOf as casefileDues } from '../casefile/dues.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { duesOf as promiseDues } from '../point/promise-dues.actions.ts';
import { duesOf as procedureDues } from '../procedure/dues.actions.ts';
import { duesOf as policyDues } from '../procedure/policy/dues.actions.ts';
import { duesOf as restrictionDues } from '../procedure/restriction/dues.actions.ts';
import { duesOf as warningDues } from '../procedure/screening/warning.actions.ts';

const ROOMS = [
  promiseDues,
  agreementDues,
  casefileDues,
  restrictionDues,
  procedureDues,
  warningDues,
  policyDues,
] as const;

/** Everything that has a date and is open, of all rooms; the earliest first. */
export async function allDues(
  { db, workspaceId }: Ledger,
  window: DueWindow,
  calendar: Calendar,
): Promise<readonly Due[]> {
  const dues = await Promise.all(ROOMS.map((room) => room(db, workspaceId, window, calendar)));
  return dues.flat().sort((one, other) => (one.at < other.at ? -1 : 1));
}
