import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDiskFull } from '../../kernel/durable.ts';
import { Halt } from '../../kernel/outcome.ts';

export type Upload = { readonly id: string; readonly name: string; readonly sizeBytes: number };

/** DATA/run/uploads: files a browser sent, until their import has ended. Emptied at each start. */
export type Uploads = {
  /**
   * @param name with the folders it lay in, `chat/photos/1.jpg`; labels that never say where a file goes
   * @param modifiedMs when the file was last written where it came from; null when nobody said
   */
  readonly keep: (
    id: string,
    name: string,
    modifiedMs: number | null,
    body: ReadableStream<Uint8Array> | null,
  ) => Promise<Upload>;
  readonly pathOf: (id: string) => Promise<{ readonly path: string; readonly name: string } | null>;
  readonly drop: (ids: readonly string[]) => Promise<void>;
};

export async function openUploads(dataDir: string): Promise<Uploads> {
  const root = join(dataDir, 'run', 'uploads');
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true, mode: 0o700 });
  return {
    keep: async (id, name, modifiedMs, body) => {
      const folder = join(root, id);
      const path = join(folder, ...safePath(name));
      await mkdir(dirname(path), { mode: 0o700, recursive: true });
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
      return { id, name: basename(path), sizeBytes: (await stat(path)).size };
    },
    pathOf: async (id) => {
      const folder = join(root, id);
      const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const file = found.find((one) => one.isFile());
      if (!file) return null;
      const path = join(file.parentPath, file.name);
      return { path, name: relative(folder, path).split(sep).join('/') };
    },
    drop: async (ids) => {
      for (const id of ids) await rm(join(root, id), { recursive: true, force: true });
    },
  };
}

const DEEPEST = 12;
const NAME_BYTES = 200;

/** A name from a browser is a label: it never says where a file goes. */
function safePath(name: string): readonly string[] {
  const parts = name.replaceAll('\\', '/').replaceAll('\0', '').split('/').map(cut);
  const safe = parts.filter((part) => part !== '' && part !== '.' && part !== '..').slice(-DEEPEST);
  return safe.length > 0 ? safe : ['file'];
}

/** File systems count bytes; the end of a name says what it is. */
function cut(part: string): string {
  const bytes = Buffer.from(part);
  return bytes.length <= NAME_BYTES
    ? part
    : bytes
        .subarray(-NAME_BYTES)
        .toString('utf8')
        .replace(/^\ufffd+/, '');
}
