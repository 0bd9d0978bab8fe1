import type { Brand } from '../../kernel/brand.ts';
import { isDate, type LocalDate } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.actions.ts';
import { plain } from '../point/commitment.ts';

export type StatementId = Brand<string, 'StatementId'>;

/** Where a fact is shown: words of records, whole records, or an entry of the ledger about this client. */
export type Sources = {
  readonly cites: readonly Cite[];
  /** Interactions. */
  readonly records: readonly string[];
  /** The record of an entry in this client's stream; null where interactions show it. */
  readonly entry: string | null;
};

/** One dated fact, as a person states it for the chronology. */
export type StatementWish = Sources & {
  /** In UTC, as every time of a bundle. */
  readonly date: string;
  /** `09:14` in UTC; null where the day is enough. */
  readonly time: string | null;
  readonly says: string;
  readonly isDisputed: boolean;
  /** What it was proposed from; null where a person thought of it. */
  readonly proposal: string | null;
  /** The statement that this one corrects. */
  readonly replaces: string | null;
};

export type StatementFact =
  | (StatementWish & {
      readonly kind: 'chronology.stated';
      readonly id: StatementId;
      readonly party: string;
    })
  | {
      readonly kind: 'chronology.withdrawn';
      readonly id: StatementId;
      readonly party: string;
      readonly reason: string;
    };

export type Statement = Sources & {
  readonly id: StatementId;
  readonly partyId: string;
  readonly date: LocalDate;
  readonly time: string | null;
  readonly says: string;
  readonly isDisputed: boolean;
  readonly proposal: string | null;
  readonly state: 'stated' | 'replaced' | 'withdrawn';
  readonly statedAt: string;
  readonly statedBy: string;
};

export type StatementRefusal =
  | 'statement-unknown'
  | 'statement-empty'
  | 'source-missing'
  | 'date-not-understood'
  | 'reason-missing';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Decides whether a fact may be stated; its words are one line, and something of the record shows it. */
export function decideStating(
  { id, party }: { readonly id: StatementId; readonly party: string },
  wish: StatementWish,
  replaced: Statement | null,
): Outcome<StatementFact, StatementRefusal> {
  const says = oneLine(wish.says);
  const { date, time, cites, entry } = wish;
  if (wish.replaces !== null && (replaced?.state !== 'stated' || replaced.partyId !== party))
    return refuse('statement-unknown');
  if (says === '') return refuse('statement-empty');
  if (!isDate(date) || (time !== null && !TIME.test(time))) return refuse('date-not-understood');
  const quoted = new Set(cites.map(({ interactionId }) => interactionId));
  const records = [...new Set(wish.records)].filter((record) => !quoted.has(record));
  if (cites.length === 0 && records.length === 0 && entry === null) return refuse('source-missing');
  const { isDisputed, proposal, replaces } = wish;
  return accept({
    ...{ kind: 'chronology.stated', id, party, date, time, says, isDisputed },
    ...{ cites, records, entry, proposal, replaces },
  });
}

export function decideWithdrawing(
  statement: Statement | null,
  given: string,
): Outcome<StatementFact, StatementRefusal> {
  if (statement?.state !== 'stated') return refuse('statement-unknown');
  const reason = oneLine(given);
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'chronology.withdrawn', id: statement.id, party: statement.partyId, reason });
}

function oneLine(typed: string): string {
  return plain(typed).replace(/\s+/gu, ' ');
}
