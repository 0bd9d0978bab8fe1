import type { Db, Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { complaintState } from '../casefile/complaint.actions.ts';
import type { OutcomeSource } from '../casefile/complaint.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadBreach, loadRecord, loadRegistered, pointWords } from './material.store.ts';
import type { SubjectKind } from './pack.ts';
import { loadRestriction } from './restriction/restriction.store.ts';
import type { SubjectState } from './state.ts';

type Subject = { readonly kind: SubjectKind; readonly id: string };

const NO_COMPLAINT = { number: null, remedy: null, points: [], decidedStages: [], stage: null } as const;

/**
 * What a procedure is about, as it stands now.
 *
 * @returns null when there is no such thing of this party
 */
export function loadSubject(
  ledger: Ledger,
  db: Db | Tx,
  partyId: string,
  subject: Subject,
  startedAt: Instant,
): Promise<SubjectState | null> {
  switch (subject.kind) {
    case 'party':
      return Promise.resolve(subject.id === partyId ? partySubject(subject, startedAt) : null);
    case 'complaint':
      return complaintSubject(ledger, db, partyId, subject);
    case 'breach':
      return breachSubject(ledger, db, partyId, subject);
    case 'restriction':
      return restrictionSubject(ledger, db, partyId, subject);
    default:
      return recordSubject(ledger, db, partyId, subject);
  }
}

function partySubject(subject: Subject, startedAt: Instant): SubjectState {
  return { ...subject, ...NO_COMPLAINT, at: startedAt, words: '', interactionId: null };
}

async function restrictionSubject(
  { workspaceId }: Ledger,
  db: Db | Tx,
  partyId: string,
  subject: Subject,
): Promise<SubjectState | null> {
  const found = await loadRestriction(db, workspaceId, subject.id);
  if (found?.partyId !== partyId) return null;
  const [cite] = found.cites;
  const about = { at: found.plannedAt, words: cite?.quote ?? '', interactionId: cite?.interactionId ?? null };
  return { ...subject, ...NO_COMPLAINT, ...about };
}

async function recordSubject(
  { workspaceId }: Ledger,
  db: Db | Tx,
  partyId: string,
  subject: Subject,
): Promise<SubjectState | null> {
  const record = await loadRecord(db, workspaceId, partyId, subject.id);
  if (record?.kind !== subject.kind) return null;
  return { ...subject, ...NO_COMPLAINT, at: record.at, words: record.text, interactionId: record.id };
}

async function complaintSubject(
  { workspaceId }: Ledger,
  db: Db | Tx,
  partyId: string,
  subject: Subject,
): Promise<SubjectState | null> {
  const registered = await loadRegistered(db, workspaceId, subject.id);
  const state = await complaintState(db as Tx, workspaceId, subject.id);
  if (registered?.partyId !== partyId || !state) return null;
  const words = await pointWords(
    db,
    workspaceId,
    state.points.map(({ pointId }) => pointId),
  );
  const points = state.points.map(({ pointId, number, outcome, reason, source }) => ({
    ...{ number, outcome, reason, words: words.get(pointId) ?? '' },
    source: source && sourceText(source),
  }));
  const { number, receivedAt, remedy, cite } = registered;
  const decidedStages = state.decisions.map(({ stage }) => stage);
  return {
    ...{ ...subject, at: receivedAt, words: cite.quote, interactionId: cite.interactionId },
    ...{ number, remedy, points, decidedStages, stage: state.stage },
  };
}

function sourceText(source: OutcomeSource): string {
  return source.kind === 'record' ? `“${source.cite.quote}”` : source.says;
}

async function breachSubject(
  { workspaceId }: Ledger,
  db: Db | Tx,
  partyId: string,
  subject: Subject,
): Promise<SubjectState | null> {
  const breach = await loadBreach(db, workspaceId, subject.id);
  if (breach?.partyId !== partyId) return null;
  const { happenedAt, cite } = breach;
  return {
    ...subject,
    ...NO_COMPLAINT,
    at: happenedAt,
    words: cite.quote,
    interactionId: cite.interactionId,
  };
}
