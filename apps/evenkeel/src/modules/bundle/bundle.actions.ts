import {
  type BundleInput,
  buildBundle,
  type ExhibitInput,
  type OpeningInput,
  type SealInput,
} from '@evenkeel/proof/bundle';
import { tileProver } from '@evenkeel/proof/prover';
import { writeZip } from '@evenkeel/proof/zip';
import { accept, BrokenPromise, type Outcome, refuse } from '../../kernel/outcome.ts';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { append, type Ledger, sealFacts } from '../ledger/ledger.actions.ts';
import {
  type Actor,
  type Entry,
  type PendingEntry,
  sealedEnvelopeOf,
  WORKSPACE_STREAM,
} from '../ledger/ledger.ts';
import { saltOf } from '../ledger/read.actions.ts';
import type { SealedHead, Sealer } from '../ledger/sealer.actions.ts';
import { tileReader } from '../ledger/tree.store.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadObjects, objectOf } from '../vault/vault.store.ts';
import type { SealedObject, SlotId } from '../vault/vault.ts';
import { batesNumbers, pageOfBundles, projectBundles } from './bundle.store.ts';
import { type BundleFact, type BundleId, batesOf, giveNumbers } from './bundle.ts';
import { chronologyOf } from './contents.ts';
import { type Gathered, gather } from './gather.actions.ts';

export type BundleWish = {
  readonly party: string;
  readonly actor: Actor;
  /** Which interactions are exhibited with their native files; null for all. */
  readonly exhibits: readonly string[] | null;
  readonly zone: string | null;
};
export type BundleRefusal = 'party-unknown' | 'nothing-filed' | 'exhibit-unknown' | 'zone-unknown';
export type Made = {
  readonly id: BundleId;
  readonly fileName: string;
  readonly bytes: AsyncGenerator<Uint8Array>;
};

const KEPT_BACK = 'not picked as an exhibit';
const NOT_FILED = 'not filed under this client any more';

/** Bundles are made one at a time, so that no two give the same number. */
let queue: Promise<unknown> = Promise.resolve();

/** Makes an evidence bundle of one party. The zip streams out; the ledger entry that seals it is made as its last part. */
export async function makeBundle(
  ledger: Ledger,
  sealer: Sealer,
  wish: BundleWish,
): Promise<Outcome<Made, BundleRefusal>> {
  const party = await loadParty(ledger.db, ledger.workspaceId, wish.party);
  if (!party) return refuse('party-unknown');
  const workspace = await loadWorkspace(ledger.db, ledger.workspaceId);
  const zone = wish.zone ?? workspace.zone;
  if (!isZone(zone)) return refuse('zone-unknown', { zone });
  const head = await sealer.seal();
  const gathered = await gather(ledger, wish.party, head.size);
  if (gathered.sources.length === 0) return refuse('nothing-filed', { name: party.name });
  const unknown = (wish.exhibits ?? []).find(
    (id) => !gathered.sources.some((source) => source.id === id && source.isFiled),
  );
  if (unknown !== undefined) return refuse('exhibit-unknown', { id: unknown });
  const id = ledger.newId() as BundleId;
  const plan = {
    id,
    wish,
    head,
    gathered,
    zone,
    party: party.name,
    workspace: workspace.name ?? 'the owner of this record',
  };
  return accept({
    id,
    fileName: `evenkeel-bundle-${ledger.chance.now().slice(0, 10)}.zip`,
    bytes: inTurn(() => zipOf(ledger, sealer, plan)),
  });
}

type Plan = {
  readonly id: BundleId;
  readonly wish: BundleWish;
  readonly head: SealedHead;
  readonly gathered: Gathered;
  readonly zone: string;
  readonly party: string;
  readonly workspace: string;
};

async function* inTurn(make: () => AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const before = queue;
  let done = () => {};
  queue = new Promise<void>((resolve) => {
    done = resolve;
  });
  await before;
  try {
    yield* make();
  } finally {
    done();
  }
}

