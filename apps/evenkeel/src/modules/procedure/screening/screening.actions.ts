import type { Actor } from '../../../kernel/brand.ts';
import { localOf } from '../../../kernel/calendar.ts';
import type { Stated } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import type { Lang } from '../../agreement/ladder.ts';
import { letterFor } from '../../agreement/terms.actions.ts';
import { dateIn } from '../../agreement/told.ts';
import { filledIn } from '../../agreement/wording.ts';
import { recordByHandIn } from '../../interaction/by-hand.actions.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../../interaction/cites.actions.ts';
import { keepPastedIn } from '../../interaction/paste.actions.ts';
import { type Book, deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { partyStream, WORKSPACE_STREAM } from '../../ledger/ledger.ts';
import { loadWorkspace } from '../../ledger/workspace.store.ts';
import { callingCodeOf, matchKeyOf } from '../../party/matching.ts';
import { identifiersAmong, loadParty, projectParties } from '../../party/party.actions.ts';
import { identifierOf, type PartyFact, type PartyId } from '../../party/party.ts';
import { matchesOf } from './match.actions.ts';
import { loadPriceSheet, savePrivateReason } from './private.store.ts';
import { inquiryRules } from './rules.store.ts';
import { projectScreenings, type ScreeningFact } from './screening.project.store.ts';
import {
  decisionsOf,
  identifiersOf,
  inquiryOf,
  loadScreening,
  type ScreeningRow,
  screeningOf,
} from './screening.store.ts';
import {
  type ComparingRefusal,
  type DecisionRefusal,
  type DecisionWish,
  decideComparing,
  decideScreening,
  type InquiryFact,
  type Minutes,
  type UsedKey,
  type Verdict,
} from './screening.ts';

export type Made = { readonly id: string };

/** Words that somebody wrote or said to us when they asked, and how they can be reached. */
export type NewInquiry = {
  readonly name: string;
  readonly identifiers: readonly string[];
  readonly text: string;
  readonly at: Stated;
  readonly way: 'mail' | 'chat' | 'call' | 'other';
  /** Their own words as they were pasted, or what we noted of them. */
  readonly how: 'pasted' | 'noted';
};
/** A message that is in the record already. */
export type KnownInquiry = {
  readonly partyId: string;
  readonly interactionId: string;
  readonly identifiers: readonly string[];
};

export type OpeningRefusal =
  | 'party-unnamed'
  | 'party-unknown'
  | 'inquiry-empty'
  | 'inquiry-unknown'
  | 'inquiry-not-theirs'
  | 'identifier-unusable'
  | 'screened-already'
  | 'time-in-future';

const CLOCKS_DIFFER_MS = 5 * 60_000;

/** Records an inquiry of somebody new: a party in state prospect, their words, and how they can be reached. */
export async function openInquiry(
  ledger: Ledger,
  actor: Actor,
  wish: NewInquiry,
): Promise<Outcome<Made, OpeningRefusal>> {
  const name = wish.name.trim();
  if (name === '') return refuse('party-unnamed', { at: 'name' });
  if (wish.text.trim() === '') return refuse('inquiry-empty', { at: 'text' });
  if (Date.parse(wish.at.at) > Date.parse(ledger.chance.now()) + CLOCKS_DIFFER_MS)
    return refuse('time-in-future', { at: 'at' });
  const keys = await usedKeys(ledger, wish.identifiers, wish.at.at);
  if (!keys.ok) return keys;
  const party = ledger.newId() as PartyId;
  return deciding<Made, OpeningRefusal>(ledger, actor, `party:${party}`, async (book) => {
    await addProspect(ledger, book, party, name, wish.identifiers);
    const interaction = await keepInquiry(ledger, book, party, wish);
    const id = ledger.newId();
    const opened = { id, party, interaction, identifiers: keys.value };
    return told(book, { kind: 'screening.opened', ...opened });
  });
}

/** What is nobody's yet becomes theirs; what is somebody's is only compared. */
async function addProspect(
  { workspaceId }: Ledger,
  book: Book,
  id: PartyId,
  name: string,
  typed: readonly string[],
): Promise<void> {
  const wished = new Map(
    typed.map((text) => [identifierOf(text, name).value, identifierOf(text, name)] as const),
  );
  const taken = await identifiersAmong(book.tx, workspaceId, [...wished.keys()]);
  for (const { value } of taken) wished.delete(value);
  const identifiers = [...wished.values()];
  const added: PartyFact = { kind: 'party.added', id, name, state: 'prospect', identifiers };
  await book.record<PartyFact>(WORKSPACE_STREAM, [added], projectParties);
}

async function keepInquiry(ledger: Ledger, book: Book, party: PartyId, wish: NewInquiry): Promise<string> {
  const { text, at, way, how, name } = wish;
  const kept =
    how === 'pasted'
      ? await keepPastedIn(ledger, book, {
          text,
          party,
          direction: 'inbound',
          pasted: { way, at, from: name },
        })
      : await recordByHandIn(ledger, book, {
          ...{ kind: way === 'call' ? 'call' : 'message', direction: 'inbound', partyIds: [party], at },
          ...{ durationMin: null, channel: way, people: [name], subject: null, text, quotes: [] },
          ...{ outcome: null, attachments: [] },
        });
  // What either could refuse was refused before.
  if (!kept.ok) throw new Error(`an inquiry was not kept: ${kept.reason}`);
  return typeof kept.value === 'string' ? kept.value : kept.value.id;
}

/** Takes a message of the record for an inquiry; who wrote it becomes a prospect, unless they are a client. */
export async function openKnownInquiry(
  ledger: Ledger,
  actor: Actor,
  { partyId, interactionId, identifiers }: KnownInquiry,
): Promise<Outcome<Made, OpeningRefusal>> {
  const { workspaceId } = ledger;
  return deciding<Made, OpeningRefusal>(ledger, actor, `party:${partyId}`, async (book) => {
    const party = await loadParty(book.tx, workspaceId, partyId);
    if (!party) return refuse('party-unknown');
    const inquiry = await inquiryOf(book.tx, workspaceId, partyId, interactionId);
    if (!inquiry) return refuse('inquiry-unknown');
    if (inquiry.direction === 'outbound') return refuse('inquiry-not-theirs');
    const before = await screeningOf(book.tx, workspaceId, interactionId);
    if (before) return refuse('screened-already', { id: before });
    const known = await identifiersOf(book.tx, workspaceId, partyId);
    const keys = await usedKeys(ledger, [...identifiers, ...known], inquiry.at);
    if (!keys.ok) return keys;
    if (party.state === 'contact' || party.state === 'former') {
      const changed: PartyFact = { kind: 'party.changed', id: party.id, name: null, state: 'prospect' };
      await book.record<PartyFact>(WORKSPACE_STREAM, [changed], projectParties);
    }
    const opened = { id: ledger.newId(), party: partyId, interaction: interactionId };
    return told(book, { kind: 'screening.opened', ...opened, identifiers: keys.value });
  });
}

async function usedKeys(
  { db, workspaceId }: Ledger,
  typed: readonly string[],
  usedAt: UsedKey['usedAt'],
): Promise<Outcome<readonly UsedKey[], 'identifier-unusable'>> {
  const { zone } = await loadWorkspace(db, workspaceId);
  const keys = new Map<string, UsedKey>();
  for (const [i, text] of typed.entries()) {
    if (text.trim() === '') continue;
    const key = matchKeyOf(text, callingCodeOf(zone));
    if (!key) return refuse('identifier-unusable', { at: `identifiers.${i}`, text });
    keys.set(`${key.kind} ${key.value}`, { ...key, usedAt });
  }
  return accept([...keys.values()]);
}

export type ScreeningRefusal =
  | ComparingRefusal
  | DecisionRefusal
  | CiteRefusal
  | 'screening-unknown'
  | 'identifier-unusable'
  | 'screening-question-unknown'
  | 'words-empty'
  | 'not-declined'
  | 'declined'
  | 'time-in-future'
  | 'letter-missing'
  | 'field-missing';

/** One more way to reach who asked. */
export async function identifyInquiry(
  ledger: Ledger,
  actor: Actor,
  id: string,
  typed: readonly string[],
): Promise<Outcome<Made, ScreeningRefusal>> {
  const keys = await usedKeys(ledger, typed, ledger.chance.now());
  if (!keys.ok) return keys;
  if (keys.value.length === 0) return refuse('identifier-unusable', { at: 'identifiers' });
  return withScreening(ledger, actor, id, async (book, { partyId: party }) =>
    told(book, { kind: 'screening.identified', id, party, identifiers: keys.value }),
  );
}

/** What they said to a question; the clause of the first offer is made of it. */
export async function answerQuestion(
  ledger: Ledger,
  dataDir: string,
  actor: Actor,
  id: string,
  wish: { readonly question: string; readonly words: string; readonly cite: Cite | null },
): Promise<Outcome<Made, ScreeningRefusal>> {
  const { questions } = await inquiryRules(dataDir);
  const { question, cite } = wish;
  const words = wish.words.trim();
  if (!questions.some((one) => one.id === question))
    return refuse('screening-question-unknown', { at: 'question' });
  if (words === '') return refuse('words-empty', { at: 'words' });
  return withScreening(ledger, actor, id, async (book, { partyId: party }) => {
    const lost = cite && (await citesRefused(book.tx, ledger.workspaceId, party, [cite]));
    if (lost) return lost;
    return told(book, { kind: 'screening.answered', id, party, question, words, cite });
  });
}

/** Says whether another party is the same person. "A different person" is remembered and not asked again. */
export function compareParties(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly other: string; readonly verdict: Verdict; readonly reason: string },
): Promise<Outcome<Made, ScreeningRefusal>> {
  return withScreening(ledger, actor, id, async (book, screening) => {
    const matches = (await matchesOf(ledger, book.tx, [screening])).get(id) ?? [];
    const match = matches.find(({ partyId }) => partyId === wish.other);
    const decided = decideComparing(screening, wish, match?.shared ?? []);
    return decided.ok ? told(book, decided.value) : decided;
  });
}

