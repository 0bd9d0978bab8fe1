import { type Disclosing, disclosing, foldersIn } from './disclosure.ts';
import { readOffice, readPdf, readXmp } from './disclosure-document.ts';
import { readImage } from './disclosure-image.ts';

/** Larger ones are not looked into, and that is said. */
const MOST_BYTES = 64 << 20;
const TEXT_BYTES = 1 << 20;

/**
 * What one file gives away, by what its bytes are; a stated type proves nothing.
 *
 * @param where its name; null for a file that is the record itself
 */
export async function readFileOf(
  bytes: Uint8Array,
  mediaType: string,
  where: string | null,
): Promise<readonly Disclosing[]> {
  const name = where ?? mediaType.split(';')[0]!.trim();
  if (bytes.length > MOST_BYTES) return [disclosing('unread', name, `${bytes.length} bytes`)];
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('%PDF-')) return [...readPdf(bytes, name), ...readXmp(bytes, name)];
  if (head.startsWith('PK\x03\x04')) return readOffice(bytes, name);
  if (mediaType.startsWith('text/')) return foldersIn(textOf(bytes), where);
  return [...readImage(bytes, name), ...readXmp(bytes, name), ...placeOfFilm(bytes, name)];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, TEXT_BYTES)).toString('utf8');
}

/** `+60.1699+024.9384/`: where a telephone made a film. @source ISO 6709 annex H */
function placeOfFilm(bytes: Uint8Array, where: string): readonly Disclosing[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = buffer.indexOf('\xa9xyz', 0, 'latin1');
  if (at < 0) return [];
  const place = /[+-]\d{1,3}\.\d+[+-]\d{1,3}\.\d+/.exec(buffer.toString('latin1', at, at + 80))?.[0];
  return place ? [disclosing('position', where, place)] : [];
}
