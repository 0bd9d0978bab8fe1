import { buildWeb } from './program.ts';

/** Built once: a test that built it anew would take the pages away from under another that is running. */
export function setup(): Promise<void> {
  return buildWeb();
}
