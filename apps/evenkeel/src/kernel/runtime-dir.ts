import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Halt } from './outcome.ts';
import { sha256 } from './sha256.ts';

/** The longest path a unix socket may have on macOS, without the final NUL; Linux allows 107 bytes. */
const MAX_SOCKET_PATH_BYTES = 103;

/** Room for the longest socket name that is put into the folder. */
const SOCKET_NAME_BYTES = 16;

/**
 * The short name of a data folder, for places outside of it whose paths must be short.
 *
 * @param realDataDir real path of the data folder, so that one folder has one name however it was spelled
 */
export function runtimeName(realDataDir: string): string {
  return `evenkeel-${Buffer.from(sha256(Buffer.from(realDataDir))).toString('hex', 0, 6)}`;
}

/**
 * Makes the folder for this program's own sockets, which only this account may enter (0700).
 *
 * It is not the database's folder: when root runs the database as another account, that account owns that one, and
 * whoever owns a folder can put another socket in place of ours.
 *
 * @throws Halt `no-runtime-folder` when no place is writable, short enough and ours.
 */
export async function runtimeDir(realDataDir: string): Promise<string> {
  const name = `${runtimeName(realDataDir)}-control`;
  const bases = runtimeBases();
  for (const base of bases) {
    const folder = join(base, name);
    if (fits(folder) && (await isOurs(folder))) return folder;
  }
  throw new Halt(
    'no-runtime-folder',
    `There is no folder for the control socket: ${bases.join(', ')} cannot be written, or hold a folder ${name} that ` +
      'belongs to somebody else. Nothing was changed. Set TMPDIR to a folder of yours with a short name.',
  );
}

function runtimeBases(): readonly string[] {
  const session = process.env.XDG_RUNTIME_DIR;
  return [...new Set([...(session ? [session] : []), tmpdir(), '/tmp'])];
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) + 1 + SOCKET_NAME_BYTES <= MAX_SOCKET_PATH_BYTES;
}

/** Whoever may write in the temporary folder could have made this name before us. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const found = await lstat(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return false;
    await chmod(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}
