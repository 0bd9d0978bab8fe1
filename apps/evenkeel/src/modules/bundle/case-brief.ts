import type { Gap } from '../interaction/gaps.ts';
import type { PointDetail } from '../point/point-views.actions.ts';
import type { Statement } from './statement.ts';

type PointCite = PointDetail['cites'][number];

/** Words of the record, with where they stand. */
export type BriefQuote = Pick<PointCite, 'interactionId' | 'quote' | 'at' | 'direction'>;

/** A point as the brief prints it: what was asked, each time in the words of the record, and what it came to. */
export type BriefPoint = Pick<PointDetail, 'number' | 'kind' | 'title' | 'state' | 'price'> & {
  /** Null for a mediator: how founded we find it is ours to say. */
  readonly ground: PointDetail['ground'] | null;
  readonly asked: readonly BriefQuote[];
  readonly answer: BriefQuote | null;
  readonly agreed: BriefQuote | null;
};

export function briefPoint(point: PointDetail): BriefPoint {
  const { number, kind, title, state, ground, price, cites, answer, agreed } = point;
  const asked = cites.filter(({ role }) => role === 'asked').map(quoteOf);
  return {
    ...{ number, kind, title, state, ground, price, asked },
    ...{ answer: answer && quoteOf(answer), agreed: agreed && quoteOf(agreed) },
  };
}

function quoteOf({ interactionId, quote, at, direction }: PointCite): BriefQuote {
  return { interactionId, quote, at, direction };
}

/** Whom a brief is for: counsel reads everything, a mediator nothing that stays with us. */
export const BRIEF_READERS = ['counsel', 'mediator'] as const;
export type BriefReader = (typeof BRIEF_READERS)[number];

/** The records that are quoted in a point. */
export function quotedIn({ asked, answer, agreed }: BriefPoint): readonly string[] {
  return [...asked, answer, agreed].flatMap((quote) => quote?.interactionId ?? []);
}

/** A point as a mediator reads it, without the words of records that stay with us; null where nothing that was asked is left. */
export function pointForMediator(point: BriefPoint, staying: ReadonlySet<string>): BriefPoint | null {
  const goes = (quote: BriefQuote) => !staying.has(quote.interactionId);
  const asked = point.asked.filter(goes);
  if (asked.length === 0 && point.asked.length > 0) return null;
  const goesOrNull = (quote: BriefQuote | null) => (quote && goes(quote) ? quote : null);
  return {
    ...point,
    ground: null,
    asked,
    answer: goesOrNull(point.answer),
    agreed: goesOrNull(point.agreed),
  };
}

/** The records that a fact of the chronology rests on. */
export function recordsOf({ cites, records }: Statement): readonly string[] {
  return [...new Set([...cites.map(({ interactionId }) => interactionId), ...records])];
}

/** What rests on records of the case and on nothing else; a fact that only an entry shows may be about another dispute. */
export function isOfCase(statement: Statement, records: ReadonlySet<string>): boolean {
  const restsOn = recordsOf(statement);
  return restsOn.length > 0 && restsOn.every((id) => records.has(id));
}

/** A file that was brought in holds the mail of others as well: what could not be read of it is told here to nobody. */
export function isTold({ kind }: Gap): boolean {
  return kind !== 'input';
}
