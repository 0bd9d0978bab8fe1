import { newStore } from '../shell/store.ts';

/** Whether this page would open without a network: it is kept, or nothing here can keep it. */
export const offline = newStore<'asking' | 'kept' | 'impossible'>('asking');

/** Lets the page be kept on this device, all of it and nothing else. Plain HTTP from another machine cannot. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return offline.set('impossible');
  try {
    await navigator.serviceWorker.register('/live-worker.js', { scope: '/live' });
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<{ isKept: boolean }>) =>
      offline.set(data.isKept ? 'kept' : 'asking');
    active?.postMessage({ paths: partsOfPage() }, [port2]);
  } catch {
    offline.set('impossible');
  }
}

/** Where the parts lie that this page has loaded, its language among them. */
function partsOfPage(): readonly string[] {
  const urls = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const parts = urls.filter(
    ({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'),
  );
  return [...new Set(parts.map(({ pathname }) => pathname))];
}
