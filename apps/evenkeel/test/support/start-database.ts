import { parseArgs } from 'node:util';
import { LauncherError, startPostgres } from '../../src/kernel/postgres.ts';

/**
 * A program that starts the database of a folder and then waits to be killed or told to stop (SIGTERM).
 *
 * Prints one JSON line: `{pool, version, adopted, pid}` or `{code, message}`.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, bin: { type: 'string' } } });
try {
  const server = await startPostgres({
    dataDir: values.data ?? '',
    password: 'only for tests',
    ...(values.bin ? { binDir: values.bin } : {}),
  });
  const { pool, version, adopted } = server;
  console.log(JSON.stringify({ pool, version, adopted }));
  // Nothing else keeps the program alive.
  setInterval(() => {}, 60_000);
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  if (!(error instanceof LauncherError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
