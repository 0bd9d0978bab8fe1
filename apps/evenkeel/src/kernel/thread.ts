import { parentPort } from 'node:worker_threads';

/** Answers the requests of `startThread`, one after the other. */
export function answer<Request, Answer>(
  handle: (request: Request) => Promise<{ value: Answer; transfer?: readonly ArrayBuffer[] }>,
): void {
  let queue: Promise<void> = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    queue = queue.then(async () => {
      try {
        const { value, transfer = [] } = await handle(request);
        parentPort?.postMessage({ answer: value }, transfer as ArrayBuffer[]);
      } catch (error) {
        parentPort?.postMessage({
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
    });
  });
}
