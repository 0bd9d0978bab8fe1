import { spawn, spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchFolder, type Corpus } from './corpus.ts';

/** What `mu find` ends with when there is nothing to find. */
const FOUND_NOTHING = 2;

export type Peer = {
  readonly name: string;
  readonly version: string;
  /** Makes a fresh index of the corpus; milliseconds. */
  readonly index: (corpus: Corpus) => Promise<number>;
  /** Finds the newest 20 as the command line does, process start included; milliseconds. */
  readonly newest: (word: string) => Promise<number>;
  /** How many mails have the word. */
  readonly count: (word: string) => Promise<number>;
  readonly drop: () => Promise<void>;
};

/** notmuch, or null where it is not installed. */
export function notmuch(): Peer | null {
  const version = versionOf('notmuch');
  if (version === null) return null;
  const home = join(benchFolder(), `notmuch-${process.pid}`);
  const env = { ...process.env, NOTMUCH_CONFIG: join(home, 'config') };
  return {
    name: 'notmuch new',
    version,
    index: async ({ maildir }) => {
      await emptied(home);
      const sections = [
        `[database]\npath=${home}\nmail_root=${maildir}`,
        '[user]\nname=Bench\nprimary_email=bench@example.com',
        '[new]\ntags=new',
        '[maildir]\nsynchronize_flags=false',
      ];
      await writeFile(env.NOTMUCH_CONFIG, `${sections.join('\n')}\n`);
      return (await run('notmuch', ['new', '--quiet'], env)).ms;
    },
    newest: async (word) => (await run('notmuch', ['search', '--limit=20', word], env)).ms,
    count: async (word) => Number((await run('notmuch', ['count', word], env)).output),
    drop: () => rm(home, { recursive: true, force: true }),
  };
}

/** mu, or null where it is not installed. */
export function mu(): Peer | null {
  const version = versionOf('mu');
  if (version === null) return null;
  const home = join(benchFolder(), `mu-${process.pid}`);
  const at = `--muhome=${home}`;
  return {
    name: 'mu index',
    version,
    index: async ({ maildir }) => {
      await emptied(home);
      await run('mu', ['init', at, `--maildir=${maildir}`, '--quiet']);
      return (await run('mu', ['index', at, '--quiet'])).ms;
    },
    newest: async (word) =>
      (await run('mu', ['find', at, '-n', '20', '--sortfield=date', '--reverse', word])).ms,
    count: async (word) => (await run('mu', ['find', at, '--fields=i', word])).output.split('\n').length - 1,
    drop: () => rm(home, { recursive: true, force: true }),
  };
}

/** mbsync on a mailbox of ours, or null where it is not installed. */
export function mbsync(
  { port }: { readonly port: number },
  user: string,
  password: string,
): { readonly pull: () => Promise<number>; readonly drop: () => Promise<void> } | null {
  if (versionOf('mbsync') === null) return null;
  const home = join(benchFolder(), `mbsync-${process.pid}`);
  const config = join(home, 'mbsyncrc');
  return {
    /** Fetches the inbox into a fresh Maildir, durably; milliseconds. */
    pull: async () => {
      await emptied(home);
      await mkdir(join(home, 'mail'));
      const lines = [
        ...['IMAPAccount bench', 'Host 127.0.0.1', `Port ${port}`, `User ${user}`, `Pass ${password}`],
        ...['SSLType None', 'AuthMechs LOGIN', '', 'IMAPStore far', 'Account bench', ''],
        ...['MaildirStore near', `Path ${home}/mail/`, `Inbox ${home}/mail/INBOX`, ''],
        ...['Channel all', 'Far :far:', 'Near :near:', 'Patterns INBOX', 'Create Near', 'Sync Pull New'],
        ...['SyncState *', ''],
      ];
      await writeFile(config, lines.join('\n'));
      return (await run('mbsync', ['-c', config, '-q', '-a'])).ms;
    },
    drop: () => rm(home, { recursive: true, force: true }),
  };
}

async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

function versionOf(command: string): string | null {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'unknown') : null;
}

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ ms: number; output: string }> {
  const startedAt = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise<void>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 || code === FOUND_NOTHING
        ? done()
        : failed(new Error(`${command} ${args[0]} ended with ${code}`)),
    );
  });
  return { ms: performance.now() - startedAt, output };
}
