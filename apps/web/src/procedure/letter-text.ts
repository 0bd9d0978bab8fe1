import type { ProcedureLetter } from '../generated/types.gen.ts';

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;
const FIELD_AND_STOP = /\{\{\s*([^{}]*?)\s*\}\}(\.?)/g;

/** A letter as it would read with what was typed so far; places nobody filled stay to be seen. */
export function filled(
  template: string,
  letter: Pick<ProcedureLetter, 'fields'>,
  typed: Readonly<Record<string, string>>,
): { readonly subject: string; readonly text: string } {
  const values = new Map(letter.fields.map(({ name, value }) => [name, value]));
  const whole = template.replace(FIELD_AND_STOP, (field, name: string, stop: string) => {
    const value = (typed[name] ?? values.get(name) ?? '').trim();
    if (value === '') return field;
    // A Russian date brings its own full stop.
    return value.endsWith('.') ? value : value + stop;
  });
  const [subject = '', ...rest] = whole.split('\n');
  return { subject: subject.replace(/^#\s*/, '').trim(), text: rest.join('\n').trim() };
}

/** Places that nobody filled yet, by name. */
export function openPlaces({ subject, text }: { subject: string; text: string }): readonly string[] {
  return [...new Set([...`${subject}\n${text}`.matchAll(FIELD)].map((match) => match[1] as string))];
}

/** Without the signs that only shape it: as it is pasted into another program. */
export function plain(text: string): string {
  return text
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .trim();
}

export type Piece = {
  readonly kind: 'words' | 'strong' | 'place';
  readonly says: string;
  readonly at: number;
};

/** A line of a letter as words, words in bold, and places that are still open. Whatever else it holds is words. */
export function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(/\*\*(.+?)\*\*|\{\{[^{}]*\}\}/g)) {
    if (match.index > end) pieces.push({ kind: 'words', says: line.slice(end, match.index), at: end });
    const kind = match[1] === undefined ? 'place' : 'strong';
    pieces.push({ kind, says: match[1] ?? match[0], at: match.index });
    end = match.index + match[0].length;
  }
  if (end < line.length) pieces.push({ kind: 'words', says: line.slice(end), at: end });
  return pieces;
}
