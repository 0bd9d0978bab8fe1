import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDiskFull } from '../../kernel/durable.ts';
import { Halt } from '../../kernel/outcome.ts';

export type Upload = { readonly id: string; readonly name: string; readonly sizeBytes: number };

/** DATA/run/uploads: files a browser sent, until their import has ended. Emptied at each start. */
export type Uploads = {
  /** @param modifiedMs when the file was last written where it came from; null when nobody said */
  readonly keep: (
    id: string,
    name: string,
    modifiedMs: number | null,
    body: ReadableStream<Uint8Array> | null,
  ) => Promise<Upload>;
  readonly pathOf: (id: string) => Promise<string | null>;
  readonly drop: (ids: readonly string[]) => Promise<void>;
};

export async function openUploads(dataDir: string): Promise<Uploads> {
  const root = join(dataDir, 'run', 'uploads');
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true, mode: 0o700 });
  return {
    keep: async (id, name, modifiedMs, body) => {
      const folder = join(root, id);
      await mkdir(folder, { mode: 0o700 });
      const path = join(folder, safeName(name));
      try {
        await pipeline(
          body ? Readable.fromWeb(body as never) : Readable.from([]),
          createWriteStream(path, { mode: 0o600 }),
        );
        // Ours is when it travelled, which says nothing; 1970 stands for a time nobody knows.
        await utimes(path, 0, (modifiedMs ?? 0) / 1000);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        if (isDiskFull(error))
          throw new Halt(
            'disk-full',
            'The disk is full. The file was not kept. Free some space and drop it again.',
          );
        throw error;
      }
      return { id, name: safeName(name), sizeBytes: (await stat(path)).size };
    },
    pathOf: async (id) => {
      const names = await readdir(join(root, id)).catch(() => []);
      return names[0] === undefined ? null : join(root, id, names[0]);
    },
    drop: async (ids) => {
      for (const id of ids) await rm(join(root, id), { recursive: true, force: true });
    },
  };
}

/** A name from a browser is a label: it never says where a file goes. */
function safeName(name: string): string {
  const last = basename(name.replaceAll('\\', '/')).replaceAll('\0', '');
  return last === '' || last === '.' || last === '..' ? 'file' : last.slice(-200);
}
