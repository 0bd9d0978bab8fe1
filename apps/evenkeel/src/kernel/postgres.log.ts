import { copyFile, open, stat, truncate } from 'node:fs/promises';

const LIMIT_BYTES = 4_000_000;
const LOOK_EVERY_MS = 60_000;

/** Makes the server's log if it is missing. */
export async function openLog(file: string): Promise<void> {
  const log = await open(file, 'a', 0o600);
  await log.close();
  await keepLogSmall(file);
}

/** Keeps the log and its one predecessor under a bound for as long as we run; returns how to end that. */
export function watchLog(file: string): () => void {
  const timer = setInterval(() => void keepLogSmall(file).catch(() => {}), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Remembers where the log ends now; the function it returns reads what was added. */
export async function logSince(file: string): Promise<() => Promise<string>> {
  const { size } = await stat(file);
  return () => readFrom(file, size);
}

async function keepLogSmall(file: string): Promise<void> {
  const { size } = await stat(file);
  if (size < LIMIT_BYTES) return;
  // The server keeps its handle and appends, so the file is emptied in place.
  await copyFile(file, `${file}.1`);
  await truncate(file, 0);
}

async function readFrom(file: string, start: number): Promise<string> {
  const log = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await log.read(Buffer.alloc(64_000), 0, 64_000, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await log.close();
  }
}
