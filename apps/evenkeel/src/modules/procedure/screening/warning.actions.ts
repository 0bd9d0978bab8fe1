import type { Actor, WorkspaceId } from '../../../kernel/brand.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Due, DueWindow } from '../../../kernel/due.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import { type CiteRefusal, citesRefused } from '../../interaction/cites.actions.ts';
import { deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { partyStream } from '../../ledger/ledger.ts';
import { loadParty } from '../../party/party.actions.ts';
import { warningRules } from './rules.store.ts';
import type { Made } from './screening.actions.ts';
import { projectScreenings, type ScreeningFact } from './screening.project.store.ts';
import { loadWarning, loadWarnings, type WarningRow } from './warning.store.ts';
import {
  decideLogging,
  decideRemoving,
  decideWarning,
  type LogRefusal,
  type LogWish,
  type WarningFact,
  type WarningRefusal,
  type WarningWish,
} from './warning.ts';

export type EntryRefusal =
  | WarningRefusal
  | LogRefusal
  | CiteRefusal
  | 'party-unknown'
  | 'warning-unknown'
  | 'warning-in-force';

/** Enters a warning about a party: what was done, in their words, why we keep it, until when, and when they are told. */
export async function enterWarning(
  ledger: Ledger,
  dataDir: string,
  actor: Actor,
  partyId: string,
  wish: WarningWish,
): Promise<Outcome<Made, EntryRefusal>> {
  const [rules, calendar] = await Promise.all([warningRules(dataDir), calendarFor(ledger, partyId)]);
  return deciding<Made, EntryRefusal>(ledger, actor, `party:${partyId}`, async (book) => {
    if (!(await loadParty(book.tx, ledger.workspaceId, partyId))) return refuse('party-unknown');
    const decided = decideWarning(ledger.newId(), partyId, wish, rules, calendar, book.now);
    if (!decided.ok) return decided;
    const lost = await citesRefused(book.tx, ledger.workspaceId, partyId, [decided.value.cite]);
    if (lost) return lost;
    await book.record<ScreeningFact>(partyStream(partyId), [decided.value], projectScreenings);
    return accept({ id: decided.value.id });
  });
}

/** That they were told, what they object to, what was answered, what was put right. */
export function logWarning(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: LogWish,
): Promise<Outcome<Made, EntryRefusal>> {
  return withWarning(ledger, actor, id, async (tx, warning, now) => {
    const lost = wish.cite && (await citesRefused(tx, ledger.workspaceId, warning.partyId, [wish.cite]));
    return lost ?? decideLogging(warning, ledger.newId(), wish, now);
  });
}

/** Takes an entry that has run out off the list. Its words stay in the sealed record until they are erased there. */
export function removeWarning(
  ledger: Ledger,
  actor: Actor,
  id: string,
): Promise<Outcome<Made, EntryRefusal>> {
  return withWarning(ledger, actor, id, async (_, warning, now) => decideRemoving(warning, now));
}

async function withWarning(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (tx: Tx, warning: WarningRow, now: Due['at']) => Promise<Outcome<WarningFact, EntryRefusal>>,
): Promise<Outcome<Made, EntryRefusal>> {
  const found = await loadWarning(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('warning-unknown');
  return deciding<Made, EntryRefusal>(ledger, actor, `party:${found.partyId}`, async (book) => {
    const warning = await loadWarning(book.tx, ledger.workspaceId, id);
    if (!warning) return refuse('warning-unknown');
    const decided = await decide(book.tx, warning, book.now);
    if (!decided.ok) return decided;
    await book.record<ScreeningFact>(partyStream(warning.partyId), [decided.value], projectScreenings);
    return accept({ id });
  });
}

/** Entries in force, and those that match nothing any more and wait to be deleted. */
export async function listWarnings(ledger: Ledger, dataDir: string, party: string | null) {
  const [rules, all] = await Promise.all([
    warningRules(dataDir),
    loadWarnings(ledger.db, ledger.workspaceId, party === null ? null : [party]),
  ]);
  const now = ledger.chance.now();
  return {
    ...rules,
    inForce: all.filter(({ expiresAt }) => expiresAt > now),
    expired: all.filter(({ expiresAt }) => expiresAt <= now),
  };
}

/** When entries end, and when people have to be told of them. */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
): Promise<readonly Due[]> {
  const warnings = await loadWarnings(db, workspaceId, party === undefined ? null : [party]);
  const dues = warnings.flatMap(duesOfOne);
  return until === undefined ? dues : dues.filter(({ at }) => at <= until);
}

function duesOfOne(warning: WarningRow): readonly Due[] {
  const { id, partyId, cite, expiresAt, tellAt, toldAt, tellSays, tellSource } = warning;
  const due = {
    ...{ id, room: 'procedure' as const, side: 'ours' as const, partyId, isWholeDay: true },
    ...{ says: cite.quote, interactionId: cite.interactionId, source: null },
  };
  const ends = { ...due, kind: 'review', at: expiresAt, code: 'warning-ends', params: {} } as const;
  if (tellAt === null || toldAt !== null) return [ends];
  return [
    {
      ...due,
      kind: 'law',
      at: tellAt,
      code: 'warning-telling',
      params: { ...tellSays },
      says: tellSays.en,
      source: tellSource,
    },
    ends,
  ];
}
