import { createHmac } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Chance, idMaker } from '../../kernel/chance.ts';
import { replaceFile } from '../../kernel/durable.ts';
import { Halt } from '../../kernel/outcome.ts';

const FORMAT = 'evenkeel-keys/1';
const HEX32 = /^[0-9a-f]{64}$/;

/** What DATA/keys/workspace.json holds: the one secret everything else is derived from. */
export type Keys = {
  readonly workspaceId: WorkspaceId;
  /** The ledger's name; random, so that it tells nothing about the business. */
  readonly origin: string;
  /** A secret for one purpose, 32 bytes. */
  readonly derive: (purpose: string) => Uint8Array;
};

/**
 * Reads the keys of a data folder, or makes them in a new one.
 *
 * @throws Halt `keys-damaged` when they cannot be read, or are missing although the folder holds what they opened
 */
export async function openKeys(dataDir: string, chance: Chance): Promise<Keys> {
  const dir = join(dataDir, 'keys');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'workspace.json');
  const text = await readIfThere(path);
  if (text !== null) return keysOf(text, path);
  // New keys beside an old record would hide that the old ones can be put back.
  for (const kept of [join(dir, 'slots'), join(dataDir, 'log', 'checkpoint')])
    if (await isThere(kept)) throw damaged(path, 'is missing');
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
  if (read?.format !== FORMAT || !HEX32.test(String(read.key)) || !read.origin || !read.workspaceId)
    throw damaged(path, 'cannot be read');
  const key = Buffer.from(String(read.key), 'hex');
  return {
    workspaceId: read.workspaceId as WorkspaceId,
    origin: String(read.origin),
    // HKDF-Expand with one block: the key is uniform already.
    derive: (purpose) =>
      createHmac('sha256', key).update(`evenkeel/${purpose}/v1`).update(Uint8Array.of(1)).digest(),
  };
}

function damaged(path: string, what: string): Halt {
  return new Halt(
    'keys-damaged',
    `The key file ${path} ${what}. Nothing was changed. Put back the copy from your last key backup.`,
  );
}

/** Only a file that is not there counts as none: one that may not be read must never be replaced. */
async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw damaged(path, `cannot be read (${error.code})`);
  });
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
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
