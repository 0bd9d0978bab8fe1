import type { Band } from '@evenkeel/language/finding';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, refuse } from '../../kernel/outcome.ts';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import type { Reader } from './reader.ts';
import {
  countNewSignals,
  countOutdated,
  countSignals,
  type Danger,
  marksOf,
  newSignals,
  pageOfSignals,
  readCounts,
  readUpTo,
  type SignalFilter,
  signalsOfKinds,
} from './signal.store.ts';
import { conductCounts } from './signal.ts';
import { loadSettings, saveSeen, seenUpTo } from './working.store.ts';

/** After an import only so much is news. */
const NEW_DAYS_MS = 30 * 24 * 3600 * 1000;
const NEW_SHOWN = 50;
const DANGERS = ['physical_threat', 'self_harm'] as const;

/** Marked words of a client, newest first, with how many of each kind there are. */
export async function signalsPage(
  ledger: Ledger,
  reader: Reader,
  party: string,
  filter: SignalFilter,
  after: TimeKey | null,
  limit: number,
) {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const [rows, kinds, counts, outdated] = await Promise.all([
    pageOfSignals(db, workspaceId, party, filter, after, limit + 1),
    countSignals(db, workspaceId, party, filter.least),
    readCounts(db, workspaceId, party),
    outdatedCount(ledger, reader),
  ]);
  return accept({ ...pageOf(rows, limit), kinds, conduct: conductCounts(kinds), ...counts, outdated });
}

/** Marked words of these interactions, in the order of each text. */
export async function signalsOf(
  { db, workspaceId }: Ledger,
  interactions: readonly string[],
  party: string | null,
  least: Band,
) {
  return { items: await marksOf(db, workspaceId, interactions, party, least) };
}

/** Messages that were read by an engine, packs or profile other than today's. */
async function outdatedCount({ db, workspaceId }: Ledger, reader: Reader): Promise<number> {
  const { profile } = await loadSettings(db, workspaceId);
  return countOutdated(db, workspaceId, await reader.read('method', { profile }));
}

/** What came since a member last looked, of the last thirty days. */
export async function newSignalsFor({ db, workspaceId, chance }: Ledger, actor: string, least: Band) {
  const since = instantOf(Date.parse(chance.now()) - NEW_DAYS_MS);
  const [fromIndex, toIndex] = await Promise.all([
    seenUpTo(db, workspaceId, actor),
    readUpTo(db, workspaceId),
  ]);
  const window = { fromIndex, toIndex, since, least };
  const [items, kinds] = await Promise.all([
    newSignals(db, workspaceId, window, NEW_SHOWN),
    countNewSignals(db, workspaceId, window),
  ]);
  return { since, upTo: toIndex, kinds, conduct: conductCounts(kinds), items };
}

/** @param upTo what the list that was looked at said of itself: what came after it stays new */
export async function markSeen(
  { db, workspaceId, chance }: Ledger,
  actor: string,
  upTo: number,
): Promise<void> {
  await saveSeen(db, workspaceId, actor, upTo, chance.now());
}

/** Words of the last days that speak of violence or of harming oneself, as far as nobody has dismissed them. */
export async function dangersSince({ db, workspaceId }: Ledger, since: Instant): Promise<readonly Danger[]> {
  return signalsOfKinds(db, workspaceId, DANGERS, since);
}
