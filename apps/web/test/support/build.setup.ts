import { buildWeb } from './program.ts';

/** Built once: a test that built it anew would take the pages away from under another that is running. */
export async function setup(): Promise<void> {
  await buildWeb();
}
