import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Fact } from '../ledger/ledger.ts';
import { projectOurNames } from './our-name.store.ts';
import type { OurNameFact } from './our-name.ts';
import { projectParties } from './party.store.ts';
import type { PartyFact } from './party.ts';

/** Of the facts of this room, those about parties; then those about the names they know us by. */
export async function replayParties(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<Fact>[],
): Promise<void> {
  await projectParties(tx, workspaceId, recorded.filter(isAboutParty));
  await projectOurNames(tx, workspaceId, recorded.filter(isAboutNames));
}

const PARTY_KINDS: readonly string[] = [
  'party.added',
  'party.identified',
  'party.changed',
  'party.identifier-moved',
  'party.kept-apart',
] satisfies readonly PartyFact['kind'][];
const NAME_KINDS: readonly string[] = [
  'party.our-name-added',
  'party.our-name-retired',
  'party.knows-us-as',
  'party.name-shown',
] satisfies readonly OurNameFact['kind'][];

function isAboutParty(one: Recorded<Fact>): one is Recorded<PartyFact> {
  return PARTY_KINDS.includes(one.fact.kind);
}

function isAboutNames(one: Recorded<Fact>): one is Recorded<OurNameFact> {
  return NAME_KINDS.includes(one.fact.kind);
}
