import { spawn } from 'node:child_process';
import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LauncherError } from './postgres.error.ts';

/**
 * As whom PostgreSQL runs; it refuses to run as root.
 *
 * - `self`: as the account that runs this program.
 * - `namespace`: root outside, the ordinary account `uid`:`gid` inside a user namespace; files stay root's.
 * - `account`: another account of this machine; the database folder belongs to it.
 */
export type Identity =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'account'; readonly uid: number; readonly gid: number; readonly name: string };

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly as: { uid?: number; gid?: number };
};

type Account = { readonly name: string; readonly uid: number; readonly gid: number };

const ORDINARY_ACCOUNTS = ['evenkeel', 'postgres', 'nobody'];

/** The command line that runs a program as the identity. */
export function commandAs(identity: Identity, file: string, args: readonly string[]): Command {
  if (identity.kind === 'self') return { file, args, as: {} };
  if (identity.kind === 'account') return { file, args, as: { uid: identity.uid, gid: identity.gid } };
  const mapping = ['--user', `--map-user=${identity.uid}`, `--map-group=${identity.gid}`];
  return { file: 'unshare', args: [...mapping, '--', file, ...args], as: {} };
}

/** The owner, outside, of the files that the identity makes. */
export function ownerOf(identity: Identity): number | undefined {
  if (identity.kind === 'account') return identity.uid;
  return process.getuid?.();
}

/**
 * Chooses as whom PostgreSQL runs in a data folder that exists.
 *
 * @param cluster The database folder, which may not exist yet; one that exists keeps its owner.
 * @throws LauncherError `no-account` when we are root and no account can work in the folder.
 */
export async function chooseIdentity(data: string, cluster: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const owner = (await ownerUid(cluster)) ?? (await stat(data)).uid;
  const accounts = await ordinaryAccounts(owner);
  const namespace = owner === 0 ? await namespaceFor(data, accounts) : undefined;
  return namespace ?? (await accountFor(data, accounts));
}

/** Lets the account through a folder of root's, by its group and without making the folder readable. */
export async function letThrough(identity: Identity, folder: string): Promise<void> {
  if (identity.kind !== 'account') return;
  const found = await stat(folder);
  if (found.uid !== 0 || found.mode & 0o001) return;
  await chown(folder, 0, identity.gid);
  await chmod(folder, (found.mode & 0o707) | 0o010);
}

/** Whether the identity may enter and write in a folder. */
export async function mayWrite(identity: Identity, folder: string): Promise<boolean> {
  return asks(identity, '[ -x "$1" ] && [ -w "$1" ]', folder);
}

async function mayEnter(identity: Identity, folder: string): Promise<boolean> {
  return asks(identity, '[ -x "$1" ]', folder);
}

async function namespaceFor(data: string, accounts: readonly Account[]): Promise<Identity | undefined> {
  // The user's name is looked up inside, so it has to be one that the machine knows.
  const account = accounts.at(-1);
  if (!account) return undefined;
  const identity: Identity = { kind: 'namespace', uid: account.uid, gid: account.gid };
  return (await mayWrite(identity, data)) ? identity : undefined;
}

async function accountFor(data: string, accounts: readonly Account[]): Promise<Identity> {
  let blocked: { name: string; folder: string } | undefined;
  for (const account of accounts) {
    const identity: Identity = { kind: 'account', ...account };
    const reaches = await mayEnter(identity, dirname(data));
    if (reaches) await letThrough(identity, data);
    if (reaches && (await mayEnter(identity, data))) return identity;
    blocked ??= { name: account.name, folder: await firstClosed(identity, data) };
  }
  throw new LauncherError('no-account', noAccount(data, blocked));
}

function noAccount(data: string, blocked: { name: string; folder: string } | undefined): string {
  const why = blocked
    ? `the account ${blocked.name} may not enter ${blocked.folder}`
    : 'there is no ordinary account to use instead';
  return (
    `PostgreSQL does not run as root, this machine allows no user namespace, and ${why}. ` +
    `Nothing was changed in ${data}. Start as an ordinary user, or choose a folder ` +
    'that other accounts can enter, for instance --data /var/lib/evenkeel.'
  );
}

async function firstClosed(identity: Identity, folder: string): Promise<string> {
  const up = dirname(folder);
  if (up === folder || (await mayEnter(identity, up))) return folder;
  return firstClosed(identity, up);
}

async function ordinaryAccounts(owner: number): Promise<readonly Account[]> {
  const known = await readAccounts();
  const byOwner = known.filter((account) => account.uid === owner && owner !== 0);
  const byName = ORDINARY_ACCOUNTS.flatMap((name) => known.filter((account) => account.name === name));
  return [...byOwner, ...byName];
}

async function readAccounts(): Promise<readonly Account[]> {
  const lines = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return lines.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    return name && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

async function ownerUid(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => found.uid,
    () => undefined,
  );
}

function asks(identity: Identity, test: string, path: string): Promise<boolean> {
  const { file, args, as } = commandAs(identity, '/bin/sh', ['-c', test, 'sh', path]);
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...as, stdio: 'ignore', cwd: '/' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
