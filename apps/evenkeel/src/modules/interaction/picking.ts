import { normalAddress } from '../party/party.ts';
import { counterparties, directionOf } from './interaction.ts';

/** Who is ours, and whose correspondence was chosen; null when all of it was. */
export type Choice = {
  readonly me: ReadonlySet<string>;
  readonly only: ReadonlySet<string> | null;
  /** Also what names nobody who could be chosen. */
  readonly nameless?: boolean;
};

type Named = { readonly address: string | null };
/** Sender and recipients, as a header or a reading has them. */
export type Addressed = {
  readonly from: Named | null;
  readonly to: readonly Named[];
  readonly cc: readonly Named[];
  readonly bcc: readonly Named[];
};

/** More than a mail can carry (RFC 5321 4.5.3.1) is no address, whoever wrote it there. */
const ADDRESS_LENGTH = 320;

export type Sides = { readonly from: string | null; readonly to: readonly string[] };

/** Sender and recipients in the form in which addresses are compared. */
export function sidesOf(mail: Addressed): Sides {
  const to = [...mail.to, ...mail.cc, ...mail.bcc].flatMap((one) => comparable(one) ?? []);
  return { from: mail.from && comparable(mail.from), to };
}

function comparable({ address }: Named): string | null {
  const value = address === null ? '' : normalAddress(address);
  return value === '' || value.length > ADDRESS_LENGTH ? null : value;
}

/**
 * The parties a message is filed under, by address; null when it was not chosen and must not be kept.
 *
 * A message is chosen by its other side: inbound its sender, outbound one of its recipients. Being copied in is not
 * enough, for the words would be somebody else's.
 */
export function filedUnder(sides: Sides, choice: Choice): readonly string[] | null {
  const { me } = choice;
  return chosenOf(counterparties(directionOf(sides.from, sides.to, me), sides.from, sides.to, me), choice);
}

/** Those of the other side who were chosen; null when nobody was, and it must not be kept. */
export function chosenOf(
  others: readonly string[],
  { only, nameless = false }: Choice,
): readonly string[] | null {
  if (!only || (nameless && others.length === 0)) return others;
  const chosen = others.filter((address) => only.has(address));
  return chosen.length > 0 ? chosen : null;
}
