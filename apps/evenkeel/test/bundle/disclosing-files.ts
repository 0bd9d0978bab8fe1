import { deflateSync } from 'node:zlib';

/** A JPEG whose tags say where it was taken, with what and by whom. */
export function photo(isLittle: boolean): Uint8Array {
  const tags = exif(isLittle);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(tags.length + 8);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    length,
    Buffer.from('Exif\0\0', 'latin1'),
    tags,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A PNG that keeps the same block in a chunk of its own. */
export function png(): Uint8Array {
  const tags = exif(false);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(tags.length);
  const sign = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([sign, length, Buffer.from('eXIf'), tags, Buffer.alloc(4)]);
}

type Value = readonly [tag: number, type: number, count: number, value: Buffer | number];

/** Three directories, one behind the other, then the values that do not fit in four bytes. */
function exif(isLittle: boolean): Buffer {
  const ascii = (text: string) => Buffer.from(`${text}\0`);
  const fractions = (...numbers: number[]) =>
    Buffer.concat(numbers.flatMap((number) => [u32(number * 10_000, isLittle), u32(10_000, isLittle)]));
  const text = (tag: number, words: string): Value => [tag, 2, words.length + 1, ascii(words)];
  const first: Value[] = [text(0x010f, 'Fairphone'), text(0x0110, 'FP5'), text(0x013b, 'Alexandra Karhu')];
  const more: Value[] = [text(0x9011, '+03:00'), text(0xa431, 'SN-0815')];
  const gps: Value[] = [
    text(1, 'N'),
    [2, 5, 3, fractions(60, 10, 11.6)],
    text(3, 'E'),
    [4, 5, 3, fractions(24, 56, 18.2)],
  ];
  const sizeOf = (values: readonly Value[]) => 2 + values.length * 12 + 4;
  const exifAt = 8 + sizeOf([...first, ...more.slice(0, 2)]);
  const gpsAt = exifAt + sizeOf(more);
  const valuesAt = gpsAt + sizeOf(gps);
  const values: Buffer[] = [];
  const directory = (entries: readonly Value[]) =>
    Buffer.concat([
      u16(entries.length, isLittle),
      ...entries.map(([tag, type, count, value]) => {
        const head = Buffer.concat([u16(tag, isLittle), u16(type, isLittle), u32(count, isLittle)]);
        if (typeof value === 'number') return Buffer.concat([head, u32(value, isLittle)]);
        if (value.length <= 4) return Buffer.concat([head, value, Buffer.alloc(4 - value.length)]);
        const at = valuesAt + values.reduce((sum, one) => sum + one.length, 0);
        values.push(value);
        return Buffer.concat([head, u32(at, isLittle)]);
      }),
      Buffer.alloc(4),
    ]);
  const pointers: Value[] = [
    [0x8769, 4, 1, exifAt],
    [0x8825, 4, 1, gpsAt],
  ];
  const directories = [directory([...first, ...pointers]), directory(more), directory(gps)];
  const head = Buffer.from(isLittle ? 'II*\0' : 'MM\0*', 'latin1');
  return Buffer.concat([head, u32(8, isLittle), ...directories, ...values]);
}

function u16(value: number, isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(2);
  if (isLittle) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number, isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  if (isLittle) bytes.writeUInt32LE(Math.round(value));
  else bytes.writeUInt32BE(Math.round(value));
  return bytes;
}

/** A PDF with its author in the open, and another in a packed object. */
export function pdf(): Uint8Array {
  const packed = deflateSync(Buffer.from('<< /Author <FEFF0410043B04380441> /Creator (Writer) >>'));
  return Buffer.concat([
    Buffer.from(
      "%PDF-1.7\n1 0 obj << /Author (Alexandra \\(A.\\) Karhu) /CreationDate (D:20260512103000+03'00') >>\n",
    ),
    Buffer.from(`2 0 obj << /Type /ObjStm /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n%%EOF\n'),
  ]);
}

/** The parts of an office paper that speak of its writer. */
export const PAPER = {
  'docProps/core.xml':
    '<cp:coreProperties><dc:creator>Alexandra Karhu</dc:creator><cp:lastModifiedBy>a.karhu &amp; co</cp:lastModifiedBy></cp:coreProperties>',
  'docProps/app.xml': '<Properties><Company>Karhu Oy</Company></Properties>',
  'word/document.xml':
    '<w:ins w:author="Alexandra Karhu"/><a r:href="file:///home/alexandra/Desktop/offer.docx"/>',
} as const;
