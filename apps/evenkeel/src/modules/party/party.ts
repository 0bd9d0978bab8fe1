import type { Brand, RecordId } from '../../kernel/brand.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { accept, refuse } from '../../kernel/outcome.ts';

export type PartyId = Brand<string, 'PartyId'>;
export type PartyState = 'contact' | 'prospect' | 'client' | 'former';
export const PARTY_STATES = [
  'contact',
  'prospect',
  'client',
  'former',
] as const satisfies readonly PartyState[];

/** An address, number, handle or URL that may be theirs. `value` is normalised, `label` is how they wrote their name. */
export type Identifier = {
  readonly kind: 'address' | 'handle';
  readonly value: string;
  readonly label: string | null;
  readonly confidence: 'stated' | 'seen';
};

export type PartyFact =
  | {
      readonly kind: 'party.added';
      readonly id: PartyId;
      readonly name: string;
      readonly state: PartyState;
      readonly identifiers: readonly Identifier[];
    }
  | { readonly kind: 'party.identified'; readonly id: PartyId; readonly identifiers: readonly Identifier[] }
  | {
      readonly kind: 'party.changed';
      readonly id: PartyId;
      readonly name: string | null;
      readonly state: PartyState | null;
    }
  | {
      /** Whose it is was seen otherwise, by a person; moving it back undoes it. */
      readonly kind: 'party.identifier-moved';
      readonly identifier: Pick<Identifier, 'kind' | 'value'>;
      readonly from: PartyId;
      readonly to: PartyId;
    }
  | {
      /** A person said that these are two: they are proposed as one no more. */
      readonly kind: 'party.kept-apart';
      readonly id: PartyId;
      readonly other: PartyId;
    };

export type Party = {
  readonly id: PartyId;
  readonly recordId: RecordId;
  readonly name: string;
  readonly state: PartyState;
};

/** The form in which addresses are compared: case and surrounding space never tell two people apart. */
export function normalAddress(address: string): string {
  return address
    .replaceAll('\0', '')
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC')
    .toLowerCase();
}

/** Reads what a person typed as an identifier: an address when it has an @ inside, else a handle. */
export function identifierOf(text: string, label: string | null = null): Identifier {
  const value = normalAddress(text);
  return { kind: /.@./.test(value) ? 'address' : 'handle', value, label, confidence: 'stated' };
}

export type PartyRefusal = 'party-unnamed' | 'identifier-taken' | 'party-unknown' | 'party-ambiguous';

export function decideAdding(
  id: PartyId,
  wish: { readonly name: string; readonly state: PartyState; readonly identifiers: readonly Identifier[] },
  takenBy: readonly { readonly value: string; readonly name: string }[],
): Outcome<PartyFact, PartyRefusal> {
  const name = nameOf(wish.name);
  if (name === '') return refuse('party-unnamed');
  const [taken] = takenBy;
  if (taken) return refuse('identifier-taken', { value: taken.value, name: taken.name });
  return accept({ kind: 'party.added', id, name, state: wish.state, identifiers: wish.identifiers });
}

export function decideChanging(
  party: Party | null,
  wish: { readonly name?: string | undefined; readonly state?: PartyState | undefined },
): Outcome<PartyFact, PartyRefusal> {
  if (!party) return refuse('party-unknown');
  const name = wish.name === undefined ? undefined : nameOf(wish.name);
  if (name === '') return refuse('party-unnamed');
  return accept({ kind: 'party.changed', id: party.id, name: name ?? null, state: wish.state ?? null });
}

/** A name as it is kept: what no text column can hold is no part of it. */
function nameOf(typed: string): string {
  return typed.replaceAll('\0', '').toWellFormed().trim();
}
