import { createHmac } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Chance, idMaker } from '../../kernel/chance.ts';
import { replaceFile } from '../../kernel/durable.ts';
import { Halt } from '../../kernel/outcome.ts';

const FORMAT = 'evenkeel-keys/1';

/** What DATA/keys/workspace.json holds: the one secret everything else is derived from. */
export type Keys = {
  readonly workspaceId: WorkspaceId;
  /** The ledger's name; random, so that it tells nothing about the business. */
  readonly origin: string;
  /** A secret for one purpose, 32 bytes. */
  readonly derive: (purpose: string) => Uint8Array;
};

/** Reads the keys of a data folder, or makes them in a new one. @throws Halt `keys-damaged` */
export async function openKeys(dataDir: string, chance: Chance): Promise<Keys> {
  const dir = join(dataDir, 'keys');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'workspace.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) return keysOf(text, path);
  const made = JSON.stringify({
    format: FORMAT,
    workspaceId: idMaker(chance)(),
    origin: `evenkeel/log/${hex(chance.bytes(12))}`,
    key: hex(chance.bytes(32)),
  });
  await replaceFile(path, Buffer.from(`${made}\n`));
  return keysOf(made, path);
}

function keysOf(text: string, path: string): Keys {
  const read = parse(text);
  if (read?.format !== FORMAT || typeof read.key !== 'string' || read.key.length !== 64) {
    throw new Halt(
      'keys-damaged',
      `The key file ${path} cannot be read. Nothing was changed. Put back the copy from your last key backup.`,
    );
  }
  const key = Buffer.from(read.key, 'hex');
  return {
    workspaceId: read.workspaceId as WorkspaceId,
    origin: String(read.origin),
    // HKDF-Expand with one block: the key is uniform already.
    derive: (purpose) =>
      createHmac('sha256', key).update(`evenkeel/${purpose}/v1`).update(Uint8Array.of(1)).digest(),
  };
}

function parse(
  text: string,
): { format?: string; workspaceId?: string; origin?: string; key?: string } | null {
  try {
    return JSON.parse(text) as { format?: string };
  } catch {
    return null;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
