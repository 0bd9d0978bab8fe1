import { dayOf, stamp } from './chronology.dates.ts';

/** One record as it is printed. Times are ISO 8601; `at` keeps the offset that was stated. Texts are hostile. */
export type ChronologyEntry = {
  readonly bates: string | null;
  readonly at: string | null;
  readonly atUtc: string | null;
  /** The same instant in the bundle's zone, ready to print. */
  readonly zoneShown: string;
  readonly kind: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | null;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly ChronologyAttachment[];
  /** Of the native file, 64 hex digits; empty where it is kept back. */
  readonly sha256: string;
  /** Place in the log, from 0. */
  readonly index: number;
  readonly issues: readonly string[];
  /** What a person stated about words that were recorded by hand, one line each. */
  readonly stated: readonly string[];
  /** The four times with their sources, one line each. */
  readonly sources: readonly string[];
  /** How much later than it happened it was entered, in words; null if it was entered at once. */
  readonly lateBy: string | null;
};

export type ChronologyAttachment = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

/** Two records that belong together: what happened and the letter on it. All by their places in the log. */
export type ChronologyPair = {
  /** From 1. */
  readonly number: number;
  readonly first: number;
  readonly second: number;
  /** What came back on it. */
  readonly replies: readonly number[];
};

/** One point of the client with every decision about it, in words ready to print. Titles, reasons and quotes are hostile. */
export type ChronologyPoint = {
  readonly number: number;
  readonly title: string;
  readonly kind: string;
  readonly state: string;
  readonly ground: string;
  readonly raisedAgain: number;
  readonly steps: readonly ChronologyStep[];
};
export type ChronologyStep = {
  /** When it was entered, ISO 8601 in UTC. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
  /** Empty where none was needed. */
  readonly why: string;
  readonly quotes: readonly { readonly words: string; readonly from: string }[];
};

/** One dated fact as a person stated it, with the records that show it. Words and quotes are hostile. */
export type ChronologyFact = {
  /** From 1, in order of time. */
  readonly number: number;
  /** `2026-05-12`, or `2026-05-12T09:14Z` where an hour was stated. */
  readonly at: string;
  readonly says: string;
  readonly isDisputed: boolean;
  readonly sources: readonly {
    readonly name: string;
    /** Place of the record in the log, where it is printed in this document; else null. */
    readonly index: number | null;
    /** The words themselves; null where the whole record shows it. */
    readonly quote: string | null;
  }[];
};

