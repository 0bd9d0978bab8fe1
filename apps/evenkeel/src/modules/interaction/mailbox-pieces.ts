import { sha256Hex } from '../../kernel/sha256.ts';
import type { PartyId } from '../party/party.ts';
import { type Connected, type Folder, MESSAGE_LIMIT, type Seen } from '../source/mailbox.imap.ts';
import type { RunIssue } from '../source/source.ts';
import { type Awaits, mailNote, piecesOf, type Verdict, verdictOn } from './mailbox.ts';
import type { Known } from './mailbox-compare.actions.ts';
import type { Choice } from './picking.ts';

/** What became of one number of a folder. */
export type FoundMail =
  | {
      readonly became: 'mail';
      readonly uid: number;
      readonly bytes: Uint8Array;
      readonly arrivedAt: Date | null;
      /** Known already whom it is about: a report on what we sent them. */
      readonly parties?: readonly PartyId[];
    }
  | { readonly became: 'left-out' }
  | { readonly became: 'unreadable'; readonly uid: number };

export type Piece = {
  readonly found: readonly FoundMail[];
  readonly issues: readonly RunIssue[];
  /** Up to here everything was looked at. */
  readonly until: number;
};

type Asking = { readonly connected: Connected; readonly awaits: Awaits };
type Shown = Pick<Seen, 'uid' | 'arrivedAt' | 'sizeBytes'>;
/** What the server showed of a message that was asked for; lost when it showed nothing. */
type Looked = Shown & { readonly verdict: Verdict | 'lost'; readonly announced: number };

const MOST_AT_ONCE = 400;
const FEWEST_AT_ONCE = 100;
const FETCHED_BYTES = 8 << 20;

/**
 * So many are asked for from here on. Few at first, so that whoever reads, records and finds them has work soon, and few
 * in the end, so that they have little left when all came.
 */
function countAt(at: number, total: number): number {
  const some = Math.min(at, Math.ceil((total - at) / 2), MOST_AT_ONCE);
  return Math.max(some, FEWEST_AT_ONCE);
}

/** Fetches what was chosen, some hundreds at a time: headers first, and of what was not chosen nothing else. */
export async function* piecesOfFolder(
  asking: Asking,
  choice: Choice,
  folder: Folder,
  { uids, known }: { readonly uids: readonly number[]; readonly known: Known },
): AsyncGenerator<Piece> {
  for (let at = 0, asked: readonly number[]; at < uids.length; at += asked.length) {
    asked = uids.slice(at, at + countAt(at, uids.length));
    let { looked, issues } = await lookAt(asking, choice, folder, asked);
    for (const piece of piecesOf(looked, FETCHED_BYTES)) {
      yield await fetchPiece(asking, folder, known, piece, issues);
      issues = [];
    }
  }
}

async function lookAt(
  { connected }: Asking,
  choice: Choice,
  { path }: Folder,
  asked: readonly number[],
): Promise<{ looked: readonly Looked[]; issues: readonly RunIssue[] }> {
  const wanted = new Set(asked);
  const answered = await connected.look(asked);
  const seen = new Map(answered.map((one) => [one.uid, one]));
  const unasked = answered.filter(({ uid }) => !wanted.has(uid)).length;
  return {
    looked: asked.map((uid) => judged(uid, seen.get(uid), choice)),
    issues: unasked > 0 ? [mailNote('uid-unasked', path, String(unasked))] : [],
  };
}

/** What is left costs nothing to fetch. */
function judged(uid: number, seen: Seen | undefined, choice: Choice): Looked {
  if (!seen) return { uid, arrivedAt: null, verdict: 'lost', announced: 0, sizeBytes: 0 };
  const { arrivedAt, sizeBytes: announced } = seen;
  const verdict = verdictOn(seen.header, choice);
  return { uid, arrivedAt, verdict, announced, sizeBytes: verdict === 'leave' ? 0 : announced };
}

async function fetchPiece(
  { connected, awaits }: Asking,
  { path }: Folder,
  known: Known,
  piece: readonly Looked[],
  noted: readonly RunIssue[],
): Promise<Piece> {
  const issues: RunIssue[] = [...noted];
  const found: FoundMail[] = [];
  const wanted = piece.filter(
    ({ verdict, announced }) => (verdict === 'take' || verdict === 'report') && announced <= MESSAGE_LIMIT,
  );
  const fetched = await connected.fetch(wanted.map(({ uid }) => uid));
  const formsOf = Map.groupBy(fetched, ({ uid }) => uid);
  for (const { uid, verdict, announced, arrivedAt } of piece) {
    const forms = formsOf.get(uid) ?? [];
    if (verdict === 'leave') found.push({ became: 'left-out' });
    else if (forms.length === 0) {
      const why = announced > MESSAGE_LIMIT ? 'message-too-large' : 'message-not-given';
      issues.push(mailNote(why, path, String(uid), uid));
      found.push({ became: 'unreadable', uid });
    }
    for (const { bytes } of forms) {
      const mail = await took({ uid, bytes, arrivedAt, verdict }, awaits);
      const odd = oddities({ uid, bytes, announced }, known.get(uid));
      if (odd === 'known') continue;
      issues.push(...odd.map(([code, what]) => mailNote(code, path, what, uid)));
      found.push(mail);
    }
  }
  return { found, issues, until: piece.at(-1)!.uid };
}

type Taken = { readonly uid: number; readonly bytes: Uint8Array };
type Came = Taken & Pick<Looked, 'arrivedAt' | 'verdict'>;

async function took({ verdict, ...mail }: Came, awaits: Awaits): Promise<FoundMail> {
  if (verdict !== 'report') return { became: 'mail', ...mail };
  const parties = await awaits(mail.bytes);
  return parties ? { became: 'mail', ...mail, parties } : { became: 'left-out' };
}

type Odd = readonly [code: Parameters<typeof mailNote>[0], what: string];

/** What does not fit with what the server said before; 'known' when the same bytes were shown under this number. */
function oddities(
  { uid, bytes, announced }: Taken & { readonly announced: number },
  known: ReturnType<Known['get']>,
): readonly Odd[] | 'known' {
  if (known?.some(({ sha256 }) => sha256 === sha256Hex(bytes))) return 'known';
  return [
    ...(known ? [['uid-other-bytes', String(uid)] as const] : []),
    ...(bytes.length === announced ? [] : [['size-not-as-said', `${announced} → ${bytes.length}`] as const]),
  ];
}
