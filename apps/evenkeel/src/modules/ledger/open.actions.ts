import { rootOfRange } from '@evenkeel/proof/tree';
import { Halt } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { createHead, highestSlot, origins, readHead } from './ledger.store.ts';
import { type Fact, LOCAL_OWNER, WORKSPACE_STREAM } from './ledger.ts';
import { settleKeys } from './rotate.actions.ts';
import { checkExtends, openGuard, type SealedHead, type Sealer } from './sealer.actions.ts';
import { rangeOf } from './tree.store.ts';
import { createWorkspace } from './workspace.store.ts';

type LogOpened = Fact & { readonly kind: 'log.opened'; readonly origin: string; readonly vkey: string };

/**
 * Opens the ledger of this folder in this database, or begins it. Folder and database name each other's log; a head
 * that does not extend the signed one stops the start. Nothing is changed before all of this is known.
 *
 * @throws Halt `other-folder` | `head-behind-guard` | `head-not-extending` | `guard-damaged` | `guard-missing` |
 *   `slots-damaged`
 */
export async function openLog(ledger: Ledger, sealer: Sealer, dataDir: string): Promise<void> {
  const { db, workspaceId, vault } = ledger;
  const known = await origins(db);
  const ours = known.find((row) => row.workspaceId === workspaceId);
  const guard = await openGuard(sealer.keys, dataDir);
  const isUsed = guard !== null || (await vault.objectBytes()) > 0;
  if ((!ours && (known.length > 0 || isUsed)) || (ours && ours.origin !== vault.keys.origin)) {
    throw new Halt(
      'other-folder',
      `The database and the folder ${dataDir} do not belong together: they name different logs. Nothing was changed. Start with the folder or the DATABASE_URL that belongs to it.`,
    );
  }
  if (!ours) return begin(ledger, sealer);
  await checkHead(ledger, guard, dataDir);
  await checkSlots(ledger, dataDir);
  await settleKeys(ledger, sealer);
  await vault.cutTails();
  if (!guard) await sealer.seal();
}

async function checkHead(
  { db, workspaceId, vault }: Ledger,
  guard: SealedHead | null,
  dataDir: string,
): Promise<void> {
  const head = await readHead(db, workspaceId);
  if (guard)
    return checkExtends(db, vault.keys, dataDir, guard, head.size, rootOfRange(sha256, rangeOf(head)));
  // A first start that was cut off between its commit and its signature goes on.
  if (head.size <= 1) return;
  throw new Halt(
    'guard-missing',
    `The signed head ${dataDir}/log/checkpoint is missing, but the ledger has ${head.size} entries. Nothing was changed. Put the file back from a backup of this folder; without it nobody could notice that the ledger went back.`,
  );
}

/** A key file that is older than the database would give places a second time that are taken. */
async function checkSlots({ db, workspaceId, vault }: Ledger, dataDir: string): Promise<void> {
  const highest = await highestSlot(db, workspaceId);
  if (highest === null) return;
  await vault.secretOf(highest).catch(() => {
    throw new Halt(
      'slots-damaged',
      `The key file ${dataDir}/keys/slots ends too early or was changed: it lacks keys that the ledger names. Nothing was changed. Put back the copy from your last key backup.`,
    );
  });
}

async function begin(ledger: Ledger, sealer: Sealer): Promise<void> {
  const { db, workspaceId, vault } = ledger;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const fact: LogOpened = { kind: 'log.opened', origin: vault.keys.origin, vkey: sealer.key.vkey };
  const pending = await sealFacts(ledger, [
    { fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER, leafKind: 'key' },
  ]);
  await db.transaction().execute(async (tx) => {
    await createHead(tx, workspaceId, vault.keys.origin);
    await createWorkspace(tx, workspaceId, zone, ledger.chance.now());
    await append(tx, ledger, pending);
  });
  await sealer.seal();
}
