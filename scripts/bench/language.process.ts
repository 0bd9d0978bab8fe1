import { fileURLToPath } from 'node:url';

const startedAt = performance.now();
const [{ loadEngine }, { readSignals }] = await Promise.all([
  import('@evenkeel/language/node'),
  import('@evenkeel/language/engine'),
]);
readSignals(
  await loadEngine(fileURLToPath(new URL('../../packages/language/', import.meta.url))),
  'Where is the login? I asked twice.',
);
console.log(performance.now() - startedAt);
