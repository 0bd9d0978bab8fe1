import type { Actor } from '../../kernel/brand.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { append, type Ledger, sealFacts } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { holdersOf, loadParty, partiesMeant, projectParties } from './party.store.ts';
import {
  decideAdding,
  decideChanging,
  type Identifier,
  normalAddress,
  type Party,
  type PartyFact,
  type PartyId,
  type PartyRefusal,
  type PartyState,
} from './party.ts';

// What modules downstream do with parties inside their own transactions.
export { allHeld, apartFrom } from './identifier.store.ts';
export { identifiersAmong, loadParty, projectParties, type RecordedPartyFact } from './party.store.ts';

export async function addParty(
  ledger: Ledger,
  actor: Actor,
  wish: { name: string; state: PartyState; identifiers: readonly Identifier[] },
): Promise<Outcome<PartyId, PartyRefusal>> {
  const id = ledger.newId() as PartyId;
  const decided = decideAdding(id, wish, await holdersOf(ledger.db, ledger.workspaceId, wish.identifiers));
  if (!decided.ok) return decided;
  await recordPartyFacts(ledger, actor, [decided.value]);
  return { ok: true, value: id };
}

export async function changeParty(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { name?: string | undefined; state?: PartyState | undefined },
): Promise<Outcome<PartyId, PartyRefusal>> {
  const decided = decideChanging(await loadParty(ledger.db, ledger.workspaceId, id), wish);
  if (!decided.ok) return decided;
  await recordPartyFacts(ledger, actor, [decided.value]);
  return { ok: true, value: id as PartyId };
}

async function recordPartyFacts(ledger: Ledger, actor: Actor, facts: readonly PartyFact[]): Promise<void> {
  const pending = await sealFacts(
    ledger,
    facts.map((fact) => ({ fact, stream: WORKSPACE_STREAM, actor })),
  );
  await ledger.db.transaction().execute(async (tx) => {
    const recorded = pending.map((entry, i) => ({
      recordId: entry.id,
      recordedAt: entry.recordedAt,
      fact: facts[i]!,
    }));
    await projectParties(tx, ledger.workspaceId, recorded);
    await append(tx, ledger, pending);
  });
  ledger.wake();
}

/** The one party that a person means by a name, an identifier or an id. */
export async function partyMeant(ledger: Ledger, word: string): Promise<Outcome<Party, PartyRefusal>> {
  const found = await partiesMeant(ledger.db, ledger.workspaceId, word, normalAddress(word));
  const [party] = found;
  if (!party) return refuse('party-unknown', { name: word });
  if (found.length > 1)
    return refuse('party-ambiguous', { name: word, candidates: found.map((p) => `${p.name} (${p.id})`) });
  return { ok: true, value: party };
}
