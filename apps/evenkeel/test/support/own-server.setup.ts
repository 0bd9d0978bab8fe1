import type { TestProject } from 'vitest/node';
import { serveTests } from './test-server.ts';

/** The database suites on the server that the product brings along. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return serveTests(project);
}
