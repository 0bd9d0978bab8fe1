import type { SealInput } from '@evenkeel/proof/bundle';
import { tileProver } from '@evenkeel/proof/prover';
import type { Actor } from '../../kernel/brand.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { append, type Ledger, sealFacts } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import type { SealedHead, Sealer } from '../ledger/sealer.actions.ts';
import { tileReader } from '../ledger/tree.store.ts';
import { projectBundles } from './bundle.store.ts';
import {
  BUNDLE_HOLDINGS,
  type BundleCreated,
  type BundleDescribed,
  type BundleDisclosed,
  type BundleForSubject,
  type BundleId,
  rangeOf,
} from './bundle.ts';
import type { DisclosurePlan } from './disclosure-plan.actions.ts';
import { openingOf } from './exhibits.actions.ts';

type Plan = {
  readonly id: BundleId;
  readonly wish: {
    readonly party: string;
    readonly actor: Actor;
    readonly forSubject: boolean;
    readonly exhibits: readonly string[] | null;
    readonly withMatters: boolean;
    readonly withFacts: boolean;
    readonly withRenditions: boolean;
    readonly letThrough: readonly string[];
  };
  readonly head: SealedHead;
  readonly disclosed: DisclosurePlan;
  readonly held: ReadonlyMap<string, string>;
};

/** What is written down about a bundle whose files are all written. */
type Sealed = {
  /** SHA-256 of manifest.json. */
  readonly manifest: Uint8Array;
  /** Numbers that were given for the first time. */
  readonly bates: BundleCreated['bates'];
  readonly exhibits: number;
  /** Numbers of all its exhibits. */
  readonly numbers: readonly number[];
};

/** Records the bundle, signs the head that covers it, and proves both. */
export async function sealBundle(
  ledger: Ledger,
  sealer: Sealer,
  plan: Plan,
  { manifest, bates, exhibits, numbers }: Sealed,
): Promise<SealInput> {
  const fact: BundleCreated = {
    kind: 'bundle.created',
    id: plan.id,
    party: plan.wish.party,
    manifest: Buffer.from(manifest).toString('hex'),
    exhibits,
    bates,
  };
  const { disclosed, wish } = plan;
  const told: BundleDisclosed = {
    ...{ kind: 'bundle.disclosed', id: plan.id, party: wish.party, carries: disclosed.carries },
    knows: disclosed.naming.known?.name ?? null,
    items: disclosed.items.map(
      ({ interactionId, choice, found }) =>
        [interactionId, choice, [...new Set(found.map(({ kind }) => kind))]] as const,
    ),
  };
  const facts = [fact, describe(plan, numbers), told, ...toldToSubject(plan)];
  const pending = await sealFacts(
    ledger,
    facts.map((one) => ({ fact: one, stream: WORKSPACE_STREAM, actor: wish.actor })),
  );
  const [entry] = await ledger.db.transaction().execute(async (tx) => {
    const recorded = pending.map(({ id, recordedAt }, i) => ({
      ...{ recordId: id, recordedAt, actor: wish.actor },
      fact: facts[i]!,
    }));
    await projectBundles(tx, ledger.workspaceId, recorded);
    return append(tx, ledger, pending);
  });
  ledger.wake();
  const head = await sealer.seal();
  const prover = tileProver(sha256, tileReader(ledger.db, ledger.workspaceId), head.size);
  return {
    opening: await openingOf(ledger, entry!, WORKSPACE_STREAM, 1, []),
    leaf: entry!.leaf,
    checkpoint: head.note,
    inclusion: await prover.inclusion(entry!.index),
    consistency: await prover.consistency(plan.head.size),
  };
}

function describe({ id, wish }: Plan, numbers: readonly number[]): BundleDescribed {
  const isHeld = { matters: wish.withMatters, facts: wish.withFacts, renditions: wish.withRenditions };
  return {
    ...{ kind: 'bundle.described', id, party: wish.party, ...rangeOf(numbers) },
    isPicked: wish.exhibits !== null,
    holds: BUNDLE_HOLDINGS.filter((one) => isHeld[one]),
  };
}

/** What the client's own copy left out is recorded: it can be asked for again, and compared. */
function toldToSubject({ id, wish, held }: Plan): readonly BundleForSubject[] {
  if (!wish.forSubject) return [];
  const { party, letThrough } = wish;
  return [{ kind: 'bundle.for-subject', id, party, letThrough, held: held.size }];
}
