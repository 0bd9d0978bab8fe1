import { isMailItem } from '@evenkeel/records/container';
import { type MailHeaders, readHeaders } from '@evenkeel/records/envelope';
import type { ExportContext, ExportedItem } from '@evenkeel/records/exported';
import { normalAddress } from '../party/party.ts';
import { entryOf, isLocalTime, platformOf } from './exported.ts';
import { filedUnder, sidesOf } from './picking.ts';
import { type FileEvent, type Input, openInput } from './reader.events.ts';
import { isOwnerless } from './reader.export.ts';
import { storable } from './storable.ts';
import { filedIn, mineIn, notePeople, personKey, sidesIn, type Talk } from './talk.ts';

export type Correspondent = {
  readonly address: string;
  name: string | null;
  /** Where they write: `whatsapp`, `sms`; null for mail. */
  readonly platform: string | null;
  count: number;
  first: string | null;
  last: string | null;
  isMe: boolean;
};

/** What an export leaves open, to be asked before anything of it is stored. */
export type ExportSeen = {
  readonly container: string;
  readonly member: string | null;
  readonly format: string;
  readonly platform: string;
  items: number;
  dateOrder: ExportContext['dateOrder'] | null;
  /** Its times are those of a clock on a wall; which wall is not said. */
  isLocal: boolean;
  /** A time as it is written there. */
  example: string | null;
};

export type Unreadable = { readonly container: string; readonly member: string | null } & {
  readonly code: string;
  readonly message: string;
};

/** What names nobody who could be chosen: calendars, lists, letters without a sender. */
export type Nameless = {
  items: number;
  readonly formats: Map<string, number>;
  /** Some of them, by what they are called and when they were sent. */
  readonly examples: {
    readonly format: string;
    readonly subject: string | null;
    readonly at: string | null;
  }[];
};

/** Who writes to whom in an input; lives in memory only, until the choice is made. */
export type Correspondents = {
  readonly people: Map<string, Correspondent>;
  readonly containers: Map<string, number>;
  readonly exports: Map<string, ExportSeen>;
  /** How many items of which kind of file. */
  readonly formats: Map<string, number>;
  readonly problems: Unreadable[];
  readonly nameless: Nameless;
  items: number;
  unreadable: number;
  /** Messages neither from us nor to us, as far as our addresses are known: any of them may be ours. */
  sideless: number;
  /** Papers and pictures that are kept only for a client who is named. */
  ownerless: number;
  /** Files that entries of exports take along. */
  companions: number;
};

const PROBLEMS_SHOWN = 200;
const NAMELESS_SHOWN = 20;
const HEAD_UNITS = 80;

function newCorrespondents(): Correspondents {
  return {
    nameless: { items: 0, formats: new Map(), examples: [] },
    ...{ people: new Map(), containers: new Map(), exports: new Map(), formats: new Map(), problems: [] },
    ...{ items: 0, unreadable: 0, sideless: 0, ownerless: 0, companions: 0 },
  };
}

/** Looks at headers and entries; keeps names, addresses and counts, and those only in memory. */
export async function surveyOf(input: Input, me: ReadonlySet<string>): Promise<Correspondents> {
  const seen = newCorrespondents();
  for (const file of input.files) {
    const opening = await openInput(input, file);
    const talks: Tallies = { talks: new Map(), entries: new Map(), heads: new Map() };
    try {
      for await (const event of opening.events(null)) noteEvent(seen, file.name, event, talks, me);
    } finally {
      await opening.close();
    }
    noteTalks(seen, talks, me);
  }
  return seen;
}

