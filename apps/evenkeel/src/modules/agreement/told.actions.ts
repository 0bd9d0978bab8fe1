import { addDays, type Calendar, isOutsideHours, localOf } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { mirrorWith } from '../signal/relation.actions.ts';
import { type ClauseView, clausesOf, partyOf, recordSeen } from './agreement.store.ts';
import { type BoundaryView, type BreachView, boundariesOf, ourMessages } from './boundary.store.ts';
import { countOf, nextRung } from './boundary.ts';
import type { ClauseKind } from './clause.ts';
import { calendarFor, paceFor } from './hours.actions.ts';
import { isSenior, LANGS, type Lang, needsAnswers, type Rung, type Worded } from './ladder.ts';
import { readSuggestions, type Suggestions } from './suggestions.store.ts';
import { basisIn, dateIn, inForce, langOf, momentIn, waysIn } from './told.ts';
import { filledIn } from './wording.ts';

/** What comes next, ready to be said: in each language in which the ladder has words. */
export type Told = {
  readonly index: number;
  readonly action: Rung['action'];
  readonly says: Worded;
  readonly isSenior: boolean;
  readonly needsAnswers: boolean;
  /** The breach it answers; null while none waits for an answer. */
  readonly breachId: string | null;
  readonly reviewOn: string;
  /** The language of the client's own words. */
  readonly lang: Lang;
  readonly texts: Worded;
  readonly appeals: Worded;
};
export type BoundaryShown = Omit<BoundaryView, 'partyId'> & {
  readonly clause: Pick<ClauseView, 'id' | 'agreementId' | 'number' | 'kind' | 'state' | 'says'>;
  readonly count: number;
  readonly next: Told;
};

/**
 * The boundaries of a party, each with the exact text that comes next.
 *
 * @param us how we sign, where the workspace has no name
 */
export async function boundariesWith(
  ledger: Ledger,
  dataDir: string,
  partyId: string,
  us: string,
): Promise<Outcome<{ items: readonly BoundaryShown[] }, 'party-unknown'>> {
  const { db, workspaceId } = ledger;
  const party = await loadParty(db, workspaceId, partyId);
  if (!party) return refuse('party-unknown');
  const all = await boundariesOf(db, workspaceId, partyId);
  if (all.length === 0) return accept({ items: [] });
  const [clauses, { ways, basis }, calendar, { name }] = await Promise.all([
    clausesOf(db, workspaceId, partyId),
    readSuggestions(dataDir),
    calendarFor(ledger, partyId),
    loadWorkspace(db, workspaceId),
  ]);
  const speech = { ledger, calendar, ways, basis, client: party.name, us: name ?? us };
  const items = all.map(async (boundary) => {
    const clause = clauses.find(({ id }) => id === boundary.clauseId)!;
    const { partyId: _, ...rest } = boundary;
    const { id, agreementId, number, kind, state } = clause;
    const says = inForce(clause);
    return {
      ...rest,
      clause: { id, agreementId, number, kind, state, says },
      count: countOf(boundary),
      next: await tell(speech, boundary, { number, says, isAgreed: clause.agreedVersion !== null }),
    };
  });
  return accept({ items: await Promise.all(items) });
}

type Speech = {
  readonly ledger: Ledger;
  readonly calendar: Calendar;
  readonly ways: Readonly<Record<string, Worded | undefined>>;
  readonly basis: Suggestions['basis'];
  readonly client: string;
  readonly us: string;
};

/** The clause a text stands on, and whether they ever said yes to it: nobody is told that we agreed when we did not. */
type Ground = { readonly number: number; readonly says: string; readonly isAgreed: boolean };

async function tell(speech: Speech, boundary: BoundaryView, clause: Ground): Promise<Told> {
  const { index, rung, breach } = nextRung(boundary);
  const { ledger, calendar } = speech;
  const shown = boundary.breaches.find(({ id }) => id === breach?.id) ?? latest(boundary);
  const today = localOf(calendar, ledger.chance.now()).date;
  const reviewOn = addDays(today, rung.reviewDays);
  const words = (text: Worded) =>
    shown ? inEach(text, (lang) => valuesIn(speech, lang, clause, boundary, shown, rung, reviewOn)) : {};
  return {
    ...{ index, action: rung.action, says: rung.says, reviewOn },
    ...{ isSenior: isSenior(rung), needsAnswers: needsAnswers(rung), breachId: breach?.id ?? null },
    lang: await languageOf(ledger, boundary, shown),
    texts: words(rung.text),
    appeals: words(boundary.ladder.appeal),
  };
}

