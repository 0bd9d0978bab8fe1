import { type FileHandle, mkdir, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeAll } from '../../kernel/durable.ts';
import { letGo } from '../../kernel/let-go.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { nameOf, type Place } from './vault.ts';

const PACK_LIMIT_BYTES = 256 * 1024 * 1024;
/** So much is gathered before it is written: one write for each object costs more than its bytes. */
const GATHER_BYTES = 4 * 1024 * 1024;
const NAME = /^\d{6,}\.pack$/;

/** DATA/objects/NNNNNN.pack: ciphertext in the order of its arrival, append-only. */
export class Packs {
  readonly #dir: string;
  readonly #files = new Map<number, FileHandle>();
  readonly #dirty = new Set<number>();
  readonly #committed: ReadonlyMap<number, number>;
  #pack: number;
  /** Where the next object goes, and up to where the file has been written. */
  #end: number;
  #written: number;
  /** What is still to be written, `#end - #written` bytes of it: one place, filled again after each write. */
  #gathered: Buffer | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(dir: string, committed: ReadonlyMap<number, number>) {
    this.#dir = dir;
    this.#committed = committed;
    this.#pack = Math.max(1, ...committed.keys());
    this.#end = committed.get(this.#pack) ?? 0;
    this.#written = this.#end;
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

  /** Appends one object's pieces next to each other; their memory is let go. Durable only after `flush`. */
  append(pieces: Iterable<Uint8Array>, length: number): Promise<Place> {
    return this.#inTurn(() => this.#append(pieces, length));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => {});
    return run;
  }

  async #append(pieces: Iterable<Uint8Array>, length: number): Promise<Place> {
    if (this.#end > 0 && this.#end + length > PACK_LIMIT_BYTES) {
      await this.#writeOut();
      this.#pack += 1;
      this.#end = 0;
      this.#written = 0;
    }
    const place = { pack: this.#pack, start: this.#end, length };
    for (const piece of pieces) {
      await this.#gather(piece);
      letGo([piece]);
    }
    return place;
  }

  async #gather(piece: Uint8Array): Promise<void> {
    this.#gathered ??= Buffer.allocUnsafeSlow(GATHER_BYTES);
    for (let taken = 0; taken < piece.length; ) {
      if (this.#end - this.#written === GATHER_BYTES) await this.#writeOut();
      const at = this.#end - this.#written;
      const part = piece.subarray(taken, taken + GATHER_BYTES - at);
      this.#gathered.set(part, at);
      taken += part.length;
      this.#end += part.length;
    }
  }

  /** What a failed write did not take is written again by the next one, to the same place. */
  async #writeOut(): Promise<void> {
    if (this.#gathered === null || this.#end === this.#written) return;
    const file = await this.#fileOf(this.#pack);
    await writeAll(file, this.#gathered.subarray(0, this.#end - this.#written), this.#written);
    this.#dirty.add(this.#pack);
    this.#written = this.#end;
  }

  /** Makes durable what was appended before the call, by whomever. */
  flush(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#writeOut();
      for (const pack of this.#dirty) {
        await (await this.#fileOf(pack)).datasync();
        this.#dirty.delete(pack);
      }
    });
  }

  /** Overwrites ciphertext whose key is gone: a key that turns up again opens nothing. Durable when it returns. */
  wipe(places: readonly Place[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#writeOut();
      for (const { pack, start, length } of places) {
        const file = await this.#fileOf(pack);
        for (let done = 0; done < length; done += GATHER_BYTES)
          await writeAll(file, Buffer.alloc(Math.min(GATHER_BYTES, length - done)), start + done);
      }
      for (const pack of new Set(places.map((place) => place.pack)))
        await (await this.#fileOf(pack)).datasync();
    });
  }

  /** @throws BrokenPromise `object-damaged` when the pack ends too early. */
  async read(place: Place): Promise<Uint8Array> {
    if (place.pack === this.#pack && place.start + place.length > this.#written)
      await this.#inTurn(() => this.#writeOut());
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
