import { type FileHandle, mkdir, open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeAll } from '../../kernel/durable.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import type { Place } from './vault.ts';

const PACK_LIMIT_BYTES = 256 * 1024 * 1024;

/** DATA/objects/NNNNNN.pack: ciphertext in the order of its arrival, append-only. */
export class Packs {
  readonly #dir: string;
  readonly #files = new Map<number, FileHandle>();
  readonly #dirty = new Set<number>();
  #pack: number;
  #end: number;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(dir: string, pack: number, end: number) {
    this.#dir = dir;
    this.#pack = pack;
    this.#end = end;
  }

  /** @param committed the end of each pack as the last commit knew it; what lies behind is cut off */
  static async open(dir: string, committed: ReadonlyMap<number, number>): Promise<Packs> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(dir)) {
      const pack = Number.parseInt(name, 10);
      const end = committed.get(pack) ?? 0;
      const path = join(dir, name);
      const file = await open(path, 'r');
      const { size } = await file.stat();
      await file.close();
      if (size > end) await truncate(path, end);
    }
    const pack = Math.max(1, ...committed.keys());
    return new Packs(dir, pack, committed.get(pack) ?? 0);
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

export function nameOf(pack: number): string {
  return `${String(pack).padStart(6, '0')}.pack`;
}
