import type { Actor, RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { erasedDigests } from '../interaction/erased.ts';
import type { EntryLine } from '../ledger/follower.ts';
import { append, type Ledger, sealFacts } from '../ledger/ledger.actions.ts';
import { entriesById, lockHead } from '../ledger/ledger.store.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadObjects } from '../vault/vault.store.ts';
import type { SlotId } from '../vault/vault.ts';
import { dropWork, type ErasureWork, keepDigests, projectErasures, updateWork } from './erasure.store.ts';
import { type ErasureFact, placesOf } from './erasure.ts';
import { findLate } from './erasure-plan.actions.ts';
import { type RewriteReach, rewriteEverything } from './erasure-rewrite.store.ts';
import {
  blankEntries,
  deletePrivate,
  deleteProjected,
  digestsOf,
  emptyTable,
  type Gone,
  isOfLargeRoom,
  isSmall,
  tablesOfKind,
  takeThreads,
} from './erasure-rows.store.ts';
import type { Step } from './erasure-turn.ts';

export type CarryPorts = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  /** Resolves when followers have handled all that is in the ledger. */
  readonly caughtUp: () => Promise<void>;
  /** Makes the projections of some kinds of fact anew. */
  readonly remake: (tx: Tx, ledger: Ledger, isMeant: (kind: string) => boolean) => Promise<void>;
  /** Joins conversations anew from those of their records that stay. */
  readonly rejoin: (tx: Tx, entries: readonly EntryLine[]) => Promise<void>;
  /** The projections, each before those it refers to. */
  readonly projections: (tx: Tx) => Promise<readonly string[]>;
  readonly isOurServer: boolean;
  /** When the keys were copied last; null when nobody did as far as the record knows. */
  readonly keysCopiedAt: () => Promise<Instant | null>;
};

const TRIES = 10;
const DEADLOCK = '40P01';

/**
 * Carries an erasure out that has begun, from its start: each step may be done twice. Keys first, then what was read of
 * it, then the files that remember, and the receipt last: who finds a receipt knows that all of it was done.
 */
export async function carryOut(ports: CarryPorts, work: ErasureWork, step: Step): Promise<ErasureFact> {
  const { ledger } = ports;
  step('keys');
  await destroyKeys(ledger, work.slots as readonly SlotId[]);
  step('rows');
  await ports.caughtUp();
  const all = await forgetRows(ports, work);
  // A follower that was at work in that moment may have put back what it had read before.
  await ports.caughtUp();
  await forgetRows(ports, all);
  const reach = await rewriteEverything(ledger.db, ports.isOurServer, (done, of) => step('files', done, of));
  step('receipt');
  return writeReceipt(ports, all, reach);
}

async function destroyKeys({ db, workspaceId, vault }: Ledger, slots: readonly SlotId[]): Promise<void> {
  const objects = await loadObjects(db, workspaceId, slots);
  await vault.destroy(slots);
  await vault.wipe([...objects.values()]);
}

/** Who recorded something at the same moment and waits for us is let go first, and what they recorded goes too. */
async function forgetRows(ports: CarryPorts, work: ErasureWork): Promise<ErasureWork> {
  for (let tried = 1; ; tried++) {
    try {
      return await ports.ledger.db.transaction().execute((tx) => forget(tx, ports, work));
    } catch (error) {
      if (tried === TRIES || (error as { code?: string }).code !== DEADLOCK) throw error;
    }
  }
}

/** In one transaction: whoever reads meanwhile sees all of it or nothing. */
async function forget(tx: Tx, ports: CarryPorts, planned: ErasureWork): Promise<ErasureWork> {
  const { ledger } = ports;
  const { workspaceId } = ledger;
  // Nobody records while rows are taken out and made anew.
  await lockHead(tx, workspaceId);
  const work = await withLate(tx, ledger, planned);
  const gone = goneOf(work);
  const digests = await digestsOf(tx, workspaceId, gone.interactions);
  const keyed = erasedDigests(ledger, digests);
  await keepDigests(tx, workspaceId, work.id, keyed);
  await blankEntries(tx, workspaceId, work.indexes, ledger.chance.now());
  await forgetThreads(tx, ports, gone.interactions);
  await forgetProjected(tx, ports, gone);
  const sealed: number[] = [];
  for (const table of await tablesOfKind(tx, 'private'))
    sealed.push(...(await deletePrivate(tx, workspaceId, table, work.ids)));
  if (sealed.length > 0) await ledger.vault.destroy(sealed as SlotId[]);
  return work;
}

function goneOf({ records, interactions, wish }: ErasureWork): Gone {
  return {
    records: records as readonly RecordId[],
    interactions,
    party: wish.scope === 'party' ? wish.subject : null,
  };
}

/** Takes in what was recorded about it since the plan was made, and writes that down before its keys go. */
async function withLate(tx: Tx, ledger: Ledger, work: ErasureWork): Promise<ErasureWork> {
  const late = await findLate(tx, ledger, work);
  if (late.length === 0) return work;
  const grown: ErasureWork = {
    ...work,
    indexes: [...work.indexes, ...late.map(({ index }) => index)],
    records: [...work.records, ...late.map(({ id }) => id)],
    ids: [...work.ids, ...late.map(({ id }) => id)],
    slots: [...work.slots, ...late.map(({ slot }) => slot)],
    until: late.at(-1)!.index + 1,
  };
  await updateWork(ledger.db, ledger.workspaceId, grown);
  await ledger.vault.destroy(late.map(({ slot }) => slot as SlotId));
  return grown;
}

async function forgetProjected(tx: Tx, ports: CarryPorts, gone: Gone): Promise<void> {
  const { ledger } = ports;
  const tables = new Map((await tablesOfKind(tx, 'projection')).map((table) => [table.name, table]));
  for (const name of await ports.projections(tx)) {
    const table = tables.get(name)!;
    if (await isSmall(tx, ledger.workspaceId, table)) await emptyTable(tx, ledger.workspaceId, name);
    else await deleteProjected(tx, ledger.workspaceId, table, gone);
  }
  await ports.remake(tx, ledger, (kind) => !isOfLargeRoom(kind));
}

/** Conversations that lose a member are joined anew from those that stay. */
async function forgetThreads(
  tx: Tx,
  { ledger: { workspaceId }, rejoin }: CarryPorts,
  interactions: readonly string[],
): Promise<void> {
  const records = await takeThreads(tx, workspaceId, interactions);
  if (records.length > 0) await rejoin(tx, await entriesById(tx, workspaceId, records));
}

async function writeReceipt(
  { ledger, sealer, keysCopiedAt }: CarryPorts,
  work: ErasureWork,
  reach: RewriteReach,
): Promise<ErasureFact> {
  const { id, wish, second, indexes, objects, highestNumber } = work;
  const fact: ErasureFact = {
    ...wish,
    ...{ kind: 'erasure.done', id, second, reach, objects, highestNumber },
    entries: indexes.length,
    places: placesOf(indexes),
    keysCopiedAt: await keysCopiedAt(),
  };
  const actor: Actor = work.actor;
  const [pending] = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor, leafKind: 'erasure' }]);
  await ledger.db.transaction().execute(async (tx) => {
    const { id: recordId, recordedAt } = pending!;
    await projectErasures(tx, ledger.workspaceId, [{ recordId, recordedAt, actor, fact }]);
    await dropWork(tx, ledger.workspaceId, id);
    await append(tx, ledger, [pending!]);
  });
  ledger.wake();
  await sealer.seal();
  return fact;
}
