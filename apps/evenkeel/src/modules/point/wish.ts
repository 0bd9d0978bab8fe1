import type { SignalKind } from '@evenkeel/language/finding';
import type { PointKind } from './point.ts';

/** Something a message asks, says or threatens that could be a point. Offsets in UTF-16 code units of its text. */
export type Wish = {
  readonly kind: PointKind;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};

type Found = { readonly start: number; readonly end: number; readonly quote: string };

const THREATS: ReadonlySet<SignalKind> = new Set([
  'legal_threat',
  'public_threat',
  'exposure_threat',
  'churn_threat',
  'physical_threat',
  'chargeback',
]);

/**
 * What a person may make points of: each thing asked once, in the order of the text. What is marked as an accusation or a
 * threat is that, also where it is put as a wish or a complaint.
 */
export function wishesIn(
  asks: readonly (Found & { readonly kind: PointKind })[],
  signals: readonly (Found & { readonly kind: SignalKind })[],
): readonly Wish[] {
  const marked = signals.flatMap(({ kind, start, end, quote }) => {
    const as = THREATS.has(kind) ? 'threat' : kind === 'accusation' ? 'accusation' : null;
    return as === null ? [] : [{ kind: as as PointKind, start, end, quote }];
  });
  const sharper = asks.map(({ kind, start, end, quote }) => {
    const inside = marked.filter((mark) => mark.start < end && start < mark.end);
    const threat = inside.find((mark) => mark.kind === 'threat');
    const said = threat ?? (kind === 'complaint' ? inside[0] : undefined);
    return { kind: said?.kind ?? kind, start, end, quote };
  });
  const alone = marked.filter(
    (mark, at) =>
      !sharper.some((ask) => ask.start < mark.end && mark.start < ask.end) &&
      !marked.slice(0, at).some((before) => before.start < mark.end && mark.start < before.end),
  );
  return [...sharper, ...alone]
    .filter(({ start, quote }) => start === 0 || !onlyPoints(quote))
    .sort((one, other) => one.start - other.start);
}

const POINTING = /(?<!\p{L})(?:it|this|that|them|se|sen|ne|tämä|это|его|её|ее|их)(?!\p{L})/iu;
const FEWEST_WORDS = 4;

/** "Please send it" asks what the sentence before it names: by itself it is no point. */
function onlyPoints(quote: string): boolean {
  return POINTING.test(quote) && quote.trim().split(/\s+/).length < FEWEST_WORDS;
}
