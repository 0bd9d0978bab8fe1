import type { HashedFile } from '../src/read-file.ts';
import type { Hashing } from '../src/verify-files.ts';
import { check, type Finding, type HashOrder, hash, type Order, type Step } from './checking.ts';
import { bytesOf } from './given.ts';

/** A check that is under way. */
export type Running = { readonly stop: () => void };

/** What the first thread asks of the second one, and what the second one found: null where there is none. */
type Asking = { readonly kind: 'hash'; readonly paths: readonly string[] };
type Hashed = { readonly kind: 'hashed'; readonly files: readonly HashedFile[] | null };

type Heard = Order | HashOrder | Hashed;
type Said = Step | Asking | Hashed;
type Scope = {
  onmessage: ((event: MessageEvent<Heard>) => void) | null;
  readonly postMessage: (said: Said) => void;
};

/** Serves as another thread, that checks or that hashes for it: the script of the page runs there again, and comes here. */
export function serve(): void {
  const scope = globalThis as unknown as Scope;
  const say = (said: Said) => scope.postMessage(said);
  const hashed = Promise.withResolvers<readonly HashedFile[] | null>();
  const hashElsewhere: Hashing['hashElsewhere'] = (paths) => {
    say({ kind: 'hash', paths });
    return hashed.promise;
  };
  scope.onmessage = ({ data }) => {
    if ('files' in data) hashed.resolve(data.files);
    else if ('paths' in data) void hash(data, say).then((files) => say({ kind: 'hashed', files }));
    else void check(data, say, hashElsewhere);
  };
}

/**
 * Checks a bundle in two threads of its own, so that the page stays alive; where the browser gives none, in this one.
 *
 * @param newThread Starts a thread in which {@link serve} is called.
 */
export function startCheck(newThread: () => Worker, order: Order, say: (finding: Finding) => void): Running {
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
    () => void check(order, tell),
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
