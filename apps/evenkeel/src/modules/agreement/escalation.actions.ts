import type { Actor } from '../../kernel/brand.ts';
import { type Calendar, dueAfter, isDate, localOf } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import { type Made, recorded, withParty } from './agreement.actions.ts';
import { loadAgreement, loadClause, nextNumber, partyOf, recordSeen } from './agreement.store.ts';
import { type EscalationView, escalationOf, escalationsOf, loadEscalation } from './escalation.store.ts';
import {
  decideBeginning,
  decideEscalationEnd,
  decideStep,
  type EscalationRefusal,
  type EscalationStep,
  type StepDue,
  type StepProof,
} from './escalation.ts';
import { calendarFor, dayOn } from './hours.actions.ts';
import type { Lang } from './ladder.ts';
import { letterFor, readSuggestions } from './suggestions.store.ts';
import { basisIn, dateIn } from './told.ts';
import type { Side } from './understanding.ts';
import { filledIn } from './wording.ts';

export type EscalatingRefusal =
  | EscalationRefusal
  | CiteRefusal
  | 'party-unknown'
  | 'clause-unknown'
  | 'date-unusable'
  | 'proof-not-found'
  | 'proof-not-theirs'
  | 'letter-missing'
  | 'field-missing';
type Done = Promise<Outcome<Made, EscalatingRefusal>>;

export type BeginningWish = {
  readonly side: Side;
  readonly says: string;
  readonly cite: Cite | null;
  /** The day by which the first step is to be taken, where somebody said one. */
  readonly dueOn: string | null;
};

/** Takes a dispute further by an agreed clause; the steps are those of the version that is agreed. */
export async function beginEscalation(
  ledger: Ledger,
  actor: Actor,
  clauseId: string,
  wish: BeginningWish,
): Done {
  const { db, workspaceId } = ledger;
  const party = await partyOf(db, workspaceId, 'clauses', clauseId);
  if (party === null) return refuse('clause-unknown');
  const due = await firstDue(ledger, party, wish.dueOn);
  if (!due.ok) return due;
  return withParty<EscalatingRefusal>(ledger, actor, party, async (book) => {
    const lost = wish.cite && (await citesRefused(book.tx, workspaceId, party, [wish.cite]));
    if (lost) return lost;
    const clause = (await loadClause(book.tx, workspaceId, party, clauseId))!;
    const [agreement, running] = [
      await loadAgreement(book.tx, workspaceId, clause.agreementId),
      await escalationsOf(book.tx, workspaceId, party),
    ];
    const known = {
      isAgreementOpen: agreement?.state === 'open',
      isRunning: running.some((one) => one.clauseId === clauseId && one.state === 'running'),
    };
    const number = await nextNumber(book.tx, workspaceId, 'escalations', party);
    const { side, says, cite } = wish;
    const about = { id: ledger.newId(), party, number };
    return recorded(book, decideBeginning(about, clause, known, { side, says, cite, due: due.value }));
  });
}

async function firstDue(
  ledger: Ledger,
  party: string,
  on: string | null,
): Promise<Outcome<StepDue | null, 'date-unusable'>> {
  if (on === null) return accept(null);
  const day = dayOn(await calendarFor(ledger, party), on, 'dueOn');
  return day.ok ? accept({ ...day.value, isWholeDay: true }) : day;
}

export type StepWish = {
  readonly step: EscalationStep['step'];
  readonly proof: StepProof;
  readonly early: Cite | null;
};

/** Writes down that the next step was taken, with the record that shows it. */
export function takeEscalationStep(ledger: Ledger, actor: Actor, id: string, wish: StepWish): Done {
  return withEscalation(ledger, actor, id, async (book, found) => {
    const { partyId } = found;
    const calendar = await calendarFor(ledger, partyId);
    const seen = await recordSeen(book.tx, ledger.workspaceId, partyId, wish.proof.interactionId);
    if (!seen) return refuse('proof-not-found', { at: 'proof' });
    const quotes = [...(wish.proof.kind === 'line' ? [wish.proof] : []), ...(wish.early ? [wish.early] : [])];
    const lost = quotes.length > 0 && (await citesRefused(book.tx, ledger.workspaceId, partyId, quotes));
    if (lost) return lost;
    const agreed =
      wish.early && (await recordSeen(book.tx, ledger.workspaceId, partyId, wish.early.interactionId));
    if (wish.early && agreed?.direction !== 'inbound') return refuse('proof-not-theirs', { at: 'early' });
    const dueOf = (after: Parameters<typeof dueAfter>[1]) => dueAfter(calendar, after, seen.at);
    return recorded(book, decideStep(escalationOf(found), wish, seen, dueOf));
  });
}

