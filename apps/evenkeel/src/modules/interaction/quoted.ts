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
  let offset = 0;
  let candidate: number | null = null;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (offset > 0 && introduces(trimmed)) return offset;
    if (trimmed.startsWith('>')) candidate ??= offset;
    else if (trimmed !== '') candidate = null;
    offset += line.length + 1;
  }
  return candidate === 0 ? null : candidate;
}

/** The two cheap looks first: most lines end the question there. */
function introduces(line: string): boolean {
  return (
    (line.endsWith(':') || line.startsWith('--')) &&
    INTRODUCTIONS.some((introduction) => introduction.test(line))
  );
}

/** The first words somebody wrote themselves, on one line. */
export function leadOf(text: string): string {
  const own = text.slice(0, quotedFrom(text) ?? text.length);
  const cut = own
    .slice(0, LEAD_LENGTH * 4)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join(' ')
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()
    .slice(0, LEAD_LENGTH);
  // Cutting may split an emoji in two.
  return cut.toWellFormed().replace(/\uFFFD$/, '');
}
