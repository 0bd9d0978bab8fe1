import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type Checkpoint, openCheckpoint, signCheckpoint } from '@evenkeel/proof/checkpoint';
import type { Signer } from '@evenkeel/proof/note';
import { rootAt } from '@evenkeel/proof/prover';
import { rootOfRange } from '@evenkeel/proof/tree';
import { formatVkey, newVkey } from '@evenkeel/proof/vkey';
import type { Db } from '../../kernel/db.ts';
import { BrokenPromise, Halt } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Keys } from '../vault/keys.store.ts';
import { guardPath, readGuard, writeGuard } from './checkpoint.store.ts';
import { readHead } from './ledger.store.ts';
import { rangeOf, tileReader } from './tree.store.ts';

export type LogKey = { readonly signer: Signer; readonly vkey: string; readonly origin: string };

export type SealedHead = Checkpoint & { readonly note: string };

export type Sealer = {
  readonly key: LogKey;
  /** Signs the head as it is now, unless it is signed already. */
  readonly seal: () => Promise<SealedHead>;
};

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The log's Ed25519 key, derived from the workspace's. */
function logKey(keys: Keys): LogKey {
  const seed = keys.derive('log-key');
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(spki.length - 32));
  const name = keys.origin;
  const vkey = newVkey({ name, publicKey });
  const signer: Signer = { name, keyId: vkey.keyId, sign: (message) => sign(null, message, secret) };
  return { signer, vkey: formatVkey(vkey), origin: name };
}

/**
 * Makes the one sealer of a data folder. Its rule: a head that does not extend the last one signed is never signed.
 */
export function makeSealer(db: Db, keys: Keys, dataDir: string): Sealer {
  const key = logKey(keys);
  let last: SealedHead | null = null;
  let running: Promise<SealedHead> | null = null;
  let queued: Promise<SealedHead> | null = null;
  const seal = (): Promise<SealedHead> => {
    if (!running) {
      running = sealHead(db, keys, key, dataDir, last)
        .then((sealed) => {
          last = sealed;
          return sealed;
        })
        .finally(() => {
          running = null;
        });
      return running;
    }
    // The head may have grown since that one began: one more round after it serves all who ask meanwhile.
    queued ??= running
      .catch(() => null)
      .then(() => {
        queued = null;
        return seal();
      });
    return queued;
  };
  return { key, seal };
}

/** @param last what this process signed before: a guard that somebody removed meanwhile does not free it from that */
async function sealHead(
  db: Db,
  keys: Keys,
  key: LogKey,
  dataDir: string,
  last: SealedHead | null,
): Promise<SealedHead> {
  const head = await readHead(db, keys.workspaceId);
  const root = rootOfRange(sha256, rangeOf(head));
  const written = await openGuard(key, dataDir);
  if (written?.size === head.size && Buffer.from(written.root).equals(root)) return written;
  const guard = last && last.size > (written?.size ?? 0) ? last : written;
  if (guard) await checkExtends(db, keys, dataDir, guard, head.size, root);
  const checkpoint = { origin: key.origin, size: head.size, root };
  const note = await signCheckpoint(checkpoint, key.signer);
  await writeGuard(dataDir, note);
  return { ...checkpoint, note };
}

/** The last head that was signed. @throws Halt `guard-damaged` when it is not ours any more */
export async function openGuard(key: LogKey, dataDir: string): Promise<SealedHead | null> {
  const note = await readGuard(dataDir);
  if (note === null) return null;
  try {
    return { ...(await openCheckpoint(note, key.vkey)), note };
  } catch {
    throw new Halt(
      'guard-damaged',
      `The signed head ${guardPath(dataDir)} was changed or belongs to another log. Nothing was changed by us. Put back the file from a backup of this folder; do not delete it, for it protects the ledger against going back.`,
    );
  }
}

/** @throws Halt `head-behind-guard` | `head-not-extending` */
export async function checkExtends(
  db: Db,
  keys: Keys,
  dataDir: string,
  guard: SealedHead,
  size: number,
  root: Uint8Array,
): Promise<void> {
  if (size < guard.size) {
    throw new Halt(
      'head-behind-guard',
      `The ledger ends at entry ${size}, but its signed head says ${guard.size}: the database is older than the folder ${dataDir}. Nothing was changed. Restore the newest backup with "evenkeel restore", or bring back the database that belongs to this folder.`,
    );
  }
  const before = size === guard.size ? root : await rootBefore(db, keys, guard.size);
  if (before && Buffer.from(before).equals(guard.root)) return;
  throw new Halt(
    'head-not-extending',
    `The first ${guard.size} entries of the ledger are not the ones that were signed in ${guardPath(dataDir)}. Nothing was changed by us. Run "evenkeel log verify" to see where, and restore the newest backup with "evenkeel restore".`,
  );
}

/** The root of an earlier head; null when entries it was made of are not there any more. */
function rootBefore(db: Db, keys: Keys, size: number): Promise<Uint8Array | null> {
  return rootAt(sha256, tileReader(db, keys.workspaceId), size).catch((error: unknown) => {
    if (error instanceof BrokenPromise) return null;
    throw error;
  });
}
