/**
 * Bytes that can be read anywhere, such as a file or an upload.
 *
 * @property read Resolves to the bytes from `start` to `end`; to fewer only at the end of the source. The array is the
 *   caller's to keep.
 * @property release A reader that will not look before `before` again says so; a streaming source may then forget it.
 */
export type ByteSource = {
  readonly name: string;
  readonly sizeBytes: number;
  read(start: number, end: number): Promise<Uint8Array>;
  release?(before: number): void;
};

/** A source over bytes that are already in memory; its reads are views, not copies. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
  };
}

/** Views the same memory as a Buffer, whose searches and decoders are native. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
