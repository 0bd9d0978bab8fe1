import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../kernel/durable.ts';

/** DATA/log/checkpoint, outside the database: the last head we signed, which every later one must extend. */
export function guardPath(dataDir: string): string {
  return join(dataDir, 'log', 'checkpoint');
}

export async function readGuard(dataDir: string): Promise<string | null> {
  return readFile(guardPath(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

export async function writeGuard(dataDir: string, note: string): Promise<void> {
  await mkdir(dirname(guardPath(dataDir)), { recursive: true, mode: 0o700 });
  await replaceFile(guardPath(dataDir), Buffer.from(note), 0o644);
}
