import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deriveOpening, objectCommitment } from '@evenkeel/proof/leaf';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/sha256.ts';
import { openKeys } from '../../src/modules/vault/keys.store.ts';
import { Packs } from '../../src/modules/vault/packs.store.ts';
import { openVault, type Vault } from '../../src/modules/vault/vault.actions.ts';
import { insertObjects } from '../../src/modules/vault/vault.store.ts';
import { CHUNK_BYTES, type SealedObject, sealedLength } from '../../src/modules/vault/vault.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testDatabase } from '../support/test-database.ts';
import { twoKeyCiphertext } from './two-keys.ts';

const database = await testDatabase();
let opened = 0;

async function vaultIn(dataDir: string): Promise<Vault> {
  const chance = seededChance(`${dataDir}/${opened++}`);
  const vault = await openVault(database.db, dataDir, await openKeys(dataDir, chance), chance);
  atEnd(() => vault.close());
  return vault;
}

async function keep(vault: Vault, bytes: Uint8Array): Promise<SealedObject> {
  const object = await vault.sealObject(bytes, sha256(bytes));
  await vault.flush();
  return object;
}

const packOf = (dataDir: string) => join(dataDir, 'objects', '000001.pack');

async function changeByte(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, at);
  await file.close();
}

test.each([0, 1, 1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])(
  'an object of %i bytes comes back as it was, also after a restart',
  async (size) => {
    const dataDir = temporaryFolder();
    const bytes = randomBytes(size);
    const object = await keep(await vaultIn(dataDir), bytes);
    expect(object).toMatchObject({ sizeBytes: size, length: sealedLength(size) });
    expect(bytes.equals((await (await vaultIn(dataDir)).openObject(object)) as Uint8Array)).toBe(true);
  },
);

test('the bytes of an object are found in no file', async () => {
  const dataDir = temporaryFolder();
  const marker = Buffer.from('a sentence that only its owner may read');
  await keep(await vaultIn(dataDir), Buffer.concat([marker, randomBytes(5000)]));
  for (const name of ['objects/000001.pack', 'keys/slots'])
    expect((await readFile(join(dataDir, name))).includes(marker)).toBe(false);
});

test('a changed byte is refused wherever it lies', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const object = await keep(vault, randomBytes(2 * CHUNK_BYTES + 5));
  const step = CHUNK_BYTES + 16;
  const places = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, step - 1, step, 2 * step + 4, object.length - 1];
  for (const at of places) {
    await changeByte(packOf(dataDir), at);
    await expect(vault.openObject(object), `byte ${at}`).rejects.toMatchObject({ code: 'object-damaged' });
    await changeByte(packOf(dataDir), at);
  }
  expect(await vault.openObject(object)).toHaveLength(object.sizeBytes);
});

test('every byte of a small object and of its slot counts', async () => {
  const dataDir = temporaryFolder();
  const object = await keep(await vaultIn(dataDir), Buffer.from('short'));
  for (let at = 0; at < object.length; at++) {
    await changeByte(packOf(dataDir), at);
    await expect((await vaultIn(dataDir)).openObject(object)).rejects.toMatchObject({
      code: 'object-damaged',
    });
    await changeByte(packOf(dataDir), at);
  }
  // The last three of the 64 bytes of a slot are not used; its first says whether it is taken.
  for (let at = 64 + 1; at < 64 + 61; at++) {
    await changeByte(join(dataDir, 'keys', 'slots'), at);
    await expect((await vaultIn(dataDir)).openObject(object)).rejects.toMatchObject({ code: 'slot-missing' });
    await changeByte(join(dataDir, 'keys', 'slots'), at);
  }
});

test('an object cut short is refused at every length', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const object = await keep(vault, randomBytes(2 * CHUNK_BYTES));
  const step = CHUNK_BYTES + 16;
  for (const length of [0, 1, 15, 16, 17, 100, step, step + 1, object.length - 1])
    await expect(vault.openObject({ ...object, length }), `${length} bytes`).rejects.toMatchObject({
      code: 'object-damaged',
    });
  await truncate(packOf(dataDir), object.length - 1);
  await expect(vault.openObject(object)).rejects.toMatchObject({ code: 'object-damaged' });
});

