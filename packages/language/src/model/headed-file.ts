const HEAD_AT = 8;

/** Writes four letters, the length of the head, the head as JSON padded with spaces to 8 bytes, and the body. */
export function writeHeaded(magic: string, head: object, body: Int8Array): Uint8Array {
  let text = JSON.stringify(head);
  while ((new TextEncoder().encode(text).length + HEAD_AT) % 8 !== 0) text += ' ';
  const headBytes = new TextEncoder().encode(text);
  const bytes = new Uint8Array(HEAD_AT + headBytes.length + body.length);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(4, headBytes.length, true);
  bytes.set(headBytes, HEAD_AT);
  bytes.set(new Uint8Array(body.buffer, body.byteOffset, body.length), HEAD_AT + headBytes.length);
  return bytes;
}

/**
 * Reads such a file without copying its body.
 *
 * @param sizeOf how many bytes the body has, by the head; throws where the head is of another format
 * @throws Error when the bytes begin with other letters or are shorter or longer than their head says
 */
export function readHeaded<Head>(
  magic: string,
  bytes: Uint8Array,
  sizeOf: (head: Head) => number,
): { readonly head: Head; readonly body: Int8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_AT || new TextDecoder().decode(bytes.subarray(0, 4)) !== magic)
    throw new Error('These bytes are no language weights.');
  const length = view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_AT, HEAD_AT + length))) as Head;
  const size = sizeOf(head);
  if (bytes.length !== HEAD_AT + length + size) throw new Error('These weights are cut off.');
  return { head, body: new Int8Array(bytes.buffer, bytes.byteOffset + HEAD_AT + length, size) };
}
