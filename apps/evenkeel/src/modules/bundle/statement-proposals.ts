import type { Instant } from '../../kernel/instant.ts';
import type { Sources } from './statement.ts';

export const PROPOSAL_KINDS = [
  'first-message',
  'call',
  'meeting',
  'session',
  'clauses-agreed',
  'agreement-ended',
  'sum-owed',
  'sum-disputed',
  'sum-settled',
  'point-opened',
  'threat-made',
  'point-answered',
  'point-agreed',
  'point-closed',
  'offer-made',
  'offer-accepted',
  'offer-refused',
  'offer-withdrawn',
  'promise-kept',
  'promise-broken',
  'boundary-crossed',
  'boundary-step',
  'letter-sent',
  'restriction-warned',
  'restriction-begun',
  'restriction-ended',
  'ending-told',
  'ending-over',
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** Something dated that the record shows already. It is offered; only a person makes it a fact of the chronology. */
export type StatementProposal = Sources & {
  /** Kind and record: the same event is offered once. */
  readonly key: string;
  readonly kind: ProposalKind;
  readonly at: Instant;
  /** Whether only the day is known. */
  readonly isDayOnly: boolean;
  readonly side: 'ours' | 'theirs' | null;
  /** Of the point, offer, promise, boundary or agreement; null for others. */
  readonly number: number | null;
  /** Its title, or the words that say it. */
  readonly says: string;
};

/** A proposal as it is read: its one quote, if there is one, and its one record. */
export type ProposalRow = Omit<StatementProposal, 'key' | 'isDayOnly' | keyof Sources> & {
  readonly isDayOnly?: boolean;
  readonly recordId: string;
  readonly cite: StatementProposal['cites'][number] | null;
  readonly interactionId: string | null;
};

/** What is still open of what the record shows, in order of time. */
export function openProposals(
  rows: readonly ProposalRow[],
  settled: ReadonlySet<string>,
  apart: ReadonlySet<string>,
): readonly StatementProposal[] {
  return rows
    .map(proposalOf)
    .filter(({ key }) => !settled.has(key))
    .filter(
      ({ cites, records }) =>
        !cites.some(({ interactionId }) => apart.has(interactionId)) && !records.some((id) => apart.has(id)),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
}

function proposalOf({ recordId, cite, interactionId, ...row }: ProposalRow): StatementProposal {
  const shown = cite !== null || interactionId !== null;
  return {
    ...row,
    isDayOnly: row.isDayOnly ?? false,
    key: `${row.kind}/${recordId}`,
    cites: cite ? [cite] : [],
    records: cite || interactionId === null ? [] : [interactionId],
    entry: shown ? null : recordId,
  };
}
