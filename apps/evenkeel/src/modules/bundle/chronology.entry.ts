import { clockOf, dayOf, longDay, monthOf, utcOf } from './chronology.dates.ts';
import { BREAK_MARK, breakLongWords, type Coverage, printable, printableLine } from './chronology.text.ts';
import { type ChronologyAttachment, type ChronologyEntry, PRINT_LIMIT } from './chronology.ts';

/** One record as the template reads it: every string can be drawn. */
export type PrintedEntry = {
  readonly bates: string;
  readonly number: string;
  readonly bookmark: string;
  readonly times: readonly string[];
  readonly subject: string;
  readonly kind: string;
  readonly heads: readonly (readonly [string, string])[];
  /** Runs of lines: `t` written here, `q` quoted from an earlier mail. */
  readonly text: readonly (readonly ['t' | 'q', string])[];
  readonly isCut: boolean;
  readonly attached: string;
  readonly attachments: readonly { readonly name: string; readonly size: string; readonly sha256: string }[];
  readonly notes: readonly string[];
  readonly sources: readonly string[];
  readonly proof: string;
  readonly index: number;
  readonly indexTime: string;
  readonly who: string;
  readonly title: string;
  readonly month: string;
  /** Estimated height in lines of text. */
  readonly lines: number;
};

type Line = (text: string) => string;
/** How much of one text is printed. */
export type PrintLimits = { readonly characters: number; readonly lines: number };

/** In the place of a number, where the content is not part of the bundle. */
const NO_NUMBER = 'Not an exhibit';

/** Prepares one record for print: drawable, and not longer than the limits. */
export function printEntry(
  entry: ChronologyEntry,
  fonts: Coverage,
  limits: PrintLimits = PRINT_LIMIT,
): PrintedEntry {
  const line: Line = (text) => breakLongWords(printableLine(shortened(text), fonts).text);
  const body = limited(entry.text, limits);
  const shown = printable(body.text, fonts);
  const subject = line(entry.subject) || '(no subject)';
  const bates = line(entry.bates ?? NO_NUMBER);
  const number = entry.bates === null ? '' : plain(bates, 30);
  const notes = notesOf(entry, shown.replaced).map(line);
  const sources = entry.sources.slice(0, PRINT_LIMIT.listed).map(line);
  return {
    bates,
    number,
    bookmark: bookmarkOf(number, entry, subject, line),
    times: timesOf(entry).map(line),
    subject,
    kind: line(kindOf(entry)),
    heads: [
      ['From', line(entry.from) || 'not stated'],
      ['To', line(entry.to) || 'not stated'],
    ],
    text: runsOf(shown.text).map(([style, text]) => [style, breakLongWords(text)] as const),
    isCut: body.isCut,
    attached: attachedTitle(entry.attachments),
    attachments: entry.attachments.slice(0, PRINT_LIMIT.listed).map((file) => printAttachment(file, line)),
    notes,
    sources,
    proof: entry.sha256 === '' ? '' : `SHA-256 ${hashOf(entry.sha256, line)}`,
    index: entry.index,
    indexTime: entry.at
      ? plain(line(`${dayOf(entry.at)} ${clockOf(entry.at).slice(0, 5)}`), 40)
      : 'not stated',
    who: plain(line(entry.direction === 'outbound' ? `to ${nameOf(entry.to)}` : nameOf(entry.from)), 40),
    title: plain(subject, 90),
    month: plain(line(monthOf(entry.at ?? entry.atUtc)), 40),
    lines: linesOf([shown.text, ...notes].join('\n')) + entry.attachments.length * 3 + sources.length + 9,
  };
}

function bookmarkOf(number: string, { at, index }: ChronologyEntry, subject: string, line: Line): string {
  const name = number || `Log entry ${index}`;
  const day = at === null ? 'no time stated' : plain(line(dayOf(at)), 30);
  return `${name} · ${day} · ${plain(subject, 80)}`;
}

function timesOf(entry: ChronologyEntry): string[] {
  const stated =
    entry.at === null
      ? ['No time stated']
      : [longDay(entry.at), ...(entry.at === entry.atUtc ? [] : [`${clockOf(entry.at)} as stated`])];
  const utc = entry.atUtc === null ? [] : [utcOf(entry.atUtc)];
  const zone = entry.zoneShown === '' ? [] : [entry.zoneShown];
  return [...stated, ...utc, ...zone, `Log entry ${entry.index}`];
}

const DIRECTIONS = { inbound: 'received', outbound: 'sent', internal: 'internal' } as const;

function kindOf({ kind, direction }: ChronologyEntry): string {
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  return direction === null ? name : `${name}, ${DIRECTIONS[direction]}`;
}

function notesOf(entry: ChronologyEntry, replaced: number): string[] {
  const late = entry.lateBy === null ? [] : [`Entered later, by ${entry.lateBy}`];
  const unseen = `${replaced} characters are shown by their Unicode number; the native file holds them as they are.`;
  const issues = entry.issues.slice(0, PRINT_LIMIT.listed).map((issue) => `Note on reading: ${issue}`);
  return [...late, ...entry.stated, ...issues, ...(replaced > 0 ? [unseen] : [])];
}

function attachedTitle({ length }: ChronologyEntry['attachments']): string {
  if (length > PRINT_LIMIT.listed) return `${length} attachments, the first ${PRINT_LIMIT.listed} listed`;
  return length === 1 ? '1 attachment' : `${length} attachments`;
}

function printAttachment(file: ChronologyAttachment, line: Line) {
  const size = `${file.sizeBytes.toLocaleString('en')} bytes`;
  return { name: line(file.name) || '(no name)', size, sha256: `SHA-256 ${hashOf(file.sha256, line)}` };
}

/** A hash fits in its line and is never broken, so that it can be copied. */
function hashOf(sha256: string, line: Line): string {
  return /^[0-9a-f]{64}$/.test(sha256) ? sha256 : line(sha256);
}

/** Looks at no more of a text than can be printed: it may be a hundred megabytes long. */
function limited(text: string, { characters, lines: most }: PrintLimits): { text: string; isCut: boolean } {
  const lines = cutAt(text, characters)
    .trimEnd()
    .split(/\r\n?|[\n\u2028\u2029]/);
  const isCut = lines.length > most || text.slice(characters).trim() !== '';
  return { text: lines.slice(0, most).join('\n'), isCut };
}

function shortened(text: string): string {
  if (text.length <= PRINT_LIMIT.head) return text;
  return `${cutAt(text, PRINT_LIMIT.head)}… (continued in the native file)`;
}

/** Never between the two halves of one character. */
function cutAt(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

function plain(text: string, length: number): string {
  const whole = text.replaceAll(BREAK_MARK, '');
  return whole.length <= length ? whole : `${cutAt(whole, length - 1)}…`;
}

/** The name in front of an address, if there is one. No pattern: a hostile header makes patterns slow. */
function nameOf(address: string): string {
  const end = address.indexOf('<');
  const name = end > 0 ? address.slice(0, end).replaceAll('"', '').trim() : '';
  return name || address;
}

const CHARACTERS_PER_LINE = 66;

function linesOf(text: string): number {
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / CHARACTERS_PER_LINE)), 0);
}

function runsOf(text: string): (readonly ['t' | 'q', string])[] {
  const runs: ['t' | 'q', string[]][] = [];
  for (const line of text.split('\n')) {
    const style = line.startsWith('>') ? 'q' : 't';
    const last = runs.at(-1);
    if (last?.[0] === style) last[1].push(line);
    else runs.push([style, [line]]);
  }
  return runs.map(([style, lines]) => [style, lines.join('\n')] as const);
}
