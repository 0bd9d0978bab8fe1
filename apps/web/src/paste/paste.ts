import type { Direction } from '../api/shapes.ts';

export type Way = 'mail' | 'chat' | 'call' | 'other';
export const WAYS: readonly Way[] = ['mail', 'chat', 'call', 'other'];

/** What must be said about a pasted text before it can be kept. */
export type Filing = { who: string; at: string; way: Way; direction: Direction };
export type PastedInteraction = {
  text: string;
  partyId?: string;
  partyName?: string;
  at: string;
  atOffsetMin: number;
  way: Way;
  direction: Direction;
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
  const when = new Date(filing.at);
  const party = known.find(({ name }) => name.toLowerCase() === filing.who.trim().toLowerCase());
  return {
    text,
    ...(party ? { partyId: party.id } : { partyName: filing.who.trim() }),
    at: when.toISOString(),
    atOffsetMin: -when.getTimezoneOffset(),
    way: filing.way,
    direction: filing.direction,
  };
}

/** Now, as a date field wants it. */
export function localNow(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}
