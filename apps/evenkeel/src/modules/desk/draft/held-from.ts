import type { LocalDate } from '../../../kernel/calendar.ts';
import type { PaymentTerms } from '../../agreement/clause.ts';
import type { PartyTerms } from '../../agreement/terms.actions.ts';
import type { PointSaid } from '../../point/points-said.actions.ts';
import type { Promises, ShownCommitment, ShownOffer } from '../../point/promise-views.actions.ts';
import type { RecordLine } from '../../signal/draft-record.ts';
import { contentIn, type Held, type HeldPoint } from './held.ts';
import type { Ground } from './holds.ts';
import { keptSum, type SumSaid, sumsIn, type Unit } from './sums.ts';

type Cited = {
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly at?: string | null;
};

/** What both sides promised and offered, as far as it was told; what was a mistake holds nothing. */
export function heldOfPromises({ commitments, offers }: Promises): readonly Held[] {
  return [
    ...commitments.filter(({ state }) => state !== 'mistaken').map(heldPromise),
    ...offers.filter(({ state }) => state !== 'prepared').map(heldOffer),
  ];
}

function heldPromise({ number, side, what, due, state, steps, madeAt }: ShownCommitment): Held {
  const cites = steps.flatMap((step) => step.cites);
  const made = steps.find(({ kind }) => kind === 'point.commitment-made')?.cites[0];
  const isOpen = state === 'open' || state === 'overdue';
  return held({
    line: lineOf({ what: 'promise', number, side }, made, what, madeAt),
    texts: [what, ...cites.map(({ quote }) => quote)],
    dates: due ? [due.date] : [],
    is: isOpen ? 'open' : 'past',
  });
}

const OFFER_IS = {
  prepared: 'past',
  open: 'open',
  accepted: 'agreed',
  refused: 'refused',
  withdrawn: 'past',
  expired: 'past',
} as const satisfies Record<ShownOffer['state'], Held['is']>;

function heldOffer({
  number,
  side,
  options,
  chosen,
  state,
  steps,
  madeAt,
  isWithoutPrejudice,
}: ShownOffer): Held {
  const taken = chosen === null ? options : options.slice(chosen - 1, chosen);
  const made = steps.find(({ kind }) => kind === 'point.offer-made' || kind === 'point.offer-told');
  const answer = steps.findLast(
    ({ kind }) => kind === 'point.offer-refused' || kind === 'point.offer-accepted',
  );
  const cite = (state === 'refused' ? answer : made)?.cites[0];
  const what = taken.map((option) => option.what).join('; ');
  return held({
    line: lineOf({ what: 'offer', number, side }, cite, what, madeAt),
    texts: [...taken.map((option) => option.what), ...(made?.cites ?? []).map(({ quote }) => quote)],
    sums: taken.flatMap(({ sum }) => (sum ? [keptSum(sum.amount, sum.currency)] : [])),
    is: OFFER_IS[state],
    answer: answer && lineOf({ what: 'offer', number, side: 'theirs' }, answer.cites[0], what, answer.at),
    isQuotable: !isWithoutPrejudice,
  });
}

/** Agreed clauses of open agreements but those that name what is not done, what is owed, and what was understood beside them. */
export function heldOfTerms({ agreements, sums, understandings }: PartyTerms): readonly Held[] {
  const clauses = agreements
    .filter(({ state }) => state === 'open')
    .flatMap(({ clauses }) => clauses.filter(({ kind }) => kind !== 'scope_out').flatMap(heldClause));
  const owed = sums.filter(({ state }) => state !== 'withdrawn').map(heldSum);
  return [...clauses, ...owed, ...understandings.flatMap(heldUnderstanding)];
}

type ClauseView = PartyTerms['agreements'][number]['clauses'][number];

/** The words of all that was agreed and still holds. */
export function agreedWords({ agreements }: PartyTerms): readonly string[] {
  return agreements
    .filter(({ state }) => state === 'open')
    .flatMap(({ clauses }) => clauses.flatMap(heldClause).map(({ line }) => line.quote));
}

function heldClause({ number, isWithdrawn, agreedVersion, kind, versions }: ClauseView): readonly Held[] {
  const agreed = versions.find(({ version }) => version === agreedVersion);
  if (isWithdrawn || !agreed) return [];
  const { proof, says, terms, acceptedAt } = agreed;
  const cite = proof?.kind === 'line' ? proof : undefined;
  const line = lineOf({ what: 'clause', number, side: 'theirs' }, undefined, says, acceptedAt);
  return [
    held({
      line: cite ? { ...line, interactionId: cite.interactionId } : line,
      texts: [says],
      sums: kind === 'payment' ? pricesOf(terms as PaymentTerms) : [],
      is: 'agreed',
    }),
  ];
}

