import type { Caller } from '../../kernel/http.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { recordByHandIn } from '../interaction/by-hand.actions.ts';
import { theirOffset } from '../interaction/our-address.actions.ts';
import type { Book } from '../ledger/deciding.actions.ts';
import { loadShownNames, nameRefused, recordShown } from '../party/our-name.actions.ts';
import type { PartyId } from '../party/party.ts';
import { deleteDrafts, loadDraft, saveDraft } from './draft.store.ts';
import { mailBytes } from './eml.ts';
import { type Draft, plainText, recordFieldsIn, type WrittenLetter, writeLetter } from './letter.ts';
import { decideFinishing, decideHandingOver, decideProving, letterToHand } from './letter-deciding.ts';
import { authorFor, carriedText, type Sender, senderFor } from './letter-sender.actions.ts';
import { loadState, type Opened, openProcedure, type ProcedurePorts } from './loading.actions.ts';
import { addressOf, languageOf, loadRecord } from './material.store.ts';
import { recorded } from './moving.actions.ts';
import type { Lang } from './pack.ts';
import { withState } from './procedure.actions.ts';
import type { HandWay, ProcedureId, ProcedureRefusal } from './procedure.ts';
import { loadBesideFields } from './restriction/beside.actions.ts';
import { type FinishedLetter, letterNow, type ProcedureState } from './state.ts';
import { dueDateOf } from './step-due.ts';
import { tickOne } from './tick.actions.ts';

const EMPTY: Draft = { fields: {}, text: null };
type Done = Promise<Outcome<{ readonly id: ProcedureId }, ProcedureRefusal>>;
type Which = { readonly letter: string; readonly lang: Lang | null };

export type LetterView = WrittenLetter & {
  readonly letter: string;
  readonly title: Readonly<Record<Lang, string>>;
  readonly lang: Lang;
  /** The language they last wrote in; null when nothing tells. */
  readonly theirLang: Lang | null;
  readonly to: { readonly name: string; readonly address: string | null };
  readonly from: Sender['from'];
  readonly foreignNames: readonly string[];
  readonly finished: FinishedLetter | null;
};

/** A letter as it stands: what is filled, what is missing, and what of it is finished. */
export async function viewLetter(
  ports: ProcedurePorts,
  caller: Caller,
  id: string,
  which: Which,
): Promise<Outcome<LetterView, ProcedureRefusal>> {
  const { ledger } = ports;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  const title = opened.pack.letters[which.letter]?.title;
  if (!title || opened.pack.letters[which.letter]?.row) return refuse('letter-unknown');
  const state = await loadState(ledger, ledger.db, opened, ledger.chance.now());
  const { partyId } = opened.row;
  const theirLang = await languageOf(ledger.db, ledger.workspaceId, partyId);
  const lang = which.lang ?? theirLang ?? 'en';
  const draft = await loadDraft(ledger.db, ledger.workspaceId, { id, letter: which.letter, lang });
  const written = await fill(ports, caller, opened, state, which.letter, lang, draft ?? EMPTY);
  const to = (await addressOf(ledger.db, ledger.workspaceId, partyId)) ?? { name: '', address: null };
  const { letter } = which;
  const sender = await senderFor(ledger.db, ledger.workspaceId, partyId);
  const finished = letterNow(state, letter);
  const foreign = finished
    ? await notYetShown(ports, sender, partyId, finished, [])
    : nameRefused(sender.naming, carriedText(sender, written), []);
  return accept({
    ...{ ...written, letter, title, lang, theirLang, to, finished, from: sender.from },
    foreignNames: (foreign?.params?.carries ?? []) as readonly string[],
  });
}

async function fill(
  { ledger }: ProcedurePorts,
  { name }: Caller,
  { row, calendar }: Opened,
  state: ProcedureState,
  letter: string,
  lang: Lang,
  draft: Draft,
): Promise<WrittenLetter> {
  const { db, workspaceId } = ledger;
  const names = recordFieldsIn(state.pack, letter, lang, draft);
  const [sender, party, theirOffsetMin, beside] = await Promise.all([
    senderFor(db, workspaceId, row.partyId),
    addressOf(db, workspaceId, row.partyId),
    theirOffset(db, workspaceId, state.subject.interactionId),
    loadBesideFields(ledger, row, names),
  ]);
  return writeLetter(state, letter, draft, {
    ...{ lang, zone: calendar.zone, author: authorFor(sender, name), client: party?.name ?? '' },
    ...{ us: sender.naming.known?.name ?? name, theirOffsetMin, beside },
    dueOn: (step) => dueDateOf(state, step, calendar),
  });
}

