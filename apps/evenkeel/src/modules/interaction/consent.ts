import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** Whose agreement a recording of a call needs somewhere, and where that is written. */
export type RecordingPlace = {
  /** ISO 3166 code of a country, or of a part of it that has its own law: `DE`, `US-CA`. */
  readonly place: string;
  readonly name: string;
  readonly agree: 'everyone' | 'one';
  /** Nobody has compared the line with its source: the gate then asks for everyone. */
  readonly isVerified: boolean;
  readonly says: string;
  readonly source: string;
};

/** Who was on a call, where, and whether they agreed to its recording. */
export type OnTheCall = {
  readonly who: string;
  /** Null when nobody knows. */
  readonly place: string | null;
  readonly agreed: boolean;
};
export type Consent = { readonly on: readonly OnTheCall[] };

/** What the gate asked for, and because of which place: kept with the recording. */
export type Consented = Consent & {
  readonly agree: 'everyone' | 'one';
  /** The strictest place on the call; null when one of them is not known. */
  readonly strictest: string | null;
  readonly source: string | null;
};
export type ConsentRefusal = 'consent-not-stated' | 'consent-lacking';

/**
 * Decides whether a recording of a call may be kept: the strictest place on the call counts, and a place that nobody
 * knows, or whose line nobody has verified, counts as the strictest.
 */
export function decideConsent(
  places: readonly RecordingPlace[],
  consent: Consent | null,
): Outcome<Consented, ConsentRefusal> {
  const on = consent?.on.filter(({ who }) => who.trim() !== '') ?? [];
  // A call has two ends: with one of them missing nobody knows the strictest place.
  if (on.length < 2) return refuse('consent-not-stated');
  const rule = strictestOf(places, on);
  const lacking = on.filter(({ agreed }) => !agreed).map(({ who }) => who);
  const isEnough = rule.agree === 'everyone' ? lacking.length === 0 : lacking.length < on.length;
  return isEnough
    ? accept({ on, ...rule })
    : refuse('consent-lacking', { lacking, place: rule.strictest, agree: rule.agree });
}

function strictestOf(
  places: readonly RecordingPlace[],
  on: readonly OnTheCall[],
): Pick<Consented, 'agree' | 'strictest' | 'source'> {
  const known = on.map(({ place }) => places.find((one) => one.place === place) ?? null);
  const everyone = known.find((one) => one?.agree === 'everyone');
  if (everyone) return { agree: 'everyone', strictest: everyone.place, source: everyone.source };
  const sure = known.filter((one) => one?.isVerified);
  if (sure.length < known.length) return { agree: 'everyone', strictest: null, source: null };
  return { agree: 'one', strictest: sure[0]!.place, source: sure[0]!.source };
}
