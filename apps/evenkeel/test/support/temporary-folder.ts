import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';

/** A folder that is gone when the test, or the test file, is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-folder-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
