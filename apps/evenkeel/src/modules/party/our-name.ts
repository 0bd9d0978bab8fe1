import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { PartyId } from './party.ts';

export const NAME_KINDS = ['legal', 'stage', 'brand'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** A name we go by. The workspace has one from its first day; these are the others. */
export type OurName = {
  readonly id: string;
  readonly kind: NameKind;
  readonly name: string;
  readonly isRetired: boolean;
};

/** The one name a party knows; `id` is null for the name of the workspace. */
export type KnownName = {
  readonly id: string | null;
  readonly name: string;
  readonly kind: NameKind | null;
  /** False while nobody chose: everybody knows the name of the workspace. */
  readonly isChosen: boolean;
};

/** Everything we are called, as it is needed to tell whether a text says more than one party knows. */
export type OurNames = {
  readonly workspace: string | null;
  readonly names: readonly OurName[];
  /** Those who sign in; their names are ours too. */
  readonly members: readonly string[];
};

export type OurNameFact =
  | {
      readonly kind: 'party.our-name-added';
      readonly id: string;
      readonly nameKind: NameKind;
      readonly name: string;
    }
  | { readonly kind: 'party.our-name-retired'; readonly id: string }
  | {
      readonly kind: 'party.knows-us-as';
      readonly party: PartyId;
      readonly nameId: string | null;
      readonly name: string | null;
    }
  | {
      readonly kind: 'party.name-shown';
      readonly party: PartyId;
      readonly knows: string;
      readonly names: readonly string[];
      readonly shownIn: 'letter' | 'bundle';
      readonly of: string;
    };

export type OurNameRefusal =
  | 'party-unknown'
  | 'our-name-unusable'
  | 'our-name-taken'
  | 'our-name-unknown'
  | 'our-name-in-use'
  | 'legal-name-there';

const MAX_LENGTH = 120;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** A name of one or two letters would be found in every text. */
const SHORTEST = 3;

export function decideAddingName(
  id: string,
  { workspace, names }: OurNames,
  wish: { readonly kind: NameKind; readonly name: string },
): Outcome<OurNameFact, OurNameRefusal> {
  const name = wish.name.normalize('NFC').trim().replace(/ +/g, ' ');
  const length = [...name].length;
  if (length < SHORTEST || length > MAX_LENGTH || UNPRINTABLE.test(name))
    return refuse('our-name-unusable', { minLength: SHORTEST, maxLength: MAX_LENGTH });
  const inUse = names.filter(({ isRetired }) => !isRetired);
  if ([workspace ?? '', ...inUse.map((one) => one.name)].some((one) => fold(one) === fold(name)))
    return wish.kind === 'legal' && !inUse.some((one) => fold(one.name) === fold(name))
      ? legalOnce(inUse, { kind: 'party.our-name-added', id, nameKind: 'legal', name })
      : refuse('our-name-taken', { name });
  const fact: OurNameFact = { kind: 'party.our-name-added', id, nameKind: wish.kind, name };
  return wish.kind === 'legal' ? legalOnce(inUse, fact) : accept(fact);
}

/** There is one legal name at a time; the name of the workspace may be it. */
function legalOnce(inUse: readonly OurName[], fact: OurNameFact): Outcome<OurNameFact, OurNameRefusal> {
  const legal = inUse.find(({ kind }) => kind === 'legal');
  return legal ? refuse('legal-name-there', { name: legal.name }) : accept(fact);
}

/** @param knownTo how many parties know it */
export function decideRetiringName(
  name: OurName | null,
  knownTo: readonly string[],
): Outcome<OurNameFact, OurNameRefusal> {
  if (!name || name.isRetired) return refuse('our-name-unknown');
  if (knownTo.length > 0) return refuse('our-name-in-use', { name: name.name, parties: [...knownTo] });
  return accept({ kind: 'party.our-name-retired', id: name.id });
}

export function decideKnowing(
  party: { readonly id: PartyId } | null,
  { names, workspace }: OurNames,
  nameId: string | null,
): Outcome<OurNameFact, OurNameRefusal> {
  if (!party) return refuse('party-unknown');
  const chosen = names.find(({ id, isRetired }) => id === nameId && !isRetired);
  if (nameId !== null && !chosen) return refuse('our-name-unknown');
  const name = chosen?.name ?? workspace;
  return accept({ kind: 'party.knows-us-as', party: party.id, nameId, name });
}

/** Whether a party knows us by a name that we keep apart from the legal one. */
export function isGuarded(known: KnownName, { names }: OurNames): boolean {
  const legal = names.find(({ kind, isRetired }) => kind === 'legal' && !isRetired);
  return known.kind === 'stage' || (legal !== undefined && fold(legal.name) !== fold(known.name));
}

/**
 * Names of ours that stand in a text and that its reader does not know, each once, in the order in which we have them.
 *
 * An address counts as the words it is made of: `alex.karhu@…` says Alex Karhu. A name inside the known one is known.
 * Those who work here may sign with their own names, but not where a stage name is all that is known.
 */
export function foreignNames(text: string, known: KnownName, ours: OurNames): readonly string[] {
  const others = othersThan(known, ours);
  if (others.length === 0) return [];
  const rest = spaced(text).split(spaced(known.name)).join(' · ');
  return others.filter((name) => spaced(name).trim() !== '' && rest.includes(spaced(name)));
}

function othersThan(known: KnownName, { workspace, names, members }: OurNames): readonly string[] {
  const people = known.kind === 'stage' ? members : [];
  const all = [workspace, ...names.map(({ name }) => name), ...people].filter((name) => name !== null);
  const isOther = (name: string) => [...name].length >= SHORTEST && fold(name) !== fold(known.name);
  return all.filter((name, i) => isOther(name) && all.findIndex((one) => fold(one) === fold(name)) === i);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Letters and digits with one space between words: how a name reads in prose, in an address and in a path. */
function spaced(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}