/** Keeps what was written so far. It is private, and in no record. */
export async function keepDraft(
  ports: ProcedurePorts,
  { actor }: Caller,
  id: string,
  { letter, lang, draft }: { readonly letter: string; readonly lang: Lang; readonly draft: Draft },
): Promise<Outcome<null, ProcedureRefusal>> {
  const { db, workspaceId, chance } = ports.ledger;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  if (opened.row.endedAt) return refuse('procedure-ended');
  if (opened.pack.letters[letter]?.row !== false) return refuse('letter-unknown');
  await saveDraft(db, workspaceId, { id, letter, lang }, draft, actor, chance.now());
  return accept(null);
}

/** Finishes a letter: from now on its words are in the record. */
export async function finishLetter(
  ports: ProcedurePorts,
  caller: Caller,
  id: string,
  {
    letter,
    lang,
    confirmedNames,
  }: { readonly letter: string; readonly lang: Lang; readonly confirmedNames: readonly string[] },
): Done {
  const { ledger } = ports;
  return withState(ports, caller.actor, id, async (state, book, opened) => {
    const draft = await loadDraft(book.tx, ledger.workspaceId, { id, letter, lang });
    const written = await fill(ports, caller, opened, state, letter, lang, draft ?? EMPTY);
    const wish = { finished: ledger.newId(), letter, lang, written };
    const decided = decideFinishing(state, opened.row.id as ProcedureId, wish, caller.role);
    if (!decided.ok) return decided;
    const { partyId } = opened.row;
    const sender = await senderFor(book.tx, ledger.workspaceId, partyId);
    const words = carriedText(sender, written);
    const foreign = nameRefused(sender.naming, words, confirmedNames);
    if (foreign) return foreign;
    const shown = { text: words, shownIn: 'letter', of: wish.finished } as const;
    await recordShown(book, sender.naming, partyId, shown);
    return recorded(book, partyId, decided.value);
  });
}

/** The finished letter as a mail that waits to be sent, or as it was sent. */
export async function letterMail(
  ports: ProcedurePorts,
  id: string,
  letter: string,
  confirmed: readonly string[],
): Promise<Outcome<Uint8Array, ProcedureRefusal>> {
  const { ledger } = ports;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  const state = await loadState(ledger, ledger.db, opened, ledger.chance.now());
  const finished = letterNow(state, letter);
  if (!finished) return refuse('letter-unfinished');
  const { partyId } = opened.row;
  const sender = await senderFor(ledger.db, ledger.workspaceId, partyId);
  // What left already is shown as it left.
  const foreign =
    finished.handedOverAt === null && (await notYetShown(ports, sender, partyId, finished, confirmed));
  if (foreign) return foreign;
  return accept(await mailOf(ports, partyId, finished, finished.handedOverAt, sender));
}

/** Names that were confirmed when the letter was finished need not be confirmed again. */
async function notYetShown(
  { ledger }: ProcedurePorts,
  sender: Sender,
  partyId: string,
  finished: FinishedLetter,
  confirmed: readonly string[],
) {
  const shown = await loadShownNames(ledger.db, ledger.workspaceId, partyId);
  const before = shown.filter(({ of }) => of === finished.id).map(({ name }) => name);
  return nameRefused(sender.naming, carriedText(sender, finished), [...before, ...confirmed]);
}

async function mailOf(
  { ledger: { db, workspaceId } }: ProcedurePorts,
  partyId: string,
  { id, subject, text, lang }: FinishedLetter,
  sentAt: Instant | null,
  { from }: Sender,
): Promise<Uint8Array> {
  const to = await addressOf(db, workspaceId, partyId);
  return mailBytes({
    ...{ subject, text, lang, sentAt, from },
    to: to ?? { name: '', address: null },
    messageId: `${id}@letters.evenkeel.invalid`,
  });
}

