import { crc32 } from 'node:zlib';
import { type Notes, note } from '../reading.ts';

const HEADER_BYTES = 16;
const LZFU = 0x75465a4c;
const MELA = 0x414c454d;
const LARGEST = 256 * 1024 * 1024;
const FIRST_WORDS = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/**
 * Unpacks a compressed RTF body.
 *
 * @param packed Attacker-controlled. Two bytes can become seventeen at most; the result ends where the input does.
 * @returns The RTF; null when it is none. Damage is noted, and what could be unpacked comes back.
 * @source MS-OXRTFCP 2.1 and 2.2
 */
export function unpackRtf(packed: Buffer, notes: Notes): Buffer | null {
  if (packed.length < HEADER_BYTES) return null;
  const rawSize = packed.readUInt32LE(4);
  const magic = packed.readUInt32LE(8);
  const stop = Math.min(packed.length, packed.readUInt32LE(0) + 4);
  const contents = packed.subarray(HEADER_BYTES, Math.max(HEADER_BYTES, stop));
  if (magic === MELA) return whole(contents.subarray(0, rawSize), rawSize, notes);
  if (magic !== LZFU) {
    note(notes, 'outlook-damaged', 'The formatted text is packed in no known way; it was not read.');
    return null;
  }
  const sum = (crc32(contents, 0xffffffff) ^ 0xffffffff) >>> 0;
  if (sum !== packed.readUInt32LE(12))
    note(notes, 'checksum-wrong', 'The checksum of the formatted text is wrong; it was read all the same.');
  return whole(unpackLz(contents, rawSize), rawSize, notes);
}

function whole(rtf: Buffer, rawSize: number, notes: Notes): Buffer {
  if (rtf.length < rawSize)
    note(notes, 'outlook-damaged', 'The formatted text ends early; what there is of it was read.');
  return rtf;
}

function unpackLz(contents: Buffer, rawSize: number): Buffer {
  const out = Buffer.alloc(Math.min(rawSize, contents.length * 9, LARGEST));
  const ring = Buffer.alloc(4096, 32);
  FIRST_WORDS.copy(ring);
  let write = FIRST_WORDS.length;
  let size = 0;
  const put = (byte: number): void => {
    if (size < out.length) out[size++] = byte;
    ring[write] = byte;
    write = (write + 1) & 4095;
  };
  for (let at = 0; at < contents.length && size < out.length; ) {
    const flags = contents[at++]!;
    for (let bit = 0; bit < 8 && at < contents.length; bit++) {
      if (((flags >> bit) & 1) === 0) {
        put(contents[at++]!);
        continue;
      }
      if (at + 2 > contents.length) return out.subarray(0, size);
      const word = contents.readUInt16BE(at);
      at += 2;
      const from = word >> 4;
      if (from === write) return out.subarray(0, size);
      for (let i = 0; i < (word & 15) + 2; i++) put(ring[(from + i) & 4095]!);
    }
  }
  return out.subarray(0, size);
}
