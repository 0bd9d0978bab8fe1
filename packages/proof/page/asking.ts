import { check, type Finding, type Order } from './checking.ts';

/** A check that is under way. */
export type Running = { readonly stop: () => void };

type Scope = {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  readonly postMessage: (finding: Finding) => void;
};

/** Serves as the other thread: the page's own script runs there again, and comes here. */
export function serve(): void {
  const scope = globalThis as unknown as Scope;
  scope.onmessage = ({ data }) => void check(data, (finding) => scope.postMessage(finding));
}

/**
 * Checks a bundle in a thread of its own, so that the page stays alive; where the browser gives none, in this one.
 *
 * @param script The text of the page's script.
 */
export function startCheck(script: string, order: Order, say: (finding: Finding) => void): Running {
  let isStopped = false;
  const tell = (finding: Finding) => {
    if (!isStopped) say(finding);
  };
  let stop = () => {};
  const here = () => void check(order, tell);
  try {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(url);
    stop = () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    };
    worker.onmessage = ({ data }: MessageEvent<Finding>) => {
      if (data.kind !== 'read') stop();
      tell(data);
    };
    // A policy or an old browser that allows no such thread: nothing was checked there.
    worker.onerror = () => {
      stop();
      here();
    };
    worker.postMessage(order);
  } catch {
    here();
  }
  return {
    stop: () => {
      isStopped = true;
      stop();
    },
  };
}
