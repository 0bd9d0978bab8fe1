import type { Correspondent } from '../api/shapes.ts';
import type { ImportOrder } from './import.queries.ts';
import type { StatedAbout } from './stated.tsx';

/** Whose mail is to be kept, and which addresses are ours. */
export type Choice = {
  readonly picked: ReadonlySet<string>;
  readonly mine: ReadonlySet<string>;
  /** Also what names nobody who could be picked. */
  readonly nameless: boolean;
};

export function firstChoice(correspondents: readonly Correspondent[]): Choice {
  return {
    picked: new Set(),
    nameless: false,
    mine: new Set(correspondents.filter(({ isMe }) => isMe).map(({ address }) => address)),
  };
}

/** An address is a client's or ours, never both. */
export function pick({ picked, mine, ...rest }: Choice, address: string): Choice {
  return { ...rest, picked: toggled(picked, address), mine: without(mine, address) };
}

export function claim({ picked, mine, ...rest }: Choice, address: string): Choice {
  return { ...rest, picked: without(picked, address), mine: toggled(mine, address) };
}

/** Picks all of these, or none of them if all were picked. */
export function pickAll({ picked, mine, ...rest }: Choice, addresses: readonly string[]): Choice {
  const theirs = addresses.filter((address) => !mine.has(address));
  const isAll = theirs.every((address) => picked.has(address));
  const next = isAll ? [...picked].filter((address) => !theirs.includes(address)) : [...picked, ...theirs];
  return { ...rest, picked: new Set(next), mine };
}

export function matching(correspondents: readonly Correspondent[], words: string): Correspondent[] {
  const wanted = words.trim().toLowerCase();
  return correspondents.filter(({ name, address, platform }) =>
    `${name ?? ''} ${address} ${platform ?? ''}`.toLowerCase().includes(wanted),
  );
}

export function orderOf(
  { picked, mine, nameless }: Choice,
  uploads: string[],
  client: string,
  stated: StatedAbout,
): ImportOrder {
  return { uploads, only: [...picked], nameless, client: client.trim() || null, me: [...mine], ...stated };
}

function toggled(set: ReadonlySet<string>, value: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function without(set: ReadonlySet<string>, value: string): Set<string> {
  const next = new Set(set);
  next.delete(value);
  return next;
}
