import type { Instant } from '../../kernel/instant.ts';
import type { TalkExport } from './seen-in-exports.store.ts';

/**
 * What the record itself shows to be missing. `erased`: a number of the client's stream whose words are gone. `answered`:
 * a message answers one that is not here. `file`, `words`: an original says that a file or a part of its words is not in
 * it, or cannot be read. `input`: a run could not read a stretch of what held this client's messages. `talk`: exports of
 * one talk leave time between them, or one lacks what another has.
 */
export const GAP_KINDS = ['erased', 'answered', 'file', 'words', 'talk', 'input'] as const;
export type GapKind = (typeof GAP_KINDS)[number];
export type GapCounts = Readonly<Record<GapKind, number>>;

/** A file that an original names and does not hold. */
export const FILE_CODES = ['file-not-exported', 'attachment-missing', 'file-elsewhere'] as const;
/** Words that an original does not hold, or that cannot be read. */
export const WORDS_CODES = [
  'text-not-exported',
  'encrypted',
  'message-in-pieces',
  'boundary-not-closed',
  'undecodable-bytes',
  'too-deep',
  'too-many-parts',
  'reader-failed',
] as const;
/** What keeps a run from reading a stretch of what it was given. */
export const INPUT_CODES = [
  'unknown-format',
  'archive-truncated',
  'archive-damaged',
  'archive-encrypted',
  'archive-method-unknown',
  'archive-too-deep',
  'archive-limit',
  'unsafe-path',
  'export-empty',
  'export-incomplete',
  'export-damaged',
  'count-differs',
  'json-damaged',
  'entry-too-large',
  'database-log',
  'outlook-damaged',
  'message-not-given',
  'message-too-large',
  'header-not-as-shown',
] as const;

/** One thing that is missing, with what it opens. Names and words in it are foreign. */
export type Gap = {
  readonly kind: GapKind;
  /** Unique among the gaps of a kind. */
  readonly id: string;
  readonly at: Instant | null;
  /** The message that shows it. */
  readonly interactionId: string | null;
  readonly who: string | null;
  readonly direction: string | null;
  readonly subject: string | null;
  /** How many at this place. */
  readonly count: number;
  /** The message that is named, or the talk, or the file of a run. */
  readonly name: string | null;
  /** How a reply introduces what it answers: who wrote it and when, in the words of a mail program. */
  readonly quote: string | null;
  readonly codes: readonly { readonly code: string; readonly message: string }[];
  readonly run: string | null;
  /** Between which times. */
  readonly from: Instant | null;
  readonly until: Instant | null;
};

const NOTHING: Omit<Gap, 'kind' | 'id'> = {
  ...{ at: null, interactionId: null, who: null, direction: null, subject: null, count: 1 },
  ...{ name: null, quote: null, codes: [], run: null, from: null, until: null },
};

export function gap(of: Pick<Gap, 'kind' | 'id'> & Partial<Gap>): Gap {
  return { ...NOTHING, ...of };
}

/** The time that no export of a talk covers, between two that do; and what one lacks of the time it covers. */
export function talkGaps(exports: readonly TalkExport[]): readonly Gap[] {
  const talks = Map.groupBy(exports, ({ platform, talk }) => `${platform} ${talk}`);
  return [...talks.values()].flatMap((talk) => [...holesIn(talk), ...talk.flatMap(lackingIn)]);
}

function holesIn(talk: readonly TalkExport[]): readonly Gap[] {
  const holes: Gap[] = [];
  let covered = talk[0]!.lastAt;
  for (const next of talk) {
    if (next.firstAt > covered)
      holes.push(
        gap({
          ...{ kind: 'talk', id: `hole ${keyOf(next)}`, at: next.firstAt, name: nameOf(next) },
          ...{ run: next.run, from: covered, until: next.firstAt },
          codes: [{ code: 'talk-hole', message: 'No export of this talk covers this time.' }],
        }),
      );
    if (next.lastAt > covered) covered = next.lastAt;
  }
  return holes;
}

function lackingIn(one: TalkExport): readonly Gap[] {
  if (one.lacking === 0) return [];
  const message = 'Another export of this talk has entries of this time that this one has not.';
  return [
    gap({
      ...{ kind: 'talk', id: `lacking ${keyOf(one)}`, at: one.lastAt, name: nameOf(one), run: one.run },
      ...{ count: one.lacking, interactionId: one.lackingFirst, from: one.firstAt, until: one.lastAt },
      codes: [{ code: 'talk-differs', message }],
    }),
  ];
}

function nameOf({ name, talk }: TalkExport): string {
  return name ?? talk;
}

function keyOf({ run, container, talk }: TalkExport): string {
  return `${run} ${container} ${talk}`;
}

const LONGEST_QUOTE = 200;

/** The line by which a reply introduces what it quotes; null when there is none. */
export function introductionAt(text: string, quotedFrom: number | null): string | null {
  if (quotedFrom === null) return null;
  const [line = ''] = text.slice(quotedFrom).split('\n', 1);
  const said = line.trim();
  return said.endsWith(':') && !said.startsWith('>') ? said.slice(0, LONGEST_QUOTE).toWellFormed() : null;
}
