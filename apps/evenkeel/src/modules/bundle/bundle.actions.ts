import { type BundleInput, buildBundle } from '@evenkeel/proof/bundle';
import { tileProver } from '@evenkeel/proof/prover';
import { writeZip } from '@evenkeel/proof/zip';
import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { highestNumberGiven } from '../casefile/erasure.actions.ts';
import { stampsInOrder } from '../ledger/anchor.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { SealedHead, Sealer } from '../ledger/sealer.actions.ts';
import { tileReader } from '../ledger/tree.store.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import type { ExhibitPair } from '../procedure/pairs.store.ts';
import { exhibitPairs } from '../procedure/view.actions.ts';
import { loadObjects } from '../vault/vault.store.ts';
import { numberedAs } from './apart.ts';
import { batesNumbers } from './bundle.store.ts';
import { type BundleId, batesOf, giveNumbers } from './bundle.ts';
import { chronologyOf } from './contents.ts';
import type { DisclosureWish } from './disclosure.ts';
import {
  type DisclosedSummary,
  type DisclosurePlan,
  type DisclosureRefusal,
  namesOpened,
  planDisclosure,
  summaryOf,
} from './disclosure-plan.actions.ts';
import { documentsOf } from './documents.actions.ts';
import { exhibitedOf, exhibitsOf, filesOf, openingsOf } from './exhibits.actions.ts';
import { gapsOf } from './gaps.actions.ts';
import { type Gathered, gather } from './gather.actions.ts';
import {
  guarded,
  type HeldBack,
  type HeldBackRefusal,
  type HeldBackWish,
  holdBack,
  toldOf,
} from './held-back.actions.ts';
import { endingWith, inTurn, type Patience } from './in-turn.ts';
import { isOpened, keptBackEntries, keptBackSources, keptForCopies } from './kept-back.ts';
import { type Matters, mattersOf } from './matters.actions.ts';
import { renditionsOf } from './renditions.actions.ts';
import { sealBundle } from './seal.actions.ts';
import { stampsFor } from './stamps.actions.ts';
import { factsTold } from './told-facts.ts';

export type BundleWish = HeldBackWish & {
  readonly party: string;
  readonly actor: Actor;
  /** Which interactions are exhibited with their native files; null for all. */
  readonly exhibits: readonly string[] | null;
  /** Whether our own record of the matter is opened too: points, promises, agreements, boundaries, procedures. */
  readonly withMatters: boolean;
  /** Whether the facts that were stated for the chronology are printed. */
  readonly withFacts: boolean;
  /** Whether a readable copy of each exhibit lies beside it. */
  readonly withRenditions: boolean;
  /** Beside UTC, for a reader who asks for it; never ours by itself. */
  readonly zone: string | null;
  readonly disclosure: DisclosureWish;
  /** Another of our names than the one they know. */
  readonly carries: string | null;
  readonly confirmedNames: readonly string[];
  readonly patience: Patience;
};
export type BundleRefusal =
  | DisclosureRefusal
  | HeldBackRefusal
  | 'party-unknown'
  | 'nothing-filed'
  | 'exhibit-unknown'
  | 'zone-unknown';
