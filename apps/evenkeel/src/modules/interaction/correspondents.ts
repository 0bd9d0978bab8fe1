import type { MailHeaders } from '@evenkeel/records/envelope';
import { normalAddress } from '../party/party.ts';

export type Correspondent = {
  readonly address: string;
  name: string | null;
  count: number;
  first: string | null;
  last: string | null;
  readonly isMe: boolean;
};

/** Who writes to whom in an input; lives in memory only, until the choice is made. */
export type Correspondents = {
  readonly people: Map<string, Correspondent>;
  readonly containers: Map<string, number>;
  items: number;
  unreadable: number;
};

export function newCorrespondents(): Correspondents {
  return { people: new Map(), containers: new Map(), items: 0, unreadable: 0 };
}

/** Counts one message under everybody it could be filed under: its sender, and its recipients when it is ours. */
export function noteHeaders(
  seen: Correspondents,
  container: string,
  headers: MailHeaders,
  me: ReadonlySet<string>,
): void {
  seen.items += 1;
  seen.containers.set(container, (seen.containers.get(container) ?? 0) + 1);
  const sender = headers.from?.address ? normalAddress(headers.from.address) : null;
  if (headers.from) notePerson(seen, headers.from, headers.sentAt, me);
  if (sender === null || !me.has(sender)) return;
  for (const one of [...headers.to, ...headers.cc, ...headers.bcc]) notePerson(seen, one, headers.sentAt, me);
}

function notePerson(
  seen: Correspondents,
  one: { name: string | null; address: string | null },
  at: string | null,
  me: ReadonlySet<string>,
): void {
  if (!one.address) return;
  const address = normalAddress(one.address);
  const known = seen.people.get(address) ?? {
    address,
    name: one.name,
    count: 0,
    first: null,
    last: null,
    isMe: me.has(address),
  };
  known.count += 1;
  known.name ??= one.name;
  const instant = at === null ? null : new Date(at).toISOString();
  if (instant !== null && (known.first === null || instant < known.first)) known.first = instant;
  if (instant !== null && (known.last === null || instant > known.last)) known.last = instant;
  seen.people.set(address, known);
}
