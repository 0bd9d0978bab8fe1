import { endOfDay, type LocalDate } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';

/** The last moment of a day where the workspace is. @param day a date that the door has read; null stays null */
export async function endOf({ db, workspaceId }: Ledger, day: string | null): Promise<Instant | null> {
  if (day === null) return null;
  const { zone } = await loadWorkspace(db, workspaceId);
  return endOfDay({ zone }, day as LocalDate);
}
