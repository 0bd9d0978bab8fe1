import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { ReadEntry } from '../ledger/ledger.ts';
import { markReason } from './apart.ts';
import { batesOf } from './bundle.ts';
import type { Gathered } from './gather.actions.ts';
import { isSaidIn } from './redaction.ts';

/** A place in the log that is counted and not opened, and why. */
export type Withheld = { readonly index: number; readonly reason: string };

type Plan = {
  readonly gathered: Gathered;
  readonly wish: { readonly withMatters: boolean };
  readonly disclosed: { readonly withheld: ReadonlySet<string> };
  /** Records that stay out although they could be in it, with the reason. */
  readonly held: ReadonlyMap<string, string>;
  /** Entries of our own record that name others, where the bundle is the client's own copy. */
  readonly naming: ReadonlySet<string>;
};

const KEPT_BACK = 'not picked as an exhibit';
const NOT_FILED = 'not filed under this client any more';
const OWN_RECORD = 'our own record of the matter, not picked';
const PRIVILEGED = 'about a privileged record';
const WITHOUT_PREJUDICE = 'offered without prejudice';
const NAMES_OTHERS = 'names others';
const OF_A_COPY = 'about a record of which words were taken out';
const SAYS_MORE = 'the native file was kept back by whoever made the bundle';
/** By which names we are known is nobody's business but ours, whatever else is opened. */
const ABOUT_US: readonly string[] = ['party.knows-us-as', 'party.name-shown'];

/** Whether an entry is opened with our own record of the matter. */
export function isOpened({ kind, fact }: ReadEntry): boolean {
  return fact !== 'erased' && !kind.startsWith('interaction.') && !staysHere(kind);
}

/** Why something stays with us is nobody's business either; a copy that is in the bundle is opened for that. */
const STAYS: readonly string[] = ['screening.', 'privilege.', 'exhibit.'];

/** What was looked at before we said yes names others too, and entries that warn are shared with nobody. */
function staysHere(kind: string): boolean {
  return ABOUT_US.includes(kind) || STAYS.some((room) => kind.startsWith(room));
}

/**
 * Entries about the client that are no correspondence. What we thought of a demand, or offered without prejudice, is
 * counted and not told, unless it is asked for.
 *
 * @param told records of entries that the chronology prints, and that are opened for that
 */
export function keptBackEntries(
  { gathered, wish, naming }: Plan,
  told: ReadonlySet<string>,
): readonly Withheld[] {
  const { records, interactions } = gathered.withoutPrejudice;
  const { copies, taken } = gathered.apart;
  const marked = new Set(
    [...gathered.apart.privileges.keys()].filter((id) => markReason(gathered.apart, id)),
  );
  const redacted = new Set(copies.keys());
  const copyRecords = new Set<string>([...copies.values()].map(({ redaction }) => redaction.recordId));
  return gathered.stream.entries.flatMap(({ index, id, kind, fact }) => {
    // A copy is among the sources, shown or kept back as one.
    if (fact === 'erased' || copyRecords.has(id)) return [];
    const hidden = { index, reason: OF_A_COPY };
    if (kind.startsWith('interaction.')) return isSaidIn(fact, taken) ? [hidden] : [];
    if (records.has(id) || isAbout(fact, interactions)) return [{ index, reason: WITHOUT_PREJUDICE }];
    if (isAbout(fact, marked)) return [{ index, reason: PRIVILEGED }];
    if (!staysHere(kind) && (isAbout(fact, redacted) || isSaidIn(fact, taken))) return [hidden];
    if (told.has(id)) return [];
    if (naming.has(id)) return [{ index, reason: NAMES_OTHERS }];
    return wish.withMatters && !staysHere(kind) ? [] : [{ index, reason: OWN_RECORD }];
  });
}

/** Whether a fact names one of these interactions: its words could stand in it as a quote. */
function isAbout(fact: object, interactions: ReadonlySet<string>): boolean {
  if (interactions.size === 0) return false;
  const words = JSON.stringify(fact);
  return [...interactions].some((id) => words.includes(id));
}

/** The records that are no exhibit, and why. */
export function keptBackSources(
  plan: Plan,
  exhibited: readonly ExhibitSource[],
): readonly (Withheld & { readonly id: string })[] {
  const shown = new Set(exhibited.map(({ id }) => id));
  return plan.gathered.sources
    .filter(({ id }) => !shown.has(id))
    .map((source) => ({
      id: source.id,
      index: plan.gathered.recorded.get(source.recordId)!.index,
      reason: reasonOf(plan, source),
    }));
}

/** The records of which no word may be told, not even in a fact that rests on them; what was merely not picked is none. */
export function keptApart(
  keptBack: readonly { readonly id: string; readonly reason: string }[],
): ReadonlySet<string> {
  return new Set(keptBack.filter(({ reason }) => reason !== KEPT_BACK).map(({ id }) => id));
}

/** The records whose place a copy took, by the number of the copy. */
export function keptForCopies(
  { gathered: { apart } }: Pick<Plan, 'gathered'>,
  numbers: ReadonlyMap<string, number>,
): readonly Withheld[] {
  return [...apart.copies].map(([id, { originalIndex: index }]) => {
    const number = numbers.get(id);
    return { index, reason: number === undefined ? KEPT_BACK : `redacted copy ${batesOf(number)}` };
  });
}

function reasonOf({ gathered, disclosed, held }: Plan, { id, isFiled }: ExhibitSource): string {
  const { apart, withoutPrejudice } = gathered;
  if (!isFiled) return NOT_FILED;
  const mark = markReason(apart, id);
  if (mark !== null) return mark;
  const reason = held.get(id);
  if (reason !== undefined) return reason;
  if (withoutPrejudice.interactions.has(id)) return WITHOUT_PREJUDICE;
  return disclosed.withheld.has(id) ? SAYS_MORE : KEPT_BACK;
}
