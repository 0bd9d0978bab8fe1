import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;

/** The first `sizeBytes` of a file, piece by piece. */
export async function* fileChunks(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
      const bytes = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, sizeBytes - at));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      if (bytesRead < bytes.length) throw new Error(`${path} ends before byte ${at + bytes.length}`);
      yield bytes;
    }
  } finally {
    await file.close();
  }
}

/** A file that is read at any place. */
export type ByteFile = {
  readonly size: number;
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

export async function openByteFile(path: string): Promise<ByteFile> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    read: async (start, end) => {
      const bytes = Buffer.allocUnsafe(end - start);
      const { bytesRead } = await file.read(bytes, 0, end - start, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
