import { afterAll, onTestFinished, TestRunner } from 'vitest';

/** Cleans up when the running test is done; called outside of a test, when its file is. */
export function atEnd(clean: () => unknown): void {
  const end = async () => void (await clean());
  if (TestRunner.getCurrentTest()) onTestFinished(end);
  else afterAll(end);
}

const left: (() => unknown)[] = [];

/** Cleans up when the test file is done, also what a test of it began. */
export function atEndOfFile(clean: () => unknown): void {
  left.push(clean);
}

/** Called once for each file (`file.setup.ts`): modules stay while a process goes on to the next file. */
export async function endFile(): Promise<void> {
  for (const clean of left.splice(0).reverse()) await clean();
}
