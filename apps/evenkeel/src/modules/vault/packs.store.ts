import { type FileHandle, mkdir, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeAll } from '../../kernel/durable.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { nameOf, type Place } from './vault.ts';

const PACK_LIMIT_BYTES = 256 * 1024 * 1024;
const NAME = /^\d{6,}\.pack$/;

/** DATA/objects/NNNNNN.pack: ciphertext in the order of its arrival, append-only. */
export class Packs {
  readonly #dir: string;
  readonly #files = new Map<number, FileHandle>();
  readonly #dirty = new Set<number>();
  readonly #committed: ReadonlyMap<number, number>;
  #pack: number;
  #end: number;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(dir: string, committed: ReadonlyMap<number, number>) {
    this.#dir = dir;
    this.#committed = committed;
    this.#pack = Math.max(1, ...committed.keys());
    this.#end = committed.get(this.#pack) ?? 0;
  }

  /** @param committed the end of each pack as the last commit knew it */
  static async open(dir: string, committed: ReadonlyMap<number, number>): Promise<Packs> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return new Packs(dir, committed);
  }

  /** Cuts off what lies behind the committed ends: bytes of a commit that never came. Before the first append. */
  async cutTails(): Promise<void> {
    for (const { path, pack, size } of await this.#found()) {
      const end = this.#committed.get(pack) ?? 0;
      if (size > end) await truncate(path, end);
    }
  }

  /** Bytes in all packs, committed or not. */
  async sizeBytes(): Promise<number> {
    return (await this.#found()).reduce((sum, { size }) => sum + size, 0);
  }

  async #found(): Promise<readonly { path: string; pack: number; size: number }[]> {
    const names = (await readdir(this.#dir)).filter((name) => NAME.test(name));
    return Promise.all(
      names.map(async (name) => {
        const path = join(this.#dir, name);
        return { path, pack: Number.parseInt(name, 10), size: (await stat(path)).size };
      }),
    );
  }

  /** Appends one object's pieces next to each other. Durable only after `flush`. */
  append(pieces: Iterable<Uint8Array>, length: number): Promise<Place> {
    const run = this.#queue.then(() => this.#append(pieces, length));
    this.#queue = run.catch(() => {});
    return run;
  }

  async #append(pieces: Iterable<Uint8Array>, length: number): Promise<Place> {
    if (this.#end > 0 && this.#end + length > PACK_LIMIT_BYTES) {
      this.#pack += 1;
      this.#end = 0;
    }
    const file = await this.#fileOf(this.#pack);
    const place = { pack: this.#pack, start: this.#end, length };
    let position = this.#end;
    for (const piece of pieces) {
      await writeAll(file, piece, position);
      position += piece.length;
    }
    this.#end = position;
    this.#dirty.add(place.pack);
    return place;
  }

  async flush(): Promise<void> {
    const dirty = [...this.#dirty];
    for (const pack of dirty) {
      this.#dirty.delete(pack);
      await (await this.#fileOf(pack)).datasync().catch((error: unknown) => {
        this.#dirty.add(pack);
        throw error;
      });
    }
  }

  /** @throws BrokenPromise `object-damaged` when the pack ends too early. */
  async read(place: Place): Promise<Uint8Array> {
    const file = await this.#fileOf(place.pack);
    const bytes = Buffer.allocUnsafe(place.length);
    const { bytesRead } = await file.read(bytes, 0, place.length, place.start);
    if (bytesRead < place.length) {
      throw new BrokenPromise(
        'object-damaged',
        `objects/${nameOf(place.pack)} ends before byte ${place.start + place.length}.`,
      );
    }
    return bytes;
  }

  async #fileOf(pack: number): Promise<FileHandle> {
    const known = this.#files.get(pack);
    if (known) return known;
    const path = join(this.#dir, nameOf(pack));
    const file = await open(path, 'r+').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      const made = await open(path, 'w+', 0o600);
      await syncFolder(this.#dir);
      return made;
    });
    this.#files.set(pack, file);
    return file;
  }

  async close(): Promise<void> {
    await this.#queue;
    for (const file of this.#files.values()) await file.close();
  }
}
