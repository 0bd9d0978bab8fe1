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
type Looked = Seen & { readonly verdict: Verdict; readonly announced: number };

const LOOKED_AT_ONCE = 1000;
const FETCHED_AT_ONCE = 500;
const FETCHED_BYTES = 8 << 20;

/** Fetches what was chosen, some hundreds at a time: headers first, and of what was not chosen nothing else. */
export async function* piecesOfFolder(
  asking: Asking,
  choice: Choice,
  folder: Folder,
  { uids, known }: { readonly uids: readonly number[]; readonly known: Known },
): AsyncGenerator<Piece> {
  for (let at = 0; at < uids.length; at += LOOKED_AT_ONCE) {
    const asked = uids.slice(at, at + LOOKED_AT_ONCE);
    const { looked, lost, issues } = await lookAt(asking, choice, folder, asked);
    const pieces = [...piecesOf(looked, FETCHED_AT_ONCE, FETCHED_BYTES)];
    for (const piece of pieces)
      yield { ...(await fetchPiece(asking, folder, known, piece)), until: piece.at(-1)!.uid };
    yield { found: lost, issues, until: asked.at(-1)! };
  }
}

async function lookAt(
  { connected }: Asking,
  choice: Choice,
  { path }: Folder,
  asked: readonly number[],
): Promise<{ looked: readonly Looked[]; lost: readonly FoundMail[]; issues: readonly RunIssue[] }> {
  const wanted = new Set(asked);
  const answered = await connected.look(asked);
  const seen = new Map(answered.filter(({ uid }) => wanted.has(uid)).map((one) => [one.uid, one]));
  const unasked = answered.filter(({ uid }) => !wanted.has(uid)).length;
  const lost = asked.filter((uid) => !seen.has(uid));
  const issues = [
    ...(unasked > 0 ? [mailNote('uid-unasked', path, String(unasked))] : []),
    ...lost.map((uid) => mailNote('message-not-given', path, String(uid), uid)),
  ];
  const looked = [...seen.values()].sort((a, b) => a.uid - b.uid).map((one) => judged(one, choice));
  return { looked, lost: lost.map((uid) => ({ became: 'unreadable', uid })), issues };
}

/** What is left costs nothing to fetch. */
function judged(seen: Seen, choice: Choice): Looked {
  const verdict = verdictOn(seen.header, choice);
  return { ...seen, verdict, announced: seen.sizeBytes, sizeBytes: verdict === 'leave' ? 0 : seen.sizeBytes };
}

async function fetchPiece(
  { connected, awaits }: Asking,
  { path }: Folder,
  known: Known,
  piece: readonly Looked[],
): Promise<Omit<Piece, 'until'>> {
  const issues: RunIssue[] = [];
  const found: FoundMail[] = [];
  const wanted = piece.filter(({ verdict, announced }) => verdict !== 'leave' && announced <= MESSAGE_LIMIT);
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
  return { found, issues };
}

type Taken = { readonly uid: number; readonly bytes: Uint8Array };
type Came = Taken & Pick<Seen, 'arrivedAt'> & { readonly verdict: Verdict };

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
