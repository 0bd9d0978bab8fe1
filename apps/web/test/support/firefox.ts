import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = process.env.EVENKEEL_TEST_FIREFOX ?? 'firefox-esr';
const START_MS = 60_000;

export function hasFirefox(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0;
}

/** One page in Firefox, by the protocol that it speaks itself (WebDriver BiDi). */
export type FirefoxPage = {
  readonly open: (url: string) => Promise<void>;
  readonly chooseFile: (selector: string, path: string) => Promise<void>;
  /** The value of an expression that comes to a text, or to the promise of one. */
  readonly ask: (expression: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export async function startFirefox(): Promise<FirefoxPage> {
  const profile = mkdtempSync(join(tmpdir(), 'evenkeel-firefox-'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const program = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const close = async () => {
    const ended = Promise.withResolvers<unknown>();
    program.once('exit', ended.resolve);
    if (program.exitCode === null && program.kill()) await ended.promise;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const send = await connect(await addressOf(program));
    return { ...(await pageBy(send)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(program: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  program.stderr!.on('data', (piece: Buffer) => {
    said += piece;
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
    if (address !== undefined) resolve(`${address}/session`);
  });
  const fail = () => reject(new Error(`Firefox did not start: ${said}`));
  program.once('error', fail);
  program.once('exit', fail);
  const timer = setTimeout(fail, START_MS);
  return promise.finally(() => clearTimeout(timer));
}

type Send = <Result>(method: string, params: object) => Promise<Result>;
type Answer = { readonly id: number | null; readonly result?: unknown; readonly message?: string };

async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const opened = Promise.withResolvers<unknown>();
  socket.onopen = opened.resolve;
  socket.onerror = () => opened.reject(new Error('Firefox cannot be reached.'));
  socket.onmessage = ({ data }) => {
    const { id, result, message } = JSON.parse(String(data)) as Answer;
    const asked = waiting.get(id ?? 0);
    if (result === undefined) asked?.reject(new Error(message));
    else asked?.resolve(result);
  };
  await opened.promise;
  return <Result>(method: string, params: object) => {
    const asked = Promise.withResolvers<unknown>();
    const id = waiting.size + 1;
    waiting.set(id, asked);
    socket.send(JSON.stringify({ id, method, params }));
    return asked.promise as Promise<Result>;
  };
}

async function pageBy(send: Send): Promise<Omit<FirefoxPage, 'close'>> {
  await send('session.new', { capabilities: {} });
  const tree = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
  const { context } = tree.contexts[0]!;
  return {
    open: async (url) => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    chooseFile: async (selector, path) => {
      const locator = { type: 'css', value: selector };
      const found = await send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
        context,
        locator,
      });
      const element = { sharedId: found.nodes[0]!.sharedId };
      await send('input.setFiles', { context, element, files: [path] });
    },
    ask: async (expression) => {
      const asked = { expression, target: { context }, awaitPromise: true };
      const { result } = await send<{ result: { value: string } }>('script.evaluate', asked);
      return result.value;
    },
  };
}
