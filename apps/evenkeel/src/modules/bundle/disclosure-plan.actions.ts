import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { type Naming, namingFor } from '../party/our-name.actions.ts';
import { foreignNames, isGuarded } from '../party/our-name.ts';
import { loadParty } from '../party/party.actions.ts';
import { findDisclosing } from './disclosure.actions.ts';
import { choicesFor, type DisclosingItem, type DisclosureChoice, type DisclosureWish } from './disclosure.ts';
import { exhibitedOf } from './exhibits.actions.ts';
import { type Gathered, gather } from './gather.actions.ts';

export type DisclosureRefusal = 'disclosure-unconfirmed' | 'name-not-theirs' | 'zone-ours';

/** What a bundle says of us: its name, and which native files are sent although they say more. */
export type DisclosurePlan = {
  readonly naming: Naming;
  readonly carries: string;
  readonly isGuarded: boolean;
  readonly items: readonly (DisclosingItem & { readonly choice: DisclosureChoice })[];
  readonly withheld: ReadonlySet<string>;
};

type Wish = {
  readonly party: string;
  readonly exhibits: readonly string[] | null;
  readonly disclosure: DisclosureWish;
  /** Another of our names than the one they know, to stand on it. */
  readonly carries: string | null;
  readonly confirmedNames: readonly string[];
};

const NOBODY = 'the owner of this record';

/** Decides what a bundle says of us, or refuses until somebody does. */
export async function planDisclosure(
  ledger: Ledger,
  gathered: Gathered,
  wish: Wish,
): Promise<Outcome<DisclosurePlan, DisclosureRefusal>> {
  const naming = await namingFor(ledger.db, ledger.workspaceId, wish.party);
  const knows = naming.known?.name ?? NOBODY;
  const carries = wish.carries ?? knows;
  if (carries !== knows && !wish.confirmedNames.includes(carries))
    return refuse('name-not-theirs', { knows, carries: [carries] });
  const guarded = naming.known !== null && isGuarded(naming.known, naming.ours);
  // Where nothing is kept apart and nobody asks, nothing is looked into.
  const isAsked = guarded || wish.disclosure !== null;
  const found = isAsked
    ? await findDisclosing(ledger, gathered, exhibitedOf(gathered, wish.exhibits), naming)
    : [];
  const choices = choicesFor(found, wish.disclosure, guarded);
  if (choices === null)
    return refuse('disclosure-unconfirmed', { count: found.length, kinds: kindsOf(found), knows });
  const items = found.map((item) => ({ ...item, choice: choices.get(item.interactionId)! }));
  const withheld = items
    .filter(({ choice }) => choice === 'withhold')
    .map(({ interactionId }) => interactionId);
  return accept({ naming, carries, isGuarded: guarded, items, withheld: new Set(withheld) });
}

/** How many files say what of us, and how many of them stay here. */
export type DisclosedSummary = {
  readonly knows: string | null;
  readonly isGuarded: boolean;
  readonly files: number;
  readonly withheld: number;
  readonly kinds: Readonly<Record<string, number>>;
};

export function summaryOf({ naming, isGuarded: guarded, items, withheld }: DisclosurePlan): DisclosedSummary {
  const counted = Object.groupBy(
    items.flatMap(({ found }) => [...new Set(found.map(({ kind }) => kind))]),
    (kind) => kind,
  );
  const kinds = Object.fromEntries(Object.entries(counted).map(([kind, all]) => [kind, all?.length ?? 0]));
  const knows = naming.known?.name ?? null;
  return { knows, isGuarded: guarded, files: items.length, withheld: withheld.size, kinds };
}

function kindsOf(found: readonly DisclosingItem[]): string[] {
  return [...new Set(found.flatMap((item) => item.found.map(({ kind }) => kind)))].toSorted();
}

/** Names that stand in our own record of the matter, which would be opened, and that they do not know. */
export function namesOpened(plan: DisclosurePlan, opened: unknown, confirmed: readonly string[]) {
  const { naming, isGuarded: guarded } = plan;
  if (!guarded || !naming.known || opened === null) return null;
  const names = foreignNames(JSON.stringify(opened), naming.known, naming.ours);
  const carries = names.filter((name) => !confirmed.includes(name) && name !== plan.carries);
  return carries.length === 0
    ? null
    : refuse('name-not-theirs' as const, { knows: naming.known.name, carries });
}

/** Before a bundle is made: the name it carries, and everything in it that gives us away. */
export async function listDisclosing(
  ledger: Ledger,
  sealer: Sealer,
  party: string,
  exhibits: readonly string[] | null,
) {
  if (!(await loadParty(ledger.db, ledger.workspaceId, party))) return refuse('party-unknown' as const);
  const gathered = await gather(ledger, party, (await sealer.seal()).size);
  const naming = await namingFor(ledger.db, ledger.workspaceId, party);
  return accept({
    knows: naming.known?.name ?? null,
    isGuarded: naming.known !== null && isGuarded(naming.known, naming.ours),
    items: await findDisclosing(ledger, gathered, exhibitedOf(gathered, exhibits), naming),
  });
}