async function* zipOf(ledger: Ledger, sealer: Sealer, plan: Plan): AsyncGenerator<Uint8Array> {
  const { db, workspaceId } = ledger;
  const { gathered, head } = plan;
  const picked = plan.wish.exhibits && new Set(plan.wish.exhibits);
  const exhibited = gathered.sources.filter((source) => source.isFiled && (!picked || picked.has(source.id)));
  const known = await batesNumbers(
    db,
    workspaceId,
    exhibited.map((source) => source.id),
  );
  const { numbers, fresh } = giveNumbers(
    exhibited.map((source) => source.id),
    known.given,
    known.highest,
  );
  const objects = await loadObjects(
    db,
    workspaceId,
    exhibited.map((source) => source.slot),
  );
  const createdAt = ledger.chance.now();
  const contents = chronologyOf({
    ...plan,
    createdAt,
    vkey: sealer.key.vkey,
    numbers,
    exhibited: new Set(exhibited.map((source) => source.id)),
    isPicked: picked !== null,
  });
  // The PDF engine is large; it is loaded when a bundle is made, not before.
  const { renderChronology } = await import('./chronology.render.ts');
  const { volumes } = await renderChronology(contents);
  const prover = tileProver(sha256, tileReader(db, workspaceId), head.size);
  const times = exhibited.map((source) => source.at);
  const input: BundleInput = {
    createdAt,
    origin: sealer.key.origin,
    vkey: sealer.key.vkey,
    zone: plan.zone,
    party: plan.party,
    period: { from: times[0] ?? null, to: times.at(-1) ?? null },
    withheld: gathered.sources
      .filter((source) => !exhibited.includes(source))
      .map((source) => ({
        index: gathered.recorded.get(source.recordId)!.index,
        reason: source.isFiled ? KEPT_BACK : NOT_FILED,
      })),
    erased: gathered.stream.entries
      .filter((entry) => entry.fact === 'erased')
      .map(({ index }) => ({ index })),
    exhibits: exhibited.map((source) =>
      exhibitOf(ledger, gathered, source, numbers.get(source.id)!, objectOf(objects, source.slot)),
    ),
    openings: await openingsOf(ledger, gathered, objects),
    streams:
      gathered.stream.entries.length === 0
        ? []
        : [{ name: gathered.stream.name, key: gathered.stream.key, count: gathered.stream.entries.length }],
    leaves: gathered.leaves,
    checkpoint: head.note,
    prove: (index) => prover.inclusion(index),
    chronology: volumes,
    seal: (manifest) => sealBundle(ledger, sealer, plan, manifest, fresh, exhibited.length),
  };
  yield* writeZip(buildBundle(sha256, input));
}

function exhibitOf(
  ledger: Ledger,
  gathered: Gathered,
  source: ExhibitSource,
  number: number,
  object: SealedObject,
): ExhibitInput {
  return {
    bates: batesOf(number),
    fileName: `${batesOf(number)}.eml`,
    mediaType: source.mediaType,
    sizeBytes: source.sizeBytes,
    sha256: Buffer.from(source.sha256, 'hex'),
    index: gathered.recorded.get(source.recordId)!.index,
    object: object.commitment,
    chunks: async function* () {
      const bytes = await ledger.vault.openObject(object);
      if (bytes === 'erased')
        throw new BrokenPromise(
          'slot-missing',
          `The original of ${batesOf(number)} was erased while the bundle was made.`,
        );
      yield bytes;
    },
  };
}

/** Opens the party's entries and the recorded entries behind them, in the order of the ledger. */
async function openingsOf(
  ledger: Ledger,
  gathered: Gathered,
  objects: ReadonlyMap<SlotId, SealedObject>,
): Promise<readonly OpeningInput[]> {
  const filed = gathered.stream.entries
    .map((entry, i) => ({ entry, seq: i + 1 }))
    .filter(({ entry }) => entry.fact !== 'erased')
    .map(({ entry, seq }) => openingOf(ledger, entry, gathered.stream.name, seq, []));
  const recorded = gathered.sources.map((source) => {
    const object = objects.get(source.slot);
    return openingOf(ledger, gathered.recorded.get(source.recordId)!, '', 0, object ? [object] : []);
  });
  const opened = await Promise.all([...filed, ...recorded]);
  return opened.sort((a, b) => a.index - b.index);
}

async function openingOf(
  ledger: Ledger,
  entry: Entry,
  stream: string,
  seq: number,
  objects: readonly SealedObject[],
): Promise<OpeningInput> {
  const envelope = await ledger.vault.openEnvelope(sealedEnvelopeOf(entry));
  const r = await saltOf(ledger.vault, entry.slot);
  if (envelope === 'erased' || !r)
    throw new BrokenPromise('slot-missing', `Entry ${entry.index} was erased while the bundle was made.`);
  const salts = await Promise.all(
    objects.map(async (object) => ({
      commitment: object.commitment,
      r: (await saltOf(ledger.vault, object.slot))!,
    })),
  );
  const name =
    stream === ''
      ? (JSON.parse(Buffer.from(envelope).toString('utf8')) as { stream: string }).stream
      : stream;
  return { index: entry.index, kind: entry.kind, envelope, r, stream: name, seq, objects: salts };
}

/** Records the bundle, signs the head that covers it, and proves both. */
async function sealBundle(
  ledger: Ledger,
  sealer: Sealer,
  plan: Plan,
  manifest: Uint8Array,
  bates: BundleFact['bates'],
  exhibits: number,
): Promise<SealInput> {
  const fact: BundleFact = {
    kind: 'bundle.created',
    id: plan.id,
    party: plan.wish.party,
    manifest: Buffer.from(manifest).toString('hex'),
    exhibits,
    bates,
  };
  const [pending] = (await sealFacts(ledger, [
    { fact, stream: WORKSPACE_STREAM, actor: plan.wish.actor },
  ])) as [PendingEntry];
  const [entry] = await ledger.db.transaction().execute(async (tx) => {
    await projectBundles(tx, ledger.workspaceId, [
      { recordId: pending.id, recordedAt: pending.recordedAt, fact },
    ]);
    return append(tx, ledger, [pending]);
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

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The bundles that were made, newest first. */
export async function bundlesPage(
  { db, workspaceId }: Ledger,
  party: string | null,
  after: TimeKey | null,
  limit: number,
) {
  return pageOf(await pageOfBundles(db, workspaceId, party, after, limit + 1), limit);
}
