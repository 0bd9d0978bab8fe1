import { link, mkdir, readFile, realpath, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isDiskFull } from './durable.ts';
import { isAlive, ownMark } from './holder.process.ts';
import { Halt } from './outcome.ts';
import { runtimeDir, runtimeName } from './runtime-dir.ts';
import { sha256 } from './sha256.ts';

/** The data folder is ours until `release`, or until this process ends in whatever way. */
export type Holding = {
  /** Where this process is to serve the API for the other commands. */
  readonly socketPath: string;
  /** Lets the folder go; may be called twice. */
  readonly release: () => Promise<void>;
};

const HolderSchema = z.object({
  pid: z.number().int().positive(),
  startedAt: z.string().nullable(),
  boot: z.string().nullable(),
  socketPath: z.string().min(1),
});
type Holder = z.infer<typeof HolderSchema>;

/** Tells apart the temporary files of one process. */
let attempts = 0;

/**
 * Takes a data folder for this process; makes the folder (0700) when there is none.
 *
 * A lock that a killed process left is taken over. Of several processes that try at once, exactly one succeeds.
 *
 * @throws Halt `folder-held` when a live process has it, else one of `folder-not-writable`, `folder-unusable`,
 *   `disk-full`, `no-runtime-folder`.
 */
export async function takeFolder(dataDir: string): Promise<Holding> {
  try {
    await mkdir(join(dataDir, 'run'), { recursive: true, mode: 0o700 });
    const real = await realpath(dataDir);
    const socketPath = await socketPathOf(real);
    const content = `${JSON.stringify({ ...(await ownMark()), socketPath } satisfies Holder)}\n`;
    const path = lockPath(real);
    const other = await take(path, content);
    if (other) throw held(dataDir, other);
    // The one before us may have taken the socket's folder with it.
    await socketPathOf(real);
    return { socketPath, release: () => release(path, content, socketPath) };
  } catch (error) {
    throw asHalt(error, dataDir);
  }
}

/**
 * Says who holds a data folder, so that a command can ask that process instead of opening the folder itself.
 *
 * @returns null when nobody alive does, also when the folder does not exist.
 */
export async function holderOf(dataDir: string): Promise<{ socketPath: string; pid: number } | null> {
  const found = await readLock(lockPath(dataDir)).catch((error) => {
    throw asHalt(error, dataDir);
  });
  const holder = found === null ? null : await livingHolder(found);
  return holder && { socketPath: holder.socketPath, pid: holder.pid };
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'run', 'lock');
}

async function socketPathOf(realDataDir: string): Promise<string> {
  // Windows has no unix sockets for Node; its pipes live outside of any folder.
  if (process.platform === 'win32') return `\\\\.\\pipe\\${runtimeName(realDataDir)}`;
  return join(await runtimeDir(realDataDir), 'control.sock');
}

/**
 * Puts `content` at `path` unless a live process is there.
 *
 * A dead process's lock is replaced only under a second lock whose name is that very content, and only if it is still
 * there then. So of all who saw it dead, one replaces it, and a slow one cannot remove the lock of the one who did.
 * That second lock is taken by the same rule, should its taker die too.
 *
 * @returns the live process that has it, or null when it is ours now.
 */
async function take(path: string, content: string): Promise<Holder | null> {
  for (;;) {
    if (await create(path, content)) return null;
    const found = await readLock(path);
    if (found === null) continue;
    const holder = await livingHolder(found);
    if (holder) return holder;
    const claim = `${path}.${Buffer.from(sha256(Buffer.from(found))).toString('hex', 0, 8)}`;
    const claimant = await take(claim, content);
    if (claimant) return claimant;
    const isReplaced = await replaceIfStill(path, found, content).finally(() => unlink(claim));
    if (isReplaced) return null;
  }
}

async function replaceIfStill(path: string, stale: string, content: string): Promise<boolean> {
  if ((await readLock(path)) !== stale) return false;
  await withDraft(path, content, (draft) => rename(draft, path));
  return true;
}

/** Creates the lock whole or not at all: a link appears with its content. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    await withDraft(path, content, (draft) => link(draft, path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function withDraft(
  path: string,
  content: string,
  use: (draft: string) => Promise<void>,
): Promise<void> {
  attempts += 1;
  const draft = `${path}-${process.pid}-${attempts}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await use(draft);
  } finally {
    await unlink(draft).catch(() => {});
  }
}

async function readLock(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

/** A lock is never half-written, so one that cannot be read was damaged and belongs to nobody. */
async function livingHolder(content: string): Promise<Holder | null> {
  const holder = HolderSchema.safeParse(jsonOf(content));
  return holder.success && (await isAlive(holder.data)) ? holder.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function release(path: string, content: string, socketPath: string): Promise<void> {
  if ((await readLock(path)) !== content) return;
  if (process.platform !== 'win32') await rm(dirname(socketPath), { recursive: true, force: true });
  await unlink(path);
}

function held(dataDir: string, holder: Holder): Halt {
  return new Halt(
    'folder-held',
    `Another Evenkeel (process ${holder.pid}) works in ${dataDir}. Nothing was changed. Close it, or choose another folder with --data.`,
  );
}

function asHalt(error: unknown, dataDir: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof Halt) return error;
  if (isDiskFull(error)) {
    return new Halt(
      'disk-full',
      `The disk that holds ${dataDir} is full. Nothing was changed. Free some space and start again.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Halt(
      'folder-not-writable',
      `This account may not write in ${dataDir}. Nothing was changed. Give the folder to this account, or choose another with --data.`,
    );
  }
  const said = error instanceof Error ? error.message : String(error);
  return new Halt(
    'folder-unusable',
    `${dataDir} cannot be used as a data folder (${said}). Nothing was changed. Choose another with --data.`,
  );
}