function latest({ breaches }: BoundaryView): BreachView | null {
  return breaches.findLast(({ isWithdrawn }) => !isWithdrawn) ?? null;
}

async function languageOf(
  { db, workspaceId }: Ledger,
  { partyId, ladder }: BoundaryView,
  shown: BreachView | null,
): Promise<Lang> {
  const seen = shown && (await recordSeen(db, workspaceId, partyId, shown.cite.interactionId));
  const theirs = seen && langOf(seen.lang);
  const has = LANGS.filter((lang) => ladder.rungs.every(({ text }) => text[lang]));
  return theirs && has.includes(theirs) ? theirs : (has[0] ?? 'en');
}

type Values = Readonly<Record<string, string>>;

function inEach(text: Worded, valuesFor: (lang: Lang) => Values): Worded {
  const said = LANGS.flatMap((lang) => {
    const filled = filledIn(text[lang] ?? '', valuesFor(lang));
    return text[lang] && filled.ok ? [[lang, filled.value]] : [];
  });
  return Object.fromEntries(said);
}

function valuesIn(
  { calendar, ways, basis, client, us }: Speech,
  lang: Lang,
  clause: Ground,
  boundary: BoundaryView,
  { cite, happenedAt }: BreachView,
  rung: Rung,
  reviewOn: string,
): Values {
  return {
    ...{ client, us, clause: clause.says, clauseNumber: String(clause.number), quote: cite.quote },
    basis: basisIn(basis, lang, clause.isAgreed),
    count: String(countOf(boundary)),
    when: momentIn(lang, calendar.zone, happenedAt),
    open: waysIn(lang, rung, ways),
    review: dateIn(lang, reviewOn),
  };
}

type Place = { readonly interactionId: string; readonly at: string; readonly quote: string };

/** How we keep the same rule ourselves: of so many, so many; `slips` are the others, newest first. */
export type Keeping = {
  /** What was counted; null where nothing of ours can be counted for such a clause. */
  readonly counted: 'messages-in-hours' | 'answers-in-time' | 'messages-in-tone' | null;
  readonly of: number;
  readonly kept: number;
  readonly slips: readonly Place[];
  readonly zone: string;
};
const SLIPS_SHOWN = 50;

/** Worked out from the record when it is looked at, and kept nowhere. */
export async function ourKeeping(
  ledger: Ledger,
  reader: Reader,
  id: string,
): Promise<Outcome<Keeping, 'boundary-unknown'>> {
  const { db, workspaceId } = ledger;
  const partyId = await partyOf(db, workspaceId, 'boundaries', id);
  if (partyId === null) return refuse('boundary-unknown');
  const all = await boundariesOf(db, workspaceId, partyId);
  const clauseId = all.find((one) => one.id === id)!.clauseId;
  const clause = (await clausesOf(db, workspaceId, partyId)).find((one) => one.id === clauseId)!;
  const calendar = await calendarFor(ledger, partyId);
  const keeping = await keepingOf(ledger, reader, partyId, clause.kind, calendar);
  return accept({ ...keeping, slips: keeping.slips.slice(0, SLIPS_SHOWN), zone: calendar.zone });
}

async function keepingOf(
  ledger: Ledger,
  reader: Reader,
  partyId: string,
  kind: ClauseKind,
  calendar: Calendar,
): Promise<Omit<Keeping, 'zone'>> {
  if (kind === 'hours') return hoursKept(ledger, partyId, calendar);
  const counted =
    kind === 'response_time' ? 'answers-in-time' : kind === 'conduct' ? 'messages-in-tone' : null;
  const mirror = counted && (await mirrorWith(ledger, reader, paceFor, partyId));
  if (!counted || !mirror?.ok) return { counted: null, of: 0, kept: 0, slips: [] };
  const { answers, late, rude } = mirror.value;
  if (counted === 'answers-in-time')
    return { counted, of: answers.due, kept: answers.inTime, slips: late.map(({ asked }) => asked) };
  const { length } = await ourMessages(ledger.db, ledger.workspaceId, partyId);
  const sharp = new Set(rude.map(({ interactionId }) => interactionId));
  return { counted, of: length, kept: length - sharp.size, slips: rude };
}

async function hoursKept(
  { db, workspaceId }: Ledger,
  partyId: string,
  calendar: Calendar,
): Promise<Omit<Keeping, 'zone'>> {
  const messages = await ourMessages(db, workspaceId, partyId);
  const slips = messages.filter(({ at }) => isOutsideHours(calendar, localOf(calendar, at)));
  return { counted: 'messages-in-hours', of: messages.length, kept: messages.length - slips.length, slips };
}
