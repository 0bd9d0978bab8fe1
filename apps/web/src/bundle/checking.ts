import type { VerifyReport } from '@evenkeel/proof/verify-report';

export type CheckOrder = { readonly file: File; readonly logKey: string };
export type CheckFound =
  | { readonly kind: 'read'; readonly share: number }
  /** `manifestSha256` is by what the list of bundles knows the file. */
  | { readonly kind: 'done'; readonly report: VerifyReport; readonly manifestSha256: string | null }
  | { readonly kind: 'refused'; readonly code: string };

/** Checks a bundle in a thread of its own, so that the page stays alive. Stopped by the signal, it says nothing more. */
export function checkFile(
  order: CheckOrder,
  signal: AbortSignal,
  onRead: (share: number) => void,
): Promise<Exclude<CheckFound, { kind: 'read' }>> {
  const worker = new Worker(new URL('./checking.worker.ts', import.meta.url), { type: 'module' });
  const ended = Promise.withResolvers<Exclude<CheckFound, { kind: 'read' }>>();
  worker.onmessage = ({ data }: MessageEvent<CheckFound>) => {
    if (data.kind === 'read') onRead(data.share);
    else ended.resolve(data);
  };
  worker.onerror = () => ended.reject(new Error('The thread that checks did not start.'));
  signal.addEventListener('abort', () => ended.reject(signal.reason));
  worker.postMessage(order);
  return ended.promise.finally(() => worker.terminate());
}