/** @param privateReason why, for ourselves; it is in no fact. Null leaves what was written before. */
export function decideInquiry(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: DecisionWish & { readonly minutes: Minutes | null; readonly privateReason: string | null },
): Promise<Outcome<Made, ScreeningRefusal>> {
  const { workspaceId, newId } = ledger;
  return withScreening(ledger, actor, id, async (book, screening) => {
    const sheet = await loadPriceSheet(book.tx, workspaceId);
    const decided = decideScreening(screening, newId(), wish, wish.minutes, sheet);
    if (!decided.ok) return decided;
    const words = wish.privateReason?.trim();
    if (words !== undefined)
      await savePrivateReason(book.tx, workspaceId, id, { words, setBy: actor, setAt: book.now });
    return told(book, decided.value);
  });
}

/** The text of a no in a language, to be looked at and changed; nothing of it is kept. */
export async function declineLetter(
  ledger: Ledger,
  dataDir: string,
  us: string,
  id: string,
  lang: Lang,
): Promise<Outcome<{ says: string; text: string }, ScreeningRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const screening = await loadScreening(db, workspaceId, id);
  if (!screening) return refuse('screening-unknown');
  const letter = await letterFor(dataDir, 'declining', lang);
  if (!letter) return refuse('letter-missing', { lang });
  const [calendar, { name }] = await Promise.all([
    calendarFor(ledger, screening.partyId),
    loadWorkspace(db, workspaceId),
  ]);
  const text = filledIn(letter.text, {
    client: screening.party,
    us: name ?? us,
    date: dateIn(lang, localOf(calendar, chance.now()).date),
  });
  return text.ok ? accept({ says: letter.says, text: text.value }) : text;
}

