import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpoint } from '@evenkeel/proof/checkpoint';
import { checkRotation } from '@evenkeel/proof/rotation';
import { openHead } from '@evenkeel/proof/verify-heads';
import { expect, test } from 'vitest';
import { append, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { factsOf, LOCAL_OWNER, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { type KeyRotated, rotateKey } from '../../src/modules/ledger/rotate.actions.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { expectSound, openLedger, type TestLedger } from '../support/test-ledger.ts';

const guardOf = (dataDir: string) => join(dataDir, 'log', 'checkpoint');
const keysOf = (dataDir: string) => join(dataDir, 'keys', 'log.json');

async function note({ ledger }: TestLedger): Promise<void> {
  const fact = { kind: 'test.noted' };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER }]);
  await ledger.db.transaction().execute((tx) => append(tx, ledger, pending));
}

const rotate = async (opened: TestLedger, because = 'the laptop was stolen') => {
  const done = await rotateKey(opened.ledger, opened.sealer, LOCAL_OWNER, because);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};

async function rotations({ ledger }: TestLedger) {
  const entries = await pageOfEntries(ledger.db, ledger.workspaceId, 0, 100);
  return factsOf<KeyRotated>(await openEntries(ledger.vault, entries), 'log.key-rotated');
}

test('the log goes on under a new key, both of which sign that it does, and starts again', async () => {
  const database = await freshDatabase();
  const opened = await openLedger(database);
  await note(opened);
  const before = await opened.sealer.seal();
  const { from, to, index } = await rotate(opened);
  expect({ from, key: opened.sealer.key.vkey }).toEqual({ from: before.vkey, key: to });
  const [change] = await rotations(opened);
  expect(await checkRotation(change!.fact)).toMatchObject({ size: before.size });
  // A leaf says that it is about a key without being opened.
  expect(change!.leaf[4]).toBe(0x03);
  const after = await opened.sealer.seal();
  expect(await openCheckpoint(after.note, to)).toMatchObject({ size: index + 1 });
  await expectSound(opened);

  const again = await openLedger(database, opened.dataDir);
  await note(again);
  expect((await again.sealer.seal()).vkey).toBe(to);
  const second = await rotate(again, 'every year');
  expect(second.from).toBe(to);
  const third = await openLedger(database, opened.dataDir);
  expect(third.sealer.keys.known().map(({ until }) => until)).toEqual([index, second.index, null]);
  await expectSound(third);
});

test('a reason is asked for, and without one nothing changes', async () => {
  const opened = await openLedger(await freshDatabase());
  const { vkey } = opened.sealer.key;
  expect(await rotateKey(opened.ledger, opened.sealer, LOCAL_OWNER, '  ')).toMatchObject({ ok: false });
  expect(opened.sealer.key.vkey).toBe(vkey);
});

test('a change of the key that was cut off before it was recorded never was; after that, it holds', async () => {
  const database = await freshDatabase();
  const opened = await openLedger(database);
  const { vkey } = opened.sealer.key;
  // The key is there and even has its place, but no entry came.
  const made = await opened.sealer.keys.prepare(opened.chance.bytes(32));
  await opened.sealer.keys.takeOver(made.vkey, 1);
  const cutOff = await openLedger(database, opened.dataDir);
  expect(cutOff.sealer.key.vkey).toBe(vkey);
  await note(cutOff);
  await expectSound(cutOff);

  // The entry came, but the head was not signed by the new key yet.
  const guard = await readFile(guardOf(opened.dataDir));
  const { to } = await rotate(cutOff);
  await writeFile(guardOf(opened.dataDir), guard);
  const recorded = await openLedger(database, opened.dataDir);
  expect((await recorded.sealer.seal()).vkey).toBe(to);
  await expectSound(recorded);
});

test('without its later keys the folder does not start', async () => {
  const database = await freshDatabase();
  const opened = await openLedger(database);
  await rotate(opened);
  await writeFile(keysOf(opened.dataDir), '{}');
  await expect(openLedger(database, opened.dataDir)).rejects.toMatchObject({ code: 'keys-damaged' });
  await rm(keysOf(opened.dataDir));
  await expect(openLedger(database, opened.dataDir)).rejects.toMatchObject({ code: 'guard-damaged' });
});

test('a head that the old key signs after it was given up is not one of the log', async () => {
  const opened = await openLedger(await freshDatabase());
  const old = opened.sealer.keys.keyAt(1);
  const { index } = await rotate(opened);
  const forged = await forge(opened, old.signer, index + 1);
  await expect(openHead(forged, opened.sealer.keys.known())).rejects.toMatchObject({ code: 'wrong-stamp' });
  const honest = await forge(opened, old.signer, index);
  await expect(openHead(honest, opened.sealer.keys.known())).resolves.toMatchObject({ size: index });
});

async function forge({ sealer }: TestLedger, signer: TestLedger['sealer']['key']['signer'], size: number) {
  const { signCheckpoint } = await import('@evenkeel/proof/checkpoint');
  return signCheckpoint({ origin: sealer.key.origin, size, root: new Uint8Array(32) }, signer);
}
