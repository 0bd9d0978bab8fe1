import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** One thread that answers requests in order. */
export type Thread<Request, Answer> = {
  readonly ask: (request: Request, transfer?: readonly ArrayBuffer[]) => Promise<Answer>;
  /** True when it has ended, by `close` or by a crash: whoever needs it again starts another. */
  readonly hasEnded: () => boolean;
  readonly close: () => Promise<void>;
};

/**
 * Starts a thread for work that would hold up everybody else.
 *
 * @param url the worker's file, `new URL('./x.worker.ts', import.meta.url)`; in the built form it is a .js beside us
 * @param roomMb its heap is first collected at this size, not again and again on its way there; 0 leaves that to V8
 */
export function startThread<Request, Answer>(url: URL, roomMb = 0): Thread<Request, Answer> {
  // V8 has one setting for all and asks for it when the thread makes its heap.
  if (roomMb > 0) setFlagsFromString(`--initial-old-space-size=${roomMb}`);
  const worker = new Worker(builtUrl(url));
  if (roomMb > 0) worker.once('online', () => setFlagsFromString('--initial-old-space-size=0'));
  const waiting: { done: (answer: Answer) => void; failed: (reason: Error) => void }[] = [];
  let ended: Error | null = null;
  const fail = (reason: Error) => {
    ended ??= reason;
    for (const waiter of waiting.splice(0)) waiter.failed(reason);
  };
  worker.on('message', (message: { answer: Answer } | { error: string }) => {
    const waiter = waiting.shift();
    if ('answer' in message) waiter?.done(message.answer);
    else waiter?.failed(new Error(message.error));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a worker thread ended with code ${code}`)));
  worker.unref();
  return {
    ask: (request, transfer = []) =>
      new Promise((done, failed) => {
        if (ended) return failed(ended);
        waiting.push({ done, failed });
        worker.postMessage(request, transfer as ArrayBuffer[]);
      }),
    hasEnded: () => ended !== null,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** In the repository workers are TypeScript; built, they are JavaScript under the same name. */
function builtUrl(url: URL): URL {
  return import.meta.url.endsWith('.ts') ? url : new URL(url.href.replace(/\.ts$/, '.js'));
}
