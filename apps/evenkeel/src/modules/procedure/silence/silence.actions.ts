import type { Actor } from '../../../kernel/brand.ts';
import { endOfDay, localOf } from '../../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import { type Cite, citesRefused } from '../../interaction/cites.actions.ts';
import { type Book, deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { partyStream } from '../../ledger/ledger.ts';
import { loadParty } from '../../party/party.actions.ts';
import { noveltyOf } from '../../point/novelty.actions.ts';
import type { Reader } from '../../signal/reader.ts';
import { mannerFor } from '../../signal/working.actions.ts';
import { loadRecord } from '../material.store.ts';
import {
  directionOf,
  loadLook,
  loadSilence,
  looksOf,
  projectSilences,
  silencesOf,
  type ToLookAt,
  unlooked,
} from './silence.store.ts';
import {
  decideSettling,
  decideSilence,
  decideSpeaking,
  type Found,
  isQuiet,
  type Silence,
  type SilenceFact,
  type SilenceRefusal,
  type SilenceWish,
} from './silence.ts';

/** What the program does by itself is nobody's: it reads while nothing is answered. */
const PROGRAM = 'clock' as Actor;

type Done = Promise<Outcome<{ readonly id: string }, SilenceRefusal>>;

/** Decides that what brings nothing new is filed and not answered, until a day. */
export async function beginSilence(ledger: Ledger, actor: Actor, partyId: string, wish: SilenceWish): Done {
  const calendar = await calendarFor(ledger, partyId);
  return deciding(ledger, actor, `party:${partyId}`, async (book): Done => {
    const { date: today } = localOf(calendar, book.now);
    return beginIn(ledger, book, partyId, wish, { today, endOf: (date) => endOfDay(calendar, date) });
  });
}

/** The same inside a decision that is about more. */
export async function beginIn(
  ledger: Ledger,
  book: Book,
  partyId: string,
  wish: SilenceWish,
  clock: Parameters<typeof decideSilence>[3],
): Done {
  const { workspaceId } = ledger;
  if (!(await loadParty(book.tx, workspaceId, partyId))) return refuse('party-unknown');
  const before = await silencesOf(book.tx, workspaceId, partyId);
  const about = { id: ledger.newId(), party: partyId, number: 1 + (before[0]?.number ?? 0) };
  const isRunning = before.some((one) => isQuiet(one, book.now));
  const decided = decideSilence(about, wish, isRunning, clock);
  if (!decided.ok) return decided;
  const refused = await wordsRefused(ledger, book, decided.value.party, decided.value);
  return refused ?? record(book, decided.value);
}

async function wordsRefused(
  { workspaceId }: Ledger,
  { tx }: Book,
  partyId: string,
  { repeat, answer }: { readonly repeat: Cite; readonly answer: Cite },
) {
  const lost = await citesRefused(tx, workspaceId, partyId, [repeat, answer]);
  if (lost) return lost;
  if ((await directionOf(tx, workspaceId, repeat.interactionId)) !== 'inbound')
    return refuse('repeat-not-theirs', { at: 'repeat' });
  if ((await directionOf(tx, workspaceId, answer.interactionId)) !== 'outbound')
    return refuse('answer-not-ours', { at: 'answer' });
  return null;
}

async function record(book: Book, fact: SilenceFact): Done {
  await book.record(partyStream(fact.party), [fact], projectSilences);
  return accept({ id: fact.id });
}

async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (silence: Silence, book: Book) => Done,
): Done {
  const found = await loadSilence(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('silence-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) =>
    decide((await loadSilence(book.tx, ledger.workspaceId, id))!, book),
  );
}

/** A person saw the new words of a message and says what becomes of it. */
export function settleLook(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly interaction: string; readonly outcome: 'filed' | 'answered'; readonly note: string },
): Done {
  return about(ledger, actor, id, async (silence, book) => {
    const look = await loadLook(book.tx, ledger.workspaceId, id, wish.interaction);
    const decided = decideSettling(silence, wish, look);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

export function endSilence(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, async (silence, book) => {
    const decided = decideSpeaking(silence, reason, book.now);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

/**
 * Reads every message that came while nothing is answered: for new particulars, documents and demands, and for danger to
 * somebody. Each look is written down, also when it finds nothing. Calling it twice does nothing the second time.
 *
 * @returns how many messages were looked at
 */
export async function lookWhileQuiet(ledger: Ledger, reader: Reader): Promise<number> {
  const { db, workspaceId, chance } = ledger;
  let looked = 0;
  for (const one of await unlooked(db, workspaceId, chance.now()))
    if (await lookAt(ledger, reader, one)) looked += 1;
  return looked;
}

async function lookAt(ledger: Ledger, reader: Reader, one: ToLookAt): Promise<boolean> {
  const { silenceId, partyId, interactionId } = one;
  const seen = await findingsIn(ledger, reader, one);
  if (!seen) return false;
  const done = await deciding(ledger, PROGRAM, `party:${partyId}`, async (book): Done => {
    if (await loadLook(book.tx, ledger.workspaceId, silenceId, interactionId))
      return refuse('settled-already');
    const fact = { id: silenceId, party: partyId, interaction: interactionId, ...seen };
    return record(book, { kind: 'silence.looked', ...fact });
  });
  return done.ok;
}

type Seen = { readonly found: readonly Found[]; readonly compared: number };

const DANGERS: ReadonlySet<string> = new Set(['physical_threat', 'self_harm']);

async function findingsIn(
  ledger: Ledger,
  reader: Reader,
  { partyId, interactionId }: ToLookAt,
): Promise<Seen | null> {
  const [novelty, dangers] = await Promise.all([
    noveltyOf(ledger, reader, interactionId, partyId),
    dangersIn(ledger, reader, partyId, interactionId),
  ]);
  if (!novelty.ok) return null;
  const { wishes, facts, documents, compared } = novelty.value;
  const demands = wishes
    // What was raised or asked before is a repeat; the same with another sum or day is not.
    .filter(({ again, before, near }) => (again.length === 0 && before.length === 0) || near.length > 0)
    .map(({ cite }) => ({ kind: 'demand' as const, says: cite.quote, cite }));
  return {
    compared: compared.messages,
    found: [
      ...dangers,
      ...facts.map(({ start, end, quote }) => ({
        kind: 'fact' as const,
        says: quote,
        cite: { interactionId, start, end, quote },
      })),
      ...documents.map(({ name, mediaType }) => ({
        kind: 'document' as const,
        says: name ?? mediaType,
        cite: null,
      })),
      ...demands,
    ],
  };
}

async function dangersIn(
  ledger: Ledger,
  reader: Reader,
  partyId: string,
  interactionId: string,
): Promise<readonly Found[]> {
  const message = await loadRecord(ledger.db, ledger.workspaceId, partyId, interactionId);
  const { profile } = await mannerFor(ledger, partyId);
  const { read } = await reader.read('signals', { texts: [message?.text ?? ''], profile });
  const marked = read[0]?.findings.filter(({ kind, band }) => DANGERS.has(kind) && band !== 'low') ?? [];
  return marked.map(({ start, end, quote }) => ({
    kind: 'danger',
    says: quote,
    cite: { interactionId, start, end, quote },
  }));
}

/** The silences of a party with every message that was looked at, the newest first. */
export async function silencesWith({ db, workspaceId, chance }: Ledger, partyId: string) {
  const [silences, looks] = await Promise.all([
    silencesOf(db, workspaceId, partyId),
    looksOf(db, workspaceId, partyId),
  ]);
  const now = chance.now();
  return silences.map((one) => ({
    ...one,
    isQuiet: isQuiet(one, now),
    looks: looks.filter(({ silenceId }) => silenceId === one.id),
  }));
}
