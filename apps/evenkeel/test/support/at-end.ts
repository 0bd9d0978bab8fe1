import { afterAll, expect, onTestFinished } from 'vitest';

/** Cleans up when the running test is done; called outside of a test, when its file is. */
export function atEnd(clean: () => unknown): void {
  if (expect.getState().currentTestName === undefined) afterAll(async () => void (await clean()));
  else onTestFinished(async () => void (await clean()));
}
