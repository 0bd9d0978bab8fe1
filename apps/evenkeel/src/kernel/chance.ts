import type { Instant } from './instant.ts';

/** Time and randomness, handed in: only the composition root makes one that is real. */
export type Chance = {
  readonly now: () => Instant;
  /** `sizeBytes` unpredictable bytes. */
  readonly bytes: (sizeBytes: number) => Uint8Array;
};

const POOL_BYTES = 8192;

/**
 * Serves small draws from one large one: asking the system each time takes longer than the bytes do.
 *
 * Every byte is handed out once, and is wiped from the pool.
 */
export function pooled(draw: Chance['bytes']): Chance['bytes'] {
  let pool: Uint8Array = new Uint8Array(0);
  let at = 0;
  return (sizeBytes) => {
    if (sizeBytes > POOL_BYTES / 16) return draw(sizeBytes);
    if (at + sizeBytes > pool.length) {
      pool = draw(POOL_BYTES);
      at = 0;
    }
    const drawn = Uint8Array.prototype.slice.call(pool, at, at + sizeBytes);
    pool.fill(0, at, at + sizeBytes);
    at += sizeBytes;
    return drawn;
  };
}

/**
 * Makes a UUIDv7: 48 bits of time, then a counter within the millisecond so that ids made in a row sort in that row.
 *
 * @source RFC 9562 §5.7 and §6.2 (method 1)
 */
export function idMaker(chance: Chance): () => string {
  let last = 0;
  let counter = 0;
  let before = '';
  let beforeMs = 0;
  return () => {
    const instant = chance.now();
    // Many ids are made within a millisecond: its name is read once.
    if (instant !== before) [before, beforeMs] = [instant, Date.parse(instant)];
    counter = beforeMs > last ? 0 : counter + 1;
    last = Math.max(beforeMs, last) + (counter > 0xfff ? 1 : 0);
    if (counter > 0xfff) counter = 0;
    return format(last, counter, chance.bytes(8));
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function format(milliseconds: number, counter: number, random: Uint8Array): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  const hex = (i: number) => HEX[random[i]!]!;
  const variant = HEX[0x80 | (random[0]! & 0x3f)]!;
  const tail = hex(2) + hex(3) + hex(4) + hex(5) + hex(6) + hex(7);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${hex(1)}-${tail}`;
}
