import type { SearchQuery } from '@evenkeel/language/query';
import { type LetterSeen, wordsOfLetter } from './letters.ts';
import type { AttachmentSeen, Reading } from './reading.ts';

/**
 * Whose words a record may hold: its messages are of one side, a call or a meeting holds both. A letter inside a mail may be
 * anybody's, so it is of no side.
 */
export type Voice = 'theirs' | 'ours';

/** What of an interaction can be found by its words. */
export type Searchable = {
  readonly subject: string | null;
  readonly fromName: string | null;
  readonly fromAddress: string | null;
  readonly toLine: string;
  readonly participants: Pick<Reading['participants'], 'to' | 'cc'>;
  readonly attachments: readonly Pick<AttachmentSeen, 'name'>[];
  readonly text: string;
  /** Letters inside it, whose words find it too. */
  readonly letters: readonly LetterSeen[] | null;
  /** What it said before it was edited: the same person's words. */
  readonly earlier: Reading['earlier'] | null;
};

/** Whoever edits a long text often has it kept as often: all that is searchable of it, in characters. */
const EARLIER_LIMIT = 500_000;

/** What can be found of an interaction: its words, and who and what came with it. */
export function searchText(of: Searchable): string {
  const { to, cc } = of.participants;
  const people = [of.fromName, of.fromAddress, of.toLine, ...[...to, ...cc].map(({ address }) => address)];
  const names = of.attachments.map(({ name }) => name);
  const inside = (of.letters ?? []).map(wordsOfLetter);
  const before = (of.earlier ?? []).map(({ text }) => text ?? '').join('\n');
  const said = [of.text, before.slice(0, EARLIER_LIMIT).toWellFormed(), ...inside];
  return [of.subject ?? '', inLine(people), inLine(names), ...said].join('\n');
}

function inLine(words: readonly (string | null)[]): string {
  return words.filter((word) => word !== null).join(' ');
}

/** Ends a lexeme in PostgreSQL's binary form: a zero byte, then how many places it has. */
const WITHOUT_PLACES = '\0\0\0';

/**
 * Writes lexemes as PostgreSQL receives a tsvector: their number, then each without places, for snippets are cut from
 * the text. PostgreSQL sorts them.
 *
 * @param lexemes each once
 * @source tsvectorrecv
 */
export function vectorOf(lexemes: readonly string[]): Uint8Array {
  const text = lexemes.length === 0 ? '' : lexemes.join(WITHOUT_PLACES) + WITHOUT_PLACES;
  const vector = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
  vector.writeInt32BE(lexemes.length, 0);
  vector.write(text, 4, 'utf8');
  return vector;
}

/** Writes a query as PostgreSQL reads a tsquery; null when nothing is looked for. */
export function tsqueryOf(query: SearchQuery): string | null {
  const any = (lexemes: readonly string[]) => `(${lexemes.map(quoted).join(' | ')})`;
  const wanted = query.all.filter((lexemes) => lexemes.length > 0).map(any);
  if (wanted.length === 0) return null;
  const unwanted = query.none.filter((lexemes) => lexemes.length > 0).map((lexemes) => `!${any(lexemes)}`);
  return [...wanted, ...unwanted].join(' & ');
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