test('chunks that changed places, and objects that changed places, are refused', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const one = await keep(vault, randomBytes(2 * CHUNK_BYTES));
  const other = await keep(vault, randomBytes(2 * CHUNK_BYTES));
  await expect(vault.openObject({ ...one, start: other.start })).rejects.toMatchObject({
    code: 'object-damaged',
  });
  await expect(vault.openObject({ ...one, slot: other.slot })).rejects.toMatchObject({
    code: 'object-damaged',
  });
  const step = CHUNK_BYTES + 16;
  const bytes = await readFile(packOf(dataDir));
  const swapped = Buffer.concat([
    bytes.subarray(step, 2 * step),
    bytes.subarray(0, step),
    bytes.subarray(2 * step),
  ]);
  await writeFile(packOf(dataDir), swapped);
  await expect(vault.openObject(one)).rejects.toMatchObject({ code: 'object-damaged' });
});

test('an envelope opens only with its own commitment, and never when cut', async () => {
  const vault = await vaultIn(temporaryFolder());
  const envelope = vault.sealEnvelope(Buffer.from('{"v":1}'));
  const other = vault.sealEnvelope(Buffer.from('{"v":1}'));
  expect(Buffer.from((await vault.openEnvelope(envelope)) as Uint8Array).toString()).toBe('{"v":1}');
  await expect(vault.openEnvelope({ ...envelope, commitment: other.commitment })).rejects.toMatchObject({
    code: 'object-damaged',
  });
  for (let length = 0; length < envelope.sealed.length; length++)
    await expect(
      vault.openEnvelope({ ...envelope, sealed: envelope.sealed.subarray(0, length) }),
    ).rejects.toMatchObject({ code: 'object-damaged' });
});

test('bytes that open under two keys pass as neither: the commitment binds what was meant', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const [first, second] = vault.reserve(2);
  await vault.flush();
  const forged = twoKeyCiphertext(first!.secret, second!.secret);
  for (const { key, plain } of forged.opens) expect(forged.openWith(key)).toEqual(plain);

  // Whoever sealed it may have committed to the first text, and would like to show the second one day.
  const [meant] = forged.opens;
  const { r } = deriveOpening(sha256, first!.secret);
  const commitment = objectCommitment(sha256, r, meant!.plain.length, sha256(meant!.plain));
  const place = await keep(vault, meant!.plain);
  await writeFile(packOf(dataDir), forged.sealed);
  const object = { ...place, start: 0, length: forged.sealed.length, commitment, slot: first!.id };
  expect(await vault.openObject(object)).toEqual(meant!.plain);
  await expect(vault.openObject({ ...object, slot: second!.id })).rejects.toMatchObject({
    code: 'object-damaged',
  });
});

test('a destroyed slot makes its object erased, also after a restart, and no other', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const gone = await keep(vault, randomBytes(100));
  const kept = await keep(vault, randomBytes(100));
  const envelope = vault.sealEnvelope(Buffer.from('{}'));
  await vault.destroy([gone.slot, envelope.slot]);
  for (const each of [vault, await vaultIn(dataDir)]) {
    expect(await each.openObject(gone)).toBe('erased');
    expect(await each.openEnvelope(envelope)).toBe('erased');
    expect(await each.openObject(kept)).toHaveLength(100);
  }
  const slots = await readFile(join(dataDir, 'keys', 'slots'));
  expect(slots.subarray(64 * (gone.slot + 1), 64 * (gone.slot + 2)).every((byte) => byte === 0)).toBe(true);
});

test('a slot that a crash cut short is given again', async () => {
  const dataDir = temporaryFolder();
  const [first] = (await vaultIn(dataDir)).reserve(1);
  const vault = await vaultIn(dataDir);
  vault.reserve(2);
  await vault.flush();
  await truncate(join(dataDir, 'keys', 'slots'), 64 * 2 + 30);
  expect((await vaultIn(dataDir)).reserve(1)[0]?.id).toBe(first!.id + 1);
});

