import type { Problem } from '../api/problem.ts';
import type { LiveNote } from '../generated/types.gen.ts';
import { newStore } from '../shell/store.ts';
import { t } from '../words/t.ts';
import {
  dropNote,
  dropSession,
  keepNote,
  keepRules,
  keepSession,
  keptRules,
  keptSession,
  waitingNotes,
} from './kept.store.ts';
import { endOf, type LiveLang, type Noting, newSession, noteIn, type Session } from './note.ts';
import { askLive, askRules, pairHere, type Reach, reachOf, sendWaiting } from './sync.ts';

export type LiveState = {
  /** Before what lies on this device was read. */
  readonly isReady: boolean;
  readonly reach: Reach | 'asking';
  readonly handles: readonly string[];
  readonly session: Session | null;
  /** What was noted while this page was open, and what still waits; oldest first. */
  readonly noted: readonly LiveNote[];
  readonly waiting: readonly LiveNote[];
  readonly refused: ReadonlyMap<string, Problem>;
};

export const live = newStore<LiveState>({
  isReady: false,
  reach: 'asking',
  handles: [],
  session: null,
  noted: [],
  waiting: [],
  refused: new Map(),
});

function change(next: Partial<LiveState>): void {
  live.set((now) => ({ ...now, ...next }));
}

/** Takes up what lies on this device, then asks the program. */
export async function begin(): Promise<void> {
  const [session, waiting] = await Promise.all([keptSession(), waitingNotes()]);
  const noted = inOrder(waiting.filter((note) => note.session === session?.id));
  change({ isReady: true, session, waiting, noted });
  await arrive();
}

/** Says who we are to the program, and gives it what waits. */
export async function arrive(): Promise<void> {
  try {
    const { handles } = await askLive();
    change({ reach: 'there', handles });
    await sync();
    await keepRules(await askRules(null));
  } catch (error) {
    change({ reach: reachOf(error) ?? 'silent' });
  }
}

/** @throws Problem when the code does not work, or there is no network */
export async function pair(code: string): Promise<void> {
  await pairHere(code);
  await arrive();
}

let syncing: Promise<void> = Promise.resolve();

/** One after the other, so that what is shown is what the last of them found. */
export function sync(): Promise<void> {
  syncing = syncing.then(async () => change(await sendWaiting())).catch(() => change({ reach: 'silent' }));
  return syncing;
}

/** Begins a session with a viewer, with or without a network. */
export async function choose(handle: string, lang: LiveLang): Promise<void> {
  const own = await askRules(handle).catch(() => null);
  const session = newSession(handle, own?.lang ?? lang, own ?? (await keptRules()), new Date());
  await keepSession(session);
  change({ session, noted: [] });
}

/** Changes what the session stands at: the viewer's language, the rule that is spoken of. */
export async function turn(next: Partial<Pick<Session, 'lang' | 'topic'>>): Promise<void> {
  const { session } = live.get();
  if (!session) return;
  const turned = { ...session, ...next };
  await keepSession(turned);
  change({ session: turned });
}

/** Notes something now. It is on this device when this resolves; the program gets it as soon as it can. */
export async function noteDown(noting: Noting): Promise<void> {
  const { session } = live.get();
  if (session) await keep(noteIn(session, noting, new Date()));
}

export async function endSession(): Promise<void> {
  const { session } = live.get();
  if (!session || session.endedAt !== null) return;
  await keep(endOf(session, t('live.endedNote', { count: session.noted }), new Date()));
}

async function keep({ note, session }: { note: LiveNote; session: Session }): Promise<void> {
  await keepNote(note, session);
  live.set((now) => ({
    ...now,
    session,
    noted: [...now.noted, note],
    waiting: [...now.waiting, note],
  }));
  void sync();
}

/** The next viewer. Notes that wait go on waiting. */
export async function leaveSession(): Promise<void> {
  await dropSession();
  change({ session: null, noted: [] });
  void arrive();
}

/** Throws a note away that the program does not take. */
export async function forget(id: string): Promise<void> {
  await dropNote(id);
  live.set((now) => ({
    ...now,
    waiting: now.waiting.filter((note) => note.id !== id),
    noted: now.noted.filter((note) => note.id !== id),
  }));
  await sync();
}

function inOrder(notes: readonly LiveNote[]): readonly LiveNote[] {
  return notes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What each screen of the page is given. */
export type Shown = { readonly state: LiveState; readonly onCover: () => void };
