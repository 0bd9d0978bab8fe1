/** A picture that can be drawn in a document: its form, and how many dots it has. */
export type Picture = {
  readonly format: 'png' | 'jpg' | 'gif';
  readonly width: number;
  readonly height: number;
};

/**
 * What kind of picture bytes say they are, read from their first headers only.
 *
 * @param bytes Hostile.
 * @returns null where it is none of the three forms, or has no size
 * @source PNG §11.2.2; JPEG (ITU T.81) §B.2.2; GIF89a §18
 */
export function pictureIn(bytes: Uint8Array): Picture | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = pngIn(view) ?? gifIn(view) ?? jpegIn(view);
  return found !== null && found.width > 0 && found.height > 0 ? found : null;
}

function pngIn(view: Buffer): Picture | null {
  if (view.length < 24 || view.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  return { format: 'png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

function gifIn(view: Buffer): Picture | null {
  if (view.length < 10 || !/^GIF8[79]a$/.test(view.toString('latin1', 0, 6))) return null;
  return { format: 'gif', width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
}

/** Segments follow each other, each with its length, until one that begins a frame. */
function jpegIn(view: Buffer): Picture | null {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.length && view[at] === 0xff; ) {
    const marker = view[at + 1]!;
    if (isFrame(marker))
      return { format: 'jpg', height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    at += 2 + view.readUInt16BE(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, but the three markers between them that begin no frame. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
