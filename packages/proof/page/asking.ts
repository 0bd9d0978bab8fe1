import type { HashedFile } from '../src/read-file.ts';
import type { check, Finding, HashOrder, Order, Step } from './checking.ts';
import { bytesOf } from './given.ts';

/** A check that is under way. */
export type Running = { readonly stop: () => void };

/** What the first thread asks of the second one, and what the second one found: null where there is none. */
type Asking = { readonly kind: 'hash'; readonly paths: readonly string[] };
type Hashed = { readonly kind: 'hashed'; readonly files: readonly HashedFile[] | null };

export type Heard = Order | HashOrder | Hashed;
export type Said = Step | Asking | Hashed;
/**
 * Checks a bundle in two threads of its own, so that the page stays alive; where the browser gives none, in this one.
 *
 * @param newThread Starts a thread that serves (`serving.ts`).
 * @param checkHere Checks in this thread.
 */
export function startCheck(
  { newThread, checkHere }: { newThread: () => Worker; checkHere: typeof check },
  order: Order,
  say: (finding: Finding) => void,
): Running {
  const threads: Worker[] = [];
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    for (const thread of threads) thread.terminate();
  };
  const tell = summing(bytesOf(order.given), (finding) => {
    if (isStopped) return;
    if (finding.kind !== 'read') stop();
    say(finding);
  });
  /** A policy or an old browser may allow no such thread, at once or later: nothing was done there then. */
  const start = (asked: Order | HashOrder, hear: (said: Said) => void, fail: () => void) => {
    try {
      const thread = newThread();
      threads.push(thread);
      thread.onmessage = ({ data }: MessageEvent<Said>) => hear(data);
      thread.onerror = fail;
      thread.postMessage(asked);
      return thread;
    } catch {
      fail();
      return null;
    }
  };

  const first = start(
    order,
    (said) => {
      if (said.kind === 'hash') hashBeside(said.paths);
      else if (said.kind !== 'hashed') tell(said);
    },
    () => void checkHere(order, tell),
  );
  const hashBeside = (paths: readonly string[]) => {
    let done = 0;
    const answer = (files: Hashed['files']) => {
      // What was read in vain is read again.
      if (files === null) tell({ kind: 'read', bytes: -done });
      first?.postMessage({ kind: 'hashed', files } satisfies Hashed);
    };
    const hear = (said: Said) => {
      if (said.kind === 'hashed') return answer(said.files);
      if (said.kind !== 'read') return;
      done += said.bytes;
      tell(said);
    };
    start({ given: order.given, paths }, hear, () => answer(null));
  };
  return { stop };
}

function summing(of: number, say: (finding: Finding) => void): (step: Step) => void {
  let done = 0;
  return (step) => {
    if (step.kind !== 'read') return say(step);
    done += step.bytes;
    say({ kind: 'read', bytes: Math.min(done, of), of });
  };
}
