import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../', import.meta.url));
const BUILDER = new URL('../../../../scripts/build-web.mjs', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../../evenkeel/src/main.ts', import.meta.url));

export type Program = {
  /** The address the program printed, with its one-time code. */
  readonly startUrl: string;
  readonly dataDir: string;
  /** Stops the program and leaves its folder. */
  readonly stop: () => Promise<void>;
  /** Stops the program and removes its folder. */
  readonly end: () => Promise<void>;
};

/** Where the built page is; tests find it there, for it is built before the first of them. */
export const BUILT_WEB = join(WEB, 'dist');

/** Builds the page if it has changed since it was built last. */
export async function buildWeb(): Promise<void> {
  const builder = (await import(BUILDER)) as { readonly buildWeb: () => Promise<boolean> };
  if (!(await builder.buildWeb())) throw new Error('The web client could not be built.');
}

/** The real program on a data folder of its own and a free port. */
export async function startProgram(): Promise<Program> {
  const dir = await mkdtemp(join(tmpdir(), 'evenkeel-web-'));
  const dataDir = join(dir, 'data');
  const child = launch(['serve', '--port', '0', '--data', dataDir]);
  const startUrl = await printed(child, /http:\/\/\S+#code=\S+/);
  const stop = () => stopped(child);
  const end = async () => {
    await stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { startUrl, dataDir, stop, end };
}

/** The fictional story, told to the program, on a free port. */
export async function startStory(): Promise<
  Pick<Program, 'startUrl' | 'stop'> & { readonly password: string }
> {
  const child = launch(['demo', '--port', '0']);
  const said = await printed(child, /password "([^"]+)"[\s\S]*?http:\/\/\S+/);
  const [, password = ''] = /password "([^"]+)"/.exec(said) ?? [];
  return { startUrl: /http:\/\/[^\s"]+/.exec(said)?.[0] ?? '', password, stop: () => stopped(child) };
}

function launch(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: ownDatabase(process.env),
  });
}

function ownDatabase({ DATABASE_URL: _other, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

/** Waits for words of the program, and gives the first that match. */
function printed(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      const found = wanted.exec(said)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The program ended before it was ready:\n${said}`)));
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
