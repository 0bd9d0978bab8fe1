import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, rm, rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errnoOf, LauncherError } from './postgres.error.ts';
import { type Identity, mayWrite, ownerOf } from './postgres.identity.ts';
import type { Endpoint } from './postgres.settings.ts';

/** The longest path a unix socket may have on Linux, without the final NUL; macOS allows 103. */
const MAX_SOCKET_PATH_BYTES = 103;
const PORT = 5432;

/**
 * Chooses where the server listens: a socket in a folder that only we can enter, never the network.
 *
 * The folder is outside the data folder because socket paths are short. It has the data folder's name hashed, so one
 * data folder always has one socket.
 *
 * @throws LauncherError `no-socket-folder`
 */
export async function chooseEndpoint(identity: Identity, data: string): Promise<Endpoint> {
  // Here PostgreSQL's sockets cannot be reached from Node; the password guards the loopback port.
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  const name = `evenkeel-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`;
  const tried: string[] = [];
  for (const base of basesFor(identity)) {
    const folder = join(base, name);
    if (await takeFolder(identity, folder)) return { host: folder, port: PORT };
    tried.push(base);
  }
  throw new LauncherError(
    'no-socket-folder',
    `There is no folder for the database's socket: ${tried.join(', ')} cannot be written, or hold a folder ${name} ` +
      'that belongs to somebody else. Set TMPDIR to a folder of yours with a short name.',
  );
}

/** Removes the folder when the server has left it. */
export async function leaveEndpoint(endpoint: Endpoint): Promise<void> {
  if (endpoint.host.startsWith('/')) await rmdir(endpoint.host).catch(() => {});
}

function basesFor(identity: Identity): readonly string[] {
  // The folder of root's session is closed to every other account.
  const session = identity.kind === 'account' ? undefined : process.env.XDG_RUNTIME_DIR;
  return [...new Set([...(session ? [session] : []), tmpdir(), '/tmp'])];
}

async function takeFolder(identity: Identity, folder: string): Promise<boolean> {
  if (Buffer.byteLength(`${folder}/.s.PGSQL.${PORT}`) > MAX_SOCKET_PATH_BYTES) return false;
  try {
    if (!(await isOurs(identity, folder))) return false;
    await removeLeftovers(folder);
    return await mayWrite(identity, folder);
  } catch {
    return false;
  }
}

/** Whoever may write in the temporary folder could have made this name before us. */
async function isOurs(identity: Identity, folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    if (identity.kind === 'account') await chown(folder, identity.uid, identity.gid);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== ownerOf(identity)) return false;
  await chmod(folder, 0o700);
  return true;
}

/** PostgreSQL takes the lock of a killed server for a live one when its number was given to another program. */
async function removeLeftovers(folder: string): Promise<void> {
  const socket = join(folder, `.s.PGSQL.${PORT}`);
  await rm(socket, { force: true });
  await rm(`${socket}.lock`, { force: true });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
