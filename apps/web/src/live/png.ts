const SIGNATURE_BYTES = 8;
/** Length, type and check sum of a chunk. */
const FRAME_BYTES = 12;
/** The picture. Everything else says something about where it came from. @source PNG (W3C) §11 */
const PICTURE = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
const LONGEST_PX = 1600;
const LIMIT_BYTES = 5 << 20;

/** A part of a picture, as shares of its width and height. */
export type Crop = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
export const WHOLE: Crop = { left: 0, top: 0, right: 1, bottom: 1 };

/** Leaves of a PNG its picture only. */
export function bare(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts = [png.slice(0, SIGNATURE_BYTES)];
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= png.length; ) {
    const end = at + FRAME_BYTES + view.getUint32(at);
    if (PICTURE.includes(String.fromCharCode(...png.subarray(at + 4, at + 8))))
      parts.push(png.slice(at, end));
    at = end;
  }
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Draws a part of a picture anew: neither its name nor anything else that its file held comes along.
 *
 * @returns a bare PNG, base64
 */
export async function drawn(picture: Blob, crop: Crop): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  const width = Math.max(1, Math.round(bitmap.width * (crop.right - crop.left)));
  const height = Math.max(1, Math.round(bitmap.height * (crop.bottom - crop.top)));
  const from = [
    Math.round(bitmap.width * crop.left),
    Math.round(bitmap.height * crop.top),
    width,
    height,
  ] as const;
  for (let scale = Math.min(1, LONGEST_PX / Math.max(width, height)); ; scale /= 1.5) {
    const png = bare(await encoded(bitmap, from, Math.max(1, width * scale), Math.max(1, height * scale)));
    if (png.length <= LIMIT_BYTES) return base64(png);
  }
}

async function encoded(
  bitmap: ImageBitmap,
  from: readonly [number, number, number, number],
  width: number,
  height: number,
): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  canvas.getContext('2d')!.drawImage(bitmap, ...from, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}

const PIECE = 0x8000;

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