/** Everything the document says. `party` is the label of the person or firm that it is about. */
export type Chronology = {
  readonly title: string;
  readonly workspace: string;
  readonly party: string;
  readonly zone: string;
  /** ISO 8601; the only date of the document itself. */
  readonly createdAt: string;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly counts: readonly { readonly label: string; readonly value: string }[];
  readonly missing: readonly string[];
  /** A leading `Name:` is printed bold. */
  readonly howToCheck: readonly string[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  readonly vkey: string;
  readonly exhibits: readonly ChronologyEntry[];
  readonly entries: readonly ChronologyEntry[];
  readonly pairs: readonly ChronologyPair[];
  /** Empty unless our own record of the matter was asked for. */
  readonly points: readonly ChronologyPoint[];
  readonly facts: readonly ChronologyFact[];
};

/** What is printed of one record at most; the native file always holds all of it. */
export const PRINT_LIMIT = { characters: 40_000, lines: 600, head: 1_500, listed: 100 } as const;
export const PAGES_PER_VOLUME = 500;

/** Page 1, before its words are made drawable. A line is a text, or a name in bold with a text. */
export type Cover = {
  readonly facts: readonly (readonly [string, string])[];
  readonly sections: readonly { readonly name: string; readonly lines: readonly CoverLine[] }[];
};
export type CoverLine = string | readonly [string, string];

/** Says on one page what this is, by whom, about whom, from when, how to check it and what it lacks. */
export function cover(c: Chronology, cutTexts: number): Cover {
  return {
    facts: [
      ['About', c.party],
      ['Prepared by', c.workspace],
      ['Prepared on', stamp(c.createdAt)],
      ['Period', periodOf(c.period)],
      ...c.counts.map(({ label, value }) => [label, value] as const),
      ...(c.facts.length > 0 ? [['Facts stated', String(c.facts.length)] as const] : []),
    ],
    sections: [
      { name: 'What this is', lines: whatThisIs(c) },
      { name: 'What is missing', lines: missingLines(c, cutTexts) },
      { name: 'How to check it', lines: [...c.howToCheck.map(named), ...signedHead(c)] },
      { name: 'How to read it', lines: howToRead(c.zone) },
    ],
  };
}

/** The first page of every volume after the first. */
export function coverOfLaterVolume(c: Chronology, volume: string): Cover {
  return {
    facts: [
      ['About', c.party],
      ['Prepared by', c.workspace],
      ['Prepared on', stamp(c.createdAt)],
      ['This part', volume],
    ],
    sections: [
      {
        name: 'What this is',
        lines: [
          'Page 1 of volume 1 says what this document is, how to check it, what is missing and how to read it.',
        ],
      },
    ],
  };
}

function whatThisIs(c: Chronology): CoverLine[] {
  const first = [
    c.facts.length > 0 ? 'the facts that were stated' : '',
    c.pairs.length > 0 ? 'pairs of records that belong together side by side' : '',
    c.points.length > 0 ? 'the points and what was decided on them' : '',
    c.exhibits.length > 0 ? 'the exhibits that were picked' : '',
  ].filter((part) => part !== '');
  const picked = first.length > 0 ? `first ${listed(first)}, then ` : '';
  return [
    `Correspondence between ${c.workspace} and ${c.party}, printed from the stored originals: ${picked}every record in order of time.`,
    c.facts.length > 0
      ? 'The facts were stated one by one by whoever prepared this, each with the records that show it; one that the other side disputes is marked so.'
      : '',
    c.points.length > 0 ? 'The points are our own record: who decided what, when and why.' : '',
    c.points.length + c.facts.length > 0
      ? 'The words of the records are printed as they were written.'
      : 'The words are printed as they were written. Nothing is summarised or commented on.',
    'The native files in the folder exhibits/ are the records themselves. This document is a copy for reading; each entry names the SHA-256 of its native file.',
  ].filter((line) => line !== '');
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function signedHead(c: Chronology): CoverLine[] {
  const [origin, size, root] = c.checkpoint.split('\n');
  if (!origin || !size || !root) return [['Log key:', c.vkey]];
  return [
    ['Signed checkpoint:', `log ${origin}, ${size} entries, root ${root}`],
    ['Log key:', c.vkey],
  ];
}

function missingLines(c: Chronology, cutTexts: number): CoverLine[] {
  const cut = `${cutTexts} ${cutTexts === 1 ? 'text is' : 'texts are'} longer than what is printed of one record (${PRINT_LIMIT.characters.toLocaleString('en')} characters or ${PRINT_LIMIT.lines} lines) and continued in the native file; the place is marked.`;
  const lines = [...c.missing, ...(cutTexts > 0 ? [cut] : [])];
  return lines.length > 0 ? lines : ['No gap was recorded.'];
}

function howToRead(zone: string): CoverLine[] {
  return [
    `Each entry gives its time in UTC; a message that was received also the time that it states itself, with its offset${zone === 'UTC' ? '' : `; then the same instant in ${zone}`}.`,
    'Quoted earlier mail is printed in grey. A character that this document has no glyph for, or that would change the order of a line, is shown by its Unicode number, for example [U+6F22].',
  ];
}

function named(line: string): CoverLine {
  const parts = /^([A-Z][\p{L} ]{2,30}:) (.+)$/su.exec(line);
  return parts ? [parts[1] as string, parts[2] as string] : line;
}

function periodOf({ from, to }: Chronology['period']): string {
  if (from === null && to === null) return 'no record states a time';
  if (from === null || to === null || dayOf(from) === dayOf(to)) return dayOf((from ?? to) as string);
  return `${dayOf(from)} to ${dayOf(to)}`;
}
