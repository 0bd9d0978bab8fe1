import type { ExportedItem, ExportedPerson } from '@evenkeel/records/exported';
import { normalAddress } from '../party/party.ts';
import { personOf } from './exported.ts';
import type { Direction } from './interaction.ts';
import { type Choice, chosenOf } from './picking.ts';
import type { Person } from './reading.ts';

/** Everybody who says something in a conversation, or is named as somebody it goes to. */
export type Talk = { readonly people: Map<string, Person & { readonly isMe: boolean }> };
export type Talks = ReadonlyMap<string, Talk>;

/** Whose words an entry is, and who is on the other side of it. */
export type Sided = {
  readonly direction: Direction | null;
  readonly others: readonly (Person & { readonly key: string })[];
  /** Whom it went to, where it names nobody. */
  readonly to: readonly Person[];
};

/** In a large group, words of ours and lines that nobody wrote are filed under nobody. */
const MANY_PEOPLE = 20;
const NOBODY: Talk = { people: new Map() };

export function talkKey(format: string, { conversation }: Pick<ExportedItem, 'conversation'>): string {
  return JSON.stringify([format, conversation.id]);
}

/** The form in which people of exports are compared; null for somebody without any name. */
export function personKey({ address }: Pick<ExportedPerson, 'address'>): string | null {
  const key = address === null ? '' : normalAddress(address);
  return key === '' ? null : key;
}

/** Learns who is in the conversation of an entry. */
export function notePeople(talks: Map<string, Talk>, format: string, item: ExportedItem): Talk {
  const key = talkKey(format, item);
  const talk = talks.get(key) ?? { people: new Map() };
  talks.set(key, talk);
  for (const one of item.from ? [item.from, ...item.to] : item.to) {
    const who = personKey(one);
    const known = who === null ? undefined : talk.people.get(who);
    if (who !== null && (!known || (one.isMe && !known.isMe) || (known.name === null && one.name !== null)))
      talk.people.set(who, { ...personOf(one), isMe: one.isMe || known?.isMe === true });
  }
  return talk;
}

/** Decides whose words an entry is by what the export says, by our addresses, and by who was chosen. */
export function sidesIn(item: ExportedItem, talk: Talk = NOBODY, choice: Choice): Sided {
  const mine = mineIn(talk, choice);
  const from = item.from && personKey(item.from);
  const isOurs = item.from !== null && (item.from.isMe || (from !== null && mine.has(from)));
  const keyed = (people: readonly Person[]) =>
    people.flatMap((one) => {
      const key = personKey(one);
      return key === null ? [] : [{ ...one, key }];
    });
  const rest = [...talk.people].filter(([key]) => key !== from).map(([, one]) => personOf(one));
  const to = item.to.length > 0 ? item.to.map(personOf) : rest.length <= MANY_PEOPLE ? rest : [];
  const isTheirs = ({ key }: { key: string }) => !mine.has(key);
  if (item.from === null) return { direction: null, others: keyed(to).filter(isTheirs), to: [] };
  const named = item.to.length > 0 ? [] : to;
  if (!isOurs)
    return {
      direction: mine.size > 0 ? 'inbound' : null,
      others: keyed([personOf(item.from)]),
      to: rest.length === 1 ? named : [],
    };
  const others = keyed(to).filter(isTheirs);
  return { direction: to.length > 0 && others.length === 0 ? 'internal' : 'outbound', others, to: named };
}

/**
 * Which people of a talk are ours. In a talk of two of whom one was chosen, the other is: whoever exported it is one of
 * the two.
 */
export function mineIn({ people }: Talk, { me, only }: Choice): ReadonlySet<string> {
  const mine = new Set([...people].filter(([key, { isMe }]) => isMe || me.has(key)).map(([key]) => key));
  if (mine.size > 0 || !only || people.size !== 2) return mine;
  const [picked, other] = [...people.keys()].sort((a, b) => Number(only.has(b)) - Number(only.has(a)));
  return only.has(picked!) && !only.has(other!) ? new Set([other!]) : mine;
}

/** Under whom an entry is filed, by address; null when it was not chosen and must not be kept. */
export function filedIn({ others }: Sided, choice: Choice): readonly string[] | null {
  return chosenOf([...new Set(others.map(({ key }) => key))], choice);
}
