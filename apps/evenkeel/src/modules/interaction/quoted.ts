const LEAD_LENGTH = 240;

/** Lines after which mail programs put the message that is being answered. */
const INTRODUCTIONS = [
  /^-{2,}\s*(?:original message|forwarded message|исходное сообщение|пересылаемое сообщение|alkuperäinen viesti|välitetty viesti)\s*-{2,}$/i,
  /^(?:on\s.{4,120}\swrote:|.{4,120}(?:пишет|написал|написала|написал\(а\)):|.{4,120}kirjoitti:)$/i,
];

/**
 * Where the quoted history of a reply begins, in UTF-16 code units; null when there is none. For display only: the
 * stored text is whole.
 */
export function quotedFrom(text: string): number | null {
  let candidate: number | null = null;
  for (let start = 0, end = 0; end < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    if (start === end) continue;
    // Most lines begin and end with a letter: to see that takes no copy of them.
    const first = text.charCodeAt(start);
    if (isPlain(first) && isPlain(text.charCodeAt(end - 1))) {
      candidate = null;
      continue;
    }
    const trimmed = text.slice(start, end).trim();
    if (start > 0 && introduces(trimmed)) return start;
    if (trimmed.startsWith('>')) candidate ??= start;
    else if (trimmed !== '') candidate = null;
  }
  return candidate === 0 ? null : candidate;
}

const LETTERS_FROM = 0x41;
const LETTERS_UNTIL = 0x7b;
const CYRILLIC_FROM = 0x400;
const CYRILLIC_UNTIL = 0x530;
const FULL_STOP = 0x2e;

/** Neither a space nor what a quote, or the line above it, begins or ends with. */
function isPlain(unit: number): boolean {
  return (
    (unit >= LETTERS_FROM && unit < LETTERS_UNTIL) ||
    unit === FULL_STOP ||
    (unit >= CYRILLIC_FROM && unit < CYRILLIC_UNTIL)
  );
}

/** The two cheap looks first: most lines end the question there. */
function introduces(line: string): boolean {
  return (
    (line.endsWith(':') || line.startsWith('--')) &&
    INTRODUCTIONS.some((introduction) => introduction.test(line))
  );
}

/**
 * The first words somebody wrote themselves, on one line.
 *
 * @param quoted where what they quote begins
 */
export function leadOf(text: string, quoted: number | null = quotedFrom(text)): string {
  const cut = text
    .slice(0, Math.min(quoted ?? text.length, LEAD_LENGTH * 4))
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join(' ')
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()
    .slice(0, LEAD_LENGTH);
  // Cutting may split an emoji in two.
  return cut.toWellFormed().replace(/\uFFFD$/, '');
}