test('a folder whose first start was cut off while its key file was made can start', async () => {
  const dataDir = temporaryFolder();
  await (await vaultIn(dataDir)).flush();
  await truncate(join(dataDir, 'keys', 'slots'), 7);
  await expect(vaultIn(dataDir)).resolves.toBeDefined();
});

test.each([
  ['is not ours', 'not a key file at all, and long enough to be one, as somebody may have put here'],
  ['is too short and not ours', 'EVKSLOTS9'],
])('a slot file that %s stops the start', async (_how, content) => {
  const dataDir = temporaryFolder();
  await mkdir(join(dataDir, 'keys'), { recursive: true });
  await openKeys(dataDir, seededChance());
  await writeFile(join(dataDir, 'keys', 'slots'), content);
  await expect(vaultIn(dataDir)).rejects.toMatchObject({ name: 'Halt', code: 'slots-damaged' });
  expect(await readFile(join(dataDir, 'keys', 'slots'), 'utf8')).toBe(content);
});

test.each([
  ['cut short', (text: string) => text.slice(0, 40)],
  ['empty', () => ''],
  ['without its key', (text: string) => text.replace(/"key":"[0-9a-f]+"/, '"key":"00"')],
  ['of another format', (text: string) => text.replace('keys/1', 'keys/9')],
])('a key file that is %s stops the start and stays as it is', async (_how, damage) => {
  const dataDir = temporaryFolder();
  await vaultIn(dataDir);
  const path = join(dataDir, 'keys', 'workspace.json');
  const damaged = damage(await readFile(path, 'utf8'));
  await writeFile(path, damaged);
  await expect(vaultIn(dataDir)).rejects.toMatchObject({ name: 'Halt', code: 'keys-damaged' });
  expect(await readFile(path, 'utf8')).toBe(damaged);
});

test('a key file that cannot be opened, or is gone from a folder in use, is never replaced by a new one', async () => {
  const dataDir = temporaryFolder();
  const path = join(dataDir, 'keys', 'workspace.json');
  await vaultIn(dataDir);
  await rename(path, `${path}.away`);
  await mkdir(path);
  await expect(vaultIn(dataDir)).rejects.toMatchObject({ code: 'keys-damaged' });
  await rm(path, { recursive: true });
  await expect(vaultIn(dataDir)).rejects.toMatchObject({ code: 'keys-damaged' });
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  await rename(`${path}.away`, path);
  await expect(vaultIn(dataDir)).resolves.toBeDefined();
});

test('a restart cuts packs to their committed ends, only when asked, and touches no other file', async () => {
  const dataDir = temporaryFolder();
  const vault = await vaultIn(dataDir);
  const committed = await keep(vault, randomBytes(500));
  await database.db.transaction().execute((tx) => insertObjects(tx, vault.workspaceId, [committed]));
  await keep(vault, randomBytes(9000));
  const stranger = join(dataDir, 'objects', 'notes.txt');
  await copyFile(packOf(dataDir), stranger);
  await copyFile(packOf(dataDir), join(dataDir, 'objects', '000002.pack'));

  const again = await vaultIn(dataDir);
  expect((await stat(packOf(dataDir))).size).toBeGreaterThan(committed.length);
  await again.cutTails();
  expect((await stat(packOf(dataDir))).size).toBe(committed.length);
  expect((await stat(join(dataDir, 'objects', '000002.pack'))).size).toBe(0);
  expect((await stat(stranger)).size).toBeGreaterThan(9000);
  const next = await keep(again, randomBytes(10));
  expect(next.start).toBe(committed.length);
  expect(await again.openObject(committed)).toHaveLength(500);
});

test('a pack that is full is followed by the next one', async () => {
  const dir = temporaryFolder();
  const almostFull = 256 * 1024 * 1024 - 10;
  const packs = await Packs.open(dir, new Map([[1, almostFull]]));
  atEnd(() => packs.close());
  expect(await packs.append([Buffer.alloc(10)], 10)).toMatchObject({ pack: 1, start: almostFull });
  expect(await packs.append([Buffer.alloc(11)], 11)).toMatchObject({ pack: 2, start: 0 });
});
