import type { Instant } from '../../kernel/instant.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { erasedNumbers } from '../ledger/erased.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import {
  countIncomplete,
  countNamedMissing,
  type GapKey,
  type Incomplete,
  inputGaps,
  type NamedMissing,
  pageOfIncomplete,
  pageOfNamedMissing,
  sourcesAbout,
} from './gaps.store.ts';
import {
  FILE_CODES,
  GAP_KINDS,
  type Gap,
  type GapCounts,
  type GapKind,
  gap,
  introductionAt,
  talkGaps,
  WORDS_CODES,
} from './gaps.ts';
import { talkExports } from './seen-in-exports.store.ts';

/** Of these kinds there are few: they are shown at once, and no more than this. */
const MOST = 1000;
const CODES = { file: FILE_CODES, words: WORDS_CODES } as const;

/** How much is missing about a party, by kind. */
export async function gapCounts(ledger: Ledger, party: string): Promise<GapCounts> {
  const { db, workspaceId } = ledger;
  const [answered, file, words, ...few] = await Promise.all([
    countNamedMissing(db, workspaceId, party),
    countIncomplete(db, workspaceId, party, CODES.file),
    countIncomplete(db, workspaceId, party, CODES.words),
    ...(['erased', 'talk', 'input'] as const).map((kind) => fewOf(ledger, party, kind)),
  ]);
  const [erased, talk, input] = few.map((gaps) => gaps.length) as [number, number, number];
  return { erased, answered, file, words, talk, input };
}

/** What is missing about a party, kind by kind in the order of `GAP_KINDS`, within each the newest first. */
export async function gapsPage(
  ledger: Ledger,
  party: string,
  kind: GapKind,
  after: GapKey | null,
  limit: number,
): Promise<{ readonly items: readonly Gap[]; readonly next: string | null }> {
  if (!isMany(kind)) return { items: await fewOf(ledger, party, kind), next: null };
  const found = await manyOf(ledger, party, kind, after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last ? gapKeyText({ at: last.at!, id: last.id }) : null };
}

/** All of it, for a list that is handed over. @param limit of each kind at most */
export async function allGaps(ledger: Ledger, party: string, limit: number): Promise<readonly Gap[]> {
  const found = await Promise.all(
    GAP_KINDS.map((kind) =>
      isMany(kind) ? manyOf(ledger, party, kind, null, limit) : fewOf(ledger, party, kind),
    ),
  );
  return found.flat();
}

type Many = 'answered' | 'file' | 'words';

function isMany(kind: GapKind): kind is Many {
  return kind === 'answered' || kind === 'file' || kind === 'words';
}

async function manyOf(
  { db, workspaceId }: Ledger,
  party: string,
  kind: Many,
  after: GapKey | null,
  limit: number,
): Promise<readonly Gap[]> {
  if (kind === 'answered')
    return (await pageOfNamedMissing(db, workspaceId, party, after, limit)).map(answeredGap);
  const found = await pageOfIncomplete(db, workspaceId, party, CODES[kind], after, limit);
  return found.map((one) => incompleteGap(kind, one));
}

function answeredGap({ replyIds, text, quotedFrom, place, ...one }: NamedMissing): Gap {
  return gap({
    ...{ ...one, kind: 'answered' },
    name: replyIds.find((id) => sha256Hex(id) === one.id) ?? null,
    quote: place === 1 ? introductionAt(text, quotedFrom) : null,
  });
}

function incompleteGap(kind: 'file' | 'words', { issues, ...one }: Incomplete): Gap {
  const of: readonly string[] = CODES[kind];
  const codes = issues.filter(({ code }) => of.includes(code));
  return gap({ ...one, kind, interactionId: one.id, count: codes.length, codes });
}

async function fewOf(ledger: Ledger, party: string, kind: Exclude<GapKind, Many>): Promise<readonly Gap[]> {
  const { db, workspaceId } = ledger;
  switch (kind) {
    case 'erased':
      return (await erasedNumbers(ledger, partyStream(party))).map(({ number, index, erasedAt }) =>
        gap({ kind, id: String(index), at: erasedAt, name: String(number) }),
      );
    case 'talk':
      return talkGaps(await talkExports(db, workspaceId, party)).slice(0, MOST);
    case 'input': {
      const sources = await sourcesAbout(db, workspaceId, party);
      const ids = sources.map(({ id }) => id);
      return (await inputGaps(db, workspaceId, ids, MOST)).map(
        ({ run, at, container, code, message, count }) =>
          gap({
            ...{ kind, id: `${run} ${container} ${code}`, at, count, name: container, run },
            codes: [{ code, message }],
          }),
      );
    }
  }
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36,64})$/;

/** Reads where a page ended; what is not ours means the beginning. */
export function readGapKey(cursor: string | undefined): GapKey | null {
  const match = cursor?.match(CURSOR);
  return match ? { at: match[1] as Instant, id: match[2]! } : null;
}

function gapKeyText({ at, id }: GapKey): string {
  return `${at}_${id}`;
}
