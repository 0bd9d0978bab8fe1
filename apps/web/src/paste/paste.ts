import type { PrivilegeWish } from '../apart/apart.queries.ts';
import { offsetText } from '../words/when.ts';

export type Way = 'mail' | 'chat' | 'call' | 'other';
export const WAYS: readonly Way[] = ['mail', 'chat', 'call', 'other'];

/** What must be said about a pasted text before it can be kept. */
export type Filing = { who: string; at: string; way: Way; direction: 'inbound' | 'outbound' };
export type PastedInteraction = {
  text: string;
  party: { id: string } | { name: string };
  at: string;
  way: Way;
  direction: 'inbound' | 'outbound';
  /** Marked at once as what stays with us. */
  privilege?: PrivilegeWish | null;
};

/**
 * A pasted text with what its keeper says about it.
 *
 * @param filing.at Local time as a date field gives it: 2026-05-12T09:14.
 * @param known Clients by that name: a name that is one client's is that client.
 */
export function pastedInteraction(
  text: string,
  filing: Filing,
  known: readonly { id: string; name: string }[],
): PastedInteraction {
  const party = known.find(({ name }) => name.toLowerCase() === filing.who.trim().toLowerCase());
  return {
    text,
    party: party ? { id: party.id } : { name: filing.who.trim() },
    at: withOffset(filing.at),
    way: filing.way,
    direction: filing.direction,
  };
}

/** 2026-05-12T09:14 with the offset that this machine's zone has at that time: 2026-05-12T09:14:00+03:00. */
export function withOffset(local: string): string {
  return `${local}:00${offsetText(-new Date(local).getTimezoneOffset()).replace('−', '-')}`;
}

/** Now, as a date field wants it. */
export function localNow(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}
