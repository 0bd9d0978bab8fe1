import { giveWay } from '../../kernel/give-way.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type ExhibitSource, loadExhibitSources } from '../interaction/detail.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { staysWithUs } from './apart.ts';
import type { Chronology } from './chronology.ts';
import { exhibitedOf } from './exhibits.actions.ts';
import type { Gathered } from './gather.actions.ts';
import { keptApart } from './kept-back.ts';
import { blackedValue, isSaidIn, MOST_TEXT, takenWords } from './redaction.ts';
import { entriesNamingOthers, othersOf, type SubjectWish, subjectReasons } from './subject.actions.ts';
import type { Others } from './subject.ts';
import { factsTold, NO_FACTS, type ToldFacts } from './told-facts.ts';

export type HeldBackRefusal = 'stays-with-us' | 'words-remain';
/** What happens to records that say words which were taken out of another. */
export const REMAINING = ['refuse', 'withhold', 'send'] as const;

export type HeldBackWish = SubjectWish & { readonly remaining: (typeof REMAINING)[number] };
type Wish = HeldBackWish & { readonly party: string; readonly exhibits: readonly string[] | null };

export type HeldBack = {
  /** Records that stay out although they could be in it, with the reason. */
  readonly held: ReadonlyMap<string, string>;
  /** Entries of our own record that name others, where the bundle is the client's own copy. */
  readonly naming: ReadonlySet<string>;
  readonly others: Others | null;
};

const SAYS_TAKEN = 'says words that were taken out of another record';
const AT_ONCE = 100;
const NAMED = 50;

/**
 * Which records stay out of a bundle although they could be in it, and why. Refuses while somebody picked what stays with
 * us, or while words that were taken out of one record stand in another and nobody said what happens to that.
 */
export async function holdBack(
  ledger: Ledger,
  gathered: Gathered,
  wish: Wish,
): Promise<Outcome<HeldBack, HeldBackRefusal>> {
  const ours = (wish.exhibits ?? []).filter((id) => staysWithUs(gathered, id));
  if (ours.length > 0) return refuse('stays-with-us', { count: ours.length, ids: ours.slice(0, NAMED) });
  const held = new Map(await subjectReasons(ledger, gathered, wish));
  const exhibited = exhibitedOf(gathered, wish.exhibits).filter(({ id }) => !held.has(id));
  const saying = wish.remaining === 'send' ? [] : await sayingTaken(ledger, gathered, wish.party, exhibited);
  if (saying.length > 0 && wish.remaining === 'refuse')
    return refuse('words-remain', { count: saying.length, ids: saying.slice(0, NAMED) });
  for (const id of saying) held.set(id, SAYS_TAKEN);
  const naming = wish.forSubject
    ? await entriesNamingOthers(ledger, gathered, wish.party)
    : new Set<string>();
  return accept({ held, naming, others: wish.forSubject ? await othersOf(ledger, wish.party) : null });
}

/** The records that say words which were taken out of another one: answers quote what they answer. */
async function sayingTaken(
  ledger: Ledger,
  { apart }: Gathered,
  party: string,
  exhibited: readonly ExhibitSource[],
): Promise<readonly string[]> {
  if (apart.taken.isEmpty) return [];
  const found: string[] = [];
  for (let at = 0; at < exhibited.length; at += AT_ONCE) {
    const some = exhibited.slice(at, at + AT_ONCE);
    // Whole texts: what is printed of a record is shorter than what its file says.
    const whole = await loadExhibitSources(
      ledger.db,
      ledger.workspaceId,
      party,
      some.filter(({ id }) => !apart.copies.has(id)).map(({ id }) => id),
      MOST_TEXT,
    );
    const shown = [...whole, ...some.filter(({ id }) => apart.copies.has(id))];
    found.push(...shown.filter((source) => apart.taken.isIn(saidIn(source))).map(({ id }) => id));
    await giveWay();
  }
  return found;
}

function saidIn({ subject, text, attachments, participants, noted }: ExhibitSource): string {
  const people = Object.values(participants).flat();
  return [
    ...[subject ?? '', text, noted?.channel ?? '', ...(noted?.people ?? [])],
    ...attachments.map(({ name }) => name ?? ''),
    ...people.flatMap(({ name, address }) => [name ?? '', address ?? '']),
  ].join('\n\u0000');
}

type Plan = HeldBack & { readonly gathered: Gathered; readonly wish: { readonly withFacts: boolean } };

/** The facts of the chronology that rest on nothing of what is kept apart, and say nothing of it. */
export function toldOf(
  { gathered: { stream, apart }, wish, naming }: Plan,
  notShown: readonly { readonly id: string; readonly reason: string }[],
): ToldFacts {
  if (!wish.withFacts) return NO_FACTS;
  const { told, keptApart: resting } = factsTold(
    stream.entries,
    new Set([...keptApart(notShown), ...apart.copies.keys()]),
  );
  const free = told.filter(({ recordId, fact }) => !naming.has(recordId) && !isSaidIn(fact, apart.taken));
  return { told: free, keptApart: resting + told.length - free.length };
}

/** What is printed, without words that were taken out anywhere, and our own words without the names of others. */
export function guarded({ gathered: { apart }, others }: Plan, printed: Chronology): Chronology {
  const clean = apart.taken.isEmpty ? printed : blackedValue(printed, apart.taken);
  if (!others) return clean;
  const ours = { points: clean.points, facts: clean.facts };
  const named = takenWords([{ taken: others.namedIn(JSON.stringify(ours)) }]);
  return { ...clean, ...blackedValue(ours, named) };
}