function noteEvent(
  seen: Correspondents,
  container: string,
  event: FileEvent,
  talks: Tallies,
  me: ReadonlySet<string>,
): void {
  if (event.type === 'gap') seen.companions += event.kind === 'companion' ? 1 : 0;
  else if (event.type === 'unreadable') {
    const { member, issue } = event;
    seen.unreadable += 1;
    if (seen.problems.length < PROBLEMS_SHOWN)
      seen.problems.push({ container, member, code: issue.code, message: issue.message });
  } else if (event.type === 'item') {
    seen.items += 1;
    add(seen.containers, container);
    add(seen.formats, event.format);
    if (isMailItem(event)) noteHeaders(seen, event.format, readHeaders(event.bytes), me);
    else {
      const item = entryOf(event.bytes, event);
      noteExport(seen, { container, member: event.member, format: event.format }, item, event.context);
      if (isOwnerless(item)) seen.ownerless += 1;
      else noteEntry(talks, event.format, item);
    }
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts one message under everybody it could be filed under: its sender, and its recipients when it is ours. */
function noteHeaders(
  seen: Correspondents,
  format: string,
  headers: MailHeaders,
  me: ReadonlySet<string>,
): void {
  const sides = sidesOf(headers);
  if (sides.from !== null && ![sides.from, ...sides.to].some((address) => me.has(address)))
    seen.sideless += 1;
  if (filedUnder(sides, { me, only: null })?.length === 0)
    noteNameless(seen.nameless, format, headers.subject, headers.sentAt);
  const sender = headers.from?.address ? normalAddress(headers.from.address) : null;
  if (headers.from) notePerson(seen, headers.from, headers.sentAt, me);
  if (sender === null || !me.has(sender)) return;
  for (const one of [...headers.to, ...headers.cc, ...headers.bcc]) notePerson(seen, one, headers.sentAt, me);
}

function noteNameless(nameless: Nameless, format: string, subject: string | null, at: string | null): void {
  nameless.items += 1;
  add(nameless.formats, format);
  if (nameless.examples.length < NAMELESS_SHOWN)
    nameless.examples.push({
      ...{ format, subject: subject && headOf(subject), at: at === null ? null : instantText(at) },
    });
}

function headOf(text: string): string {
  return storable(text.trim().split('\n', 1)[0]!.slice(0, HEAD_UNITS));
}

function notePerson(
  seen: Correspondents,
  one: { name: string | null; address: string | null },
  at: string | null,
  me: ReadonlySet<string>,
  platform: string | null = null,
): void {
  if (!one.address) return;
  const address = normalAddress(one.address);
  const known = seen.people.get(address) ?? {
    ...{ address, name: one.name, platform, count: 0, first: null, last: null },
    isMe: me.has(address),
  };
  known.count += 1;
  known.name ??= one.name;
  const instant = at === null ? null : instantText(at);
  if (instant !== null && (known.first === null || instant < known.first)) known.first = instant;
  if (instant !== null && (known.last === null || instant > known.last)) known.last = instant;
  seen.people.set(address, known);
}

/** Local times are shown as they stand: only their order and their day matter here. */
function instantText(at: string): string | null {
  const ms = Date.parse(isLocalTime(at) ? `${at}Z` : at);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

function noteExport(
  seen: Correspondents,
  place: Pick<ExportSeen, 'container' | 'member' | 'format'>,
  item: ExportedItem,
  { dateOrder }: ExportContext,
): void {
  const key = JSON.stringify([place.container, place.member, place.format]);
  const platform = platformOf(place.format);
  const known = seen.exports.get(key) ?? {
    ...{ ...place, platform, items: 0, dateOrder: null, isLocal: false, example: null },
  };
  known.items += 1;
  known.dateOrder ??= dateOrder ?? null;
  known.isLocal ||= isLocalTime(item.sentAt);
  known.example ??= item.sentAtRaw;
  seen.exports.set(key, known);
}

/** Entries of one file, by whose they are; counted when it is known who is in each conversation. */
type Tallies = {
  readonly talks: Map<string, Talk>;
  readonly entries: Map<Talk, { readonly format: string; readonly entries: ExportedItem[] }>;
  /** How some are called that themselves name nobody else: in their talk somebody may be named. */
  readonly heads: Map<ExportedItem, string>;
};

/** An entry without its words: a survey holds no text longer than it reads it. */
function noteEntry({ talks, entries, heads }: Tallies, format: string, item: ExportedItem): void {
  const talk = notePeople(talks, format, item);
  const known = entries.get(talk) ?? { format, entries: [] };
  const kept = { ...item, text: null, subject: null, files: [], issues: [] };
  known.entries.push(kept);
  entries.set(talk, known);
  const head = item.subject ?? item.text;
  const namesNobody = item.to.length === 0 && (item.from === null || item.from.isMe);
  if (namesNobody && head !== null && heads.size < NAMELESS_SHOWN) heads.set(kept, headOf(head));
}

function noteTalks(seen: Correspondents, { entries, heads }: Tallies, me: ReadonlySet<string>): void {
  const choice = { me, only: null };
  for (const [talk, { format, entries: items }] of entries) {
    const platform = platformOf(format);
    for (const item of items) {
      const sided = sidesIn(item, talk, choice);
      // Of two people of whom one is chosen the other is ours, and one alone answers nobody.
      if (item.from && sided.direction === null && talk.people.size > 2) seen.sideless += 1;
      for (const other of sided.others) notePerson(seen, other, item.sentAt, me, platform);
      if (filedIn(sided, choice)?.length === 0)
        noteNameless(seen.nameless, format, heads.get(item) ?? null, item.sentAt);
    }
    for (const key of mineIn(talk, choice)) noteMine(seen, key, talk, items, me, platform);
  }
}

/** We stand in the list too, so that nobody has to wonder who that is. */
function noteMine(
  seen: Correspondents,
  key: string,
  talk: Talk,
  items: readonly ExportedItem[],
  me: ReadonlySet<string>,
  platform: string,
): void {
  const person = talk.people.get(key);
  for (const { from, sentAt } of items)
    if (person && from && personKey(from) === key) notePerson(seen, person, sentAt, me, platform);
  const known = seen.people.get(key);
  if (known) known.isMe = true;
}