export type Made = {
  readonly id: BundleId;
  readonly fileName: string;
  /** What was found that gives us away, and what happens to it. */
  readonly disclosed: DisclosedSummary;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** Who decided what is told by the name they know, where that is a stage name. */
function knownNames(matters: Matters, { naming: { known }, carries }: DisclosurePlan): Matters {
  if (known?.kind !== 'stage') return matters;
  return { ...matters, names: new Map([...matters.names].map(([actor]) => [actor, carries])) };
}

/** What of our own record is told; null where nothing is. */
function openedFacts({ stream: { entries } }: Gathered, { withMatters, withFacts }: BundleWish) {
  if (withMatters) return entries.filter(isOpened).map(({ fact }) => fact);
  return withFacts ? factsTold(entries, new Set()).told.map(({ fact }) => fact) : null;
}

/**
 * Makes an evidence bundle of one party. The zip streams out; the ledger entry that seals it is made as its last part. The
 * log's key does not change until the last byte was taken, nobody wants more, or nobody has taken any for too long.
 */
export async function makeBundle(
  ledger: Ledger,
  sealer: Sealer,
  wish: BundleWish,
): Promise<Outcome<Made, BundleRefusal>> {
  const letKeyGo = await sealer.inUse.keep();
  try {
    const planned = await planBundle(ledger, sealer, wish);
    if (!planned.ok) {
      letKeyGo();
      return planned;
    }
    const { id, disclosed } = planned.value;
    return accept({
      id,
      fileName: `evenkeel-bundle-${ledger.chance.now().slice(0, 10)}.zip`,
      disclosed: summaryOf(disclosed),
      bytes: endingWith(
        inTurn(() => zipOf(ledger, sealer, planned.value)),
        letKeyGo,
        wish.patience,
      ),
    });
  } catch (error) {
    letKeyGo();
    throw error;
  }
}

async function planBundle(
  ledger: Ledger,
  sealer: Sealer,
  wish: BundleWish,
): Promise<Outcome<Plan, BundleRefusal>> {
  const party = await loadParty(ledger.db, ledger.workspaceId, wish.party);
  if (!party) return refuse('party-unknown');
  const workspace = await loadWorkspace(ledger.db, ledger.workspaceId);
  const zone = wish.zone ?? 'UTC';
  if (!isZone(zone)) return refuse('zone-unknown', { zone });
  const head = await sealer.seal();
  const gathered = await gather(ledger, wish.party, head.size, wish.forSubject ? 'subject' : 'everyone');
  if (gathered.sources.length === 0) return refuse('nothing-filed', { name: party.name });
  const unknown = (wish.exhibits ?? []).find(
    (id) => !gathered.sources.some((source) => source.id === id && source.isFiled),
  );
  if (unknown !== undefined) return refuse('exhibit-unknown', { id: unknown });
  const held = await holdBack(ledger, gathered, wish);
  if (!held.ok) return held;
  const disclosed = await planDisclosure(ledger, gathered, wish);
  if (!disclosed.ok) return disclosed;
  const isOurs = zone !== 'UTC' && zone === workspace.zone;
  if (disclosed.value.isGuarded && isOurs && wish.disclosure !== 'send') return refuse('zone-ours', { zone });
  const matters = wish.withMatters ? await mattersOf(ledger, wish.party) : null;
  const opened = openedFacts(gathered, wish);
  const foreign = namesOpened(disclosed.value, opened, wish.confirmedNames);
  if (foreign) return foreign;
  return accept({
    id: ledger.newId() as BundleId,
    wish,
    head,
    gathered,
    zone,
    pairs: await exhibitPairs(ledger, wish.party),
    matters: matters && knownNames(matters, disclosed.value),
    disclosed: disclosed.value,
    ...held.value,
    party: party.name,
    workspace: disclosed.value.carries,
  });
}

type Plan = HeldBack & {
  readonly id: BundleId;
  readonly wish: BundleWish;
  readonly head: SealedHead;
  readonly gathered: Gathered;
  readonly zone: string;
  readonly pairs: readonly ExhibitPair[];
  readonly matters: Matters | null;
  readonly disclosed: DisclosurePlan;
  readonly party: string;
  readonly workspace: string;
};

async function* zipOf(ledger: Ledger, sealer: Sealer, plan: Plan): AsyncGenerator<Uint8Array> {
  const { db, workspaceId } = ledger;
  const { gathered, head } = plan;
  const exhibited = exhibitedOf(gathered, plan.wish.exhibits).filter(
    ({ id }) => !plan.disclosed.withheld.has(id) && !plan.held.has(id),
  );
  const shown = new Set(exhibited.map(({ id }) => id));
  const notShown = keptBackSources(plan, exhibited);
  const facts = toldOf(plan, notShown);
  const keptBack = keptBackEntries(plan, new Set(facts.told.map(({ recordId }) => recordId)));
  const numbered = exhibited.map((source) => numberedAs(gathered.apart, source));
  const known = await batesNumbers(db, workspaceId, numbered);
  const highest = await highestNumberGiven(ledger);
  const { numbers: given, fresh } = giveNumbers(numbered, known, highest);
  const numbers = new Map(exhibited.map(({ id }, i) => [id, given.get(numbered[i]!)!]));
  const objects = await loadObjects(
    db,
    workspaceId,
    exhibited.flatMap((source) => [source.slot, ...filesOf(gathered, source).map(({ slot }) => slot)]),
  );
  const createdAt = ledger.chance.now();
  const gaps = await gapsOf(ledger, plan.wish.party);
  const contents = chronologyOf({
    ...plan,
    createdAt,
    vkey: plan.head.vkey,
    numbers,
    exhibited: shown,
    facts,
    gaps,
    isPicked: plan.wish.exhibits !== null,
    stamps: (await stampsInOrder(db, workspaceId)).filter(({ index }) => index < head.size),
  });
  // The PDF engine is large; it is loaded when a bundle is made, not before.
  const { renderChronology } = await import('./chronology.render.ts');
  const printed = guarded(plan, contents);
  const { volumes } = await renderChronology(printed);
  const prover = tileProver(sha256, tileReader(db, workspaceId), head.size);
  const times = exhibited.map((source) => source.at);
  const { openings: ofStamps, stamps } = await stampsFor(
    ledger,
    sealer,
    plan.wish.party,
    exhibited.map(({ recordId }) => gathered.recorded.get(recordId)!.index),
    head.size,
  );
  const ofExhibits = await openingsOf(
    ledger,
    gathered,
    exhibited,
    new Set([...keptBack, ...notShown].map(({ index }) => index)),
    objects,
  );
  const exhibits = exhibited.flatMap((source) =>
    exhibitsOf(ledger, gathered, source, batesOf(numbers.get(source.id)!), objects),
  );
  const said = {
    ...{ createdAt, origin: sealer.key.origin, vkey: plan.head.vkey, party: plan.party, exhibits },
    period: { from: times[0] ?? null, to: times.at(-1) ?? null },
    checkpoint: head.note,
  };
  const { workspace } = plan;
  const copies = { gathered, exhibited, entries: printed.entries, exhibits, objects, workspace, createdAt };
  const input: BundleInput = {
    ...said,
    zone: plan.zone,
    withheld: [
      ...notShown.map(({ index, reason }) => ({ index, reason })),
      ...keptForCopies(plan, numbers),
      ...keptBack,
    ],
    erased: gathered.stream.entries
      .filter((entry) => entry.fact === 'erased')
      .map(({ index }) => ({ index })),
    openings: [...ofExhibits, ...ofStamps].sort((a, b) => a.index - b.index),
    stamps,
    streams:
      gathered.stream.entries.length === 0
        ? []
        : [{ name: gathered.stream.name, key: gathered.stream.key, count: gathered.stream.entries.length }],
    leaves: gathered.leaves,
    prove: (index) => prover.inclusion(index),
    chronology: volumes,
    documents: await documentsOf(ledger, {
      ...{ gathered, exhibited: shown, carries: plan.workspace },
      ...{ party: plan.wish.party, gaps, said: { ...said, workspace } },
    }),
    ...(plan.wish.withRenditions ? { renditions: renditionsOf(ledger, copies) } : {}),
    seal: (manifest) =>
      sealBundle(ledger, sealer, plan, {
        manifest,
        bates: fresh,
        exhibits: exhibited.length,
        numbers: [...numbers.values()],
      }),
  };
  yield* writeZip(buildBundle(sha256, input));
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
