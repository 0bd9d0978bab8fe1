import type { Db, Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { identifiersAmong } from '../party/party.actions.ts';
import { identifierOf, type PartyFact, type PartyId } from '../party/party.ts';

export type NewPartyRefusal = 'party-unnamed';

/** Somebody typed by name, with an address or handle when there is one: known already, or a new contact. */
export async function newPartyFact(
  { workspaceId, newId }: Ledger,
  db: Db | Tx,
  wish: { readonly name: string; readonly identifier: string | null },
): Promise<Outcome<{ readonly id: PartyId; readonly facts: readonly PartyFact[] }, NewPartyRefusal>> {
  const name = wish.name.trim();
  if (name === '') return refuse('party-unnamed');
  const identifiers = wish.identifier?.trim() ? [identifierOf(wish.identifier, name)] : [];
  const values = identifiers.map(({ value }) => value);
  const [holder] = await identifiersAmong(db, workspaceId, values);
  // Whoever is known by this address is who wrote, under whatever name they were typed this time.
  if (holder) return accept({ id: holder.partyId, facts: [] });
  const id = newId() as PartyId;
  return accept({ id, facts: [{ kind: 'party.added', id, name, state: 'contact', identifiers }] });
}
