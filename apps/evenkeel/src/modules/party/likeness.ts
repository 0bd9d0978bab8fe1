import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** An identifier with whose it is. */
export type Held = {
  readonly kind: string;
  readonly value: string;
  readonly label: string | null;
  readonly partyId: string;
  readonly partyName: string;
};

/** Why an identifier may be the same person's: `card`, it stands on a contact card with one of theirs. */
export type Likeness = 'number' | 'address' | 'card' | 'name';
export type Proposal = {
  readonly identifier: Pick<Held, 'kind' | 'value' | 'label'>;
  /** Whose it is so far; null when it is nobody's. */
  readonly party: { readonly id: string; readonly name: string } | null;
  readonly why: Likeness;
  readonly confidence: 'high' | 'low';
};

const PHONE = /^(?:tel:)?\+?[\d\s().-]{6,24}$/;

/** A phone number in E.164, `+358401234567`; null for what is no possible number. @param country of numbers without one */
export function numberOf(value: string, country: string | null): string | null {
  if (!PHONE.test(value)) return null;
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(value.replace(/^tel:/, ''), region);
  return parsed?.isPossible() ? parsed.number : null;
}

/** Where letters to `Anna.Berg+shop@googlemail.com` arrive: the mailbox that a mail system makes of an address. */
export function mailboxOf(value: string): string | null {
  const [, local, domain] = /^([^@]+)@([^@]+)$/.exec(value) ?? [];
  if (!local || !domain) return null;
  const plain = local.split('+')[0]!;
  const isGoogle = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGoogle ? `${plain.replaceAll('.', '')}@gmail.com` : `${plain}@${domain}`;
}

/** Names of one word are had by many. */
function nameKey({ label, partyName }: Held): string | null {
  const name = (label ?? partyName).normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  return /\S \S/.test(name) ? name : null;
}

/**
 * Identifiers of others that may be the party's own, the surest first. Nothing is joined by this: a display name is no
 * identity, and a number may have been somebody else's.
 *
 * @param onCards what stands on contact cards that name the party, or one of its own identifiers
 */
export function proposalsFor(
  party: string,
  all: readonly Held[],
  apart: ReadonlySet<string>,
  country: string | null,
  onCards: readonly Proposal['identifier'][] = [],
): readonly Proposal[] {
  const carded = new Set(onCards.map(({ value }) => value));
  const mine = all.filter(({ partyId }) => partyId === party);
  const keysOf = (one: Held): readonly (readonly [Likeness, string | null])[] => [
    ['number', numberOf(one.value, country)],
    ['address', mailboxOf(one.value)],
    ['name', nameKey(one)],
  ];
  const known = new Set(mine.flatMap((one) => keysOf(one).map(([why, key]) => (key ? `${why} ${key}` : ''))));
  const found = all.flatMap((one): Proposal[] => {
    if (one.partyId === party || apart.has(one.partyId)) return [];
    const like = keysOf(one).find(([name, key]) => key !== null && known.has(`${name} ${key}`))?.[0];
    const why = carded.has(one.value) && (!like || like === 'name') ? 'card' : like;
    if (!why) return [];
    const { kind, value, label, partyId, partyName } = one;
    const confidence = why === 'name' ? 'low' : 'high';
    return [{ identifier: { kind, value, label }, party: { id: partyId, name: partyName }, why, confidence }];
  });
  const held = new Set(all.map(({ value }) => value));
  const nobodys = onCards.filter(({ value }) => !held.has(value));
  const free = nobodys.map((identifier): Proposal => {
    return { identifier, party: null, why: 'card', confidence: 'high' };
  });
  return [...free, ...found].sort((a, b) => Number(a.confidence === 'low') - Number(b.confidence === 'low'));
}
