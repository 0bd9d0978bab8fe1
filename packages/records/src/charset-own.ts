/** The charsets of old mail that the platform's decoders leave out. None of these functions throws. */
import { platformDecode } from './charset-platform.ts';

const ESC = 27;
const SHIFT_OUT = 14;
const SHIFT_IN = 15;
const TILDE = 126;
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** Decodes bytes under a label of {@link charsetNamed} that says `own`. */
export function ownDecode(bytes: Buffer, label: string): string {
  switch (label) {
    case 'utf-7':
      return decodeUtf7(bytes);
    case 'iso-2022-kr':
      return platformDecode(shiftedToHigh(bytes), 'euc-kr');
    case 'iso-2022-cn':
      return platformDecode(shiftedToHigh(bytes), 'gbk');
    case 'hz-gb-2312':
      return platformDecode(hzToHigh(bytes), 'gbk');
    case 'utf-32':
      return decodeUtf32(bytes);
    case 'ibm437':
      return decodeTable(bytes, CP437);
    default:
      return decodeTable(bytes, CP850);
  }
}

/** RFC 1557, 1922: between shift-out and shift-in two 7-bit bytes are one character; designations are dropped. */
function shiftedToHigh(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let size = 0;
  let high = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === ESC && bytes[i + 1] === 0x24) i += 3;
    else if (byte === SHIFT_OUT) high = 0x80;
    else if (byte === SHIFT_IN) high = 0;
    else out[size++] = byte > 32 ? byte | high : byte;
  }
  return out.subarray(0, size);
}

/** RFC 1843. */
function hzToHigh(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let size = 0;
  let high = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    const next = byte === TILDE ? bytes[i + 1] : undefined;
    if (next === 0x7b) high = 0x80;
    else if (next === 0x7d) high = 0;
    else if (next === TILDE) out[size++] = TILDE;
    if (next === 0x7b || next === 0x7d || next === TILDE || next === 10) i++;
    else out[size++] = byte > 32 ? byte | high : byte;
  }
  return out.subarray(0, size);
}

/** RFC 2152, read leniently. */
function decodeUtf7(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, code: string) => {
    if (code === '') return whole === '+-' ? '+' : whole;
    const units = Buffer.from(code, 'base64');
    let text = '';
    for (let i = 0; i + 1 < units.length; i += 2) text += String.fromCharCode(units.readUInt16BE(i));
    return text;
  });
}

function decodeUtf32(bytes: Buffer): string {
  const isBig = bytes[0] === 0;
  let text = '';
  for (let i = 0; i + 3 < bytes.length; i += 4) {
    const point = isBig ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i);
    if (point !== 0xfeff) text += String.fromCodePoint(point <= 0x10ffff ? point : 0xfffd);
  }
  return text;
}

function decodeTable(bytes: Buffer, upper: string): string {
  let text = '';
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : upper[byte - 128]!;
  return text;
}
