import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';

/** Somebody inside a party, and whether they may agree for it. A later naming takes the place of the one before. */
export type PersonFact =
  | {
      readonly kind: 'agreement.person-named';
      readonly id: string;
      readonly party: string;
      readonly name: string;
      readonly role: string | null;
      readonly mayAgree: boolean;
      /** Up to what, in words: "changes up to 500 euros". */
      readonly limits: string | null;
      readonly cite: Cite | null;
    }
  | {
      readonly kind: 'agreement.person-left';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
    };

export type PersonRefusal = 'party-person-unknown' | 'person-unnamed' | 'reason-missing';

type Naming = Omit<Extract<PersonFact, { kind: 'agreement.person-named' }>, 'kind' | 'id'>;

export function decideNaming(
  id: string,
  wish: Naming,
): Outcome<Extract<PersonFact, { kind: 'agreement.person-named' }>, PersonRefusal> {
  const name = wish.name.trim();
  if (name === '') return refuse('person-unnamed', { at: 'name' });
  return accept({ kind: 'agreement.person-named', ...wish, id, name });
}

export function decideLeaving(
  person: { readonly id: string; readonly partyId: string } | null,
  reason: string,
): Outcome<Extract<PersonFact, { kind: 'agreement.person-left' }>, PersonRefusal> {
  if (!person) return refuse('party-person-unknown');
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({
    kind: 'agreement.person-left',
    id: person.id,
    party: person.partyId,
    reason: reason.trim(),
  });
}
