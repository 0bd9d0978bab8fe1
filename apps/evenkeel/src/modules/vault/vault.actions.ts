import { join } from 'node:path';
import { envelopeCommitment, objectCommitment } from '@evenkeel/proof/leaf';
import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Chance } from '../../kernel/chance.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { open, seal } from './cipher.ts';
import type { Keys } from './keys.store.ts';
import { openingOf } from './opening.ts';
import { Packs } from './packs.store.ts';
import { Slots } from './slots.store.ts';
import { committedEnds, loadObjects, objectOf } from './vault.store.ts';
import { type Place, type SealedObject, type Slot, type SlotId, sealedLength } from './vault.ts';

/** An envelope under seal: what an entry stores of it. */
export type SealedEnvelope = {
  readonly slot: SlotId;
  readonly sealed: Uint8Array;
  readonly commitment: Uint8Array;
};

/** Seals, opens and destroys; knows what bytes are, not whose. */
export type Vault = {
  readonly workspaceId: WorkspaceId;
  readonly keys: Keys;
  /** Fresh secrets; named by nothing until `flush` returned. */
  readonly reserve: (count: number) => readonly Slot[];
  readonly sealObject: (bytes: Uint8Array, digest: Uint8Array) => Promise<SealedObject>;
  readonly sealEnvelope: (bytes: Uint8Array) => SealedEnvelope;
  /** Makes slots and packs durable: before the commit that names them. */
  readonly flush: () => Promise<void>;
  /** The same for slots only: where no new object is named, nobody waits for somebody else's. */
  readonly flushSlots: () => Promise<void>;
  readonly secretOf: (slot: SlotId) => Promise<Uint8Array | 'erased'>;
  /** @throws BrokenPromise `object-damaged` when it is not the one that the commitment binds */
  readonly openEnvelope: (envelope: SealedEnvelope) => Promise<Uint8Array | 'erased'>;
  /** The same for many, in that order. */
  readonly openEnvelopes: (
    envelopes: readonly SealedEnvelope[],
  ) => Promise<readonly (Uint8Array | 'erased')[]>;
  readonly openObject: (object: SealedObject) => Promise<Uint8Array | 'erased'>;
  readonly openSlot: (db: Db | Tx, slot: SlotId) => Promise<Uint8Array | 'erased'>;
  readonly destroy: (slots: readonly SlotId[]) => Promise<void>;
  /** Overwrites the ciphertext of objects whose slots were destroyed. */
  readonly wipe: (places: readonly Place[]) => Promise<void>;
  /** Bytes of objects in the folder, whether a commit names them or not. */
  readonly objectBytes: () => Promise<number>;
  /** Cuts off what no commit named; only once the database is known to belong to this folder. */
  readonly cutTails: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openVault(db: Db, dataDir: string, keys: Keys, chance: Chance): Promise<Vault> {
  const { workspaceId } = keys;
  const slots = await Slots.open(join(dataDir, 'keys', 'slots'), keys.derive('slots'), chance);
  const packs = await Packs.open(join(dataDir, 'objects'), await committedEnds(db, workspaceId));

  const openObject = async (object: SealedObject) => {
    const secret = await slots.secretOf(object.slot);
    if (secret === 'erased') return 'erased';
    const opening = openingOf(secret);
    const bytes = open(opening.cek, await packs.read(object));
    const commitment = objectCommitment(sha256, opening.r, bytes.length, sha256(bytes));
    if (!Buffer.from(commitment).equals(object.commitment)) {
      throw new BrokenPromise(
        'object-damaged',
        `The original in slot ${object.slot} is not the one that was recorded.`,
      );
    }
    return bytes;
  };

  return {
    workspaceId,
    keys,
    reserve: (count) => slots.reserve(count),
    sealObject: async (bytes, digest) => {
      const [slot] = slots.reserve(1) as [Slot];
      const opening = openingOf(slot.secret);
      const place = await packs.append(seal(opening.cek, bytes), sealedLength(bytes.length));
      const commitment = objectCommitment(sha256, opening.r, bytes.length, digest);
      return { ...place, slot: slot.id, sizeBytes: bytes.length, commitment };
    },
    sealEnvelope: (bytes) => {
      const [slot] = slots.reserve(1) as [Slot];
      const opening = openingOf(slot.secret);
      const commitment = envelopeCommitment(sha256, opening.r, sha256(bytes));
      return { slot: slot.id, sealed: Buffer.concat([...seal(opening.cek, bytes)]), commitment };
    },
    flush: async () => {
      await Promise.all([slots.flush(), packs.flush()]);
    },
    flushSlots: () => slots.flush(),
    secretOf: (slot) => slots.secretOf(slot),
    openEnvelope: async (envelope) => openedEnvelope(envelope, await slots.secretOf(envelope.slot)),
    openEnvelopes: async (envelopes) => {
      const secrets = await slots.secretsOf(envelopes.map(({ slot }) => slot));
      return envelopes.map((envelope, i) => openedEnvelope(envelope, secrets[i]!));
    },
    openObject,
    openSlot: async (from, slot) => openObject(objectOf(await loadObjects(from, workspaceId, [slot]), slot)),
    destroy: (ids) => slots.destroy(ids),
    wipe: (places) => packs.wipe(places),
    objectBytes: () => packs.sizeBytes(),
    cutTails: () => packs.cutTails(),
    close: async () => {
      await packs.close();
      await slots.close();
    },
  };
}

function openedEnvelope(
  { slot, sealed, commitment }: SealedEnvelope,
  secret: Uint8Array | 'erased',
): Uint8Array | 'erased' {
  if (secret === 'erased') return 'erased';
  const opening = openingOf(secret);
  const bytes = open(opening.cek, sealed);
  if (Buffer.from(envelopeCommitment(sha256, opening.r, sha256(bytes))).equals(commitment)) return bytes;
  throw new BrokenPromise('object-damaged', `The envelope in slot ${slot} is not the one that was recorded.`);
}
