import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { holderOf } from '../../src/kernel/holder.ts';
import { callLocal } from '../../src/kernel/server.local.ts';
import { atEndOfFile } from '../support/at-end.ts';
import { bareEnvironment } from '../support/bare-environment.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly said: string };
type Running = { readonly child: ChildProcess; readonly ended: Promise<Ended>; readonly said: () => string };
type Where = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> };

/** The real program in a process of its own, with nothing of this one's settings. */
function start(args: readonly string[], { cwd, env }: Where = {}): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...bareEnvironment(), ...env },
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  // Started in hooks as well as in tests.
  atEndOfFile(() => child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, said }));
  return { child, ended, said: () => said };
}

/** Runs a command to its end. */
export function evenkeel(args: readonly string[], where: Where = {}): Promise<Ended> {
  return start(args, where).ended;
}

/** The JSON that a command prints, which must end with `code`. */
export async function jsonOf<T = Record<string, unknown>>(args: readonly string[], code = 0): Promise<T> {
  const ended = await evenkeel([...args, '--json']);
  if (ended.code !== code) throw new Error(`${args.join(' ')}: ${ended.code} ${ended.said}`);
  return JSON.parse(ended.out) as T;
}

/** The lines of JSON that a command prints. */
export async function linesOf<T = Record<string, unknown>>(args: readonly string[]): Promise<readonly T[]> {
  const { out } = await evenkeel([...args, '--json']);
  return out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

export type Serving = {
  readonly url: string;
  /** The one-time code of a first run. */
  readonly firstRunCode: string | undefined;
  readonly post: (path: string, body: unknown) => Promise<Response>;
  readonly stop: () => Promise<Ended>;
};

/** `evenkeel serve` on any free port, when it is ready. */
export async function serving(dataDir: string): Promise<Serving> {
  const { child, ended, said } = start(['serve', '--port', '0', '--data', dataDir]);
  const over = ended.then(() => 'over');
  for (;;) {
    const match = /ready: (http:\/\/[^/\s]+)\/(?:#code=(\S+))?/.exec(said());
    if (match) {
      const [, url = '', firstRunCode] = match;
      return { url, firstRunCode, post: poster(url), stop: () => stopped(child, ended) };
    }
    if ((await Promise.race([over, once(child.stderr!, 'data')])) === 'over') throw new Error(said());
  }
}

function poster(url: string): Serving['post'] {
  return (path, body) =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
}

function stopped(child: ChildProcess, ended: Promise<Ended>): Promise<Ended> {
  child.kill('SIGTERM');
  return ended;
}

/** Asks whoever holds the folder, as this machine's owner. */
export async function askHolder<T>(
  dataDir: string,
  path: string,
  sent?: { readonly method: string; readonly body: object },
): Promise<T> {
  const holder = await holderOf(dataDir);
  if (!holder) throw new Error('nobody holds the folder');
  const headers = { 'content-type': 'application/json' };
  const given = sent ? { method: sent.method, headers, body: JSON.stringify(sent.body) } : {};
  const request = new Request(new URL(path, 'http://evenkeel.local'), given);
  const response = await callLocal(holder.socketPath, request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