const UNITS = { hour: 'hour', day: 'day', month: 'month', piece: 'piece', project: null } as const;

function pricesOf({ price, currency, per }: PaymentTerms): readonly SumSaid[] {
  const unit: Unit | null = per === null ? null : UNITS[per];
  return price === null ? [] : [keptSum(price, currency, unit)];
}

function heldSum({
  number,
  side,
  what,
  amount,
  currency,
  dueOn,
  cite,
  at,
  state,
}: PartyTerms['sums'][number]): Held {
  return held({
    line: lineOf({ what: 'sum', number, side }, cite ?? undefined, `${what}: ${amount} ${currency}`, at),
    texts: [what, ...(cite ? [cite.quote] : [])],
    sums: [keptSum(amount, currency)],
    dates: dueOn === null ? [] : [dueOn as LocalDate],
    is: state === 'open' ? 'open' : 'past',
    isPaid: state === 'settled',
  });
}

function heldUnderstanding({
  kind,
  side,
  says,
  on,
  cite,
  state,
  at,
}: PartyTerms['understandings'][number]): readonly Held[] {
  if (state === 'withdrawn') return [];
  return [
    held({
      line: lineOf(
        { what: kind === 'promise' ? 'promise' : 'agreement', number: null, side },
        cite,
        says,
        at,
      ),
      texts: [says, cite.quote],
      dates: on === null ? [] : [on as LocalDate],
      is: kind === 'promise' ? 'open' : 'agreed',
    }),
  ];
}

/** What an agreement says about how long it lasts and what is not done under it. */
export function groundOf(terms: PartyTerms | null): Pick<Ground, 'ends' | 'outOfScope'> {
  const open = (terms?.agreements ?? []).filter(({ state }) => state === 'open');
  const last = open.every(({ endsOn }) => endsOn !== null)
    ? open.toSorted((one, other) => (one.endsOn! < other.endsOn! ? 1 : -1))[0]
    : undefined;
  const outside = open.flatMap(({ clauses }) => clauses.filter(({ kind }) => kind === 'scope_out'));
  return {
    ends: last ? { on: last.endsOn as LocalDate, line: endOf(last) } : null,
    outOfScope: outside.flatMap(heldClause).map(({ line }) => ({ says: line.quote, line })),
  };
}

function endOf({ number, title, cite, openedAt }: PartyTerms['agreements'][number]): RecordLine {
  return lineOf({ what: 'agreement', number, side: 'theirs' }, cite ?? undefined, title, openedAt);
}

/** Points with what settled them, else what asked them; those that were a mistake are left out. */
export function heldPoints(points: readonly PointSaid[]): readonly HeldPoint[] {
  return points.map(({ row, cites, content }) => {
    const settled =
      cites.findLast(({ role }) => role === 'agreed') ?? cites.findLast(({ role }) => role === 'answer');
    const asked = cites.find(({ role }) => role === 'asked');
    const isFounded = row.ground === 'founded' || row.ground === 'partly';
    const isSettled = row.state === 'agreed' || row.state === 'closed';
    const cite = isSettled ? (settled ?? asked) : asked;
    const side = cite?.direction === 'outbound' ? 'ours' : 'theirs';
    return {
      line: lineOf({ what: 'point', number: row.number, side }, cite, row.title, null),
      state: row.state,
      isFounded,
      content,
      whole: [
        ...contentIn(row.title),
        ...content.all,
        ...cites.filter(({ role }) => role === 'agreed').flatMap(({ quote }) => contentIn(quote)),
      ],
      words: [row.title, ...cites.map(({ quote }) => quote)].join('\n'),
    };
  });
}

function lineOf(
  { what, number, side }: Pick<RecordLine, 'what' | 'number' | 'side'>,
  cite: Cited | undefined,
  words: string,
  recordedAt: string | null,
): RecordLine {
  return {
    ...{ what, number, side },
    quote: cite?.quote ?? words,
    at: cite?.at ?? recordedAt,
    interactionId: cite?.interactionId ?? null,
    start: cite?.start ?? null,
    end: cite?.end ?? null,
  };
}

function held({
  line,
  texts,
  is,
  sums = [],
  dates = [],
  answer = null,
  isPaid = false,
  isQuotable = true,
}: Pick<Held, 'line' | 'is'> & {
  readonly texts: readonly string[];
  readonly sums?: readonly SumSaid[];
  readonly dates?: readonly LocalDate[];
  readonly answer?: RecordLine | null | undefined;
  readonly isPaid?: boolean;
  readonly isQuotable?: boolean;
}): Held {
  return {
    ...{ line, is, answer, isPaid, isQuotable, dates },
    contents: texts.map(contentIn),
    words: texts.join('\n'),
    sums: [...sums, ...texts.flatMap(sumsIn)],
  };
}