export function endEscalation(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly how: 'settled' | 'dropped'; readonly reason: string; readonly cite: Cite | null },
): Done {
  return withEscalation(ledger, actor, id, async (book, found) => {
    const lost = wish.cite && (await citesRefused(book.tx, ledger.workspaceId, found.partyId, [wish.cite]));
    return lost || recorded(book, decideEscalationEnd(escalationOf(found), wish));
  });
}

type Book = Parameters<Parameters<typeof withParty>[3]>[0];

async function withEscalation(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (book: Book, found: EscalationView) => Done,
): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'escalations', id);
  if (partyId === null) return refuse('escalation-unknown');
  return withParty<EscalatingRefusal>(ledger, actor, partyId, async (book) => {
    const found = await loadEscalation(book.tx, ledger.workspaceId, id);
    return found ? decide(book, found) : refuse('escalation-unknown');
  });
}

export type StepWords = { readonly says: string; readonly text: string; readonly until: string | null };

/**
 * What is sent for the next step, to be copied. Nothing of it is kept.
 *
 * @param us how we sign, where the workspace has no name
 * @param until the day up to which the other side has time; null for the time that was agreed
 */
export async function escalationWords(
  ledger: Ledger,
  dataDir: string,
  us: string,
  id: string,
  wish: { readonly lang: Lang; readonly until: string | null },
): Promise<Outcome<StepWords, EscalatingRefusal>> {
  const { db, workspaceId } = ledger;
  const found = await loadEscalation(db, workspaceId, id);
  if (!found) return refuse('escalation-unknown');
  const next = found.steps[found.taken];
  if (found.state !== 'running') return refuse('escalation-over', { number: found.number });
  if (!next) return refuse('escalation-all-taken', { number: found.number });
  if (wish.until !== null && !isDate(wish.until)) return refuse('date-unusable', { at: 'until' });
  const letter = await letterFor(dataDir, `escalation-${next.step}`, wish.lang);
  if (!letter) return refuse('letter-missing', { lang: wish.lang });
  const [party, clause, calendar, { basis }, { name }] = await Promise.all([
    loadParty(db, workspaceId, found.partyId),
    loadClause(db, workspaceId, found.partyId, found.clauseId),
    calendarFor(ledger, found.partyId),
    readSuggestions(dataDir),
    loadWorkspace(db, workspaceId),
  ]);
  const now = ledger.chance.now();
  const until = wish.until ?? untilOf(calendar, found, now);
  const text = filledIn(letter.text, {
    ...{ client: party!.name, us: name ?? us, about: found.says, step: next.says },
    ...{
      basis: basisIn(basis, wish.lang, true),
      clauseNumber: String(clause!.number),
      clause: agreedWords(found, clause!),
    },
    date: dateIn(wish.lang, localOf(calendar, now).date),
    until: until && dateIn(wish.lang, until),
  });
  return text.ok ? accept({ says: letter.says, text: text.value, until }) : text;
}

/** The day on which the time for the next step would end, were it sent now; null where none was agreed. */
function untilOf(calendar: Calendar, { steps, taken }: EscalationView, now: Instant): string | null {
  const after = steps[taken + 1]?.after ?? null;
  return after && dueAfter(calendar, after, now).date;
}

type Versions = { readonly versions: readonly { readonly version: number; readonly says: string }[] };

function agreedWords({ clauseVersion }: EscalationView, { versions }: Versions): string {
  return versions.find(({ version }) => version === clauseVersion)?.says ?? '';
}
