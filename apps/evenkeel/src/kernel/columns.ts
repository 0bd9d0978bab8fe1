/**
 * Columns of rows for `unnest`, in PostgreSQL's binary form: nothing is quoted, escaped or written as hexadecimal here
 * and read back there. The statement casts each to its type, `${texts(names)}::text[]`.
 *
 * @source PostgreSQL's array_recv and the receive functions of the element types
 */
type Encoder<T> = {
  readonly oid: number;
  readonly sizeOf: (value: T) => number;
  /** Writes at `at`, and returns where it ended. */
  readonly write: (into: Buffer, at: number, value: T) => number;
};

const HEADER_BYTES = 20;
const UUID_BYTES = 16;
const HYPHEN = 45;
const JSONB_VERSION = 1;
const EPOCH_2000_MS = Date.UTC(2000, 0);

function column<T>({ oid, sizeOf, write }: Encoder<T>) {
  return (values: readonly (T | null)[]): Buffer => {
    const size = values.reduce<number>(
      (sum, value) => sum + 4 + (value === null ? 0 : sizeOf(value)),
      HEADER_BYTES,
    );
    const into = Buffer.allocUnsafe(size);
    into.writeInt32BE(values.length === 0 ? 0 : 1, 0);
    into.writeInt32BE(values.includes(null) ? 1 : 0, 4);
    into.writeInt32BE(oid, 8);
    if (values.length === 0) return into.subarray(0, 12);
    into.writeInt32BE(values.length, 12);
    into.writeInt32BE(1, 16);
    let at = HEADER_BYTES;
    for (const value of values) {
      const end = value === null ? at + 4 : write(into, at + 4, value);
      into.writeInt32BE(value === null ? -1 : end - at - 4, at);
      at = end;
    }
    return into;
  };
}

const textSize = (text: string) => Buffer.byteLength(text);
const writeText = (into: Buffer, at: number, text: string) => at + into.write(text, at, 'utf8');

export const texts = column<string>({ oid: 25, sizeOf: textSize, write: writeText });

/** JSON texts. */
export const jsonbs = column<string>({
  oid: 3802,
  sizeOf: (text) => 1 + textSize(text),
  write: (into, at, text) => writeText(into, into.writeUInt8(JSONB_VERSION, at), text),
});

export const uuids = column<string>({
  oid: 2950,
  sizeOf: () => UUID_BYTES,
  write: (into, at, id) => {
    let from = 0;
    let isHex = true;
    for (let i = 0; i < UUID_BYTES; i++, from += 2) {
      if (id.charCodeAt(from) === HYPHEN) from += 1;
      const value = (digitOf(id.charCodeAt(from)) << 4) | digitOf(id.charCodeAt(from + 1));
      isHex &&= value >= 0;
      into[at + i] = value;
    }
    if (!isHex || from !== id.length) throw new TypeError(`${id} is no UUID.`);
    return at + UUID_BYTES;
  },
});

/** Of a character behind the end, which is NaN, and of one that is no digit: less than 0, and so is what is made of it. */
function digitOf(unit: number): number {
  if (unit >= 48 && unit < 58) return unit - 48;
  const lower = unit | 0x20;
  return lower >= 97 && lower < 103 ? lower - 87 : -1;
}

export const byteas = column<Uint8Array>({
  oid: 17,
  sizeOf: (bytes) => bytes.length,
  write: (into, at, bytes) => {
    into.set(bytes, at);
    return at + bytes.length;
  },
});

export const bigints = column<number>({
  oid: 20,
  sizeOf: () => 8,
  write: (into, at, value) => into.writeBigInt64BE(BigInt(value), at),
});

export const ints = column<number>({
  oid: 23,
  sizeOf: () => 4,
  write: (into, at, value) => into.writeInt32BE(value, at),
});

export const smallints = column<number>({
  oid: 21,
  sizeOf: () => 2,
  write: (into, at, value) => into.writeInt16BE(value, at),
});

export const booleans = column<boolean>({
  oid: 16,
  sizeOf: () => 1,
  write: (into, at, value) => into.writeUInt8(value ? 1 : 0, at),
});

/** Instants as ISO texts, to the millisecond. */
export const timestamps = column<string>({
  oid: 1184,
  sizeOf: () => 8,
  write: (into, at, iso) => into.writeBigInt64BE(BigInt(Date.parse(iso) - EPOCH_2000_MS) * 1000n, at),
});

/** Search vectors in their binary form, as `vectorOf` makes them. */
export const vectors = column<Uint8Array>({
  oid: 3614,
  sizeOf: (bytes) => bytes.length,
  write: (into, at, bytes) => {
    into.set(bytes, at);
    return at + bytes.length;
  },
});
