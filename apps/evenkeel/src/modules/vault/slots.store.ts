import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Chance } from '../../kernel/chance.ts';
import { syncFolder, writeAll } from '../../kernel/durable.ts';
import { giveWay } from '../../kernel/give-way.ts';
import { BrokenPromise, Halt } from '../../kernel/outcome.ts';
import type { Slot, SlotId } from './vault.ts';

const RECORD_BYTES = 64;
const HEADER = Buffer.from('EVKSLOTS1\n'.padEnd(RECORD_BYTES, ' '));
const ALGORITHM = 'aes-256-gcm';
const TAG = { authTagLength: 16 };
const TAKEN = 1;
/** Reading this many records costs less than asking for one of them alone. */
const NEIGHBOURS = 16;

/**
 * DATA/keys/slots: 64 bytes a slot: state, nonce, wrapped secret, tag, three bytes of nothing. Fixed places, so that
 * erasing is overwriting.
 */
export class Slots {
  readonly #file: FileHandle;
  readonly #key: KeyObject;
  readonly #chance: Chance;
  readonly #fresh = new Map<number, Uint8Array>();
  #next: number;
  #written: number;
  #flushing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, key: Uint8Array, chance: Chance, count: number) {
    this.#file = file;
    this.#key = createSecretKey(key);
    this.#chance = chance;
    this.#next = count;
    this.#written = count;
  }

  /** @throws Halt `slots-damaged` when the file is not one of ours. */
  static async open(path: string, key: Uint8Array, chance: Chance): Promise<Slots> {
    const file = await open(path, 'a+', 0o600).then(async (made) => {
      await made.close();
      return open(path, 'r+');
    });
    const { size } = await file.stat();
    const header = await readAt(file, 0);
    // A header that a crash cut short belongs to a file that holds nothing yet.
    if (size < RECORD_BYTES && header.equals(HEADER.subarray(0, size))) {
      await writeAll(file, HEADER, 0);
      await file.sync();
      await syncFolder(dirname(path));
    } else if (!header.equals(HEADER)) {
      await file.close();
      throw new Halt(
        'slots-damaged',
        `The key file ${path} does not begin as it should. Nothing was changed. Put back the copy from your last key backup.`,
      );
    }
    // A record that a crash cut short was never named by a commit: its place is used again.
    const count = Math.max(0, Math.floor((size - RECORD_BYTES) / RECORD_BYTES));
    return new Slots(file, key, chance, count);
  }

  /** Makes fresh secrets. They are durable only after `flush`; nothing may name them before. */
  reserve(count: number): readonly Slot[] {
    return Array.from({ length: count }, () => {
      const id = this.#next++;
      const secret = this.#chance.bytes(32);
      this.#fresh.set(id, secret);
      return { id: id as SlotId, secret };
    });
  }

  /** Makes every reserved slot durable. Several callers share one write. */
  flush(): Promise<void> {
    const run = this.#flushing.then(() => this.#write());
    this.#flushing = run.catch(() => {});
    return run;
  }

  async #write(): Promise<void> {
    const until = this.#next;
    const from = this.#written;
    if (until === from) return;
    const records = Buffer.alloc((until - from) * RECORD_BYTES);
    for (let id = from; id < until; id++) {
      await giveWay();
      this.#wrap(id, records, (id - from) * RECORD_BYTES);
    }
    await writeAll(this.#file, records, offsetOf(from));
    await this.#file.datasync();
    this.#written = until;
    for (let id = from; id < until; id++) this.#fresh.delete(id);
  }

  #wrap(id: number, records: Buffer, at: number): void {
    const nonce = this.#chance.bytes(12);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, TAG).setAAD(placeOf(id));
    records[at] = TAKEN;
    records.set(nonce, at + 1);
    records.set(cipher.update(this.#fresh.get(id)!), at + 13);
    cipher.final();
    records.set(cipher.getAuthTag(), at + 45);
  }

  /** The secret, or 'erased' when it was destroyed. @throws BrokenPromise `slot-missing` when the record is damaged. */
  async secretOf(id: SlotId): Promise<Uint8Array | 'erased'> {
    return this.#fresh.get(id) ?? this.#unwrap(id, await readAt(this.#file, offsetOf(id)));
  }

  /** The secrets of many slots, in that order; those that lie close together are read at once. */
  async secretsOf(ids: readonly SlotId[]): Promise<readonly (Uint8Array | 'erased')[]> {
    const first = Math.min(...ids);
    const span = Math.max(...ids) - first + 1;
    if (ids.length < 2 || span > ids.length * NEIGHBOURS)
      return Promise.all(ids.map((id) => this.secretOf(id)));
    const records = await readAt(this.#file, offsetOf(first), span * RECORD_BYTES);
    return ids.map((id) => {
      const at = (id - first) * RECORD_BYTES;
      return this.#fresh.get(id) ?? this.#unwrap(id, records.subarray(at, at + RECORD_BYTES));
    });
  }

  #unwrap(id: SlotId, record: Buffer): Uint8Array | 'erased' {
    if (record.length === RECORD_BYTES && record[0] === 0) return 'erased';
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, record.subarray(1, 13), TAG).setAAD(
        placeOf(id),
      );
      decipher.setAuthTag(record.subarray(45, 61));
      const secret = decipher.update(record.subarray(13, 45));
      decipher.final();
      return secret;
    } catch {
      throw new BrokenPromise('slot-missing', `Slot ${id} in keys/slots is damaged or missing.`);
    }
  }

  /** Overwrites slots for good. What is still to be written is written first, lest it come after. */
  async destroy(ids: readonly SlotId[]): Promise<void> {
    await this.flush();
    for (const id of ids) await writeAll(this.#file, Buffer.alloc(RECORD_BYTES), offsetOf(id));
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function offsetOf(id: number): number {
  return RECORD_BYTES * (id + 1);
}

function placeOf(id: number): Uint8Array {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(id));
  return place;
}

async function readAt(file: FileHandle, position: number, sizeBytes = RECORD_BYTES): Promise<Buffer> {
  const record = Buffer.alloc(sizeBytes);
  const { bytesRead } = await file.read(record, 0, sizeBytes, position);
  return record.subarray(0, bytesRead);
}
