import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const WEB = fileURLToPath(new URL('../../', import.meta.url));
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

/** Builds the page as it is now. */
export async function buildWeb(outDir = join(WEB, 'dist')): Promise<string> {
  await build({ root: WEB, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** The real program on a data folder of its own and a free port. */
export async function startProgram(): Promise<Program> {
  const dir = await mkdtemp(join(tmpdir(), 'evenkeel-web-'));
  const dataDir = join(dir, 'data');
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: ownDatabase(process.env),
  });
  const startUrl = await printedAddress(child);
  const stop = () => stopped(child);
  const end = async () => {
    await stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { startUrl, dataDir, stop, end };
}

function ownDatabase({ DATABASE_URL: _other, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      const address = /http:\/\/\S+#code=\S+/.exec(said)?.[0];
      if (address) resolve(address);
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
