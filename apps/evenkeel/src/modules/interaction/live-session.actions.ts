import type { Actor } from '../../kernel/brand.ts';
import { type Stated, stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { normalAddress } from '../party/party.ts';
import { type ByHand, type ByHandRefusal, recordByHandIn } from './by-hand.actions.ts';
import type { InteractionId } from './interaction.ts';
import { BY_PERSON } from './late.ts';
import { handlesMet, isLiveNote } from './live-session.store.ts';
import { decideShot, SHOT_NAME, type ShotRefusal } from './live-session.ts';

/** One note of a live session, as the page kept it until it could send it. */
export type LiveNote = {
  /** Made by the page when it was noted: sent twice, it is kept once. */
  readonly id: string;
  readonly session: string;
  /** When it was noted, in UTC. */
  readonly at: string;
  /** `end` is the session itself, from its first minute to its last. */
  readonly kind: 'note' | 'end';
  readonly handle: string;
  readonly text: string;
  readonly quotes: readonly string[];
  readonly durationMin: number | null;
  readonly shot: Uint8Array | null;
};

export type LiveRefusal =
  | ByHandRefusal
  | ShotRefusal
  | 'time-not-understood'
  | 'handle-needed'
  | 'note-id-taken';
type Kept = { readonly id: string; readonly isNew: boolean };

/**
 * Records one note of a live session, at the time at which it was noted, under the handle it is about.
 *
 * The same note again is answered as the first time and changes nothing.
 */
export async function recordLiveNote(
  ledger: Ledger,
  sealer: Sealer,
  actor: Actor,
  note: LiveNote,
): Promise<Outcome<Kept, LiveRefusal>> {
  const read = byHandOf(note);
  if (!read.ok) return read;
  // Under one handle notes wait for each other: a viewer who is new is added once.
  const subject = `live:${normalAddress(note.handle)}`;
  const kept = await deciding<Kept, LiveRefusal>(ledger, actor, subject, async (book) => {
    const known = await isLiveNote(book.tx, ledger.workspaceId, note.id);
    if (known !== null) return known ? accept({ id: note.id, isNew: false }) : refuse('note-id-taken');
    const recorded = await recordByHandIn(ledger, book, read.value);
    return recorded.ok ? accept({ id: note.id, isNew: true }) : recorded;
  });
  if (kept.ok) await sealer.seal();
  return kept;
}

function byHandOf(note: LiveNote): Outcome<ByHand, LiveRefusal> {
  const at = utcOf(note.at);
  if (!at) return refuse('time-not-understood', { at: note.at });
  const handle = note.handle.trim();
  if (handle === '') return refuse('handle-needed');
  const shot = note.shot === null ? null : decideShot(note.shot);
  if (shot && !shot.ok) return shot;
  return accept({
    live: { id: note.id as InteractionId, session: note.session },
    kind: note.kind === 'end' ? 'session' : 'note',
    direction: null,
    partyIds: [],
    newParties: [{ name: handle, identifier: handle }],
    at,
    zone: null,
    durationMin: note.durationMin,
    channel: null,
    people: [],
    subject: null,
    text: note.text,
    quotes: note.quotes,
    outcome: null,
    attachments: shot ? [{ name: SHOT_NAME, mediaType: '', bytes: shot.value }] : [],
  });
}

/** A live session is noted in UTC: our own zone is nobody's business. */
function utcOf(at: string): Stated | null {
  return at.endsWith('Z') ? stated(at, BY_PERSON) : null;
}

/** Who can be chosen without typing. */
export async function viewersMet({ db, workspaceId }: Ledger): Promise<readonly string[]> {
  return handlesMet(db, workspaceId);
}
