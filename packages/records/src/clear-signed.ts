import type { ByteRange } from './issue.ts';

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/** Where the whole block lies in a text that is not packed: armour, words and signature. */
export function clearSignedRange(text: Buffer): ByteRange | null {
  const start = text.indexOf(BEGIN);
  if (start < 0 || (start > 0 && text[start - 1] !== 10 && text[start - 1] !== 13)) return null;
  const end = text.indexOf(END, start);
  return end < 0 ? null : { start, end: end + END.length };
}

/**
 * The words of a clearsigned text without its armour, and what stands around it. Text that only looks like one stays.
 *
 * @param text With `\n` line ends.
 * @source RFC 9580 7
 */
export function withoutArmour(text: string): string {
  const begin = lineAt(text, BEGIN, 0);
  if (begin < 0) return text;
  const words = text.indexOf('\n\n', begin);
  const signature = lineAt(text, SIGNATURE, begin);
  const end = signature < 0 ? -1 : lineAt(text, END, signature);
  if (words < 0 || signature < words || end < 0) return text;
  const signed = text.slice(words + 2, signature).replace(/^- /gm, '');
  const after = text.slice(end + END.length).replace(/^\n/, '');
  return text.slice(0, begin) + signed + after;
}

function lineAt(text: string, line: string, from: number): number {
  if (from === 0 && text.startsWith(line)) return 0;
  const at = text.indexOf(`\n${line}`, from);
  return at < 0 ? -1 : at + 1;
}