/** Records the no as it was sent: these words, to them, then. */
export function letterSent(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly text: string; readonly at: Stated; readonly way: NewInquiry['way'] },
): Promise<Outcome<Made, ScreeningRefusal>> {
  return withScreening(ledger, actor, id, async (book, screening) => {
    const party = screening.partyId as PartyId;
    if (screening.state !== 'declined') return refuse('not-declined');
    if (screening.sentInteractionId !== null) return refuse('screening-answered');
    if (wish.text.trim() === '') return refuse('words-empty', { at: 'text' });
    if (Date.parse(wish.at.at) > Date.parse(book.now) + CLOCKS_DIFFER_MS)
      return refuse('time-in-future', { at: 'at' });
    const { text, at, way } = wish;
    const pasted = { way, at, from: null };
    const kept = await keepPastedIn(ledger, book, { text, party, direction: 'outbound', pasted });
    if (!kept.ok) return refuse('words-empty', { at: 'text' });
    return told(book, { kind: 'screening.letter-sent', id, party, interaction: kept.value });
  });
}

/** What was decided last, inside a decision of somebody else's; null before anything was. */
export async function lastDecision(ledger: Ledger, id: string) {
  return (await decisionsOf(ledger.db, ledger.workspaceId, id))[0] ?? null;
}

export async function withScreening<Reason extends string>(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (book: Book, screening: ScreeningRow) => Promise<Outcome<Made, Reason>>,
): Promise<Outcome<Made, Reason | 'screening-unknown'>> {
  const found = await loadScreening(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('screening-unknown');
  return deciding<Made, Reason | 'screening-unknown'>(
    ledger,
    actor,
    `party:${found.partyId}`,
    async (book) => {
      const screening = await loadScreening(book.tx, ledger.workspaceId, id);
      return screening ? decide(book, screening) : refuse('screening-unknown');
    },
  );
}

/** Records one fact about a party, and answers with the id of what it is about. */
export async function told(book: Book, fact: InquiryFact): Promise<{ ok: true; value: Made }> {
  await book.record<ScreeningFact>(partyStream(fact.party), [fact], projectScreenings);
  return accept({ id: fact.id });
}
