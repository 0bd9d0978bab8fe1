// Keeps the live page, and nothing else, so that it opens without a network. What is noted never comes through here: it
// lies in the page's own store until the program has acknowledged it.

const CACHE = 'evenkeel-live';
const PAGE = '/live';
/** A network that says nothing for so long is none. */
const SILENT_MS = 3000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The page says of which files it is made; those of an older page go. */
self.addEventListener('message', (event) => {
  const paths = event.data?.paths;
  if (!Array.isArray(paths)) return;
  event.waitUntil(keep(paths).then((isKept) => event.ports[0]?.postMessage({ isKept })));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(newest(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(keptOrAsked(request));
});

async function keep(paths) {
  const cache = await caches.open(CACHE);
  const wanted = [PAGE, ...paths.filter((path) => typeof path === 'string' && path.startsWith('/assets/'))];
  try {
    for (const path of wanted)
      if (path === PAGE || !(await cache.match(path)))
        await cache.add(new Request(path, { cache: 'no-cache' }));
  } catch {
    return false;
  }
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (!wanted.includes(pathname)) await cache.delete(pathname);
  }
  return true;
}

/** The page as it is now, else as it was kept. */
async function newest(request) {
  const kept = await caches.match(PAGE, { cacheName: CACHE });
  try {
    const signal = kept ? AbortSignal.timeout(SILENT_MS) : undefined;
    const answer = await fetch(request.url, { signal, credentials: 'same-origin' });
    return answer.ok || !kept ? answer : kept;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function keptOrAsked(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}
