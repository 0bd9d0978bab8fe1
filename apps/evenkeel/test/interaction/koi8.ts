/** Every byte of KOI8-R by its character. @source RFC 1489 */
const BYTES = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('koi8-r').decode(Uint8Array.of(byte)), byte]),
);

/** A text in KOI8-R. */
export function koi8(text: string): Buffer {
  return Buffer.from(Array.from(text, (one) => BYTES.get(one) ?? 0x3f));
}
