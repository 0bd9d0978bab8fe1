import { type Checkpoint, signCheckpoint } from '@evenkeel/proof/checkpoint';
import { rootAt } from '@evenkeel/proof/prover';
import { type Range, rootOfRange } from '@evenkeel/proof/tree';
import { openHead } from '@evenkeel/proof/verify-heads';
import type { Db } from '../../kernel/db.ts';
import { BrokenPromise, Halt } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Keys } from '../vault/keys.store.ts';
import { guardPath, readGuard, writeGuard } from './checkpoint.store.ts';
import { type KeyInUse, keyInUse } from './key-in-use.ts';
import { type Head, readHead } from './ledger.store.ts';
import { type LogKey, type LogKeys, openLogKeys } from './log-key.store.ts';
import { isAtHead, rangeGrown, rangeOf, tileReader } from './tree.store.ts';

/** A signed head, and the key that it opens with. */
export type SealedHead = Checkpoint & { readonly note: string; readonly vkey: string };

/** What this process signed last, with the tree as it was then. */
type Signed = { readonly head: SealedHead; readonly range: Range };

export type Sealer = {
  /** The key that signs now. */
  readonly key: LogKey;
  readonly keys: LogKeys;
  /** What is begun under one key and ends under it keeps the key; a change waits, or is refused. */
  readonly inUse: KeyInUse;
  /** Signs the head as it is now, unless it is signed already. */
  readonly seal: () => Promise<SealedHead>;
};

/**
 * Makes the one sealer of a data folder. Its rule: a head that does not extend the last one signed is never signed.
 */
export function makeSealer(db: Db, keys: Keys, dataDir: string): Sealer {
  const logKeys = openLogKeys(keys, dataDir);
  let last: Signed | null = null;
  let running: Promise<SealedHead> | null = null;
  let queued: Promise<SealedHead> | null = null;
  const seal = (): Promise<SealedHead> => {
    if (!running) {
      running = sealHead(db, keys, logKeys, dataDir, last)
        .then((signed) => {
          last = signed;
          return signed.head;
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
  return {
    get key() {
      return logKeys.keyAt(Number.POSITIVE_INFINITY);
    },
    keys: logKeys,
    inUse: keyInUse(),
    seal,
  };
}

/** @param last what this process signed before: a guard that somebody removed meanwhile does not free it from that */
async function sealHead(
  db: Db,
  keys: Keys,
  logKeys: LogKeys,
  dataDir: string,
  last: Signed | null,
): Promise<Signed> {
  const head = await readHead(db, keys.workspaceId);
  const range = rangeOf(head);
  const root = rootOfRange(sha256, range);
  const written = await openGuard(logKeys, dataDir);
  if (written?.size === head.size && Buffer.from(written.root).equals(root)) return { head: written, range };
  const guard = last && last.head.size > (written?.size ?? 0) ? last.head : written;
  if (guard && !(last?.head.note === guard.note && (await isGrown(db, keys, last.range, head))))
    await checkExtends(db, keys, dataDir, guard, head.size, root);
  const { signer, vkey, origin } = logKeys.keyAt(head.size);
  const checkpoint = { origin, size: head.size, root };
  const note = await signCheckpoint(checkpoint, signer);
  await writeGuard(dataDir, note);
  return { head: { ...checkpoint, note, vkey }, range };
}

/** Whether the head is that of an earlier tree with the leaves that came since: only these need be looked at. */
async function isGrown(db: Db, { workspaceId }: Keys, earlier: Range, head: Head): Promise<boolean> {
  return isAtHead(await rangeGrown(db, workspaceId, earlier, head.size), head);
}

/** The last head that was signed. @throws Halt `guard-damaged` when it is not ours any more */
export async function openGuard(keys: LogKeys, dataDir: string): Promise<SealedHead | null> {
  const note = await readGuard(dataDir);
  if (note === null) return null;
  try {
    const head = await openHead(note, keys.known());
    return { ...head, note, vkey: keys.keyAt(head.size).vkey };
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
