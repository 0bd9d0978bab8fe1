import { type Disclosing, disclosing } from './disclosure.ts';

/** A view on the block of tags that cameras write, with the order of its bytes. */
type Tags = { readonly bytes: Buffer; readonly isLittle: boolean };
type Tag = { readonly id: number; readonly type: number; readonly count: number; readonly at: number };

const MOST_TAGS = 512;
const MOST_BLOCKS = 4;
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const EXIF_PLACE = 0x8769;
const GPS_PLACE = 0x8825;

/** @source Exif 2.32, 4.6; TIFF 6.0 */
const NAMED: Readonly<Record<number, readonly ['device' | 'owner' | 'zone' | 'program', string]>> = {
  271: ['device', 'Make'],
  272: ['device', 'Model'],
  305: ['program', 'Software'],
  315: ['owner', 'Artist'],
  316: ['device', 'HostComputer'],
  33432: ['owner', 'Copyright'],
  40093: ['owner', 'XPAuthor'],
  36880: ['zone', 'OffsetTime'],
  36881: ['zone', 'OffsetTimeOriginal'],
  36882: ['zone', 'OffsetTimeDigitized'],
  42032: ['owner', 'CameraOwnerName'],
  42033: ['device', 'BodySerialNumber'],
  42035: ['device', 'LensMake'],
  42036: ['device', 'LensModel'],
  42037: ['device', 'LensSerialNumber'],
};

/**
 * What a picture says of who took it, with what, where and when: tags of JPEG, PNG, WebP, TIFF, HEIC and AVIF alike.
 * The blocks are found by how they begin, wherever the format keeps them.
 *
 * @param bytes of an attachment; attacker-controlled: every offset is checked, nothing is followed twice
 */
export function readImage(bytes: Uint8Array, where: string): readonly Disclosing[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return blocksOf(buffer).flatMap((block) => readBlock(block, where));
}

/** Where blocks begin: a file that is one itself, after `Exif\0\0`, and in the chunks of PNG and WebP. */
function blocksOf(bytes: Buffer): readonly Tags[] {
  const starts = [0, ...after(bytes, 'Exif\0\0', 6), ...after(bytes, 'eXIf', 4), ...after(bytes, 'EXIF', 8)];
  return [...new Set(starts)].flatMap((start) => tagsAt(bytes, start) ?? []);
}

function after(bytes: Buffer, word: string, skip: number): readonly number[] {
  const found: number[] = [];
  let at = bytes.indexOf(word, 0, 'latin1');
  while (at >= 0 && found.length < MOST_BLOCKS) {
    found.push(at + skip);
    at = bytes.indexOf(word, at + 1, 'latin1');
  }
  return found;
}

function tagsAt(bytes: Buffer, start: number): Tags | null {
  const order = bytes.toString('latin1', start, start + 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return null;
  return { bytes: bytes.subarray(start), isLittle: order === 'II*\0' };
}

function readBlock(tags: Tags, where: string): readonly Disclosing[] {
  const first = directory(tags, number(tags, 4, 4));
  const exif = pointed(tags, first, EXIF_PLACE);
  const named = [...first, ...exif].flatMap((tag) => {
    const known = NAMED[tag.id];
    const says = known && textOf(tags, tag);
    return known && says ? [disclosing(known[0], where, `${known[1]}: ${says}`)] : [];
  });
  return [...named, ...positionOf(tags, pointed(tags, first, GPS_PLACE), where)];
}

function pointed(tags: Tags, tagsOfFirst: readonly Tag[], id: number): readonly Tag[] {
  const tag = tagsOfFirst.find((one) => one.id === id);
  return tag ? directory(tags, number(tags, tag.at, 4)) : [];
}

function directory(tags: Tags, start: number): readonly Tag[] {
  if (start < 8 || start + 2 > tags.bytes.length) return [];
  const count = Math.min(number(tags, start, 2), MOST_TAGS);
  const found: Tag[] = [];
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * 12;
    if (at + 12 > tags.bytes.length) return found;
    const [id, type, many] = [number(tags, at, 2), number(tags, at + 2, 2), number(tags, at + 4, 4)];
    const sizeBytes = (TYPE_BYTES[type] ?? 0) * many;
    const place = sizeBytes <= 4 ? at + 8 : number(tags, at + 8, 4);
    if (sizeBytes > 0 && place + sizeBytes <= tags.bytes.length)
      found.push({ id, type, count: many, at: place });
  }
  return found;
}

function number({ bytes, isLittle }: Tags, at: number, size: 2 | 4): number {
  if (at < 0 || at + size > bytes.length) return 0;
  return isLittle ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
}

/** Tags of Windows are in UTF-16, the others in whatever the camera had: UTF-8 is the better guess. */
function textOf({ bytes }: Tags, { id, at, count }: Tag): string {
  const raw = bytes.subarray(at, at + Math.min(count, 2_000));
  return raw
    .toString(id === 0x9c9d ? 'utf16le' : 'utf8')
    .replace(/\0+.*$/s, '')
    .trim();
}

function positionOf(tags: Tags, gps: readonly Tag[], where: string): readonly Disclosing[] {
  const [latitude, longitude] = [degrees(tags, gps, 2, 1), degrees(tags, gps, 4, 3)];
  if (latitude === null || longitude === null) return [];
  return [disclosing('position', where, `${latitude}, ${longitude}`)];
}

/** Degrees, minutes and seconds as fractions, and the letter of the half of the world. */
function degrees(tags: Tags, gps: readonly Tag[], value: number, half: number): string | null {
  const tag = gps.find(({ id, type, count }) => id === value && type === 5 && count === 3);
  const side = gps.find(({ id }) => id === half);
  if (!tag) return null;
  const parts = [0, 1, 2].map((i) => {
    const below = number(tags, tag.at + i * 8 + 4, 4);
    return below === 0 ? 0 : number(tags, tag.at + i * 8, 4) / below;
  });
  const sum = parts[0]! + parts[1]! / 60 + parts[2]! / 3600;
  return `${sum.toFixed(4)}${side ? textOf(tags, side).slice(0, 1) : ''}`;
}