/** A finished letter with everything that a mail of it says of either side. */
export type LetterToSend = {
  readonly finished: FinishedLetter;
  readonly partyId: PartyId;
  readonly sender: Sender;
  readonly to: { readonly name: string; readonly address: string };
};

/** What is sent when a finished letter leaves by mail now; refused for the same reasons as handing it over. */
export async function letterToSend(
  ports: ProcedurePorts,
  { role }: Caller,
  id: string,
  { letter, confirmedNames }: Pick<HandWish, 'letter' | 'confirmedNames'>,
): Promise<Outcome<LetterToSend, ProcedureRefusal>> {
  const { ledger } = ports;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  const state = await loadState(ledger, ledger.db, opened, ledger.chance.now());
  const finished = letterToHand(state, letter, role);
  if (!finished.ok) return finished;
  const partyId = opened.row.partyId as PartyId;
  const sender = await senderFor(ledger.db, ledger.workspaceId, partyId);
  const foreign = await notYetShown(ports, sender, partyId, finished.value, confirmedNames);
  if (foreign) return foreign;
  const { name = '', address = null } = (await addressOf(ledger.db, ledger.workspaceId, partyId)) ?? {};
  if (address === null) return refuse('fields-missing', { fields: ['to'] });
  return accept({ finished: finished.value, partyId, sender, to: { name, address } });
}

export type HandWish = {
  readonly letter: string;
  readonly way: HandWay;
  readonly at: Stated;
  readonly confirmedNames: readonly string[];
  /** The exact bytes that left by our own hand, and what else is recorded with them. */
  readonly sent?: {
    readonly bytes: Uint8Array;
    readonly record: (book: Book, interaction: string) => Promise<void>;
  };
};

/** Records that a finished letter left by hand: the mail is recorded as it went, and the step knows it. */
export async function handOver(ports: ProcedurePorts, caller: Caller, id: string, wish: HandWish): Done {
  const { ledger, sealer } = ports;
  const done = await withState(ports, caller.actor, id, async (state, book, { row }) => {
    const letter = letterToHand(state, wish.letter, caller.role);
    if (!letter.ok) return letter;
    const { value } = letter;
    const sender = await senderFor(book.tx, ledger.workspaceId, row.partyId);
    const foreign = await notYetShown(ports, sender, row.partyId, value, wish.confirmedNames);
    if (foreign) return foreign;
    const bytes = wish.sent?.bytes ?? (await mailOf(ports, row.partyId, value, wish.at.at, sender));
    const kept = await recordByHandIn(ledger, book, {
      ...{ kind: wish.way === 'print' ? 'document' : 'message', direction: 'outbound' },
      partyIds: [row.partyId as PartyId],
      ...{ at: wish.at, durationMin: null, channel: wish.way === 'print' ? 'paper' : 'mail', people: [] },
      ...{ subject: value.subject, text: plainText(value.text), quotes: [], outcome: null, attachments: [] },
      original: { bytes, mediaType: 'message/rfc822' },
    });
    if (!kept.ok) return refuse('time-unusable', { why: kept.reason });
    const { way, at } = wish;
    const decided = decideHandingOver(state, row.id as ProcedureId, value, {
      way,
      at,
      interaction: kept.value.id,
    });
    if (!decided.ok) return decided;
    await deleteDrafts(book.tx, ledger.workspaceId, id, wish.letter);
    await wish.sent?.record(book, kept.value.id);
    return recorded(book, row.partyId, decided.value);
  });
  if (!done.ok) return done;
  await sealer.seal();
  await tickOne(ports, id);
  return done;
}

/** Names the record that shows that a letter was sent: a copy from the mail program, a receipt. */
export function proveLetter(
  ports: ProcedurePorts,
  caller: Caller,
  id: string,
  { letter, interaction }: { readonly letter: string; readonly interaction: string },
): Done {
  const { workspaceId } = ports.ledger;
  return withState(ports, caller.actor, id, async (state, book, { row }) => {
    if (!(await loadRecord(book.tx, workspaceId, row.partyId, interaction))) return refuse('proof-unknown');
    const decided = decideProving(state, row.id as ProcedureId, letter, interaction);
    return decided.ok ? recorded(book, row.partyId, decided.value) : decided;
  });
}
