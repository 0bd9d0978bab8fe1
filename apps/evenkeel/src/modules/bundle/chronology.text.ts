/** Which code points the fonts of a document can draw. */
export type Coverage = { readonly has: (codePoint: number) => boolean };

/** Text that is safe to draw, and how many of its characters had to be shown by their number instead. */
export type Printable = { readonly text: string; readonly replaced: number };

/** A place inside a long word where a line may end. Never in a source text: private-use characters are replaced. */
export const BREAK_MARK = '\u{E000}';
const LONGEST_WORD = 24;
const CHUNK = 8;

/**
 * Turns any text, also a hostile one, into text that can be drawn and read back without loss of meaning.
 *
 * Line ends become LF and tabs four spaces; other C0 controls become their pictures (U+2400…); whatever no font can
 * draw, could reorder a line (bidirectional controls) or may not stand in a PDF/A text (U+FEFF, non-characters, lone
 * surrogates) is shown by number, neighbours together: `[U+6F22 U+5B57]`.
 *
 * @param text Any string; hostile.
 */
export function printable(text: string, fonts: Coverage): Printable {
  const normal = text.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  if (PLAIN.test(normal)) return { text: normal.replaceAll('\t', '    '), replaced: 0 };
  return byCodePoint(normal, fonts);
}

/** One line: every run of white space, line ends too, becomes one space. */
export function printableLine(text: string, fonts: Coverage): Printable {
  return printable(text.replace(/\s+/g, ' ').trim(), fonts);
}

/** Marks where words too long for a line may be broken; the mark is not drawn and not copied out of the PDF. */
export function breakLongWords(text: string): string {
  return text.replace(TOO_LONG, (word) => chunks(word).join(BREAK_MARK));
}

const PLAIN = /^[\t\n\x20-\x7e\u0410-\u044f\u00c0-\u00ff]*$/;
const TOO_LONG = new RegExp(`[^\\s]{${LONGEST_WORD + 1},}`, 'gu');

function byCodePoint(text: string, fonts: Coverage): Printable {
  const out: string[] = [];
  let unseen: string[] = [];
  let replaced = 0;
  for (const character of text) {
    const shown = drawn(character, fonts);
    if (shown !== null) {
      flush(out, unseen);
      unseen = [];
      out.push(shown);
      continue;
    }
    unseen.push(number(character));
    replaced++;
  }
  flush(out, unseen);
  return { text: out.join(''), replaced };
}

function drawn(character: string, fonts: Coverage): string | null {
  const code = character.codePointAt(0) as number;
  if (code === 0x0a) return '\n';
  if (code === 0x09) return '    ';
  if (code < 0x20) return pictured(0x2400 + code, fonts);
  if (code === 0x7f) return pictured(0x2421, fonts);
  if (isUnsafe(code) || !fonts.has(code)) return null;
  return character;
}

function pictured(code: number, fonts: Coverage): string | null {
  return fonts.has(code) ? String.fromCodePoint(code) : null;
}

/** Reorders text, or is forbidden in PDF/A, or has a meaning only its sender knows. */
function isUnsafe(code: number): boolean {
  return (
    (code >= 0x80 && code <= 0x9f) ||
    (code >= 0xd800 && code <= 0xf8ff) ||
    code >= 0xe0000 ||
    (code & 0xfffe) === 0xfffe ||
    BIDIRECTIONAL.has(code)
  );
}

const BIDIRECTIONAL: ReadonlySet<number> = new Set([
  0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff,
  0xfff9, 0xfffa, 0xfffb, 0xfffc,
]);

function number(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

function flush(out: string[], unseen: readonly string[]): void {
  if (unseen.length > 0) out.push(`[${unseen.join(' ')}]`);
}

function chunks(word: string): string[] {
  const parts: string[] = [];
  let rest = [...word];
  while (rest.length > 0) {
    let end = Math.min(CHUNK, rest.length);
    while (end < rest.length && joins(rest[end] as string, rest[end - 1] as string)) end++;
    parts.push(rest.slice(0, end).join(''));
    rest = rest.slice(end);
  }
  return parts;
}

/** Never break inside what is seen as one character: before a mark or joiner, after a joiner, inside an emoji. */
function joins(next: string, before: string): boolean {
  return /\p{M}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d/u.test(next) || before === '\u200d';
}
