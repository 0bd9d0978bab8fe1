import type { MailHeaders } from '@evenkeel/records/envelope';
import { normalAddress } from '../party/party.ts';
import { counterparties, directionOf } from './interaction.ts';

/** Who is ours, and whose correspondence was chosen; null when all of it was. */
export type Choice = { readonly me: ReadonlySet<string>; readonly only: ReadonlySet<string> | null };

type Addressed = Pick<MailHeaders, 'from' | 'to' | 'cc' | 'bcc'>;

export type Sides = { readonly from: string | null; readonly to: readonly string[] };

/** Sender and recipients in the form in which addresses are compared. */
export function sidesOf(mail: Addressed): Sides {
  const to = [...mail.to, ...mail.cc, ...mail.bcc].flatMap((one) =>
    one.address ? [normalAddress(one.address)] : [],
  );
  return { from: mail.from?.address ? normalAddress(mail.from.address) : null, to };
}

/**
 * The parties a message is filed under, by address; null when it was not chosen and must not be kept.
 *
 * A message is chosen by its other side: inbound its sender, outbound one of its recipients. Being copied in is not
 * enough, for the words would be somebody else's.
 */
export function filedUnder(sides: Sides, { me, only }: Choice): readonly string[] | null {
  const others = counterparties(directionOf(sides.from, sides.to, me), sides.from, sides.to, me);
  if (!only) return others;
  const chosen = others.filter((address) => only.has(address));
  return chosen.length > 0 ? chosen : null;
}
