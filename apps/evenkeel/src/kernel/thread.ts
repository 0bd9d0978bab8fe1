import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';

const NICE = 10;

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

/** The same bytes in one piece of memory that can travel; a thousand small ones take longer. */
export function inOneBuffer(pieces: readonly Uint8Array[]): {
  readonly pieces: readonly Uint8Array[];
  readonly buffer: ArrayBuffer;
} {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  const moved = pieces.map((piece) => {
    joined.set(piece, end);
    end += piece.length;
    return joined.subarray(end - piece.length, end);
  });
  return { pieces: moved, buffer: joined.buffer };
}

/** From now on this thread works when others leave the processor to it. Elsewhere than on Linux it stays as it is. */
export function takeOnlyWhatIsLeft(): void {
  if (process.platform !== 'linux') return;
  try {
    // Linux counts a thread's priority as its own, under the thread's number.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), NICE);
  } catch {
    // A sandbox may forbid it; then it is merely less polite.
  }
}
