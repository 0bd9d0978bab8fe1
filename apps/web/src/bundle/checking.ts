import { startCheck } from '@evenkeel/proof/page/asking';
import type { Finding, Order, Step } from '@evenkeel/proof/page/checking';

export type CheckOrder = { readonly file: File; readonly logKey: string };
export type CheckFound = Exclude<Finding, { kind: 'read' }>;

const threads = {
  newThread: () => new Worker(new URL('./checking.worker.ts', import.meta.url), { type: 'module' }),
  checkHere: async (order: Order, say: (step: Step) => void) => {
    const { check } = await import('@evenkeel/proof/page/checking');
    await check(order, say);
  },
};

/** Checks a bundle in threads of its own, so that the page stays alive. Stopped by the signal, it says nothing more. */
export function checkFile(
  { file, logKey }: CheckOrder,
  signal: AbortSignal,
  onRead: (share: number) => void,
): Promise<CheckFound> {
  const ended = Promise.withResolvers<CheckFound>();
  const order = { given: { zip: file }, logKey, roots: '', head: '', policy: '' };
  const { stop } = startCheck(threads, order, (finding) => {
    if (finding.kind === 'read') onRead(finding.bytes / finding.of);
    else ended.resolve(finding);
  });
  signal.addEventListener('abort', () => {
    stop();
    ended.reject(signal.reason);
  });
  return ended.promise;
}
